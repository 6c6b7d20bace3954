"""A summary is asked once, made once whatever happens to its maker, and frozen once approved."""

import base64
import datetime as dt
import json
import uuid

import pytest
import redis
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from enrollment.models import Enrolment
from enrollment.services import end_enrolment
from reports import services
from reports.models import ReportRun
from reports.services import (
    Hold,
    approve_run,
    collect_in_school_language,
    figures_json,
    make_summary,
    request_summary,
    requeue_expired,
    sentence_for,
)
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - dt.timedelta(days=1)


def ask(cast, **more):
    return request_summary(term=cast.term, until=TODAY, by=cast.office.user, **{"send": False, **more})


@pytest.fixture
def made(happened):
    """A finished summary with the figures of now; its files are names only."""
    figures = figures_json(collect_in_school_language(happened.term, TODAY))
    files = {"pdf": "reports/a.pdf", "xlsx": "reports/a.xlsx"}
    happened.run = ReportRun.objects.create(
        term=happened.term, until=TODAY, key="a", status="done", figures=figures, finished_at=timezone.now(), **files
    )
    return happened


@pytest.fixture
def celery_conf():
    """Celery's settings with tasks sent to a broker; as they were when the test ends."""
    from celery import current_app

    conf = current_app.conf
    names = ("task_always_eager", "broker_url", "task_publish_retry", "task_default_queue")
    before = {name: getattr(conf, name) for name in names}
    conf.task_always_eager = conf.task_publish_retry = False
    conf.task_default_queue = f"test-{uuid.uuid4()}"
    yield conf
    for name, value in before.items():
        setattr(conf, name, value)


@pytest.fixture
def sent(celery_conf):
    """What stands in a queue of our own: the keys of the runs that were sent."""
    client = redis.Redis.from_url(celery_conf.broker_url)
    queue = celery_conf.task_default_queue

    def keys():
        messages = [json.loads(message) for message in client.lrange(queue, 0, -1)]
        return sorted(json.loads(base64.b64decode(message["body"]))[0][0] for message in messages)

    yield keys
    client.delete(queue)


def store_in(settings, name):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"tests.reports.storages.{name}"}}


def test_asked_and_made(happened):
    run = make_summary(run=ask(happened))
    assert (run.status, run.attempt, run.progress, run.lease_until) == ("done", 1, 100, None)
    assert run.figures["participation_rate"]["value"] == 75.0
    assert run.pdf.read(5) == b"%PDF-"
    assert run.xlsx.read(2) == b"PK"
    assert run.requested_by == happened.office.user


