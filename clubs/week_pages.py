"""The timetable in force for a door or a desk: the week of each room, adult or class."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.models import Club, ClubSlot, Membership
from clubs.weekly import classes_going_round, weekly_times
from enrollment.duty_table import duties_held
from enrollment.papers import shown_name
from school.models import ClassMembership, Period, SchoolClass, SchoolSettings, Term, User
from web.templatetags.formats import weekdays

WORKDAYS = (1, 2, 3, 4, 5)


@dataclass
class Line:
    """One entry of a cell: what, and a smaller line below it."""

    title: str
    below: str = ""

    @property
    def parts(self) -> list[str]:
        """What is below, as words that stay together."""
        return self.below.split(" · ") if self.below else []


@dataclass
class WeekPage:
    """One room's, adult's or class's week. `lists`: (club, names) below it."""

    key: int
    title: str
    cells: dict[tuple[int, int], list[Line]] = field(default_factory=dict)
    lists: list[tuple[str, list[str]]] = field(default_factory=list)

    def add(self, weekday: int, period: int, line: Line) -> None:
        self.cells.setdefault((weekday, period), []).append(line)

    def rows(self, periods: Iterable[Period], days: Iterable[int]) -> list[tuple[Period, list[tuple[str, list[Line]]]]]:
        """Each period with (day's name, what is then)."""
        used = {period for _day, period in self.cells}
        return [
            (period, [(weekdays([day]), self.cells.get((day, period.pk), [])) for day in days])
            for period in periods
            if period.pk in used or period.kind == Period.Kind.ACTIVITY
        ]


def grades_of(club: Club) -> str:
    if club.grade_from == club.grade_to:
        return _("Grade %(n)s") % {"n": club.grade_from}
    return _("Grades %(first)s–%(last)s") % {"first": club.grade_from, "last": club.grade_to}


def slots_of(term: Term) -> list[ClubSlot]:
    return weekly_times(term, term.nearest(timezone.localdate()))


def by_room(user: User, term: Term, how: str) -> list[WeekPage]:
    sheets: dict[int, WeekPage] = {}
    for slot in slots_of(term):
        adults = "、".join(person.name for person in (slot.instructor, slot.assistant) if person)
        sheet = sheets.setdefault(slot.room_id, WeekPage(slot.room_id, slot.room.name))
        sheet.add(slot.weekday, slot.period_id, Line(slot.club.name, f"{adults} · {grades_of(slot.club)}"))
    return sorted(sheets.values(), key=lambda sheet: sheet.title)


def by_staff(user: User, term: Term, how: str) -> list[WeekPage]:
    """Clubs and care duties; whoever looks finds the own sheet first."""
    sheets: dict[int, WeekPage] = {}
    keys: dict[int, tuple[bool, str]] = {}
    for slot in slots_of(term):
        for person in (slot.instructor, slot.assistant):
            if person:
                keys[person.pk] = (person.user_id != user.pk, person.name_key)
                sheet = sheets.setdefault(person.pk, WeekPage(person.pk, person.name))
                sheet.add(slot.weekday, slot.period_id, Line(slot.club.name, slot.room.name))
    day = term.nearest(timezone.localdate())
    duties = duties_held(term, day)
    prefetch_related_objects(duties, "group__rooms__room")
    for duty in duties:
        keys[duty.staff_id] = (duty.staff.user_id != user.pk, duty.staff.name_key)
        sheet = sheets.setdefault(duty.staff_id, WeekPage(duty.staff_id, duty.staff.name))
        sheet.add(duty.weekday, duty.period_id, Line(duty.group.name, str(duty.group.room_on(day) or "")))
    return sorted(sheets.values(), key=lambda sheet: keys[sheet.key])


def by_class(user: User, term: Term, how: str) -> list[WeekPage]:
    """What the children of a class can go to, with how many do; below, who: those whom the reader sees."""
    today = timezone.localdate()
    classes = SchoolClass.objects.visible_to(user).in_year(term.school_year, top_grade=SchoolSettings.load().top_grade)
    slots, members = slots_of(term), members_by_class(user, term, today, how)
    going_round = classes_going_round(term, term.nearest(today))
    sheets = []
    for one in classes:
        sheet, own = WeekPage(one.pk, one.label(today)), members.get(one.pk, {})
        for slot in slots:
            club = slot.club
            if club.pk in going_round:
                if one.pk in going_round[club.pk]:
                    sheet.add(slot.weekday, slot.period_id, Line(club.name, slot.room.name))
                continue
            if (club.school_class_id or one.pk) != one.pk or not club.grade_from <= one.grade(today) <= club.grade_to:
                continue
            count = len(own.get(club.name, []))
            going = _("%d of this class") % count if count else ""
            sheet.add(slot.weekday, slot.period_id, Line(club.name, " · ".join(filter(None, [slot.room.name, going]))))
        sheet.lists = sorted(own.items())
        sheets.append(sheet)
    return sheets


def members_by_class(user: User, term: Term, day: dt.date, how: str) -> dict[int, dict[str, list[str]]]:
    """Class → club → names as the school writes them on walls, in the order of the class's list."""
    clubs: dict[int, list[str]] = {}
    rows = Membership.objects.visible_to(user).on(day).filter(club__term=term).distinct()
    for student, club in rows.order_by("club__name").values_list("student", "club__name"):
        clubs.setdefault(student, []).append(club)
    numbers: dict[int, int] = {}
    found: dict[int, dict[str, list[str]]] = {}
    places = ClassMembership.objects.on(day).filter(student__in=clubs).order_by("student__name_key")
    for school_class, student, name in places.values_list("school_class", "student", "student__name"):
        numbers[school_class] = numbers.get(school_class, 0) + 1
        for club in clubs[student]:
            shown = shown_name(name, numbers[school_class], how)
            found.setdefault(school_class, {}).setdefault(club, []).append(shown)
    return found


@dataclass(frozen=True)
class Kind:
    """`pages(user, term, how)`: what this person sees; children's names as `how` says (SchoolSettings.ListNames)."""

    title: str | Promise
    pages: Callable[[User, Term, str], list[WeekPage]]


KINDS = {
    "room": Kind(gettext_lazy("Timetable by room"), by_room),
    "staff": Kind(gettext_lazy("Timetable by adult"), by_staff),
    "class": Kind(gettext_lazy("Timetable by class"), by_class),
}
TITLES = {name: kind.title for name, kind in KINDS.items()}
