"""What the afternoon knows of a child (where it is now, leave, attendance) and of an adult (sessions of today, absences)."""

import datetime as dt
from collections import Counter

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.models import Club
from safety.models import Absence, Custody, Leave, RollCall, Session
from safety.places import places_of
from safety.rows import children_told_of
from safety.whereabouts import BADGES, Status, whereabouts
from school.models import Room, SchoolClass, Staff, Student, Term, User
from school.parts import Line, Part
from web.templatetags.formats import cn_date, times, weekdays


def today_of(user: User, student: Student) -> Part:
    """Where the child is now and with whom, and leave from today on; its reason for those who may enter one."""
    today = timezone.localdate()
    (at,) = whereabouts([student], today)
    lines = [Line(at.detail, badge=str(at.status.label), kind=at.kind)]
    for one in places_of([student], today).get(student.pk, []):
        when = f"{one.period} {times(one.times)}".strip()
        where = " · ".join(filter(None, [one.place.title, one.place.room, one.place.adult]))
        lines.append(Line(when, where or _("in no group and no club yet")))
    told = children_told_of(user).filter(pk=student.pk).exists()
    for leave in Leave.objects.standing().filter(student=student, day__gte=today).order_by("day")[:5]:
        lines.append(Line(_("On leave on %s") % cn_date(leave.day), leave.reason if told else ""))
    url = reverse("safety:told", args=[student.pk]) if told else ""
    return Part(_("Today"), lines, url=url, url_label=_("Told by the family"))


def sessions_of(user: User, staff: Staff) -> Part:
    """The sessions of today with the children whom the adult answers for now, and days on which it is away."""
    today = timezone.localdate()
    here = dict(
        Custody.objects.open().filter(day=today, staff=staff).order_by().values_list("session").annotate(Count("pk"))
    )
    lines = []
    for session in Session.objects.on(today).filter(staff=staff).with_places().order_by("period__number"):
        in_care = _("%d in care now") % here[session.pk] if here.get(session.pk) else ""
        url = reverse("safety:roll", args=[session.pk])
        lines.append(Line(f"{session.period} · {session.title}", in_care, url))
    away = Absence.objects.filter(staff=staff, day__gte=today, withdrawn_at=None)
    lines += [Line(_("Away on %s") % cn_date(one.day), badge=_("away"), kind="attention") for one in away[:5]]
    return Part(_("Today"), lines, empty=_("No session today."))


def attendance_of(user: User, student: Student) -> Part | None:
    """How often it came this term, by its roll calls, and the last ones at which it did not."""
    term = Term.objects.current(timezone.localdate())
    if term is None:
        return None
    calls, url = RollCall.objects.of_child(student, term), reverse("safety:attendance", args=[student.pk])
    counted = dict(calls.order_by().values_list("status").annotate(Count("pk")))
    lines = [
        Line(f"{label} {counted[value]}", url=f"{url}?status={value}")
        for value, label in RollCall.Status.choices
        if counted.get(value)
    ]
    week = calls.filter(session__day__gte=timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday()))
    if this_week := week.select_related("session__period").order_by("session__day", "session__period__number"):
        words = "、".join(
            f"{weekdays([call.session.day.isoweekday()])}{call.session.period} {call.get_status_display()}"
            for call in this_week
        )
        lines.append(Line(_("This week"), words))
    away = calls.exclude(status=RollCall.Status.PRESENT).select_related("session__period")
    for call in away.order_by("-session__day", "-session__period__number")[:5]:
        lines.append(Line(f"{cn_date(call.session.day)} {call.session.period}", badge=call.get_status_display()))
    none = _("No roll has been called for this child yet.")
    return Part(_("Attendance this term"), lines, empty=none, url=url, url_label=_("All roll calls"))


def class_today(user: User, school_class: SchoolClass) -> Part:
    """How many of the class are where now; who is being looked for, by name."""
    today = timezone.localdate()
    members = school_class.memberships.on(today).values("student")
    found = whereabouts(list(Student.objects.visible_to(user).filter(pk__in=members)), today)
    counted = Counter(at.status for at in found)
    lines = [Line(f"{status.label} {counted[status]}", kind=BADGES[status]) for status in Status if counted.get(status)]
    for at in found:
        if at.missing:
            url = reverse("school:student_detail", args=[at.student.pk])
            lines.append(Line(at.student.name, at.detail, url, str(at.status.label), at.kind))
    return Part(_("Today"), lines, empty=_("Nobody is in the class today."))


def room_today(user: User, room: Room) -> Part:
    """What is held in the room today, and with whom."""
    sessions = Session.objects.on(timezone.localdate()).with_places().order_by("period__number")
    lines = [
        Line(f"{one.period} · {one.title}", one.adult, reverse("safety:roll", args=[one.pk]))
        for one in sessions
        if one.room == room
    ]
    return Part(_("Today"), lines, empty=_("Nothing is held here today."))


def club_meetings(user: User, club: Club) -> Part:
    """The club's meeting of today with its adult, and its last rolls."""
    rows = Session.objects.filter(meeting__club=club, day__lte=timezone.localdate()).held().with_places()
    lines = []
    for one in rows.annotate(here=Count("roll_calls", filter=Q(roll_calls__status=RollCall.Status.PRESENT))).order_by(
        "-day"
    )[:5]:
        came = ngettext("%d child came", "%d children came", one.here) % one.here
        url = reverse("safety:roll", args=[one.pk])
        words = came if one.roll_taken_at else _("roll not called")
        lines.append(Line(f"{cn_date(one.day)} {one.period}", f"{one.staff.name} · {words}", url))
    return Part(_("Last meetings"), lines, empty=_("It has not met yet."))
