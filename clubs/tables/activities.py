"""What happens in term: records, visits, theme months, shows, lectures, labour day."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clubs.models import Club, Lecture, Show, ThemeMonth, Visit
from web.tables import Column, DateColumn, Empty, ListTable, NarrowColumn, NumberColumn, TitleColumn
from web.templatetags.components import status_badge
from web.templatetags.formats import bracketed, cn_date


class RecordTable(ListTable):
    title = _("Records of meetings")
    empty = Empty(
        "notebook",
        _("No club meeting here"),
        _("Meetings stand here from their day on; those without a record come first."),
    )
    taken = ["none"]

    club = TitleColumn(_("Club"), accessor="club__name", url="clubs:record_edit")
    day = DateColumn(_("Day"), orderable=True)
    period = Column(_("Period"))
    instructor = Column(_("Instructor"), accessor="instructor__name")
    content = Column(_("What was done"), accessor="record__content")
    materials = Column(_("Materials used"), accessor="record__materials")
    remark = Column(_("Remark for the office"), accessor="record__remark")


def records_of(club: Club) -> str:
    return f"{reverse('clubs:record_list')}?club={club.pk}"


class MissingRecordTable(ListTable):
    title = _("Missing records by club")
    empty = Empty(
        "circle-check",
        _("Every meeting is recorded."),
        _("Clubs with meetings that nobody has recorded stand here."),
    )
    taken = ["none"]

    name = TitleColumn(_("Club"), url=records_of, orderable=True)
    instructor = Column(_("Instructor"), accessor="instructor__name")
    missing = NumberColumn(_("Without a record"), orderable=True)
    oldest = DateColumn(_("The oldest"), orderable=True)


class VisitTable(ListTable):
    title = _("Visits outside")
    empty = Empty(
        "route",
        _("No visit yet"),
        _("Whoever wants to go out with children plans it here; guardians agree on the phone, the office approves."),
    )

    name = TitleColumn(_("Visit"), url="clubs:visit_detail")
    day = Column(_("Day"), orderable=True)
    place = Column(_("Place"))
    coming = Column(_("Agreed"))
    state = Column(_("Status"))

    def render_day(self, value: dt.date) -> str:
        return cn_date(value)

    def render_coming(self, value: int, record: Any) -> str:
        return f"{value} / {record.asked}"

    def render_state(self, value: str, record: Visit) -> str:
        return status_badge(value, record.status_kind)


def now_if_current(theme: ThemeMonth) -> Iterable[tuple[str | Promise, str]]:
    return [(_("now"), "ok")] if theme.month == timezone.localdate().month else []


def theme_editing(theme: Any) -> str | None:
    """For those who may edit (the list's rows say `may_edit`)."""
    return reverse("clubs:theme_edit", args=[theme.pk]) if theme.may_edit else None


class ThemeTable(ListTable):
    title = _("Theme months")
    empty = Empty(
        "calendar-event",
        _("No theme months yet"),
        _("Each has a theme, with another emphasis for each two grades; families see it with their clubs."),
    )

    theme = TitleColumn(_("Theme"), accessor="heading", url=theme_editing, badges=now_if_current)
    lower = Column(_("Grades 1 and 2"))
    middle = Column(_("Grades 3 and 4"))
    upper = Column(_("Grades 5 and 6"))


class ShowTable(ListTable):
    title = _("Shows and results")
    empty = Empty(
        "masks-theater",
        _("No show in this term"),
        _("Shows, contests and exhibitions stand here with what came of them; families read them too."),
    )
    taken = ["none"]

    name = TitleColumn(_("Title"), accessor="title", url="clubs:show_detail")
    kind = Column(_("Kind"))
    day = DateColumn(_("Day"), orderable=True)
    club = Column(_("Club"), empty_values=())
    result = Column(_("What came of it"))

    def render_club(self, record: Show) -> str | Promise:
        return record.club.name if record.club else _("the whole school")


class LectureTable(ListTable):
    title = _("Parents' lectures")
    empty = Empty(
        "microphone",
        _("No lecture here"),
        _("Families offer lectures from their page of activities; the office finds a day and a room."),
    )
    taken = ["name"]

    topic = TitleColumn(_("Topic"), url="clubs:lecture_detail")
    speaker = Column(_("Speaker"))
    grades = Column(_("Grades"), accessor="grade_from")
    day = DateColumn(_("Day"), orderable=True)
    period = Column(_("Period"))
    room = Column(_("Room"))
    state = Column(_("Status"))

    def render_speaker(self, value: str, record: Lecture) -> str:
        return f"{value}{bracketed(record.relation)}"

    def render_grades(self, record: Lecture) -> str:
        return f"{record.grade_from}–{record.grade_to}"


def zone_editing(zone: Any) -> str | None:
    """For those who may edit (the list's rows say `may_edit`)."""
    return reverse("clubs:zone_edit", args=[zone.pk]) if zone.may_edit else None


class ZoneTable(ListTable):
    title = _("Labour day")
    empty = Empty(
        "shovel",
        _("No zone yet"),
        _("Each class has one zone of the campus on its labour day, with an aim and an adult."),
    )
    taken = ["none"]

    name = TitleColumn(_("Zone"), url=zone_editing)
    weekday = Column(_("Weekday"))
    school_class = NarrowColumn(_("Class"))
    aim = Column(_("What is to be reached"))
    adult = Column(_("Adult"), accessor="adult__name")
