"""The clubs' rows of the tables of routes and queries (tests/test_routes.py, tests/test_queries.py)."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from clubs.models import (
    Choice,
    ChoiceSheet,
    Club,
    ClubPicture,
    ClubSlot,
    ClubWeek,
    Offer,
    Rotation,
    RotationGroup,
    RotationStop,
    Waiting,
)
from clubs.services import offering
from clubs.services.drawing import draw_round
from clubs.services.giving import publish_draw
from clubs.services.rehearsing import rehearse
from enrollment.models import DutyChange
from school.models import Room
from tests.conftest import TODAY, make_round

OFFICE = ["office", "academic"]
READERS = ["teacher", "homeroom", "principal", "duty_leader", *OFFICE]
NOT_OFFICE = ["mother", "teacher", "homeroom", "gate", "principal"]
FAR = dt.timedelta(days=3)


def make_club(cast, name, weekday, *, capacity=9, **fields):
    """A published club in a room and with an instructor of its own day."""
    club = Club.objects.create(
        term=cast.term,
        name=name,
        capacity=capacity,
        **{
            "grade_from": 1,
            "grade_to": 6,
            "aim": "说明",
            "status": "published",
            "room": cast.rooms[0],
            "instructor": cast.teacher,
        }
        | fields,
    )
    ClubSlot.objects.create(
        term=cast.term, club=club, weekday=weekday, period=cast.second, room=club.room, instructor=club.instructor
    )
    return club


def make_sheet(one, student, number, *clubs, by):
    sheet = ChoiceSheet.objects.create(round=one, student=student, number=number, chosen_by=by)
    for rank, club in enumerate(clubs, start=1):
        Choice.objects.create(sheet=sheet, rank=rank, club=club)
    return sheet


def make_drawn(cast, club, *, publish=True):
    """A draw that is over, with the choices of one child."""
    now = timezone.now()
    one = make_round(cast, club, way="draw", opens_at=now - 2 * FAR, closes_at=now - FAR)
    make_sheet(one, cast.other_child, "0b0b0b0b", club, by=cast.other_mother.user)
    draw_round(round=one, by=cast.office.user)
    if publish:
        publish_draw(round=one, by=cast.office.user)
    one.refresh_from_db()
    return one


def make_rotation(cast, club, group, name):
    """One group that stays at one stop; the club has no other time."""
    club.slots.all().delete()
    rotation = Rotation.objects.create(
        term=cast.term, name=name, weekday=5, period=cast.first, starts_on=TODAY, ends_on=cast.term.ends_on
    )
    RotationStop.objects.create(rotation=rotation, order=1, club=club)
    RotationGroup.objects.create(rotation=rotation, order=1, group=group)
    return rotation


def add_rows(cast):
    """One of everything that a route names."""
    cast.duty_change = DutyChange.objects.create(
        term=cast.term, day=TODAY, text="三(1)班", by=cast.office.user, done={"ended": [], "dropped": [], "opened": []}
    )
    cast.proposal = make_club(cast, "魔方", 1, status="draft", proposed_by=cast.teacher.user)
    cast.drawn_club, cast.heard_club = make_club(cast, "围棋", 2), make_club(cast, "合唱", 4)
    cast.open_draw = make_round(cast, make_club(cast, "剪纸", 5), way="draw")
    cast.drawn = make_drawn(cast, cast.drawn_club)
    cast.rehearsal = rehearse(round=cast.drawn, source="round", rule="draw", by=cast.office.user)
    cast.hearing = make_round(cast, cast.heard_club, way="audition")
    make_sheet(cast.hearing, cast.child, "0a0a0a0a", cast.heard_club, by=cast.mother.user)
    cast.draft_round = make_round(cast, way="draw", state="draft")
    cast.in_line = Waiting.objects.create(club=cast.club, student=cast.child, order=1, asked_by=cast.mother.user)
    cast.other_waiting = Waiting.objects.create(
        club=cast.heard_club, student=cast.other_child, order=1, asked_by=cast.other_mother.user
    )
    [cast.offer] = offering.offer_places(club_pk=cast.heard_club.pk)
    cast.rotation = make_rotation(cast, make_club(cast, "毽球", 3), cast.group, "轮替")
    ClubWeek.objects.create(club=cast.club, number=1, content="握笔")
    cast.picture = ClubPicture.objects.create(
        club=cast.club, image=ContentFile(b"jpeg", name="a.jpg"), caption="作品", added_by=cast.office.user
    )


def own_club(c):
    return [c.child.pk, c.club.pk]


TABLE = {
    "clubs:duty_slot": (lambda c: [c.group.pk, 1, c.first.pk], OFFICE, NOT_OFFICE),
    "clubs:duty_undo": (lambda c: [c.duty_change.pk], OFFICE, NOT_OFFICE),
    "clubs:family_club": (own_club, ["mother"], ["office", "homeroom", "gate"]),
    "clubs:club_join": (own_club, ["mother"], []),
    "clubs:club_wait": (own_club, ["mother"], ["office", "homeroom", "gate"]),
    "clubs:choices_edit": (lambda c: [c.open_draw.pk, c.child.pk], ["mother"], ["office", "homeroom", "gate"]),
    "clubs:choices_result": (
        lambda c: [c.drawn.pk, c.other_child.pk],
        ["other_mother"],
        ["office", "homeroom", "gate"],
    ),
    "clubs:waiting_stop": (lambda c: [c.in_line.pk], ["mother"], ["office", "homeroom", "gate"]),
    "clubs:offer_answer": (lambda c: [c.offer.secret], ["mother", "other_mother", "gate"], []),
    "clubs:club_leave": (lambda c: [c.membership.pk], ["mother", "office"], ["homeroom", "gate", "principal"]),
    "clubs:membership_change": (lambda c: [c.membership.pk], OFFICE, NOT_OFFICE),
    "clubs:club_detail": (lambda c: [c.club.pk], READERS, ["mother", "gate"]),
    "clubs:club_edit": (lambda c: [c.proposal.pk], [*OFFICE, "teacher"], ["mother", "gate", "principal"]),
    "clubs:club_decide": (lambda c: [c.club.pk], OFFICE, NOT_OFFICE),
    "clubs:club_cancel": (lambda c: [c.club.pk], OFFICE, NOT_OFFICE),
    "clubs:picture_add": (lambda c: [c.club.pk], [*OFFICE, "homeroom"], ["mother", "gate", "principal"]),
    "clubs:club_picture": (lambda c: [c.picture.pk], ["mother", *READERS], []),
    "clubs:picture_remove": (lambda c: [c.picture.pk], [*OFFICE, "homeroom"], ["mother", "gate", "principal"]),
    "clubs:waiting_list": (lambda c: [c.club.pk], OFFICE, NOT_OFFICE),
    "clubs:club_place_all": (lambda c: [c.club.pk], OFFICE, NOT_OFFICE),
    "clubs:place_add": (lambda c: [c.club.pk], OFFICE, NOT_OFFICE),
    "clubs:waiting_move": (lambda c: [c.in_line.pk], OFFICE, NOT_OFFICE),
    "clubs:round_detail": (
        lambda c: [c.drawn.pk],
        [*OFFICE, "principal"],
        ["mother", "teacher", "homeroom", "gate", "duty_leader"],
    ),
    "clubs:round_edit": (lambda c: [c.draft_round.pk], OFFICE, NOT_OFFICE),
    "clubs:rotation_end": (lambda c: [c.rotation.pk], OFFICE, NOT_OFFICE),
    "clubs:round_act": (lambda c: [c.drawn.pk], OFFICE, NOT_OFFICE),
    "clubs:round_rehearse": (lambda c: [c.drawn.pk], OFFICE, NOT_OFFICE),
    "clubs:draw_report": (
        lambda c: [c.rehearsal.pk],
        [*OFFICE, "principal"],
        ["mother", "teacher", "homeroom", "gate", "duty_leader"],
    ),
    "clubs:audition": (
        lambda c: [c.hearing.pk, c.heard_club.pk],
        [*OFFICE, "teacher"],
        ["mother", "gate", "principal"],
    ),
    "clubs:draw_public": (lambda c: [c.drawn.pk], ["mother", "gate", "office"], []),
    "clubs:draw_file": (lambda c: [c.drawn.pk], ["mother", "gate", "office"], []),
}
OTHERS = [
    ("clubs:club_leave", lambda c: [c.membership.pk], "other_mother"),
    ("clubs:family_club", own_club, "other_mother"),
    ("clubs:choices_edit", lambda c: [c.open_draw.pk, c.child.pk], "other_mother"),
    ("clubs:choices_result", lambda c: [c.drawn.pk, c.other_child.pk], "mother"),
    ("clubs:club_detail", lambda c: [c.proposal.pk], "homeroom"),
    ("clubs:club_edit", lambda c: [c.club.pk], "homeroom"),
    ("clubs:picture_add", lambda c: [c.club.pk], "teacher"),
    ("clubs:audition", lambda c: [c.hearing.pk, c.heard_club.pk], "homeroom"),
    ("clubs:draw_file", lambda c: [c.open_draw.pk], "mother"),
    ("clubs:draw_public", lambda c: [c.draft_round.pk], "mother"),
]
POSTED_BY_OTHERS = [
    ("clubs:club_join", own_club, "other_mother", 404),
    ("clubs:club_join", own_club, "office", 404),
    ("clubs:club_wait", own_club, "other_mother", 404),
    ("clubs:waiting_stop", lambda c: [c.in_line.pk], "other_mother", 404),
    ("clubs:picture_remove", lambda c: [c.picture.pk], "teacher", 404),
]
PAGES = [
    ("clubs:family_clubs", [], "mother"),
    ("clubs:club_list", [], "office"),
    ("clubs:club_detail", ["club"], "office"),
    ("clubs:round_list", [], "office"),
    ("clubs:round_detail", ["round"], "office"),
    ("clubs:waiting_list", ["club"], "office"),
    ("clubs:no_club", [], "office"),
    ("clubs:rotation_list", [], "office"),
    ("clubs:audition_list", [], "teacher"),
]


def more_rows(cast, child, club, n):
    """One more row in every list of the clubs."""
    make_round(cast, club, name=f"轮 {n}")
    ground = Room.objects.create(name=f"操场{n}", capacity=60)
    make_rotation(cast, make_club(cast, f"毽球{n}", 5, room=ground, instructor=club.instructor), cast.group, f"轮替{n}")
    heard = make_club(cast, f"朗诵{n}", 4, room=club.room, instructor=club.instructor)
    Club.objects.filter(pk=heard.pk).update(instructor=cast.teacher)
    one = make_round(cast, heard, way="audition", name=f"试听 {n}")
    make_sheet(one, child, f"{n:08x}", heard, by=cast.mother.user)
    waiting = Waiting.objects.create(club=cast.club, student=child, order=n, asked_by=cast.mother.user)
    Waiting.objects.create(club=heard, student=cast.child, order=n, asked_by=cast.mother.user)
    Offer.objects.create(
        waiting=waiting, club=cast.club, secret=f"{n:032x}", expires_at=timezone.now() + dt.timedelta(hours=1)
    )
    ClubWeek.objects.create(club=cast.club, number=n, content="内容")
    ClubPicture.objects.create(club=cast.club, image="a.jpg", caption="作品", added_by=cast.office.user)
