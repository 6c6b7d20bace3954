"""What the school's own tables know of a class (its teachers, its room) and of a room (who it belongs to, when it is shut)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from school.models import Post, Room, SchoolClass, User
from school.parts import Line, Part
from web.templatetags.formats import cn_date


def class_of(user: User, school_class: SchoolClass) -> Part:
    """Homeroom teacher, teachers of the subjects and classroom, on the day that the class's page shows."""
    today = timezone.localdate()
    led = Post.objects.filter(role="homeroom_teacher", school_class=school_class)
    lines = [
        Line(
            post.staff.name,
            _("until %s") % cn_date(post.ends_on) if post.ends_on else "",
            reverse("school:staff_detail", args=[post.staff_id]),
            _("homeroom teacher"),
            "ok",
        )
        for post in led.on(led.day_shown(today)).select_related("staff")
    ]
    taught = school_class.teachings.from_day(today).select_related("staff", "subject")
    for one in taught.order_by("subject__order", "starts_on")[:20]:
        lines.append(Line(f"{one.subject} {one.staff.name}", url=reverse("school:staff_detail", args=[one.staff_id])))
    if school_class.room is not None:
        room = school_class.room
        lines.append(Line(room.name, room.location, reverse("school:room_detail", args=[room.pk]), _("classroom")))
    url = reverse("school:timetable")
    return Part(_("Teachers and room"), lines, empty=_("Nobody is entered."), url=url, url_label=_("Lessons"))


def room_of(user: User, room: Room) -> Part:
    """What the room is, whose classroom, and from what day it is shut."""
    lines = [Line(f"{room.get_kind_display()} · {room.location}".strip(" ·"), _("holds %d") % room.capacity)]
    for school_class in room.classes.filter(graduated_on=None):
        url = reverse("school:class_detail", args=[school_class.pk])
        lines.append(Line(school_class.label(), url=url, badge=_("classroom")))
    return Part(_("Room"), lines)
