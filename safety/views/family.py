"""The guardian's page «今天»: all children, where each is, who has them, leave and proxies."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.changes import told_to_families
from clubs.models import Meeting, Membership, RainDay
from enrollment.children import own_child
from enrollment.models import CareGroupMember, Collector, Enrolment
from enrollment.services.collecting import refusals_on
from safety.forms import LeaveForm, ProxyForm
from safety.models import Custody, Leave, Release, Session
from safety.rolls import weekday_of
from safety.services import ask_leave, cancel_leave, name_proxy
from school.access import role_required
from school.models import Period, PeriodTime, SchoolDay, Student, Term

Place = tuple[Period, PeriodTime | None, str, str]


def places_of(children: list[Student], day: dt.date) -> dict[int, list[Place]]:
    """Child → (period, times, where, with whom) of its afternoon; children who do not take part that day are absent.

    The same number of queries for one child and for twelve.
    """
    weekday = weekday_of(day)
    taking_part = set(
        Enrolment.objects.taking_part_on(day, weekday).filter(student__in=children).values_list("student", flat=True)
    )
    term = Term.objects.current(day)
    season = term.season_on(day) if term else PeriodTime.Season.SUMMER
    meetings = meetings_of(children, day)
    members = CareGroupMember.objects.on(day).filter(student__in=children).select_related("group__room")
    groups = {member.student_id: member.group for member in members}
    joined = sessions_joined(day)
    sessions = Session.objects.filter(day=day, care_group__in=groups.values()).select_related("staff")
    staff = {(session.care_group_id, session.period_id): session for session in sessions}
    places: dict[int, list[Place]] = {pk: [] for pk in taking_part}
    for period in Period.objects.prefetch_related("period_times"):
        for pk, rows in places.items():
            meeting, group = meetings.get((pk, period.pk)), groups.get(pk)
            if meeting:
                where, who = f"{meeting.club.name} · {meeting.room.name}", meeting.instructor.name
                where, who = joined.get(("meeting", meeting.pk), (where, who))
            elif group:
                where = f"{group.name} · {group.room.name}" if group.room else group.name
                session = staff.get((group.pk, period.pk))
                who = session.staff.name if session else ""
                where, who = joined.get(("session", session.pk if session else 0), (where, who))
            else:
                continue
            grade = meeting.club.grade_from if group is None else group.grade
            rows.append((period, period.times(season, grade=grade, weekday=weekday), where, who))
    return places


def sessions_joined(day: dt.date) -> dict[tuple[str, int], tuple[str, str]]:
    """What joined another session that day, by its session and its meeting → where it is, and with whom."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    rows = Session.objects.filter(day=day, merged_into__isnull=False).select_related(
        "merged_into__staff",
        "merged_into__care_group__room",
        "merged_into__meeting__club",
        "merged_into__meeting__room",
    )
    for session in rows:
        other = session.merged_into
        thing = other.care_group or other.meeting
        place = f"{other.title} · {thing.room.name}" if thing.room else other.title
        found["session", session.pk] = place, other.staff.name
        if session.meeting_id:
            found["meeting", session.meeting_id] = found["session", session.pk]
    return found


def meetings_of(children: list[Student], day: dt.date) -> dict[tuple[int, int], Meeting]:
    """(child, period) → the meeting of its club on the day."""
    members: dict[int, list[int]] = {}
    for club, student in Membership.objects.on(day).filter(student__in=children).values_list("club", "student"):
        members.setdefault(club, []).append(student)
    meetings = Meeting.objects.on(day).filter(club__in=members, cancelled=False)
    return {
        (student, meeting.period_id): meeting
        for meeting in meetings.select_related("club", "room", "instructor")
        for student in members[meeting.club_id]
    }


@role_required("guardian")
def family_today(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    own = Student.objects.of_guardian(request.user)
    children = list(own.distinct()[:12])
    custodies = Custody.objects.open().filter(student__in=children, day=today).select_related("staff")
    with_whom = {custody.student_id: custody for custody in custodies}
    releases = {release.student_id: release for release in Release.objects.filter(student__in=children, day=today)}
    leaves: dict[int, list[Leave]] = {}
    for leave in Leave.objects.filter(student__in=children, day__gte=today).order_by("day"):
        leaves.setdefault(leave.student_id, []).append(leave)
    collectors: dict[int, list[Collector]] = {}
    refusals = refusals_on(today, [child.pk for child in children])
    for collector in Collector.objects.allowed(today).filter(student__in=children):
        if refusals.bars(collector.student_id, collector):
            continue
        collectors.setdefault(collector.student_id, []).append(collector)
    places = places_of(children, today)
    rows: list[dict[str, Any]] = [
        {
            "child": child,
            "places": places.get(child.pk, []),
            "custody": with_whom.get(child.pk),
            "release": releases.get(child.pk),
            "leaves": leaves.get(child.pk, [])[:5],
            "collectors": collectors.get(child.pk, []),
        }
        for child in children
    ]
    told = told_to_families(children, today)
    for row in rows:
        row["changes"] = told.get(row["child"].pk, [])
    context = {
        "today": today,
        "school_day": SchoolDay.objects.filter(day=today).first(),
        "rain": RainDay.objects.standing(today),
        "rows": rows,
    }
    return render(request, "safety/family_today.html", context)


@role_required("guardian")
def leave_ask(request: HttpRequest, student_pk: int) -> HttpResponse:
    student = own_child(request, student_pk)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_leave(student=student, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%s is on leave that day; the teacher sees it on the roll.") % student.name)
            return redirect("safety:family_today")
    return render(request, "safety/leave_ask.html", {"student": student, "form": form})


@role_required("guardian")
def leave_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    own = Student.objects.of_guardian(request.user)
    leave = get_object_or_404(Leave.objects.filter(student__in=own).select_related("student"), pk=pk)
    if request.method == "POST":
        try:
            cancel_leave(leave=leave, by=request.user)
            messages.success(request, _("Taken back."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect("safety:family_today")


@role_required("guardian")
def proxy_name(request: HttpRequest, student_pk: int) -> HttpResponse:
    student = own_child(request, student_pk)
    form = ProxyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name_proxy(proxy=form.save(commit=False), student=student, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Noted. The teacher compares name and phone before handing the child over."))
            return redirect("safety:family_today")
    return render(request, "safety/proxy_name.html", {"student": student, "form": form})
