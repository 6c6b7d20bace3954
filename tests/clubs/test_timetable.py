"""The proposal of a timetable: made, moved by hand, undone, published; its pages."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from clubs.models import Choice, ChoiceRound, ChoiceSheet, Club, ClubSlot, Meeting, TimetableProposal, Unavailable
from clubs.services.catalogue import set_slots
from clubs.services.timetable import (
    edit_timetable,
    make_timetable,
    pinning,
    propose_timetable,
    publish_timetable,
    putting,
    taking_out,
    undo_timetable,
)
from clubs.timetabling.facts import load_facts
from clubs.timetabling.shapes import Place
from enrollment.models import CareDuty
from school.access import staff_busy
from school.models import PeriodTime, Room
from tests.clubs.test_services import race
from tests.conftest import TODAY, make_staff, records, take

pytestmark = pytest.mark.django_db


def make_club(cast, name, **fields):
    defaults = {
        "term": cast.term,
        "grade_from": 1,
        "grade_to": 6,
        "capacity": 20,
        "room": cast.hall,
        "instructor": cast.academic,
        "status": "published",
    }
    return Club.objects.create(name=name, **defaults | fields)


@pytest.fixture
def clubs(afternoon):
    """Beside 硬笔书法 (Wednesdays, in force): chess that may meet in two rooms, a choir that wants Wednesdays."""
    afternoon.studio = Room.objects.create(name="舞蹈室", capacity=30)
    afternoon.chess = make_club(afternoon, "象棋", times_a_week=2, status="proposed")
    afternoon.chess.other_rooms.add(afternoon.studio)
    afternoon.choir = make_club(afternoon, "合唱", instructor=afternoon.duty_leader, wished_days=[3])
    return afternoon


@pytest.fixture
def propose(clubs, django_capture_on_commit_callbacks):
    def propose(**arguments):
        with django_capture_on_commit_callbacks(execute=True):
            proposal = propose_timetable(term=clubs.term, by=clubs.office.user, **arguments)
        proposal.refresh_from_db()
        return proposal

    return propose


def slots(club):
    return sorted(ClubSlot.objects.filter(club=club).values_list("weekday", "period", "room"))


def edit(cast, proposal, change):
    return edit_timetable(proposal=proposal, edit=change, by=cast.office.user)


def test_a_proposal_changes_nothing_until_it_is_published(clubs, propose):
    before = list(ClubSlot.objects.values())
    proposal = propose()
    assert (proposal.state, proposal.details["status"], list(ClubSlot.objects.values())) == ("open", "optimal", before)
    assert proposal.details["bound"] <= proposal.details["objective"]
    assert {row["club"] for row in proposal.plan} == {clubs.club.pk, clubs.chess.pk, clubs.choir.pk}
    count = publish_timetable(proposal=proposal, by=clubs.office.user)
    assert (count, ClubSlot.objects.count()) == (4, 4)
    assert [weekday for weekday, _period, _room in slots(clubs.choir)] == [3]
    assert ClubSlot.objects.filter(club=clubs.choir, instructor=clubs.duty_leader).count() == 1


def test_asking_twice_makes_one_and_a_late_worker_writes_nothing(clubs, propose):
    first = propose_timetable(term=clubs.term, by=clubs.office.user)
    assert propose_timetable(term=clubs.term, by=clubs.academic.user) == first
    assert TimetableProposal.objects.count() == 1
    make_timetable(pk=first.pk, made=first.made + 1)
    first.refresh_from_db()
    assert first.state == "waiting"
    make_timetable(pk=first.pk, made=first.made)
    first.refresh_from_db()
    plan = first.plan
    make_timetable(pk=first.pk, made=first.made)
    first.refresh_from_db()
    assert (first.state, first.plan) == ("open", plan)


def test_a_making_that_broke_off_can_be_asked_for_anew(clubs, propose, monkeypatch):
    stuck = propose_timetable(term=clubs.term, by=clubs.office.user)
    TimetableProposal.objects.update(made_at=timezone.now() - dt.timedelta(minutes=4), state="running")
    again = propose()
    assert (again.pk, again.made, again.state) == (stuck.pk, 2, "open")


def test_without_clubs_there_is_nothing_to_propose(clubs):
    Club.objects.update(status="cancelled")
    with pytest.raises(ValidationError, match="没有可以编排的社团"):
        propose_timetable(term=clubs.term, by=clubs.office.user)


def test_facts_come_from_every_app(clubs):
    Unavailable.objects.create(term=clubs.term, staff=clubs.academic, weekday=2, reason="教研")
    PeriodTime.objects.filter(period=clubs.second, season="winter").delete()
    facts = load_facts(clubs.term)
    assert facts.unable == {(clubs.academic.pk, 2, p.pk): "教研" for p in (clubs.first, clubs.second)}
    assert facts.duties[clubs.homeroom.pk, 3, clubs.first.pk] == clubs.group.name
    assert set(facts.seasons) == {"summer", "winter"}
    assert (clubs.second.pk, "winter", 3, 5) in facts.not_held
    assert facts.rooms[clubs.rooms[0].pk].group == clubs.group.name
    assert facts.clubs[clubs.chess.pk].rooms == (clubs.studio.pk,)
    assert [club.name for club in facts.clubs.values() if club.settled] == []
    take(clubs.club, clubs.child, clubs.mother.user)
    assert load_facts(clubs.term).clubs[clubs.club.pk].settled


def test_a_second_adult_is_taken_then_for_every_app(clubs):
    assert staff_busy(clubs.term, 3, clubs.second.pk, TODAY) == {clubs.homeroom.pk, clubs.teacher.pk}
    ClubSlot.objects.update(assistant=clubs.academic)
    assert staff_busy(clubs.term, 3, clubs.second.pk, TODAY) == {clubs.homeroom.pk, clubs.teacher.pk, clubs.academic.pk}


def test_moving_by_hand_and_back(clubs, propose):
    proposal = propose(start="now")
    assert [(row["club"], row["weekday"]) for row in proposal.plan] == [(clubs.club.pk, 3)]
    place = Place(clubs.chess.pk, 4, clubs.second.pk, clubs.hall.pk)
    proposal = edit(clubs, proposal, putting(place))
    proposal = edit(
        clubs, proposal, putting(Place(clubs.chess.pk, 5, clubs.second.pk, clubs.hall.pk), instead_of=place.slot)
    )
    assert [row["weekday"] for row in proposal.plan if row["club"] == clubs.chess.pk] == [5]
    proposal = undo_timetable(proposal=proposal, by=clubs.office.user)
    assert [row["weekday"] for row in proposal.plan if row["club"] == clubs.chess.pk] == [4]
    proposal = edit(clubs, proposal, taking_out(clubs.chess.pk, place.slot))
    assert [row["club"] for row in proposal.plan] == [clubs.club.pk]
    for _step in range(2):
        proposal = undo_timetable(proposal=proposal, by=clubs.office.user)
    with pytest.raises(ValidationError, match="没有可以撤销的"):
        undo_timetable(proposal=proposal, by=clubs.office.user)


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        (lambda c: Place(c.choir.pk, 3, c.second.pk, c.hall.pk), "体育馆此时由硬笔书法使用"),
        (lambda c: Place(c.club.pk, 3, c.second.pk, c.hall.pk), "硬笔书法此时已经有活动"),
        (lambda c: Place(c.club.pk, 4, c.second.pk, c.hall.pk), "硬笔书法每周 1 次，已经排满"),
        (lambda c: Place(c.choir.pk, 3, c.second.pk, 0), "时段或场地已经不在"),
        (lambda c: Place(0, 3, c.second.pk, c.hall.pk), "社团已经不在"),
    ],
)
def test_two_places_at_once_are_refused_by_hand(clubs, propose, move, sentence):
    proposal = propose(start="now")
    with pytest.raises(ValidationError, match=sentence):
        edit(clubs, proposal, putting(move(clubs)))


def test_a_duty_is_refused_until_the_office_allows_it(clubs, propose):
    Club.objects.filter(pk=clubs.choir.pk).update(instructor=clubs.teacher)
    place = Place(clubs.choir.pk, 2, clubs.second.pk, clubs.studio.pk)
    proposal = propose(start="now")
    with pytest.raises(ValidationError, match="吴海此时看护"):
        edit(clubs, proposal, putting(place))
    proposal = propose(start="now", duties_allowed=True)
    edit(clubs, proposal, putting(place))
    proposal.refresh_from_db()
    assert publish_timetable(proposal=proposal, by=clubs.office.user) == 2


def test_pins_stay_when_the_proposal_is_made_anew(clubs, propose):
    proposal = propose(start="now")
    place = Place(clubs.choir.pk, 5, clubs.second.pk, clubs.studio.pk)
    proposal = edit(clubs, proposal, putting(place))
    edit(clubs, proposal, pinning(clubs.choir.pk, place.slot, pinned=True))
    proposal = propose()
    (choir,) = [row for row in proposal.plan if row["club"] == clubs.choir.pk]
    assert (choir["weekday"], choir["room"], choir["pinned"]) == (5, clubs.studio.pk, True)
    assert len(proposal.undo) == 3


def test_a_club_that_children_chose_keeps_its_days(clubs, propose):
    proposal = propose(start="now")
    place = Place(clubs.club.pk, 5, clubs.second.pk, clubs.hall.pk)
    edit(clubs, proposal, putting(place, instead_of=(3, clubs.second.pk)))
    take(clubs.club, clubs.child, clubs.mother.user)
    with pytest.raises(ValidationError, match="硬笔书法的时间不能动"):
        edit(clubs, proposal, taking_out(clubs.club.pk, (5, clubs.second.pk)))
    with pytest.raises(ValidationError, match=r"硬笔书法已有学生选报，时间不变（周三）"):
        publish_timetable(proposal=proposal, by=clubs.office.user)
    assert slots(clubs.club) == [(3, clubs.second.pk, clubs.hall.pk)]
    # What the office looks at again is already put right.
    proposal.refresh_from_db()
    assert publish_timetable(proposal=proposal, by=clubs.office.user) == 1
    assert slots(clubs.club) == [(3, clubs.second.pk, clubs.hall.pk)]


def test_a_choice_in_a_running_round_settles_a_club(clubs):
    now = timezone.now()
    running = ChoiceRound.objects.create(
        term=clubs.term,
        name="摇号",
        way="draw",
        state="announced",
        opens_at=now,
        closes_at=now + dt.timedelta(days=1),
        seed="0" * 32,
        seed_sha256="0" * 64,
        made_by=clubs.office.user,
    )
    sheet = ChoiceSheet.objects.create(round=running, student=clubs.child, number="A1", chosen_by=clubs.mother.user)
    Choice.objects.create(sheet=sheet, rank=1, club=clubs.club)
    assert [one.name for one in load_facts(clubs.term).clubs.values() if one.settled] == ["硬笔书法"]
    ChoiceRound.objects.update(state="cancelled")
    assert not load_facts(clubs.term).clubs[clubs.club.pk].settled


def test_what_clashes_meanwhile_is_told_when_publishing(clubs, propose):
    proposal = propose(start="now")
    edit(clubs, proposal, putting(Place(clubs.choir.pk, 3, clubs.second.pk, clubs.studio.pk)))
    Club.objects.filter(pk=clubs.choir.pk).update(instructor=clubs.homeroom)
    with pytest.raises(ValidationError, match="此时在") as refusal:
        publish_timetable(proposal=proposal, by=clubs.office.user)
    assert refusal.value.messages == [
        "合唱 周三 第二节：周婷此时在硬笔书法。",
        "硬笔书法 周三 第二节：周婷此时在合唱。",
    ]
    assert slots(clubs.choir) == []


def test_dated_meetings_follow_the_new_timetable(clubs, propose):
    next_week = TODAY + dt.timedelta(days=7)
    fields = {"period": clubs.second, "room": clubs.hall, "instructor": clubs.homeroom}
    past = Meeting.objects.get(club=clubs.club, day=TODAY)
    coming = Meeting.objects.create(club=clubs.club, day=next_week, **fields)
    proposal = propose(start="now")
    move = putting(Place(clubs.club.pk, 3, clubs.second.pk, clubs.studio.pk), instead_of=(3, clubs.second.pk))
    edit(clubs, proposal, move)
    publish_timetable(proposal=proposal, by=clubs.office.user)
    coming.refresh_from_db()
    assert (coming.room, coming.cancelled) == (clubs.studio, False)
    proposal = propose(start="now")
    move = putting(Place(clubs.club.pk, 4, clubs.second.pk, clubs.studio.pk), instead_of=(3, clubs.second.pk))
    edit(clubs, proposal, move)
    publish_timetable(proposal=proposal, by=clubs.office.user)
    coming.refresh_from_db()
    past.refresh_from_db()
    assert (coming.cancelled, coming.note, past.cancelled) == (True, "课表有调整。", False)


def test_a_club_that_is_given_another_room_meets_there_from_tomorrow_on(clubs):
    """Dated meetings follow, but one that was moved for its day; today stays."""
    club, days = Club.objects.get(pk=clubs.club.pk), [TODAY + dt.timedelta(days=7 * n) for n in (1, 2)]
    fields = {"club": club, "period": clubs.second, "instructor": clubs.homeroom}
    Meeting.objects.create(day=days[0], room=clubs.hall, **fields)
    Meeting.objects.create(day=days[1], room=clubs.rooms[0], **fields)
    club.room, club.instructor = clubs.studio, clubs.academic
    club.save()
    assert set_slots(club=club, slots=[(3, clubs.second)]) == 2
    met = Meeting.objects.filter(club=club).order_by("day").values_list("day", "room", "instructor")
    assert list(met) == [
        (TODAY, clubs.hall.pk, clubs.homeroom.pk),
        (days[0], clubs.studio.pk, clubs.academic.pk),
        (days[1], clubs.rooms[0].pk, clubs.academic.pk),
    ]
    assert set_slots(club=club, slots=[(3, clubs.second)]) == 0


def test_saving_a_club_leaves_it_in_the_other_room_that_the_timetable_gave_it(clubs, propose):
    proposal = propose(start="now")
    for weekday, room in ((1, clubs.studio), (2, clubs.hall)):
        edit(clubs, proposal, putting(Place(clubs.chess.pk, weekday, clubs.second.pk, room.pk)))
    publish_timetable(proposal=proposal, by=clubs.office.user)
    set_slots(club=Club.objects.get(pk=clubs.chess.pk), slots=[(1, clubs.second), (2, clubs.second)])
    assert [room for _day, _period, room in slots(clubs.chess)] == [clubs.studio.pk, clubs.hall.pk]


def test_a_cancelled_club_takes_no_room(clubs, propose):
    Club.objects.filter(pk=clubs.club.pk).update(status="cancelled")
    proposal = propose(start="now")
    edit(clubs, proposal, putting(Place(clubs.choir.pk, 3, clubs.second.pk, clubs.hall.pk)))
    assert publish_timetable(proposal=proposal, by=clubs.office.user) == 1
    assert slots(clubs.club) == []


@pytest.mark.django_db(transaction=True)
def test_two_offices_publish_and_one_wins(clubs):
    proposal = propose_timetable(term=clubs.term, by=clubs.office.user, start="now")
    edit(clubs, proposal, putting(Place(clubs.choir.pk, 4, clubs.second.pk, clubs.studio.pk)))
    results = race(
        [
            lambda: publish_timetable(proposal=proposal, by=clubs.office.user),
            lambda: publish_timetable(proposal=proposal, by=clubs.academic.user),
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["ValidationError", "int"]
    assert (ClubSlot.objects.count(), TimetableProposal.objects.get().state) == (2, "published")


@pytest.mark.django_db(transaction=True)
def test_publishing_against_a_colleague_who_edits_a_club(clubs):
    """Both end well, or one is told: never two clubs in a room, never half a timetable."""
    proposal = propose_timetable(term=clubs.term, by=clubs.office.user, start="now")
    edit(clubs, proposal, putting(Place(clubs.choir.pk, 4, clubs.second.pk, clubs.studio.pk)))

    def rival():
        try:
            return ClubSlot.objects.create(
                term=clubs.term,
                club=clubs.chess,
                weekday=4,
                period=clubs.second,
                room=clubs.studio,
                instructor=clubs.academic,
            )
        except IntegrityError as error:
            return error

    results = race([lambda: publish_timetable(proposal=proposal, by=clubs.office.user), rival])
    assert {type(result) for result in results} <= {int, ValidationError, IntegrityError, ClubSlot}
    # Had the colleague been first, the timetable that is published afterwards is the whole truth.
    there = ClubSlot.objects.filter(weekday=4, room=clubs.studio)
    assert there.count() == 1
    assert ClubSlot.objects.filter(club=clubs.club).count() == 1


# --- pages -----------------------------------------------------------------------------------------------------------


def post(client, name, data=None, *args, **headers):
    return client.post(reverse(name, args=args), data or {}, **headers)


def test_the_office_makes_moves_and_publishes(clubs, as_user, django_capture_on_commit_callbacks):
    client = as_user(clubs.office)
    page = client.get(reverse("clubs:timetable"))
    assert (page.context["meetings"], page.context["proposal"]) == (1, None)
    with django_capture_on_commit_callbacks(execute=True):
        post(client, "clubs:timetable_propose", {"start": "best"})
    page = client.get(reverse("clubs:timetable"))
    assert (page.context["meetings"], page.context["clashes"], page.context["unplaced"]) == (4, 0, [])
    here = next(row for row in page.context["proposal"].plan if row["club"] == clubs.choir.pk)
    address = [clubs.choir.pk, here["weekday"], here["period"]]
    to = {"slot": f"5-{clubs.second.pk}", "room": clubs.studio.pk}
    assert post(client, "clubs:timetable_move", to, *address).status_code == 302
    key = {"place": f"{clubs.choir.pk}-5-{clubs.second.pk}", "day": 5}
    part = post(client, "clubs:timetable_edit", key | {"action": "pin"}, HTTP_HX_REQUEST="true")
    assert (part.status_code, part.templates[0].name) == (200, "clubs/_timetable_grid.html")
    assert client.get(reverse("clubs:timetable_publish")).context["meetings"] == 4
    assert post(client, "clubs:timetable_publish").status_code == 302
    assert slots(clubs.choir) == [(5, clubs.second.pk, clubs.studio.pk)]
    page = client.get(reverse("clubs:timetable_publish"), follow=True)
    assert "没有待公布的方案" in page.content.decode()


def test_a_refused_move_stays_on_the_page_with_what_was_chosen(clubs, as_user):
    client = as_user(clubs.office)
    post(client, "clubs:timetable_propose", {"start": "now"})
    to = {"slot": f"3-{clubs.second.pk}", "room": clubs.hall.pk}
    page = post(client, "clubs:timetable_place", to, clubs.choir.pk)
    assert page.context["form"].non_field_errors() == ["合唱 周三 第二节：体育馆此时由硬笔书法使用。"]
    assert page.context["form"]["room"].value() == str(clubs.hall.pk)
    assert dict(page.context["against"])["周三"] == "体育馆此时由硬笔书法使用"
    part = post(client, "clubs:timetable_edit", {"action": "out", "place": "1-1"}, HTTP_HX_REQUEST="true")
    assert (part.status_code, part.context["error"]) == (422, "这次活动已经不在了，请再看一眼。")
    assert client.get(reverse("clubs:timetable_move", args=[clubs.choir.pk, 1, 1])).status_code == 404


def test_soft_clashes_are_shown_beside_the_card(clubs, as_user):
    client = as_user(clubs.office)
    post(client, "clubs:timetable_propose", {"start": "now"})
    Unavailable.objects.create(term=clubs.term, staff=clubs.homeroom, weekday=3, reason="教研")
    page = client.get(reverse("clubs:timetable"))
    assert page.context["clashes"] == 1
    assert "周婷此时不行（教研）" in page.content.decode()


def test_the_page_follows_the_making(clubs, as_user):
    propose_timetable(term=clubs.term, by=clubs.office.user)
    client = as_user(clubs.office)
    assert "正在排队" in client.get(reverse("clubs:timetable")).content.decode()
    assert "HX-Refresh" not in client.get(reverse("clubs:timetable_state")).headers
    page = post(client, "clubs:timetable_edit", {"action": "undo"}, HTTP_HX_REQUEST="true")
    assert page.context["error"] == "方案正在编排，请等它完成。"
    proposal = TimetableProposal.objects.get()
    make_timetable(pk=proposal.pk, made=proposal.made)
    assert client.get(reverse("clubs:timetable_state")).headers["HX-Refresh"] == "true"


def test_the_principal_reads_and_moves_nothing(clubs, as_user):
    propose_timetable(term=clubs.term, by=clubs.office.user, start="now")
    page = as_user(clubs.principal).get(reverse("clubs:timetable"))
    assert (page.context["meetings"], page.context["may_move"]) == (1, False)
    assert "timetable_edit" not in page.content.decode()
    assert reverse("clubs:timetable_edit") not in page.content.decode()


def test_before_there_is_a_term_the_page_says_so(db, as_user):
    page = as_user(make_staff("T003", "郑岚", role="service_office")).get(reverse("clubs:timetable"))
    assert (page.status_code, "还没有学期" in page.content.decode()) == (200, True)


def test_times_when_somebody_is_not_able(clubs, as_user):
    client = as_user(clubs.office)
    row = {"staff": clubs.academic.pk, "weekday": 2, "period": "", "reason": "教研"}
    assert post(client, "clubs:unavailable_list", row).status_code == 302
    page = post(client, "clubs:unavailable_list", row)
    assert page.context["form"].non_field_errors() == ["这一项已经录入过。"]
    assert [str(one) for one in records(page)] == ["冯节 星期二"]
    post(client, "clubs:unavailable_remove", None, Unavailable.objects.get().pk)
    assert Unavailable.objects.count() == 0
    stranger = make_staff("T099", "离职老师", left_on=TODAY - dt.timedelta(days=1))
    assert post(client, "clubs:unavailable_list", row | {"staff": stranger.pk}).context["form"].errors


def test_drafts_are_left_out_and_do_not_stand_in_the_way(clubs, propose, as_user):
    """A draft has the calligraphy club's future time: publishing takes it from the draft and says so before."""
    draft = make_club(clubs, "魔方", status="draft", instructor=clubs.duty_leader)
    other = {"term": clubs.term, "period": clubs.second, "instructor": clubs.duty_leader}
    ClubSlot.objects.create(club=draft, weekday=4, room=clubs.hall, **other)
    ClubSlot.objects.create(club=draft, weekday=5, room=clubs.hall, **other)
    proposal = propose(start="now")
    assert draft.pk not in load_facts(clubs.term).clubs
    place = Place(clubs.club.pk, 4, clubs.second.pk, clubs.hall.pk)
    edit_timetable(proposal=proposal, edit=putting(place, instead_of=(3, clubs.second.pk)), by=clubs.office.user)
    page = as_user(clubs.office).get(reverse("clubs:timetable_publish"))
    assert (page.context["drafts"], page.context["refused"]) == (["魔方"], 0)
    publish_timetable(proposal=proposal, by=clubs.office.user)
    assert list(draft.slots.values_list("weekday", flat=True)) == [5]


