"""Rows of what happens in term (tests/test_routes.py, tests/test_queries.py)."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from clubs.models import (
    CampusZone,
    ClubEvaluation,
    Lecture,
    Meeting,
    MeetingRecord,
    Membership,
    Show,
    ThemeMonth,
    Visit,
    VisitChild,
    VisitCount,
    VisitLeader,
)
from tests.conftest import TODAY

OFFICE = ["office", "academic"]
READERS = ["teacher", "homeroom", "principal", "duty_leader", *OFFICE]
PLAN = dict.fromkeys(Visit.PLAN, "说明")


def make_visit(cast, name="植物园", *, leaders=(), children=(), answer="agreed", **fields):
    """A visit of today with its plan; the children's guardians have answered alike."""
    facts = {"term": cast.term, "purpose": "认植物", "place": "植物园", "day": TODAY, "made_by": cast.homeroom.user}
    facts |= {"leaves_at": dt.time(13), "returns_at": dt.time(17)} | PLAN
    if fields.get("state") == "approved":
        facts |= {"approved_by": cast.office.user, "approved_at": timezone.now()}
    visit = Visit.objects.create(name=name, **facts | fields)
    VisitLeader.objects.bulk_create(VisitLeader(visit=visit, staff=person) for person in leaders)
    said = {} if answer == "open" else {"answered_by": cast.mother.user, "answered_at": timezone.now()}
    VisitChild.objects.bulk_create(VisitChild(visit=visit, student=child, answer=answer, **said) for child in children)
    return visit


def add_rows(cast):
    cast.recorded = Meeting.objects.filter(club=cast.club, day=TODAY).first()
    cast.club_record = MeetingRecord.objects.create(
        meeting=cast.recorded,
        content="练横画",
        photo=ContentFile(b"jpeg", name="a.jpg"),
        written_by=cast.homeroom.user,
    )
    cast.theme = ThemeMonth.objects.create(term=cast.term, month=11, title="冬季运动")
    cast.outing = make_visit(cast, state="approved", leaders=[cast.homeroom, cast.duty_leader], children=[cast.child])
    cast.outing_child = cast.outing.children.get()
    cast.show = make_show(cast, picture=ContentFile(b"jpeg", name="a.jpg"))
    cast.lecture = make_lecture(cast)
    cast.zone = make_zone(cast, cast.class_1)


def make_show(cast, title="作品展", **fields):
    """An exhibition of the club that `homeroom` leads."""
    facts = {"term": cast.term, "club": cast.club, "day": TODAY, "kind": "exhibition", "entered_by": cast.homeroom.user}
    return Show.objects.create(title=title, **facts | fields)


def make_lecture(cast, topic="桥是怎样造的", **fields):
    """Offered by `mother`."""
    facts = {"speaker": "沈月", "relation": "母亲", "phone": "19900000101", "offered_by": cast.mother.user}
    return Lecture.objects.create(topic=topic, **facts | fields)


def make_zone(cast, school_class, name="东花坛", **fields):
    facts = {"term": cast.term, "aim": "无落叶", "weekday": 3, "adult": cast.homeroom}
    return CampusZone.objects.create(name=name, school_class=school_class, **facts | fields)


def of_visit(c):
    return [c.outing.pk]


