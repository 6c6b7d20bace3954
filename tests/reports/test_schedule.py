"""What happens by itself, and the page on which the office decides when."""

import datetime as dt

import pytest
from django_celery_beat.models import PeriodicTask

from clubs.models import Membership
from clubs.tasks import close_ended
from enrollment.models import Enrolment
from reports.models import ReportRun
from reports.schedule import SUMMARY, load_schedule, weekly_summary
from reports.services import request_summary
from reports.tasks import make_scheduled_summary, requeue_expired, run_report
from safety.models import Session
from safety.tasks import plan_today
from school.models import SchoolDay
from tests.conftest import TODAY, take

pytestmark = pytest.mark.django_db

URL = "/reports/schedule/"


def test_every_office_begins_with_these(db):
    ours = PeriodicTask.objects.filter(task__contains=".tasks.")
    assert dict(ours.values_list("name", "enabled")) == {
        "reports.tasks.requeue_expired": True,
        "enrollment.tasks.close_departed": True,
        "clubs.tasks.close_ended": True,
        "clubs.tasks.pass_on_offers": True,
        "safety.tasks.plan_today": True,
        "safety.tasks.follow_up_asks": True,
        "fees.tasks.begin_month": True,
        "homework.tasks.draw_today": True,
        "homework.tasks.print_monday": True,
        "homework.tasks.print_friday": True,
        "school.tasks.tend_printouts": True,
        SUMMARY: False,
    }
    weekly = weekly_summary()
    assert (weekly.weekday, weekly.time, weekly.enabled) == (1, dt.time(6), False)


def test_every_scheduled_task_exists(db):
    from afterschool.celery import app

    app.loader.import_default_modules()
    names = PeriodicTask.objects.exclude(task__startswith="celery.").values_list("task", flat=True)
    assert [name for name in names if name not in app.tasks] == []


def test_loading_again_keeps_what_the_office_chose(cast, as_user):
    as_user(cast.office).post(URL, {"enabled": "on", "weekday": "7", "time": "20:15"})
    load_schedule()
    assert (weekly_summary().enabled, weekly_summary().weekday, weekly_summary().time) == (True, 7, dt.time(20, 15))
    assert PeriodicTask.objects.get(name=SUMMARY).crontab.day_of_week == "0"


def test_the_office_edits_it(cast, as_user):
    client = as_user(cast.office)
    assert 'value="06:00"' in client.get(URL).text
    answer = client.post(URL, {"weekday": "5", "time": "17:30"})
    assert (answer.status_code, answer.url) == (302, URL)
    assert (weekly_summary().enabled, weekly_summary().weekday, weekly_summary().time) == (False, 5, dt.time(17, 30))


def test_a_time_that_is_none(cast, as_user):
    answer = as_user(cast.office).post(URL, {"weekday": "8", "time": "25:00"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"weekday", "time"}


@pytest.mark.parametrize("who", ["principal", "duty_leader", "homeroom", "teacher", "gate", "mother"])
def test_nobody_else_edits_it(cast, as_user, who):
    assert as_user(getattr(cast, who)).get(URL).status_code == 403


def test_the_weekly_summary_is_of_the_running_term_until_today(happened, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_scheduled_summary()
    run = ReportRun.objects.get()
    assert (run.term, run.until, run.requested_by, run.status) == (happened.term, TODAY, None, "done")


def test_without_a_term_nothing_is_made(db):
    make_scheduled_summary()
    assert not ReportRun.objects.exists()


def test_tasks_are_safe_to_run_twice(happened):
    run = request_summary(term=happened.term, until=TODAY, by=None, send=False)
    run_report(run.pk)
    run_report(run.pk)
    requeue_expired()
    run.refresh_from_db()
    assert (run.status, run.attempt) == ("done", 1)


def test_the_day_is_planned_each_morning(afternoon):
    Session.objects.all().delete()
    plan_today()
    plan_today()
    assert Session.objects.on(TODAY).count() == 3


def test_a_day_without_lessons_is_no_error(afternoon):
    Session.objects.all().delete()
    SchoolDay.objects.filter(day=TODAY).update(kind="closure", follows_weekday=None)
    plan_today()
    assert not Session.objects.exists()


def test_seats_of_children_who_have_left_are_freed_each_morning(afternoon):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    Enrolment.objects.filter(student=afternoon.child).update(ends_on=TODAY - dt.timedelta(days=1))
    close_ended()
    afternoon.club.refresh_from_db()
    assert (afternoon.club.taken, Membership.objects.get().ends_on is None) == (0, False)
