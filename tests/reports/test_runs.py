"""The pages of the term summary: asking, following, reading down to the rows, files, approval."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.figures import FIGURES
from reports.models import ReportRun
from reports.services import collect_in_school_language, figures_json
from tests.conftest import TODAY, enrol

pytestmark = pytest.mark.django_db

READERS = ["principal", "office", "academic", "duty_leader"]
OTHERS = ["homeroom", "teacher", "gate", "mother"]


def make_run(cast, key="a", **fields):
    """A finished run; its files are names only."""
    figures = figures_json(collect_in_school_language(cast.term, TODAY))
    files = {"pdf": "reports/a.pdf", "xlsx": "reports/a.xlsx"} if fields.get("status", "done") == "done" else {}
    values = {"status": "done", "figures": figures, "finished_at": timezone.now()} | files | fields
    return ReportRun.objects.create(term=cast.term, until=TODAY, key=key, **values)


def pages(run):
    return [
        "/reports/runs/",
        f"/reports/runs/{run.pk}/",
        f"/reports/runs/{run.pk}/state/",
        f"/reports/runs/{run.pk}/figures/taking_part/",
        "/reports/rows/taking_part/",
        "/reports/rows/present/",
    ]


def test_who_may_read_and_who_may_not(happened, as_user):
    run = make_run(happened)
    files = [f"/reports/runs/{run.pk}/summary.{kind}" for kind in ("pdf", "xlsx")]
    form = {"term": happened.term.pk, "until": TODAY}
    for who in READERS:
        client = as_user(getattr(happened, who))
        assert [client.get(page).status_code for page in pages(run)] == [200] * 6
    for who in OTHERS:
        client = as_user(getattr(happened, who))
        assert {client.get(page).status_code for page in pages(run) + files} == {403}
        assert client.post(f"/reports/runs/{run.pk}/approve/").status_code == 403
        assert client.post(f"/reports/runs/{run.pk}/again/").status_code == 403
        assert client.post("/reports/runs/", form).status_code == 403


def test_asked_made_followed_and_taken(happened, as_user, django_capture_on_commit_callbacks):
    client = as_user(happened.office)
    form = {"term": happened.term.pk, "until": TODAY.isoformat()}
    with django_capture_on_commit_callbacks() as callbacks:
        answer = client.post("/reports/runs/", form)
    run = ReportRun.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/reports/runs/{run.pk}/")
    page = client.get(answer.url).text
    assert f'data-hx-get="/reports/runs/{run.pk}/state/"' in page and "正在排队" in page
    ReportRun.objects.filter(pk=run.pk).update(status="running", stage="pdf", progress=60)
    part = client.get(f"/reports/runs/{run.pk}/state/").text
    assert 'value="60"' in part and "<html" not in part
    ReportRun.objects.filter(pk=run.pk).update(status="queued")
    callbacks[0]()
    answer = client.get(f"/reports/runs/{run.pk}/state/")
    assert answer.headers["HX-Refresh"] == "true"
    page = client.get(f"/reports/runs/{run.pk}/").text
    assert "3 / 4 = 75.0 %" in page and f"/reports/runs/{run.pk}/summary.pdf" in page
    pdf = client.get(f"/reports/runs/{run.pk}/summary.pdf")
    assert (pdf.headers["Content-Type"], b"".join(pdf)[:5]) == ("application/pdf", b"%PDF-")
    xlsx = client.get(f"/reports/runs/{run.pk}/summary.xlsx")
    name = quote("学期总结 2026—2027学年第一学期-2026-11-18.xlsx")
    assert xlsx.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert b"".join(xlsx)[:2] == b"PK"


def test_the_duty_leader_reads_and_does_not_ask(happened, as_user):
    client = as_user(happened.duty_leader)
    answer = client.post("/reports/runs/", {"term": happened.term.pk, "until": TODAY.isoformat()})
    assert (answer.status_code, ReportRun.objects.count()) == (200, 0)
    assert '<form method="post">' not in answer.text


def test_a_day_that_cannot_be(cast, as_user):
    client = as_user(cast.office)
    for until in ("", "2026-02-30", "2026-11-19", "2026-08-01"):
        answer = client.post("/reports/runs/", {"term": cast.term.pk, "until": until})
        assert answer.status_code == 200
        assert list(answer.context["asking"].errors) == ["until"]
    assert not ReportRun.objects.exists()


def test_a_failure_is_said_and_can_be_tried_again(happened, as_user, django_capture_on_commit_callbacks):
    run = make_run(happened, status="failed", error="文件没有存成。", finished_at=None, figures={})
    client = as_user(happened.office)
    page = client.get(f"/reports/runs/{run.pk}/").text
    assert "文件没有存成。" in page and "再试一次" in page
    with django_capture_on_commit_callbacks():
        assert client.post(f"/reports/runs/{run.pk}/again/").url == f"/reports/runs/{run.pk}/"
    run.refresh_from_db()
    assert (run.status, run.error) == ("queued", "")
    assert client.get(f"/reports/runs/{run.pk}/again/").status_code == 405


def test_files_only_of_what_is_finished(happened, as_user):
    run = make_run(happened, status="queued", finished_at=None, figures={})
    client = as_user(happened.office)
    assert client.get(f"/reports/runs/{run.pk}/summary.pdf").status_code == 404
    assert client.get("/reports/runs/999/summary.pdf").status_code == 404
    assert client.get(f"/reports/runs/{make_run(happened, 'b').pk}/summary.csv").status_code == 404


def test_the_principal_approves(happened, as_user):
    run = make_run(happened)
    client = as_user(happened.principal)
    url = f"/reports/runs/{run.pk}/approve/"
    assert "批准这份总结" in client.get(url).text
    assert client.post(url).url == f"/reports/runs/{run.pk}/"
    run.refresh_from_db()
    assert run.approved_by == happened.principal.user
    page = client.get(f"/reports/runs/{run.pk}/").text
    assert "校长已批准" in page and url not in page


def test_only_the_principal_approves(happened, as_user):
    run = make_run(happened)
    url = f"/reports/runs/{run.pk}/approve/"
    for who in ("office", "academic", "duty_leader"):
        client = as_user(getattr(happened, who))
        assert url not in client.get(f"/reports/runs/{run.pk}/").text
        assert client.post(url).status_code == 403


def test_what_is_not_finished_is_not_approved(happened, as_user):
    run = make_run(happened, status="queued", finished_at=None)
    client = as_user(happened.principal)
    answer = client.post(f"/reports/runs/{run.pk}/approve/", follow=True)
    assert "报表生成之后才能批准" in answer.text


def test_every_figure_leads_to_its_rows(happened, as_user):
    run = make_run(happened)
    client = as_user(happened.office)
    page = client.get(f"/reports/runs/{run.pk}/").text
    for key, one in FIGURES.items():
        url = f"/reports/runs/{run.pk}/figures/{key}/"
        assert (url in page) == one.has_rows
        answer = client.get(url)
        assert answer.status_code == (200 if one.has_rows else 404), key
    rows = client.get(f"/reports/runs/{run.pk}/figures/absent/")
    assert rows.context["table"].paginator.count == 2
    assert "杨小帆" in rows.text and "三年级合并1班" in rows.text


def test_rows_as_of_now_and_as_they_were(happened, as_user):
    from enrollment.models import Enrolment

    run = make_run(happened)
    Enrolment.objects.filter(student=happened.child).update(ends_on=TODAY)
    page = as_user(happened.office).get(f"/reports/runs/{run.pk}/figures/taking_part/").text
    assert "总结中：3。" in page and "明细：2 条" in page


def test_rows_of_nothing_and_of_what_is_unknown(happened, as_user):
    client = as_user(happened.office)
    assert "没有明细" in client.get("/reports/rows/without_group/").text
    assert client.get("/reports/rows/nonsense/").status_code == 404
    assert client.get("/reports/rows/priority/").status_code == 404


def test_lists_ask_as_much_for_one_row_as_for_three(cast, offer, as_user):
    client = as_user(cast.office)
    families = (
        (cast.child, cast.mother),
        (cast.other_child, cast.other_mother),
        (cast.teachers_child, cast.teacher_parent),
    )
    counts = []
    for number, (student, guardian) in enumerate(families):
        enrol(offer, student, guardian, cast.homeroom, cast.office)
        run = make_run(cast, key=str(number), requested_by=cast.office.user)
        if number != 1:
            client.get("/reports/runs/")
            numbers = []
            for page in (
                "/reports/runs/",
                f"/reports/runs/{run.pk}/",
                "/reports/rows/taking_part/",
                "/reports/rows/agreements/",
            ):
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(page).status_code == 200
                numbers.append(len(queries))
            counts.append(numbers)
    assert counts[0] == counts[1]


def test_pages_of_rows(happened, as_user):
    client = as_user(happened.office)
    answer = client.get("/reports/rows/on_roll/?page=2")
    assert answer.context["table"].page.number == 1
    assert answer.context["table"].paginator.per_page == 25


def test_the_day_of_a_summary_that_asks_itself(happened, as_user):
    form = as_user(happened.office).get("/reports/runs/").context["asking"]
    assert (form["term"].initial, form["until"].initial) == (happened.term, TODAY)
    assert dt.date(2026, 11, 18) == TODAY
