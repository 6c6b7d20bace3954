"""The papers of clubs: timetables, certificates, visits, zones of labour day."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.certificates import Certificate, certificates_of
from clubs.models import CampusZone, Membership, Visit, VisitChild
from clubs.timetabling.dated import Calendar, dated_meetings
from clubs.week_pages import TITLES, WORKDAYS, WeekPage, by_room
from documents import papers
from documents.papers import AN_HOUR, Filled, Paper
from school.models import Guardianship, Period, SchoolSettings, Student, Term, User
from web.templatetags.formats import weekdays

MOST_ON_PAPER = 500


# --- timetables ------------------------------------------------------------------------------------------------------


def timetable_sheets(by: str, term: Term, pages: list[WeekPage]) -> Filled:
    """The weeks of rooms, adults or classes, each on a new sheet."""
    periods = list(Period.objects.all())
    context = {
        "title": TITLES[by],
        "term": term,
        "days": [weekdays([day]) for day in WORKDAYS],
        "papers": [(page, page.rows(periods, WORKDAYS)) for page in pages],
        "source": str(term),
    }
    of = f"-{pages[0].title}" if len(pages) == 1 else ""
    return f"{TITLES[by]}{of}-{term}", context


def some_sheets(site: str) -> tuple[Any, ...] | None:
    term = Term.objects.current(timezone.localdate())
    if term is None:
        return None
    pages = by_room(User(), term, SchoolSettings.load().list_names)  # rooms are everybody's
    return ("room", term, pages[:1]) if pages else None


def week_of(term: Term, monday: dt.date) -> dict[str, Any]:
    """The dated meetings of a week, day by day."""
    calendar = Calendar(term, monday, monday + dt.timedelta(days=6))
    meetings = dated_meetings(calendar, timezone.localdate())
    return {
        "term": term,
        "monday": monday,
        "sunday": monday + dt.timedelta(days=6),
        "days": [
            (one, follows(one, weekday), [meeting for meeting in meetings if meeting.day == one])
            for one, weekday in sorted(calendar.days.items())
        ],
    }


def follows(day: dt.date, weekday: int) -> str:
    """«follows Friday's timetable» on a make-up day."""
    return _("follows the timetable of %s") % weekdays([weekday]) if weekday != day.isoweekday() else ""


def timetable_week(term: Term, monday: dt.date) -> Filled:
    return f"{_('Clubs of the week')}-{monday}", week_of(term, monday) | {"source": str(term)}


def some_week(site: str) -> tuple[Any, ...] | None:
    today = timezone.localdate()
    term = Term.objects.current(today)
    if term is None:
        return None
    day = term.nearest(today)
    return term, day - dt.timedelta(days=day.weekday())


TIMETABLE_SHEETS = Paper(
    "timetable_sheets",
    gettext_lazy("Clubs: the week of a room, an adult or a class"),
    gettext_lazy("hangs at the room's door, or lies on the adult's desk"),
    timetable_sheets,
    some_sheets,
    "clubs/pdf/timetable_sheets.html",
    fit="page",
)
TIMETABLE_WEEK = Paper(
    "timetable_week",
    gettext_lazy("Clubs of the week"),
    gettext_lazy("hangs in the hall"),
    timetable_week,
    some_week,
    "clubs/pdf/timetable_week.html",
    fit="page",
)


# --- certificates ----------------------------------------------------------------------------------------------------


def certificates(found: list[Certificate]) -> Filled:
    first = found[0]
    whose = f"{first.name}-{first.club}" if len(found) == 1 else first.club
    return f"{_('Certificates')}-{whose}", {"certificates": found, "today": timezone.localdate()}


def some_certificates(site: str) -> tuple[Any, ...] | None:
    rows = Membership.objects.select_related("club__term", "student", "enrolment").order_by("starts_on", "pk")
    found = certificates_of(rows[:1], issued=False)
    return (found,) if found else None


CERTIFICATES = Paper(
    "certificates",
    gettext_lazy("Certificate of taking part"),
    gettext_lazy("the school seals it; it hangs on the child's wall"),
    certificates,
    some_certificates,
    "clubs/pdf/certificates.html",
    layout="certificate",
)


# --- visits ----------------------------------------------------------------------------------------------------------


def visit(row: Visit) -> Filled:
    """The list for the road: names, classes, every guardian's phone, and whom to call."""
    children = list(on_paper(row))
    context = {
        "visit": row,
        "children": children,
        "leaders": list(row.leaders.select_related("staff")),
        "source": _("Visits outside"),
    }
    return f"{_('List for the road')}-{row.name}", context


def on_paper(row: Visit) -> Any:
    """Who comes along, with class and the guardians who are not barred, the first on top."""
    guardians = Guardianship.objects.filter(barred=False).select_related("guardian").order_by("order", "pk")
    students = Student.objects.with_class(row.day)
    rows = row.children.coming().order_by("student__name_key")
    return rows.prefetch_related(
        Prefetch("student", students), Prefetch("student__guardianships", guardians, to_attr="phones")
    )[:MOST_ON_PAPER]


def some_visit(site: str) -> tuple[Any, ...] | None:
    child = VisitChild.objects.coming().select_related("visit").order_by("-visit__day").first()
    return (child.visit,) if child else None


VISIT = Paper(
    "visit",
    gettext_lazy("List for the road"),
    gettext_lazy("in the hand of each adult who leads the visit; destroyed afterwards"),
    visit,
    some_visit,
    "clubs/pdf/visit.html",
    fit="page",
    private=True,
    keep=AN_HOUR,
)


# --- labour day ------------------------------------------------------------------------------------------------------


def zones_of(term: Term | None) -> QuerySet[CampusZone]:
    return CampusZone.objects.filter(term=term).select_related("school_class", "adult")


def zones(term: Term) -> Filled:
    """By weekday."""
    context = {"zones": list(zones_of(term)[:MOST_ON_PAPER]), "term": term, "source": _("Labour day")}
    return f"{_('Labour day')}-{term}", context


def some_zones(site: str) -> tuple[Any, ...] | None:
    zone = CampusZone.objects.select_related("term").order_by("-term__starts_on").first()
    return (zone.term,) if zone else None


ZONES = Paper(
    "zones",
    gettext_lazy("Zones of labour day"),
    gettext_lazy("hangs in the hall"),
    zones,
    some_zones,
    "clubs/pdf/zones.html",
    fit="page",
)


def register() -> None:
    papers.register(TIMETABLE_SHEETS, TIMETABLE_WEEK, CERTIFICATES, VISIT, ZONES)
