"""The adults behind the clubs."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clubs.hours import Week, weeks
from clubs.models import Club, Meeting
from clubs.models.people import StaffSkill
from school.models import Staff, Term
from school.vetting import Standing, standings
from web.tables import (
    ActionsColumn,
    Column,
    DateColumn,
    Empty,
    ListTable,
    NumberColumn,
    StatusColumn,
    TemplateColumn,
    TitleColumn,
    WeekdaysColumn,
)
from web.templatetags.components import status_badge


class SkillTable(ListTable):
    title = _("Skills")
    empty = Empty(
        "star",
        _("No skill here yet"),
        _("Teachers enter what they can do, the office files it; clubs and standing in are matched by it."),
    )
    taken = ["none"]

    skill = TitleColumn(_("Skill"), accessor="skill__name")
    staff = Column(_("Member of staff"), accessor="staff__name")
    level = Column(_("Level"))
    since = DateColumn(_("Since"), orderable=True)
    note = Column(_("Note"))
    actions = ActionsColumn("clubs/_skill_actions.html")

    def render_skill(self, value: str, record: StaffSkill) -> str:
        category = record.skill.get_category_display()
        return format_html('{} <small class="text-quiet">{}</small>', value, category)


class ExemptionTable(ListTable):
    title = _("Staff taking part")
    empty = Empty(
        "users-group",
        _("Nobody has asked to be exempt"),
        _("In principle everybody takes part; who cannot asks here, and the working group studies it."),
    )

    staff = TitleColumn(_("Member of staff"), accessor="staff__name")
    ground = TemplateColumn(template_name="clubs/_exemption_ground.html", verbose_name=_("Ground"))
    state = StatusColumn(_("State"), kinds={"asked": "wait", "granted": "ok"})
    opinion = Column(_("Opinion of the working group"))
    actions = ActionsColumn("clubs/_exemption_actions.html")


class VolunteerTable(ListTable):
    title = _("Volunteers")
    empty = Empty(
        "heart-handshake",
        _("No volunteer yet"),
        _("The office enters volunteers as staff of that kind; they help in clubs once their record check is on file."),
    )

    name = TitleColumn(_("Name"))
    helps_in = TemplateColumn(template_name="clubs/_helps_in.html", verbose_name=_("Helps in"))
    times = NumberColumn(_("Meetings so far"))
    standing = Column(_("Papers"))

    def __init__(self, data: Any, *, term: Term, **options: Any) -> None:
        self.term = term
        super().__init__(data, **options)

    def prepare(self, records: Sequence[Any]) -> None:
        """Where each helps this term, how often so far, and how their papers stand."""
        today = timezone.localdate()
        helped: dict[int | None, list[Club]] = {}
        rows = Club.objects.filter(term=self.term, assistant__in=records).exclude(status=Club.Status.CANCELLED)
        for club in rows.prefetch_related("slots__period"):
            helped.setdefault(club.assistant_id, []).append(club)
        days = (self.term.starts_on, today)
        met = Meeting.objects.filter(assistant__in=records, cancelled=False, day__range=days)
        times = dict(met.order_by().values_list("assistant").annotate(n=Count("pk")))
        papers = standings(records, today)
        for person in records:
            person.helps_in, person.times = helped.get(person.pk, []), times.get(person.pk, 0)
            person.standing = papers[person.pk]

    def render_standing(self, value: Standing) -> str:
        return status_badge(_("valid"), "ok") if value.may_work else status_badge(_("papers missing"), "danger")


class HoursTable(ListTable):
    title = _("Working hours")
    empty = Empty(
        "clock",
        _("Nobody here"),
        _("Hours follow from the timetable, duties and clubs of each member of staff."),
    )
    taken = ["none"]

    name = TitleColumn(_("Member of staff"))
    late = WeekdaysColumn(_("May arrive at 9:00"), accessor="week__late")
    early = WeekdaysColumn(_("May leave at 16:30"), accessor="week__early")
    week = Column(_("Week"))

    def __init__(self, data: Any, *, term: Term, day: dt.date, **options: Any) -> None:
        self.term, self.day = term, day
        super().__init__(data, **options)

    def prepare(self, records: Sequence[Any]) -> None:
        for person, week in zip(records, weeks(records, self.term, self.day), strict=True):
            person.week = week

    def render_week(self, value: Week, record: Staff) -> str:
        if record.hours_fixed:
            return status_badge(_("compensated by post pay"), "neutral")
        return "" if value.enough else status_badge(_("less than twice a week"), "attention")


class UnavailableTable(ListTable):
    title = _("Who is not able when")

    name = TitleColumn(_("Name"), accessor="staff__name")
    weekday = Column(_("Weekday"))
    period = Column(_("Period"), accessor="period__name", default=_("the whole afternoon"))
    reason = Column(_("Reason"))
    actions = ActionsColumn("clubs/_unavailable_actions.html")