def test_a_lock_says_why(clubs, propose, as_user):
    take(clubs.club, clubs.child, clubs.mother.user)
    propose(start="now")
    page = as_user(clubs.office).get(reverse("clubs:timetable"))
    assert "已有学生在班" in page.content.decode()
    Club.objects.filter(pk=clubs.club.pk).update(taken=0, held=1)
    assert load_facts(clubs.term).clubs[clubs.club.pk].lock == "正为一名学生保留名额"


def test_what_must_fail_has_no_button(clubs, propose, as_user):
    """The calligraphy club's adult is given a care duty at its time after the proposal was made."""
    propose(start="now")
    CareDuty.objects.create(
        term=clubs.term,
        group=clubs.group,
        weekday=3,
        period=clubs.second,
        staff=clubs.club.instructor,
        starts_on=clubs.term.starts_on,
    )
    client = as_user(clubs.office)
    page = client.get(reverse("clubs:timetable"))
    assert (page.context["refused"], page.context["trouble"]) == (1, 3)
    assert "为什么还不能发布" in page.content.decode()
    assert f'href="{reverse("clubs:timetable")}?day=3#day-3"' in page.content.decode()
    assert "有问题要看" in page.content.decode()
    publish = client.get(reverse("clubs:timetable_publish")).content.decode()
    assert 'type="submit" class="btn btn-primary"' not in publish
    assert "同时排在两处" in publish


def test_when_all_is_pinned_the_page_says_what_could_still_be_moved(clubs, propose, as_user):
    proposal = edit(clubs, propose(start="now"), putting(Place(clubs.choir.pk, 5, clubs.second.pk, clubs.studio.pk)))
    page = as_user(clubs.office).get(reverse("clubs:timetable"))
    assert page.context["pinned"] == []
    take(clubs.club, clubs.child, clubs.mother.user)  # its days stay
    edit(clubs, proposal, pinning(clubs.choir.pk, (5, clubs.second.pk), pinned=True))
    page = as_user(clubs.office).get(reverse("clubs:timetable"))
    assert (page.context["pinned"], page.context["settled"]) == ([clubs.choir.name], 1)
    assert f"取消固定后还可以调整的有：{clubs.choir.name}" in page.content.decode()
