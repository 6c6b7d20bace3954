"""The guardian's page «今天»: all children, where each is, who has them, leave and proxies."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Meeting, Membership
from enrollment.models import CareGroupMember, Collector, Enrolment
from enrollment.views.family import own_child
from safety.forms import LeaveForm, ProxyForm
from safety.models import Custody, Leave, Release, Session
from safety.rolls import weekday_of
from safety.services import ask_leave, cancel_leave, name_proxy
from school.access import role_required
from school.models import Period, PeriodTime, SchoolDay, Student, Term


def place_of(student: Student, day: dt.date) -> list[tuple[Period, PeriodTime | None, str, str]]:
    """(period, times, where, with whom) of the child's afternoon; empty when it does not take part that day."""
    if not Enrolment.objects.taking_part_on(day, weekday_of(day)).filter(student=student).exists():
        return []
    term = Term.objects.current(day)
    season = term.season_on(day) if term else PeriodTime.Season.SUMMER
    clubs = Membership.objects.on(day).filter(student=student).values("club")
    meetings = {
        m.period_id: m
        for m in Meeting.objects.on(day)
        .filter(club__in=clubs, cancelled=False)
        .select_related("club", "room", "instructor")
    }
    member = CareGroupMember.objects.on(day).filter(student=student).select_related("group__room").first()
    staff = (
        {
            s.period_id: s.staff.name
            for s in Session.objects.on(day).filter(care_group=member.group).select_related("staff")
        }
        if member
        else {}
    )
    places = []
    for period in Period.objects.prefetch_related("period_times"):
        meeting = meetings.get(period.pk)
        if meeting:
            where, who = f"{meeting.club.name} · {meeting.room.name}", meeting.instructor.name
        elif member:
            where = f"{member.group.name} · {member.group.room.name}" if member.group.room else member.group.name
            who = staff.get(period.pk, "")
        else:
            continue
        places.append((period, period.times(season), where, who))
    return places


@role_required("guardian")
def family_today(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    children = Student.objects.filter(
        guardianships__guardian__user=request.user, guardianships__barred=False
    ).distinct()
    rows: list[dict[str, Any]] = [
        {
            "child": child,
            "places": place_of(child, today),
            "custody": Custody.objects.open().filter(student=child, day=today).select_related("staff").first(),
            "release": Release.objects.filter(student=child, day=today).first(),
            "leaves": Leave.objects.filter(student=child, day__gte=today).order_by("day")[:5],
            "collectors": Collector.objects.allowed(today).filter(student=child),
        }
        for child in children[:12]
    ]
    context = {"today": today, "school_day": SchoolDay.objects.filter(day=today).first(), "rows": rows}
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
    own = Student.objects.filter(guardianships__guardian__user=request.user, guardianships__barred=False)
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
