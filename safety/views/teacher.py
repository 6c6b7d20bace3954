"""The teacher's afternoon on a phone: the next duty, the roll, the line."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clubs.changes import latest_changes
from clubs.models import Meeting, RainDay
from clubs.services.mornings import begin_day
from enrollment.services.collecting import may_collect
from enrollment.services.signing import has_consent
from safety.exits import exits_of
from safety.models import Custody, DayClose, Release, RollCall, Session
from safety.rolls import children_by_session, roll_of, times_of_sessions, too_early
from safety.services import call_rest, call_roll, follow_up, plan_day, release_child, release_line, take_on
from safety.whereabouts import Status, whereabouts
from school.access import WHOLE_SCHOOL, role_required
from school.inbox import tasks_for
from school.models import PeriodTime, SchoolClass, SchoolDay, Staff, Student, User
from school.models.people import StudentQuerySet
from school.rows import homeroom_children, homeroom_of
from web.addresses import read_number, read_numbers
from web.caching import cached_between_changes, drawn_between_changes
from web.templatetags.formats import cn_datetime

STAFF = ("teacher", "homeroom_teacher", "grade_head", "service_office", "academic_office", "duty_leader", "principal")


@dataclass
class Duty:
    """One of my sessions today with what a glance has to tell."""

    session: Session
    times: PeriodTime | None
    expected: int
    open: int


def ensure_planned(day: dt.date) -> None:
    """The morning jobs make the day's sessions; who looks later finds what duties and clubs have added since."""
    cached_between_changes(f"planned:{day}", lambda: _plan(day))


def _plan(day: dt.date) -> None:
    """Where the clock stood still in the morning, the first who looks sets the clubs going."""
    today = timezone.localdate()
    if cache.add(f"clubs-begun-{today}", True, timeout=24 * 60 * 60):
        begin_day(today)
    if SchoolDay.objects.weekday_of(day) and not DayClose.objects.of(day):
        plan_day(day=day)


def duties_of(user: User, day: dt.date) -> list[Duty]:
    """One query, and those of the day's lists."""
    in_care = Custody.objects.open().filter(day=day, session=OuterRef("pk")).order_by().values("session")
    sessions = (
        Session.objects.on(day)
        .filter(staff__in=Staff.objects.of_user(user))
        .select_related("care_group", "meeting__club", "period")
        .annotate(open=Coalesce(Subquery(in_care.annotate(n=Count("pk")).values("n")), 0))
    )
    times = times_of_sessions(day, sessions)
    children = cached_between_changes(f"children by session:{day}", lambda: children_by_session(day))
    return [Duty(one, times[one.pk], len(children.get(one.pk, ())), one.open) for one in sessions]


def own_class_of(user: User, day: dt.date) -> dict[str, Any]:
    """The class that the person leads, how many children it has, how many of these are here, looked for and gone home."""
    if not user.has_role("homeroom_teacher"):
        return {}
    children = Student.objects.on_roll(day).filter(homeroom_children(user))
    at = whereabouts(list(children), day)
    return {
        "own_class": SchoolClass.objects.filter(homeroom_of(user, day)).first(),
        "own_class_count": len(at),
        "own_class_here": sum(one.status == Status.HERE for one in at),
        "own_class_missing": sum(one.status == Status.MISSING for one in at),
        "own_class_gone": sum(one.status == Status.LEFT for one in at),
    }


@role_required(*STAFF)
def my_day(request: HttpRequest) -> HttpResponse:
    """The first screen of a teacher: the next duty, who of my class is where, and what waits for me."""
    today = timezone.localdate()
    content = drawn_between_changes(request, "safety/_my_day.html", today, lambda: day_of(request.user, today))
    return render(request, "safety/my_day.html", {"content": content})


def day_of(user: User, today: dt.date) -> dict[str, Any]:
    follow_up(now=timezone.now())
    ensure_planned(today)
    duties = duties_of(user, today)
    rolls = [reverse("safety:roll", args=[duty.session.pk]) for duty in duties]
    return own_class_of(user, today) | {
        "today": today,
        "school_day": SchoolDay.objects.of(today),
        "duties": duties,
        "tasks": tasks_for(user, but=rolls),
        "changes": latest_changes(today, today),
        "rain": RainDay.objects.standing(today),
        "helping": Meeting.objects.on(today)
        .filter(assistant__in=Staff.objects.of_user(user), cancelled=False)
        .select_related("club", "period", "room", "instructor"),
    }


def session_for(request: HttpRequest, pk: int) -> Session:
    sessions = (
        Session.objects.visible_to(request.user)
        .with_gaps()
        .select_related("care_group", "meeting__club", "period", "staff")
    )
    return get_object_or_404(sessions, pk=pk)


@role_required(*STAFF)
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """The list to call: everybody present by one tap, then the exceptions; each mark is saved at once."""
    session = session_for(request, pk)
    words = request.GET.get("q", "").strip()
    context = roll_context(session, early="early" in request.GET)
    if words:
        context["found"] = to_take_on(request.user, words).with_class(session.day)[:10]
    context["whole_name"] = not knows_the_school(request.user)
    return render(request, "safety/roll.html", context)


