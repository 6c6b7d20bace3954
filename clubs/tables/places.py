"""Who waits, who has no club, who is where, and what meets on a day."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.changes import changed_today
from clubs.models import Meeting
from enrollment.models import Enrolment
from web.tables import (
    ActionsColumn,
    Column,
    DateTimeColumn,
    Empty,
    ListTable,
    NarrowColumn,
    NumberColumn,
    TemplateColumn,
    TitleColumn,
    WeekdaysColumn,
)


class WaitingTable(ListTable):
    title = _("Waiting list")
    empty = Empty(
        "hourglass",
        _("Nobody waits"),
        _("When the club is full, families can wait; the first in line is offered the next free place."),
    )
    taken = ["name"]

    position = NumberColumn(_("Place in line"))
    child = TitleColumn(_("Child"), accessor="student__name")
    class_label = NarrowColumn(_("Class"), accessor="student__class_label")
    asked_at = DateTimeColumn(_("Since"))
    state = Column(_("State"))
    actions = ActionsColumn("clubs/_waiting_actions.html")


class NoClubTable(ListTable):
    title = _("Children without a club")
    empty = Empty("confetti", _("Every child has a club"), _("Children in care without a club would stand here."))
    taken = ["name", "class"]

    name = TitleColumn(_("Child"))
    class_label = NarrowColumn(_("Class"))
    weekdays = WeekdaysColumn(_("Days in care"))

    def prepare(self, records: Sequence[Any]) -> None:
        days: dict[int, set[int]] = {child.pk: set() for child in records}
        running = Enrolment.objects.from_day(timezone.localdate()).after_school().filter(student__in=days)
        for student, weekdays in running.values_list("student", "weekdays"):
            days[student].update(weekdays)
        for child in records:
            child.weekdays = sorted(days[child.pk])


def club_of(meeting: Meeting) -> str:
    return reverse("clubs:club_detail", args=[meeting.club_id])


class MeetingTable(ListTable):
    title = _("Clubs of the day")
    empty = Empty(
        "calendar",
        _("No club meets on this day"),
        _("Meetings come from the clubs' weekly slots and the school calendar."),
    )
    taken = ["none"]

    club = TitleColumn(_("Club"), accessor="club__name", url=club_of)
    period = Column(_("Period"))
    room = Column(_("Room"))
    adults = Column(_("Instructor"), accessor="instructor__name")
    change = TemplateColumn(template_name="clubs/_different_today.html", verbose_name=_("Different today"))
    actions = ActionsColumn("clubs/_meeting_actions.html")

    def prepare(self, records: Sequence[Any]) -> None:
        changes = changed_today(records)
        for meeting in records:
            meeting.change = changes.get(meeting.pk)

    def render_adults(self, value: str, record: Meeting) -> str:
        return f"{value}、{record.assistant.name}" if record.assistant else value