def test_who_asks_sends_it_once_to_a_worker(happened, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = ask(happened, send=True)
        second = ask(happened, send=True)
    assert first == second
    run = ReportRun.objects.get()
    assert (run.status, run.attempt) == ("done", 1)


def test_asking_again_gives_the_same_run_while_nothing_has_changed(made):
    assert ask(made) == made.run
    assert ask(made, again=True) != made.run


def test_asking_again_after_a_change_gives_a_new_run(made):
    enrolment = Enrolment.objects.get(student=made.child)
    end_enrolment(enrolment=enrolment, last_day=TODAY, reason="搬家", by=made.office.user)
    run = ask(made)
    assert (run.status, run != made.run) == ("queued", True)


def test_another_last_day_is_another_run(made):
    assert request_summary(term=made.term, until=YESTERDAY, by=None, send=False) != made.run


@pytest.mark.parametrize("days", [1, 400, -400])
def test_only_days_of_the_term_that_have_come(cast, days):
    with pytest.raises(ValidationError, match=r"截止日还没有到，尚无数据可统计|截止日应在学期之内"):
        request_summary(term=cast.term, until=TODAY + dt.timedelta(days=days), by=cast.office.user)
    assert not ReportRun.objects.exists()


def test_made_only_once(made):
    again = make_summary(run=made.run)
    assert (again.attempt, again.pdf.name) == (0, made.run.pdf.name)


def test_a_run_that_somebody_makes_is_left_alone(happened):
    run = ask(happened)
    lease = timezone.now() + dt.timedelta(seconds=30)
    ReportRun.objects.filter(pk=run.pk).update(status="running", attempt=1, lease_until=lease)
    run = make_summary(run=run)
    assert (run.status, run.attempt, run.lease_until) == ("running", 1, lease)


def test_a_run_whose_worker_went_silent_is_taken_over(happened):
    run = ask(happened)
    silent = timezone.now() - dt.timedelta(seconds=1)
    ReportRun.objects.filter(pk=run.pk).update(status="running", attempt=1, lease_until=silent)
    run = make_summary(run=run)
    assert (run.status, run.attempt) == ("done", 2)


def test_who_lost_the_lease_leaves_no_trace(happened, settings):
    """Another worker takes the run over while this one stores its files; the files are taken away again."""
    run, before = ask(happened), files()
    store_in(settings, "TakenOver")
    run = make_summary(run=run)
    assert (run.status, run.attempt, run.pdf.name) == ("running", 2, "")
    assert files() == before


def files():
    found = []
    folders = ["reports"] if default_storage.exists("reports") else []
    while folders:
        folder = folders.pop()
        inside, here = default_storage.listdir(folder)
        found += [f"{folder}/{name}" for name in here]
        folders += [f"{folder}/{name}" for name in inside]
    return sorted(found)


def test_the_heartbeat_renews_the_lease(happened, settings, transactional_db):
    settings.REPORT_LEASE = dt.timedelta(seconds=0.3)
    run = ask(happened)
    ReportRun.objects.filter(pk=run.pk).update(status="running", attempt=1, lease_until=timezone.now())
    run.refresh_from_db()
    with Hold(run) as hold:
        hold._done.wait(0.5)
        first = ReportRun.objects.get(pk=run.pk).lease_until
        hold._done.wait(0.3)
        assert ReportRun.objects.get(pk=run.pk).lease_until > first > run.lease_until


def test_lost_messages_and_silent_workers_are_sent_again(happened, sent):
    past, future = (timezone.now() + dt.timedelta(seconds=s) for s in (-1, 50))
    runs = {}
    for name, status, lease in (
        ("lost", "queued", past),
        ("never sent", "queued", None),
        ("silent", "running", past),
        ("waiting", "queued", future),
        ("made", "running", future),
    ):
        runs[name] = ReportRun.objects.create(
            term=happened.term, until=TODAY, key=name, status=status, lease_until=lease, attempt=status == "running"
        ).pk
    assert requeue_expired() == 3
    assert sent() == sorted(runs[name] for name in ("lost", "never sent", "silent"))
    again = ReportRun.objects.filter(pk__in=sent())
    assert {(run.status, run.lease_until > timezone.now()) for run in again} == {("queued", True)}
    assert ReportRun.objects.get(pk=runs["made"]).status == "running"
    assert requeue_expired() == 0


def test_after_three_attempts_it_fails_with_a_sentence(happened):
    past = timezone.now() - dt.timedelta(seconds=1)
    ReportRun.objects.create(
        term=happened.term, until=TODAY, key="x", status="running", lease_until=past, attempt=ReportRun.MOST_ATTEMPTS
    )
    assert requeue_expired() == 0
    run = ReportRun.objects.get()
    assert (run.status, run.error) == ("failed", "生成过程中断了 3 次，请联系系统管理员。")


def test_a_failure_is_a_sentence_and_can_be_tried_again(happened, settings):
    run = ask(happened)
    store_in(settings, "FullDisk")
    with pytest.raises(OSError):
        make_summary(run=run)
    run.refresh_from_db()
    assert (run.status, run.lease_until) == ("failed", None)
    assert run.error == "文件没有存成：磁盘可能满了。腾出空间后请再试。"
    again = ask(happened)
    assert (again, again.status, again.error, again.attempt) == (run, "queued", "", 0)


def test_a_worker_that_is_told_to_stop_gives_the_run_back(happened, settings):
    run = ask(happened)
    store_in(settings, "ToldToStop")
    with pytest.raises(SystemExit):
        make_summary(run=run)
    run.refresh_from_db()
    assert (run.status, run.attempt) == ("queued", 0)


def test_sentences():
    assert sentence_for(ValidationError("没有学期。")) == "没有学期。"
    assert "日志" in sentence_for(KeyError("x"))


@pytest.fixture
def broker_down(celery_conf):
    """An address where nobody listens."""
    celery_conf.broker_url = "redis://127.0.0.1:1/0"


def test_the_broker_may_be_down_when_somebody_asks(happened, broker_down):
    run = ask(happened)
    services.send_run(run.pk)
    run.refresh_from_db()
    assert run.status == "queued"


def test_one_key_one_run(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRun.objects.create(term=made.term, until=TODAY, key=made.run.key)


# --- approval --------------------------------------------------------------------------------------------------------


def test_the_principal_approves_once(made):
    run = approve_run(run=made.run, by=made.principal.user)
    at = run.approved_at
    assert (run.approved_by, at is not None) == (made.principal.user, True)
    assert approve_run(run=run, by=made.principal.user).approved_at == at


def test_nobody_else_approves(made):
    with pytest.raises(PermissionDenied):
        approve_run(run=made.run, by=made.office.user)


def test_only_what_is_finished_is_approved(happened):
    with pytest.raises(ValidationError, match="报表生成之后才能批准"):
        approve_run(run=ask(happened), by=happened.principal.user)


def test_what_is_approved_is_frozen_in_the_database(made):
    approve_run(run=made.run, by=made.principal.user)
    for change in (
        lambda: ReportRun.objects.update(figures={}),
        lambda: ReportRun.objects.update(status="queued", approved_at=None),
        lambda: ReportRun.objects.all().delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()


def test_an_approved_run_stays_while_new_figures_make_a_new_one(made):
    approve_run(run=made.run, by=made.principal.user)
    assert ask(made) == made.run
    enrolment = Enrolment.objects.get(student=made.child)
    end_enrolment(enrolment=enrolment, last_day=TODAY, reason="搬家", by=made.office.user)
    new = ask(made)
    assert (new.status, new != made.run, new.approved_at) == ("queued", True, None)
