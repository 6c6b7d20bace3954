"""The timetable in force for a door or a desk: by room, by adult, by class, and the meetings of one week. Page and paper."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.models import Club, ClubSlot, Membership
from clubs.timetabling.dated import Calendar, dated_meetings
from clubs.views.timetable import READERS, current_term
from clubs.weekly import classes_going_round, weekly_times
from documents.pdf import render_pdf
from documents.responses import pdf_response
from enrollment.duty_table import duties_held
from enrollment.papers import shown_name
from school.access import role_required
from school.models import ClassMembership, Period, SchoolClass, SchoolSettings, Term
from web.addresses import read_day
from web.templatetags.formats import weekdays

SHEET_READERS = (*READERS, "teacher")
WORKDAYS = (1, 2, 3, 4, 5)
TITLES = {
    "room": gettext_lazy("Timetable by room"),
    "staff": gettext_lazy("Timetable by adult"),
    "class": gettext_lazy("Timetable by class"),
}


@dataclass
class Line:
    """One entry of a cell: what, and a smaller line below it."""

    title: str
    below: str = ""


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


def by_room(request: HttpRequest, term: Term) -> list[WeekPage]:
    sheets: dict[int, WeekPage] = {}
    for slot in slots_of(term):
        adults = "、".join(person.name for person in (slot.instructor, slot.assistant) if person)
        sheet = sheets.setdefault(slot.room_id, WeekPage(slot.room_id, slot.room.name))
        sheet.add(slot.weekday, slot.period_id, Line(slot.club.name, f"{adults} · {grades_of(slot.club)}"))
    return sorted(sheets.values(), key=lambda sheet: sheet.title)


def by_staff(request: HttpRequest, term: Term) -> list[WeekPage]:
    """Clubs and care duties; whoever looks finds the own sheet first."""
    sheets: dict[int, WeekPage] = {}
    keys: dict[int, tuple[bool, str]] = {}
    for slot in slots_of(term):
        for person in (slot.instructor, slot.assistant):
            if person:
                keys[person.pk] = (person.user_id != request.user.pk, person.name_key)
                sheet = sheets.setdefault(person.pk, WeekPage(person.pk, person.name))
                sheet.add(slot.weekday, slot.period_id, Line(slot.club.name, slot.room.name))
    day = term.nearest(timezone.localdate())
    duties = duties_held(term, day)
    prefetch_related_objects(duties, "group__rooms__room")
    for duty in duties:
        keys[duty.staff_id] = (duty.staff.user_id != request.user.pk, duty.staff.name_key)
        sheet = sheets.setdefault(duty.staff_id, WeekPage(duty.staff_id, duty.staff.name))
        sheet.add(duty.weekday, duty.period_id, Line(duty.group.name, str(duty.group.room_on(day) or "")))
    return sorted(sheets.values(), key=lambda sheet: keys[sheet.key])


def by_class(request: HttpRequest, term: Term) -> list[WeekPage]:
    """What the children of a class can go to, with how many do; below, who: those whom the reader sees."""
    today = timezone.localdate()
    classes = SchoolClass.objects.visible_to(request.user).in_year(
        term.school_year, top_grade=SchoolSettings.load().top_grade
    )
    slots, members = slots_of(term), members_by_class(request, term, today)
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


def members_by_class(request: HttpRequest, term: Term, day: dt.date) -> dict[int, dict[str, list[str]]]:
    """Class → club → names as the school writes them on walls, in the order of the class's list."""
    how = SchoolSettings.load().list_names if "print" in request.GET else SchoolSettings.ListNames.FULL
    clubs: dict[int, list[str]] = {}
    rows = Membership.objects.visible_to(request.user).on(day).filter(club__term=term).distinct()
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


MAKERS = {"room": by_room, "staff": by_staff, "class": by_class}


@role_required(*SHEET_READERS)
def timetable_sheets(request: HttpRequest, by: str) -> HttpResponse:
    """One sheet on the page, chosen by `of`; on paper (`print`) that one, or without `of` all, each on a new page."""
    if by not in MAKERS:
        raise Http404
    term = current_term()
    sheets = MAKERS[by](request, term)
    chosen = [sheet for sheet in sheets if str(sheet.key) == request.GET.get("of")]
    periods = list(Period.objects.all())
    context: dict[str, Any] = {
        "by": by,
        "title": TITLES[by],
        "titles": TITLES.items(),
        "term": term,
        "sheets": sheets,
        "days": [weekdays([day]) for day in WORKDAYS],
    }
    if "print" not in request.GET:
        sheet = next(iter(chosen or sheets), None)
        context |= {"sheet": sheet, "rows": sheet.rows(periods, WORKDAYS) if sheet else []}
        return render(request, "clubs/timetable_sheets.html", context)
    papers = [(sheet, sheet.rows(periods, WORKDAYS)) for sheet in chosen or sheets]
    if not papers:
        raise Http404
    return paper(request, "clubs/pdf/timetable_sheets.html", context | {"papers": papers}, f"{TITLES[by]}-{term}")


def paper(request: HttpRequest, template: str, context: dict[str, Any], name: str) -> HttpResponse:
    context |= {
        "school_name": SchoolSettings.load().name,
        "source": str(context["term"]),
        "printed_at": timezone.localtime(),
    }
    return pdf_response(render_pdf(template, context, layout="print_list"), f"{name}.pdf")


@role_required(*SHEET_READERS)
def timetable_week(request: HttpRequest) -> HttpResponse:
    """The meetings of a week, dated: cancelled ones, other rooms and adults are said."""
    term, today = current_term(), timezone.localdate()
    day = read_day(request.GET.get("day"), default=min(max(today, term.starts_on), term.ends_on))
    monday = day - dt.timedelta(days=day.weekday())
    calendar = Calendar(term, monday, monday + dt.timedelta(days=6))
    meetings = dated_meetings(calendar, today)
    context: dict[str, Any] = {
        "term": term,
        "monday": monday,
        "sunday": monday + dt.timedelta(days=6),
        "before": monday - dt.timedelta(days=7),
        "after": monday + dt.timedelta(days=7),
        "days": [
            (one, follows(one, weekday), [meeting for meeting in meetings if meeting.day == one])
            for one, weekday in sorted(calendar.days.items())
        ],
        "titles": TITLES.items(),
    }
    if "print" in request.GET:
        return paper(request, "clubs/pdf/timetable_week.html", context, f"{_('Clubs of the week')}-{monday}")
    return render(request, "clubs/timetable_week.html", context)


def follows(day: dt.date, weekday: int) -> str:
    """«follows Friday's timetable» on a make-up day."""
    return _("follows the timetable of %s") % weekdays([weekday]) if weekday != day.isoweekday() else ""
