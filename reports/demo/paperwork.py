"""What the demonstration has on paper beside its daily work: published lists, a card, codes of classes, a care file, minutes."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from enrollment.models import CareGroup, CareGroupMember, Institution, InstitutionPerson
from enrollment.services.collecting import authorise_people, card_of
from enrollment.services.publishing import move_child, publish_lists
from families.models import CareRecord, Meeting
from families.services import add_record, open_file
from homework.services.checking import renew_code
from school.models import Guardian, SchoolClass, SpecialGroupMembership, Staff, Student, Term, User

TOPICS = "一、介绍本学期课后服务的安排和收费依据。\n二、听取家长对社团和放学接送的意见。"
DECISIONS = "一、社团名单和抽签结果继续在校内公示。\n二、雨天放学改在风雨操场排队，由值班教师引导。"
PLAN = "每两周由关爱教师谈话一次，了解作业和生活情况；放学后如无人接，由值班领导联系其监护人。"


def make_paperwork(term: Term, until: dt.date, office: User) -> None:
    publish_lists(term=term, day=term.starts_on, note="开学分班", by=office)
    move_one(term, office)
    first = Student.objects.filter(enrolments__option__term=term).order_by("pk").first()
    if first is not None:
        card_of(first, by=office)
    for school_class in SchoolClass.objects.filter(graduated_on=None):
        renew_code(school_class=school_class, by=office)
    fetched_by_an_institution(term, office)
    care_for_one(until, office)
    meet(term, until, office)


def move_one(term: Term, office: User) -> None:
    """A child goes to another group of its grade from today on, and the lists are published again."""
    today = timezone.localdate()
    if not term.starts_on <= today <= term.ends_on:
        return
    place = CareGroupMember.objects.on(today).filter(group__term=term).select_related("group", "student").first()
    other = place and CareGroup.objects.filter(term=term, grade=place.group.grade).exclude(pk=place.group_id).first()
    if place and other:
        move_child(student=place.student, group=other, day=today, reason="与妹妹同班，一起放学", by=office)
        publish_lists(term=term, day=today, note="一名学生转班", by=office)


def fetched_by_an_institution(term: Term, office: User) -> None:
    """A private one near by sends somebody for three children, from today on."""
    if timezone.localdate() > term.ends_on:
        return
    institution = Institution.objects.create(
        name="示范托管中心",
        address="示范路 2 号",
        contact="孙禾",
        phone="19999900011",
        licence_number="示 0001",
        licence_until=term.ends_on + dt.timedelta(days=365),
    )
    person = InstitutionPerson.objects.create(
        institution=institution, name="孙禾", phone="19999900012", document_end="001X"
    )
    for student in Student.objects.filter(enrolments__option__term=term).order_by("-pk")[:3]:
        authorise_people(student=student, institution=institution, people=[person], ends_on=term.ends_on, by=office)


def care_for_one(until: dt.date, office: User) -> None:
    """A file with two records for the first child of a special group."""
    row = SpecialGroupMembership.objects.select_related("student").order_by("pk").first()
    helper = Staff.objects.filter(~Q(user=None), kind=Staff.Kind.EMPLOYEE).order_by("number").last()
    if row is None or helper is None:
        return
    since = until - dt.timedelta(days=21)
    file = open_file(student=row.student, helper=helper, helper_since=since, plan=PLAN, at_risk=False, by=office)
    for days, seen in ((14, "作业能按时完成，和同学相处好。"), (1, "上周请假两天，已补上功课。")):
        add_record(file=file, day=until - dt.timedelta(days=days), kind=CareRecord.Kind.values[0], seen=seen, by=office)


def meet(term: Term, until: dt.date, office: User) -> None:
    meeting = Meeting.objects.create(
        term=term,
        kind=Meeting.Kind.COMMITTEE,
        day=until - dt.timedelta(days=10),
        place="会议室",
        chair="校长",
        topics=TOPICS,
        decisions=DECISIONS,
        invited=12,
        attended=9,
        recorded_by=office,
    )
    meeting.attendees.set(Guardian.objects.order_by("pk")[:9])
