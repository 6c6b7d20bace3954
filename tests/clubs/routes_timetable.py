"""The timetable's rows of the tables of routes and queries (tests/test_routes.py, tests/test_queries.py)."""

from clubs.models import CalendarFeed, Unavailable
from clubs.services.feeds import renew_feed
from clubs.services.timetable import edit_timetable, pinning, propose_timetable

OFFICE = ["office", "academic"]
NOT_OFFICE = ["mother", "teacher", "homeroom", "gate", "principal"]


def add_rows(cast):
    """An open proposal with the club in force, a time when somebody is not able, a child's address."""
    cast.timetable = propose_timetable(term=cast.term, by=cast.office.user, start="now")
    cast.unable = Unavailable.objects.create(term=cast.term, staff=cast.teacher, weekday=1)
    cast.feed = renew_feed(owner=cast.mother.user, student=cast.child)


TABLE = {
    "clubs:timetable_place": (lambda c: [c.club.pk], OFFICE, NOT_OFFICE),
    "clubs:timetable_move": (lambda c: [c.club.pk, 3, c.second.pk], OFFICE, NOT_OFFICE),
    "clubs:unavailable_remove": (lambda c: [c.unable.pk], OFFICE, NOT_OFFICE),
    "clubs:timetable_sheets": (
        lambda c: ["room"],
        [*OFFICE, "teacher", "homeroom", "principal", "duty_leader"],
        ["mother", "gate"],
    ),
    "clubs:feed": (lambda c: [c.feed.token], ["mother", "gate", "office"], []),
}
OTHERS = [
    ("clubs:timetable_sheets", lambda c: ["street"], "office"),
    ("clubs:feed", lambda c: ["wrong"], "mother"),
]
POSTED_BY_OTHERS = [
    ("clubs:unavailable_remove", lambda c: [c.unable.pk], "teacher", 403),
]
PAGES = [
    ("clubs:timetable", [], "office"),
    ("clubs:timetable_publish", [], "office"),
    ("clubs:unavailable_list", [], "office"),
    ("clubs:timetable_week", [], "office"),
    ("clubs:feed_list", [], "mother"),
]


def more_rows(cast, child, club, person, n):
    """One more club in the proposal, one more time, one more child with an address."""
    proposal = propose_timetable(term=cast.term, by=cast.office.user, start="now")
    edit_timetable(
        proposal=proposal,
        edit=pinning(club.pk, (3, cast.second.pk), pinned=True),
        by=cast.office.user,
    )
    Unavailable.objects.create(term=cast.term, staff=person, weekday=n)
    CalendarFeed.objects.create(owner=cast.mother.user, student=child)
