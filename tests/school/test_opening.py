"""An office of one's own: its name, its first account, once."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from enrollment.preparing import checklist
from school.models import SchoolSettings, Term, User
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


def test_the_next_term_is_suggested_and_its_empty_days_are_asked_for(cast, as_user):
    """Whoever adds a term looks at the days; afterwards the calendar of that term stands there, with the range to enter."""
    add = as_user(cast.office).get(reverse("school:term_add"))
    initial = add.context["form"].initial
    assert (initial["school_year"], initial["half"]) == (cast.term.school_year, 2)
    assert initial["starts_on"].weekday() == 0
    assert 0 < (initial["starts_on"] - cast.term.ends_on).days <= 28
    post = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in initial.items()}
    page = as_user(cast.office).post(reverse("school:term_add"), post, follow=True)
    new = Term.objects.get(half=2)
    assert page.redirect_chain[-1][0] == f"{reverse('school:calendar')}?term={new.pk}"
    assert page.context["term"] == new
    days = page.context["form"].initial
    assert new.starts_on <= days["first"] <= days["last"] == new.ends_on
    assert f'value="{days["last"].isoformat()}"' in page.content.decode()
    assert f"{reverse('enrollment:term_preparation')}?term={new.pk}" in page.content.decode()
