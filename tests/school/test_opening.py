"""An office of one's own: its name, its first account, once."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from enrollment.preparing import checklist
from school.models import SchoolSettings, User
from school.opening import open_office

pytestmark = pytest.mark.django_db


def test_the_first_account_signs_in_and_imports_the_school(client, capsys):
    call_command("open_office", "--name", "春风小学", "--admin", "office")
    name, login, password = capsys.readouterr().out.strip().split("\t")
    assert (name, login) == ("春风小学", "office")
    assert SchoolSettings.fresh().name == "春风小学"
    assert not SchoolSettings.fresh().is_demonstration
    assert client.login(username=login, password=password)
    assert User.objects.get().role_codes >= {"service_office"}


def test_an_office_is_opened_once():
    open_office(name="春风小学", login="office")
    with pytest.raises(ValidationError, match="系统已启用"):
        open_office(name="秋雨小学", login="other")
    assert SchoolSettings.fresh().name == "春风小学"


def test_a_name_that_does_not_do_opens_nothing():
    empty, long = "不能为空", "不超过 6[04] 字符"
    refused = [
        ("", "office", empty),
        ("春" * 61, "office", long),
        ("春风小学", "", empty),
        ("春风小学", "x" * 65, long),
    ]
    for name, login, sentence in refused:
        with pytest.raises(ValidationError, match=sentence):
            open_office(name=name, login=login)
    assert not User.objects.exists()


def test_without_a_terminal_a_missing_answer_is_a_sentence():
    with pytest.raises(CommandError, match="--name is missing"):
        call_command("open_office", "--admin", "office")
    with pytest.raises(SystemExit) as asked:
        call_command("open_office", "--is-open")
    assert asked.value.code == 1


def test_an_office_without_a_name_is_never_the_demonstration_and_is_asked_for_one(cast):
    assert SchoolSettings().name == "本校"
    SchoolSettings.objects.update(name=SchoolSettings.UNNAMED)
    item = next(one for one in checklist(cast.term) if one.key == "name")
    assert item.missing == ["还没有填写学校名称", "还没有填写办公室电话"]
    SchoolSettings.objects.update(name="春风小学", office_phone="0990-5550100")
    item = next(one for one in checklist(cast.term) if one.key == "name")
    assert (item.done, item.there) == (True, "春风小学")
