"""term_summary: one JSON object, two files, the figures of this moment."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from enrollment.models import Enrolment
from reports.figures import FIGURES
from reports.models import ReportRun
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def summary(capsys, *arguments):
    call_command("term_summary", *arguments)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)


def test_files_and_figures(happened, tmp_path, capsys):
    answer = summary(capsys, "--out", str(tmp_path / "new"))
    assert set(answer) == {"pdf", "xlsx", "figures"}
    assert Path(answer["pdf"]).read_bytes()[:5] == b"%PDF-"
    assert Path(answer["xlsx"]).read_bytes()[:2] == b"PK"
    assert Path(answer["pdf"]).parent == tmp_path / "new"
    assert list(answer["figures"]) == list(FIGURES)
    rate = answer["figures"]["participation_rate"]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (75.0, 3, 4)
    assert answer["figures"]["clubs"]["value"] == 1


def test_without_a_folder_the_stored_files_are_named(happened, capsys):
    answer = summary(capsys)
    assert Path(answer["pdf"]).is_file() and Path(answer["xlsx"]).is_file()


def test_ended_by_the_page_today_and_counted_at_once(afternoon, as_user, capsys):
    assert summary(capsys)["figures"]["taking_part"]["value"] == 3
    enrolment = Enrolment.objects.get(student=afternoon.child)
    form = {"last_day": TODAY.isoformat(), "reason": "搬家"}
    assert as_user(afternoon.office).post(f"/enrollment/taking-part/{enrolment.pk}/end/", form).status_code == 302
    figures = summary(capsys)["figures"]
    assert figures["taking_part"]["value"] == 2
    assert (figures["participation_rate"]["numerator"], figures["participation_rate"]["denominator"]) == (2, 4)


def test_while_a_worker_makes_it_the_command_makes_its_own(happened, capsys):
    from django.utils import timezone

    from reports.services import request_summary

    run = request_summary(term=happened.term, until=TODAY, by=None, send=False)
    ReportRun.objects.filter(pk=run.pk).update(
        status="running", attempt=1, lease_until=timezone.now().replace(year=2099)
    )
    assert summary(capsys)["figures"]["taking_part"]["value"] == 3
    assert ReportRun.objects.count() == 2


@pytest.mark.parametrize("arguments", [["--until", "2026-11-19"], ["--until", "2020-01-01"]])
def test_a_wrong_day_is_a_sentence(cast, arguments):
    with pytest.raises(CommandError) as refusal:
        call_command("term_summary", *arguments)
    assert "截止日" in str(refusal.value)


def test_without_a_term(db):
    with pytest.raises(CommandError):
        call_command("term_summary")


def test_a_folder_that_cannot_be_made(happened, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError):
        call_command("term_summary", "--out", str(tmp_path / "file"))
