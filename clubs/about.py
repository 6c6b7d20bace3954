"""Clubs of a child: where it has a place, and where it waits for one; of an adult: which it leads or helps in."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.models import Club, Membership, Waiting
from clubs.weekly import weekly_times
from school.models import Room, SchoolClass, Staff, Student, Term, User
from school.parts import Line, Part
from web.templatetags.formats import cn_span


def led_by(user: User, staff: Staff) -> Part | None:
    """Clubs of the running term that the adult leads or helps in, with their times of the week."""
    today = timezone.localdate()
    term = Term.objects.current(today)
    if term is None:
        return None
    times: dict[int, list[str]] = {}
    for slot in weekly_times(term, term.nearest(today)):
        times.setdefault(slot.club.pk, []).append(f"{slot.get_weekday_display()} {slot.period}")
    clubs = Club.objects.visible_to(user).published().filter(Q(instructor=staff) | Q(assistant=staff), term=term)
    lines = [
        Line(
            club.name,
            "、".join(times.get(club.pk, [])),
            reverse("clubs:club_detail", args=[club.pk]),
            "" if club.instructor_id == staff.pk else _("helps"),
        )
        for club in clubs.order_by("name")[:20]
    ]
    return Part(_("Clubs"), lines, empty=_("Leads no club."))


def clubs_of(user: User, student: Student) -> Part:
    rows = Membership.objects.visible_to(user).filter(student=student).from_day(timezone.localdate())
    lines = [
        Line(
            one.club.name,
            f"{one.club.instructor.name} · {cn_span(one)}",
            reverse("clubs:club_detail", args=[one.club_id]),
            one.get_how_display(),
        )
        for one in rows.select_related("club__instructor").order_by("club__name")[:20]
    ]
    line = Waiting.objects.visible_to(user).in_line().filter(student=student).with_position()
    for one in line.select_related("club"):
        place = _("number %d in line") % one.position  # type: ignore[attr-defined]
        lines.append(Line(one.club.name, place, badge=one.get_state_display(), kind="wait"))
    return Part(_("Clubs"), lines, empty=_("In no club."))


def of_class(user: User, school_class: SchoolClass) -> Part:
    """The clubs in which children of the class are, with how many."""
    day = school_class.memberships.day_shown(timezone.localdate())
    members = school_class.memberships.on(day).values("student")
    rows = Membership.objects.visible_to(user).on(day).filter(student__in=members).order_by()
    lines = [
        Line(name, ngettext("%d child", "%d children", n) % n, reverse("clubs:club_detail", args=[club]))
        for club, name, n in rows.values_list("club", "club__name").annotate(Count("pk")).order_by("club__name")[:30]
    ]
    return Part(_("Clubs"), lines, empty=_("No child of the class is in a club."))


def in_room(user: User, room: Room) -> Part | None:
    """The clubs that meet in the room, with their times of the week."""
    today = timezone.localdate()
    term = Term.objects.current(today)
    if term is None:
        return None
    lines = [
        Line(
            slot.club.name,
            f"{slot.get_weekday_display()} {slot.period}",
            reverse("clubs:club_detail", args=[slot.club.pk]),
        )
        for slot in weekly_times(term, term.nearest(today))
        if (slot.room or slot.club.room) == room
    ]
    return Part(_("Clubs"), lines, empty=_("No club meets here."))