LEADERS = [*OFFICE, "homeroom"]
NO_FAMILY = ["mother", "gate"]
BY_OFFICE = (OFFICE, [*NO_FAMILY, "homeroom", "principal"])
TABLE = {
    "clubs:show_detail": (lambda c: [c.show.pk], READERS, NO_FAMILY),
    "clubs:show_edit": (lambda c: [c.show.pk], LEADERS, [*NO_FAMILY, "principal", "teacher"]),
    "clubs:show_picture": (lambda c: [c.show.pk], [*READERS, "mother"], ["gate"]),
    "clubs:show_picture_remove": (lambda c: [c.show.pk], [*LEADERS, "teacher"], [*NO_FAMILY, "principal"]),
    "clubs:lecture_detail": (lambda c: [c.lecture.pk], READERS, NO_FAMILY),
    "clubs:lecture_edit": (lambda c: [c.lecture.pk], *BY_OFFICE),
    "clubs:lecture_date": (lambda c: [c.lecture.pk], *BY_OFFICE),
    "clubs:lecture_held": (lambda c: [c.lecture.pk], *BY_OFFICE),
    "clubs:lecture_call_off": (lambda c: [c.lecture.pk], *BY_OFFICE),
    "clubs:zone_edit": (lambda c: [c.zone.pk], *BY_OFFICE),
    "clubs:record_edit": (lambda c: [c.recorded.pk], READERS, NO_FAMILY),
    "clubs:record_photo": (lambda c: [c.club_record.pk], READERS, NO_FAMILY),
    "clubs:theme_edit": (lambda c: [c.theme.pk], OFFICE, ["mother", "teacher", "homeroom", "gate", "principal"]),
    "clubs:visit_detail": (of_visit, [*LEADERS, "principal", "duty_leader"], NO_FAMILY),
    "clubs:visit_edit": (of_visit, LEADERS, [*NO_FAMILY, "principal"]),
    "clubs:visit_approve": (of_visit, OFFICE, [*NO_FAMILY, "homeroom", "principal"]),
    "clubs:visit_call_off": (of_visit, LEADERS, [*NO_FAMILY, "principal"]),
    "clubs:visit_count": (
        lambda c: [c.outing.pk, "departure"],
        [*LEADERS, "duty_leader"],
        [*NO_FAMILY, "principal"],
    ),
    "clubs:visit_paper": (of_visit, [*LEADERS, "duty_leader"], [*NO_FAMILY, "principal"]),
    "clubs:visit_answer": (lambda c: [c.outing_child.pk], ["mother", "father"], ["office", "homeroom", "gate"]),
    "clubs:certificates": (lambda c: [c.club.pk], LEADERS, [*NO_FAMILY, "principal"]),
    "clubs:certificate": (lambda c: [c.membership.pk], ["mother", *LEADERS], ["gate", "principal"]),
    "clubs:evaluation_edit": (lambda c: [c.membership.pk], ["mother"], ["office", "homeroom", "gate"]),
    "clubs:evaluation_summary": (
        lambda c: [c.club.pk],
        [*LEADERS, "principal"],
        [*NO_FAMILY, "teacher"],
    ),
}
OTHERS = [
    ("clubs:visit_detail", of_visit, "teacher"),
    ("clubs:visit_edit", of_visit, "teacher"),
    ("clubs:visit_count", lambda c: [c.outing.pk, "return"], "teacher"),
    ("clubs:visit_paper", of_visit, "teacher"),
    ("clubs:visit_answer", lambda c: [c.outing_child.pk], "other_mother"),
    ("clubs:certificates", lambda c: [c.club.pk], "teacher"),
    ("clubs:certificate", lambda c: [c.membership.pk], "other_mother"),
    ("clubs:evaluation_edit", lambda c: [c.membership.pk], "other_mother"),
]
POSTED_BY_OTHERS = [
    ("clubs:show_picture_remove", lambda c: [c.show.pk], "teacher", 403),
    ("clubs:show_edit", lambda c: [c.show.pk], "teacher", 403),
    ("clubs:visit_answer", lambda c: [c.outing_child.pk], "other_mother", 404),
    ("clubs:visit_approve", of_visit, "homeroom", 403),
    ("clubs:visit_count", lambda c: [c.outing.pk, "departure"], "teacher", 404),
]
PAGES = [
    ("clubs:activity_list", [], "office"),
    ("clubs:activity_list", [], "teacher"),
    ("clubs:family_activities", [], "mother"),
    ("clubs:record_list", [], "office"),
    ("clubs:record_list", [], "teacher"),
    ("clubs:record_missing", [], "office"),
    ("clubs:theme_list", [], "office"),
    ("clubs:visit_list", [], "office"),
    ("clubs:visit_detail", ["outing"], "office"),
    ("clubs:visit_answer", ["outing_child"], "mother"),
    ("clubs:evaluation_summary", ["club"], "office"),
    ("clubs:show_list", [], "teacher"),
    ("clubs:lecture_list", [], "office"),
    ("clubs:zone_list", [], "office"),
    ("clubs:zone_paper", [], "office"),
]


def more_rows(cast, child, club, person, n):
    for day in (TODAY - dt.timedelta(days=7), TODAY - dt.timedelta(days=14)):
        meeting = Meeting.objects.create(
            club=club, day=day, period=cast.second, room=club.room, instructor=club.instructor, assistant=cast.teacher
        )
    MeetingRecord.objects.create(meeting=meeting, content="内容", written_by=person.user)
    ThemeMonth.objects.create(term=cast.term, month=n, title=f"主题{n}")
    if n == 1:
        cast.outing = make_visit(cast, state="approved", leaders=[cast.homeroom])
    make_visit(cast, f"博物馆{n}", children=[child])
    VisitLeader.objects.create(visit=cast.outing, staff=person)
    asked = VisitChild.objects.create(
        visit=cast.outing, student=child, answer="agreed", answered_by=cast.mother.user, answered_at=timezone.now()
    )
    cast.outing_child = getattr(cast, "outing_child", asked)
    count = VisitCount.objects.create(
        visit=cast.outing, moment="departure", expected=2, present=1, by=cast.homeroom.user
    )
    count.absent.add(asked)
    membership = Membership.objects.get(club=cast.club, student=child)
    ClubEvaluation.objects.create(membership=membership, content=4, again=True, by=cast.mother.user)
    make_show(cast, f"展示{n}")
    make_lecture(cast, f"讲座{n}", day=TODAY, period=cast.first, room=club.room, state="dated")
    make_zone(cast, person.posts.get(role="homeroom_teacher").school_class, f"区域{n}", adult=person)
