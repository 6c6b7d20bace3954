"""Clubs of a child: where it has a place, and where it waits for one."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Membership, Waiting
from school.models import Student, User
from school.parts import Line, Part
from web.templatetags.formats import cn_date


def clubs_of(user: User, student: Student) -> Part:
    rows = Membership.objects.visible_to(user).filter(student=student).from_day(timezone.localdate())
    lines = [
        Line(
            one.club.name,
            f"{one.club.instructor.name} · {cn_date(one.starts_on)} – {cn_date(one.ends_on) if one.ends_on else ''}",
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