def to_take_on(user: User, words: str) -> StudentQuerySet:
    """Pupils found by the words typed: by a part of the name for the school's own, by the whole name for others.

    Who comes from outside learns nobody's name here; a child that stands there says its own.
    """
    there = Student.objects.on_roll(timezone.localdate())
    if not words.strip():
        return there.none()
    return there.search(words) if knows_the_school(user) else there.filter(name=words)


def knows_the_school(user: User) -> bool:
    return Staff.objects.of_user(user).filter(kind=Staff.Kind.EMPLOYEE).exists() or user.has_role(*WHOLE_SCHOOL)


def roll_context(session: Session, *, early: bool) -> dict:
    """`early`: the person has said that the roll is called before its time."""
    places = roll_of(session)
    expected = [place for place in places if place.expected]
    return {
        "session": session,
        "closed": DayClose.objects.of(session.day),
        "too_early": None if early else too_early(session, timezone.now()),
        "early": early,
        "places": places,
        "statuses": RollCall.Status,
        "expected": len(expected),
        # Who was marked in another roll of the period later is there.
        "here": RollCall.objects.here(session.day).filter(session=session).count(),
        "missing": sum(1 for place in expected if place.status == RollCall.Status.ABSENT),
        "away": sum(1 for place in expected if place.status in (RollCall.Status.LEAVE, RollCall.Status.LEFT)),
        "open": sum(1 for place in expected if not place.status),
        "open_here": sum(1 for place in expected if not place.status and place.by_default == RollCall.Status.PRESENT),
        "open_known": sum(1 for place in expected if not place.status and place.by_default),
        "open_missing": [place for place in expected if not place.status and not place.by_default],
    }


@role_required(*STAFF)
@require_POST
def roll_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One child's mark, or «all» who are not on leave and not marked yet."""
    session = session_for(request, pk)
    try:
        check_time(session, early="early" in request.POST)
        if "all" in request.POST:
            call_rest(session=session, by=request.user)
        elif "take_on" in request.POST:
            found = to_take_on(request.user, request.POST.get("q", ""))
            student = get_object_or_404(found, pk=read_number(request.POST["take_on"]))
            take_on(session=session, student=student, by=request.user)
        else:
            listed = [place.student.pk for place in roll_of(session)]
            student = get_object_or_404(Student, pk__in=listed, pk=read_number(request.POST.get("student")))
            status = request.POST.get("status", "")
            if status in RollCall.Status.values:
                call_roll(session=session, marks={student.pk: status}, by=request.user)
    except ValidationError as error:
        if request.headers.get("HX-Request"):
            return HttpResponse(" ".join(error.messages), status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, " ".join(error.messages))
    if request.headers.get("HX-Request"):
        session.refresh_from_db()
        return render(request, "safety/_roll.html", roll_context(session, early="early" in request.POST))
    return redirect("safety:roll", pk)


def check_time(session: Session, *, early: bool) -> None:
    """A roll long before its session is called only by somebody who has said so."""
    if not early and (begins := too_early(session, timezone.now())):
        raise ValidationError(
            _("%(session)s begins at %(at)s. Open the roll once more to call it before.")
            % {"session": session.title, "at": cn_datetime(begins)}
        )


@role_required(*STAFF)
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """The children in my care now: the whole line goes in two taps, the exceptions one by one."""
    session = session_for(request, pk)
    return render(request, "safety/line.html", line_context(session))


def line_context(session: Session) -> dict:
    exits = exits_of(session)
    released = Release.objects.filter(day=session.day, custody__staff=session.staff_id).select_related("student")
    return {
        "session": session,
        "line": [leaving for leaving in exits if not leaving.exception and not leaving.stays],
        "staying": [leaving for leaving in exits if not leaving.exception and leaving.stays],
        "exceptions": [leaving for leaving in exits if leaving.exception],
        "released": released.order_by("-at"),
    }


@role_required(*STAFF)
@require_POST
def line_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands the whole line over; who was unticked stays."""
    session = session_for(request, pk)
    staying = {leaving.student.pk for leaving in exits_of(session)} - set(read_numbers(request.POST.getlist("student")))
    count = release_line(session=session, except_for=staying, by=request.user)
    messages.success(request, ngettext("%d child handed over.", "%d children handed over.", count) % count)
    return redirect("safety:line", pk)


@role_required(*STAFF)
def child_release(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """One child with its reason for care: choose the adult who stands there, or «alone» where it is signed for."""
    session = session_for(request, pk)
    mine = Student.objects.filter(custodies__day=session.day, custodies__staff=session.staff_id)
    student = get_object_or_404(mine.distinct(), pk=student_pk)
    collectors = may_collect(student, session.day)
    error = ""
    if request.method == "POST":
        chosen = request.POST.get("collector", "")
        collector = next((c for c in collectors if str(c.pk) == chosen), None)
        try:
            if collector is None and chosen != "alone":
                raise ValidationError(_("Choose who takes the child home."))
            release_child(
                student=student, day=session.day, collector=collector, from_care_of=session.staff, by=request.user
            )
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
        else:
            messages.success(request, _("%s handed over.") % student.name)
            return redirect("safety:line", pk)
    leaving = next((e for e in exits_of(session) if e.student.pk == student.pk), None)
    context = {"session": session, "student": student, "collectors": collectors, "leaving": leaving, "error": error}
    context["has_consent"] = has_consent(student)
    return render(request, "safety/child_release.html", context, status=422 if error else 200)
