"""The rows of home and school in the table of routes (tests/test_routes.py)."""

import datetime as dt

from families.models import CommitteeMember, Meeting
from families.services import enter_opinion, open_file, record_visit, send_opinion
from school.models import SpecialGroup, SpecialGroupMembership
from tests.conftest import TODAY

OFFICE = ["office", "academic"]
NOT_OFFICE = ["mother", "homeroom", "principal"]


def add_rows(cast):
    """A seat, a meeting of a class, an opinion of each kind, a care file and a planned visit."""
    cast.seat = CommitteeMember.objects.create(
        guardian=cast.other_mother, school_class=cast.class_2, starts_on=cast.term.starts_on
    )
    cast.meeting = Meeting.objects.create(
        term=cast.term,
        kind="class",
        school_class=cast.class_1,
        day=TODAY,
        place="教室",
        chair="周婷",
        topics="报名",
        decisions="按时接送",
        recorded_by=cast.homeroom.user,
    )
    cast.opinion = send_opinion(student=cast.child, about="care", to="homeroom", text="想多运动", by=cast.mother.user)
    cast.office_opinion = enter_opinion(about="fees", to="office", source="paper", text="公示", by=cast.office.user)
    SpecialGroupMembership.objects.get_or_create(student=cast.child, group=SpecialGroup.objects.first())
    facts = {"helper": cast.teacher, "helper_since": TODAY, "plan": "每周谈心", "at_risk": False}
    cast.care_file = open_file(student=cast.child, by=cast.office.user, **facts)
    cast.other_file = open_file(
        student=cast.other_child, by=cast.office.user, **facts | {"helper": cast.principal, "at_risk": True}
    )
    cast.visit = record_visit(
        student=cast.child,
        way="home",
        day=TODAY + dt.timedelta(days=3),
        visitors=[cast.homeroom],
        by=cast.homeroom.user,
    )


def file(c):
    return [c.care_file.pk]


TABLE = {
    "enrollment:preparation_edit": (lambda c: [c.term.pk], OFFICE, NOT_OFFICE),
    "enrollment:term_copy": (lambda c: [c.term.pk, c.term.pk], OFFICE, NOT_OFFICE),
    "enrollment:preparation_file": (lambda c: [c.term.pk, "plan"], [], ["mother", "homeroom", "gate"]),
    "families:member_end": (lambda c: [c.seat.pk], OFFICE, NOT_OFFICE),
    "families:meeting_detail": (lambda c: [c.meeting.pk], ["office", "homeroom", "principal"], []),
    "families:meeting_edit": (lambda c: [c.meeting.pk], ["office", "homeroom"], ["mother", "teacher", "principal"]),
    "families:meeting_publish": (lambda c: [c.meeting.pk], ["office", "homeroom"], ["mother", "teacher", "principal"]),
    "families:meeting_pdf": (lambda c: [c.meeting.pk], ["office", "homeroom", "principal"], ["mother", "teacher"]),
    "families:opinion_send": (lambda c: [c.child.pk], ["mother", "father"], ["office", "homeroom"]),
    "families:opinion_detail": (lambda c: [c.opinion.pk], ["mother", "homeroom", "office", "principal"], []),
    "families:opinion_act": (lambda c: [c.opinion.pk], ["homeroom", "office"], ["mother", "teacher", "gate"]),
    "families:care_add": (lambda c: [c.child.pk], ["office", "homeroom"], ["mother", "teacher", "principal"]),
    "families:care_detail": (file, [*OFFICE, "homeroom", "teacher"], []),
    "families:care_edit": (file, ["office", "homeroom"], ["teacher"]),
    "families:care_close": (file, ["office", "homeroom"], ["teacher"]),
    "families:care_pdf": (file, ["office", "homeroom"], ["teacher"]),
    "families:visit_plan": (lambda c: [c.class_1.pk], ["office", "homeroom"], ["mother", "teacher", "principal"]),
    "families:visit_add": (lambda c: [c.child.pk], ["office", "homeroom"], ["mother", "teacher", "principal"]),
    "families:visit_detail": (lambda c: [c.visit.pk], ["office", "homeroom"], []),
    "families:visit_edit": (lambda c: [c.visit.pk], ["office", "homeroom"], []),
}

OTHERS = [
    ("enrollment:preparation_file", lambda c: [c.term.pk, "plan"], "office"),
    ("families:meeting_detail", lambda c: [c.meeting.pk], "mother"),  # not published
    ("families:meeting_detail", lambda c: [c.meeting.pk], "gate"),
    ("families:opinion_send", lambda c: [c.child.pk], "other_mother"),
    ("families:opinion_detail", lambda c: [c.opinion.pk], "father"),
    ("families:opinion_detail", lambda c: [c.office_opinion.pk], "homeroom"),
    *[("families:care_detail", file, who) for who in ("mother", "principal", "duty_leader", "gate", "other_mother")],
    ("families:care_detail", lambda c: [c.other_file.pk], "homeroom"),
    ("families:care_detail", lambda c: [c.other_file.pk], "teacher"),
    ("families:care_edit", file, "principal"),
    ("families:care_pdf", file, "principal"),
    ("families:care_add", lambda c: [c.other_child.pk], "homeroom"),
    ("families:visit_plan", lambda c: [c.class_2.pk], "homeroom"),
    ("families:visit_add", lambda c: [c.other_child.pk], "homeroom"),
    ("families:visit_detail", lambda c: [c.visit.pk], "principal"),
    ("families:visit_detail", lambda c: [c.visit.pk], "teacher"),
]

PAGES = [
    ("enrollment:term_preparation", [], "office"),
    ("families:member_list", [], "office"),
    ("families:meeting_list", [], "office"),
    ("families:opinion_list", [], "office"),
    ("families:opinion_list", [], "homeroom"),
    ("families:family_contact", [], "mother"),
    ("families:care_list", [], "office"),
    ("families:visit_list", [], "office"),
    ("families:visit_counts", [], "principal"),
    ("families:visit_plan", ["class_1"], "homeroom"),
]


def more_rows(cast, child, n):
    """One more row in every list of home and school."""
    aunt = child.guardians.get(name=f"姨{n}")
    CommitteeMember.objects.create(guardian=aunt, school_class=cast.class_1, starts_on=TODAY)
    Meeting.objects.create(
        term=cast.term, kind="school", day=TODAY, place="操场", chair="蒋原", topics="", recorded_by=cast.office.user
    )
    send_opinion(student=cast.child, about="care", to="homeroom", text=f"意见{n}", by=cast.mother.user)
    enter_opinion(about="care", to="office", source="paper", text=f"意见{n}", by=cast.office.user)
    facts = {"helper": cast.teacher, "helper_since": TODAY, "plan": "", "at_risk": True}
    open_file(student=child, by=cast.office.user, **facts)
    record_visit(student=child, way="home", day=TODAY, visitors=[cast.homeroom], by=cast.office.user, findings="好")
