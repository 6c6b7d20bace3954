"""The adults of the demonstration: two instructors from outside with papers, skills on file, exemptions, plans for rain."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from clubs.models import Club, ClubSettings, ClubSlot, Skill, StaffSkill
from clubs.services.taking_part import decide_exemption
from school.models import Credential, ExemptionRequest, Post, Room, Staff, Term, User
from web.playing import moment

THREE_WEEKS = dt.timedelta(weeks=3)
# (number, name, phone, organisation, club that they lead; the teacher of the school becomes its second adult)
OUTSIDE = (
    ("W001", "洪师傅", "19999900001", "", "武术"),
    ("W002", "纪航", "19999900002", "启航科技活动中心", "航模"),
)
PAPERS = ("qualification", "record_check", "contract", "insurance")
RAIN_ROOMS = {"足球": "体育馆", "篮球": "体育馆", "花样跳绳": "多功能室"}


def make_people(term: Term, office: User, day: dt.date) -> None:
    """After the clubs are filled and before duties are given. Takes no chance, so that the school stays the same."""
    invite_from_outside(term, office, day)
    file_skills(term, office)
    ask_exemptions(term, office, day)
    plan_for_rain(term)


def invite_from_outside(term: Term, office: User, day: dt.date) -> None:
    """The insurance of the first ends three weeks after the day that is shown, so that the warning can be seen."""
    begun = term.starts_on - dt.timedelta(days=10)
    for number, name, phone, organisation, club_name in OUTSIDE:
        # Everybody of the demonstration shares one password.
        user = User.objects.create(username=number, name=name, phone=phone, password=office.password)
        person = Staff.objects.create(
            number=number,
            name=name,
            phone=phone,
            kind=Staff.Kind.OUTSIDE,
            organisation=organisation,
            title="校外辅导员",
            user=user,
        )
        soon = day + THREE_WEEKS
        kinds = [*PAPERS, "licence"] if organisation else PAPERS
        Credential.objects.bulk_create(
            Credential(
                staff=person,
                kind=kind,
                number=f"示范-{number}-{kind[:3]}",
                starts_on=begun,
                ends_on=soon if number == "W001" and kind == "insurance" else term.ends_on,
            )
            for kind in kinds
        )
        club = Club.objects.filter(term=term, name=club_name).first()
        if club:
            club.assistant, club.instructor = club.instructor, person
            club.save()
            ClubSlot.objects.filter(club=club).update(instructor=person, assistant=club.assistant)


def file_skills(term: Term, office: User) -> None:
    """Who leads a club has its craft on file; one more is proposed and waits."""
    for club in Club.objects.filter(term=term).select_related("instructor").order_by("pk"):
        skill, _made = Skill.objects.get_or_create(name=club.name[:30], defaults={"category": club.category})
        StaffSkill.objects.get_or_create(
            staff=club.instructor, skill=skill, defaults={"filed_by": office, "since": term.starts_on}
        )
    free = free_teachers(term).filter(subject__name="语文").first() or free_teachers(term).first()
    known = Skill.objects.filter(name="硬笔书法").first()
    if free and known:
        StaffSkill.objects.get_or_create(staff=free, skill=known, defaults={"note": "大学书法社四年"})


def free_teachers(term: Term) -> "QuerySet[Staff]":
    """Teachers without a post and without a club, by number."""
    led = Club.objects.filter(term=term, instructor=OuterRef("pk"))
    helped = Club.objects.filter(term=term, assistant=OuterRef("pk"))
    posts = Post.objects.filter(staff=OuterRef("pk"))
    rows = Staff.objects.filter(~Exists(led), ~Exists(helped), ~Exists(posts), kind=Staff.Kind.EMPLOYEE)
    return rows.exclude(subject=None).order_by("number")


def ask_exemptions(term: Term, office: User, day: dt.date) -> None:
    """The last by number is exempt, the one before waits for the working group."""
    people = list(free_teachers(term).reverse()[:2])
    for n, person in enumerate(people):
        ground = ("孕期，医嘱不宜延长工作时间", "家中老人需照护")[n]
        with moment(day - dt.timedelta(days=2) if n else term.starts_on, 10):
            asked = ExemptionRequest.objects.create(staff=person, term=term, ground=ground)
            if n == 0:
                decide_exemption(request=asked, grant=True, opinion="工作小组研究同意", by=office)


def plan_for_rain(term: Term) -> None:
    rooms = {room.name: room for room in Room.objects.all()}
    for club in Club.objects.filter(term=term, room__kind=Room.Kind.OUTDOOR):
        room = rooms.get(RAIN_ROOMS.get(club.name, ""))
        club.rain_room, club.rain_stay = room, room is None
        club.save()
    settings = ClubSettings.fresh()
    settings.rain_point = "一号教学楼门厅"
    settings.save()
