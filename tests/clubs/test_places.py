"""Waiting lists and offers, moving and leaving, the trial, and places given by the office."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from clubs.models import ChoiceRound, Club, ClubSettings, Membership, Offer, Seat, Waiting, WaitingMove
from clubs.services import (
    ClubFull,
    accept_offer,
    change_club,
    close_ended_memberships,
    expire_offers,
    leave_club,
    move_in_line,
    place_child,
    refuse_offer,
    stop_waiting,
    wait_for,
)
from clubs.services.catalogue import cancel_club, propose_club, publish_club, return_club
from clubs.services.giving import finish, give_places, place_everybody
from clubs.services.joining import check_may_join
from clubs.services.offering import offer_places
from clubs.tasks import close_ended
from school.inbox import tasks_for
from school.models import Term
from tests.clubs.routes import make_club
from tests.clubs.test_services import race
from tests.conftest import TERM_START, TODAY, make_round, make_student, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(afternoon):
    """The club has one place, which 韩小雨 holds; 杨小帆 and 吴小舟 wait, in this order."""
    cast = afternoon
    Club.objects.update(capacity=1)
    cast.place = take(cast.club, cast.child, cast.mother.user)
    cast.club.refresh_from_db()
    cast.first = wait_for(club=cast.club, student=cast.other_child, by=cast.other_mother.user)
    cast.second_in_line = wait_for(club=cast.club, student=cast.teachers_child, by=cast.teacher_parent.user)
    return cast


def counts(cast):
    cast.club.refresh_from_db()
    return cast.club.taken, cast.club.held


def positions(cast):
    rows = Waiting.objects.in_line().with_position().filter(club=cast.club)
    return [(row.student.name, row.position) for row in rows]


def test_a_freed_place_is_kept_for_the_first_in_line(full):
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    offer = Offer.objects.get()
    assert (offer.waiting, counts(full)) == (full.first, (0, 1))
    assert offer.expires_at - offer.offered_at == dt.timedelta(hours=24)
    with pytest.raises(ClubFull):
        take(full.club, full.child, full.mother.user)
    accept_offer(offer=offer, by=full.other_mother.user)
    assert counts(full) == (1, 0)
    assert Membership.objects.get(student=full.other_child).how == "offered"
    with pytest.raises(ValidationError, match="这份递补通知已失效"):
        accept_offer(offer=offer, by=full.other_mother.user)


def test_refusing_passes_it_on(full):
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    assert [refuse_offer(offer=Offer.objects.get(waiting=full.first)) for _twice in range(2)] == [True, False]
    assert counts(full) == (0, 1)
    assert Offer.objects.open().get().waiting == full.second_in_line
    refuse_offer(offer=Offer.objects.open().get())
    assert counts(full) == (0, 0)


def test_refusing_is_undone_where_the_place_cannot_be_passed_on(full):
    """The counter already says that no place is kept, which the database does not let become less than nothing."""
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    Club.objects.filter(pk=full.club.pk).update(held=0)
    with pytest.raises(IntegrityError):
        refuse_offer(offer=Offer.objects.get())
    full.first.refresh_from_db()
    assert (Offer.objects.get().answer, full.first.state) == ("", "offered")


def test_an_offer_that_nobody_answers_goes_to_the_next(full):
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    assert expire_offers() == 0
    past = timezone.now() - dt.timedelta(minutes=1)
    Offer.objects.update(offered_at=past - dt.timedelta(hours=1), expires_at=past)
    assert expire_offers() == 1
    full.first.refresh_from_db()
    assert full.first.state == "expired"
    assert Offer.objects.open().get().waiting == full.second_in_line
    assert expire_offers() == 0


def test_who_stops_waiting_is_out_of_the_line(full):
    assert positions(full) == [("杨小帆", 1), ("吴小舟", 2)]
    stop_waiting(waiting=full.first, by=full.other_mother.user)
    assert positions(full) == [("吴小舟", 1)]
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    stop_waiting(waiting=full.second_in_line, by=full.teacher_parent.user)
    assert (counts(full), Offer.objects.get().answer) == ((0, 0), "refused")


def test_the_order_changes_only_with_a_reason(full):
    with pytest.raises(ValidationError, match="请写明更改次序的理由"):
        move_in_line(waiting=full.second_in_line, position=1, reason=" ", by=full.office.user)
    move_in_line(waiting=full.second_in_line, position=1, reason="搬运器材的志愿家庭", by=full.office.user)
    assert positions(full) == [("吴小舟", 1), ("杨小帆", 2)]
    move = WaitingMove.objects.get()
    assert (move.position_before, move.position_after, move.by) == (2, 1, full.office.user)
    for position in (2, 1, 2, 1):
        move_in_line(waiting=full.second_in_line, position=position, reason="更正", by=full.office.user)
    assert positions(full) == [("吴小舟", 1), ("杨小帆", 2)]


def number(line, orders):
    for waiting, order in zip(line, orders, strict=True):
        Waiting.objects.filter(pk=waiting.pk).update(order=order)


@pytest.fixture
def line(full):
    """Four wait for the club; in the catalogue there is another club beside it."""
    make_club(full, "围棋", 1)
    full.line = [full.first, full.second_in_line]
    for name in ("韩小石", "韩小冬"):
        friend = make_student(name, full.class_1, (full.mother, "母亲"))
        full.line.append(Waiting.objects.create(club=full.club, student=friend, order=0, asked_by=full.mother.user))
    number(full.line, range(1, 5))
    return full


@pytest.mark.parametrize("orders", [(1, 2, 3, 4), (10, 20, 30, 40), (7, 7, 7, 7), (-3, -2, -1, 0)])
def test_a_child_stands_where_it_was_put_and_the_others_keep_their_order(line, orders):
    """Whatever numbers the line has: those of a draw, those of the moments of asking, and equal ones."""
    for start in range(4):
        for position in range(1, 5):
            if position == start + 1:
                continue
            number(line.line, orders)
            moved = line.line[start]
            move_in_line(waiting=moved, position=position, reason="更正", by=line.office.user)
            wanted = [one for one in line.line if one != moved]
            wanted.insert(position - 1, moved)
            assert list(Waiting.objects.in_line().filter(club=line.club)) == wanted


def test_a_line_keeps_its_order_however_often_it_is_moved(line):
    wanted = list(line.line)
    for start, position in [(4, 1), (3, 2), (1, 4), (2, 3), (4, 2), (1, 3), (3, 1), (2, 4)] * 3:
        moved = wanted.pop(start - 1)
        wanted.insert(position - 1, moved)
        move_in_line(waiting=moved, position=position, reason="更正", by=line.office.user)
        assert list(Waiting.objects.in_line().filter(club=line.club)) == wanted


@pytest.mark.parametrize(("asked_for", "position"), [(0, 1), (-3, 1), (5, 4), (99, 4)])
def test_a_position_outside_the_line_is_its_nearest_end(line, asked_for, position):
    move = move_in_line(waiting=line.second_in_line, position=asked_for, reason="更正", by=line.office.user)
    assert (move.position_before, move.position_after) == (2, position)
    assert positions(line).index(("吴小舟", position)) == position - 1


def test_a_child_is_not_moved_to_where_it_stands(full):
    with pytest.raises(ValidationError) as refusal:
        move_in_line(waiting=full.second_in_line, position=2, reason="更正", by=full.office.user)
    assert refusal.value.messages == ["吴小舟 已经是第 2 位。"]
    assert not WaitingMove.objects.exists()


def test_who_is_no_longer_in_line_is_not_moved(line):
    stop_waiting(waiting=line.first, by=line.other_mother.user)
    with pytest.raises(ValidationError) as refusal:
        move_in_line(waiting=line.first, position=1, reason="更正", by=line.office.user)
    assert refusal.value.messages == ["杨小帆 已不在排队名单中。"]


def test_nobody_waits_where_there_is_room_or_twice(full):
    with pytest.raises(ValidationError, match="杨小帆"):
        wait_for(club=full.club, student=full.other_child, by=full.other_mother.user)
    with pytest.raises(ValidationError, match="韩小雨"):
        wait_for(club=full.club, student=full.child, by=full.mother.user)
    Club.objects.update(capacity=5)
    Waiting.objects.all().delete()
    with pytest.raises(ValidationError, match="还有空位"):
        wait_for(club=full.club, student=full.other_child, by=full.other_mother.user)


def test_who_no_longer_takes_part_is_passed_over(full):
    full.other_child.enrolments.update(weekdays=[1])
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    assert Offer.objects.get().waiting == full.second_in_line
    assert positions(full) == [("杨小帆", 1), ("吴小舟", 2)]


def test_leaving_later_keeps_the_place_until_then(full):
    tomorrow = TODAY + dt.timedelta(days=1)
    leave_club(membership=full.place, last_day=tomorrow, reason="搬家", by=full.office.user)
    assert counts(full) == (1, 0)
    Membership.objects.update(starts_on=TODAY - dt.timedelta(days=9), ends_on=TODAY - dt.timedelta(days=1))
    assert close_ended_memberships() == 1
    assert counts(full) == (0, 1)
    assert close_ended_memberships() == 0


def test_moving_gives_both_or_neither(full):
    other = make_club(full, "围棋", 1)
    Membership.objects.update(starts_on=TODAY - dt.timedelta(days=9))
    full.place.refresh_from_db()
    moved = change_club(membership=full.place, club=other, first_day=TODAY, reason="换一个", by=full.office.user)
    full.place.refresh_from_db()
    assert (moved.how, full.place.ends_on, full.place.end_reason) == ("moved", TODAY - dt.timedelta(days=1), "换一个")
    assert list(Seat.objects.filter(student=full.child).values_list("weekday", flat=True)) == [1]
    Club.objects.filter(pk=other.pk).update(taken=F("capacity"))
    second = Membership.objects.get(student=full.child, ends_on=None)
    with pytest.raises(ValidationError, match=r"\(开始参加之日\)以后的日期"):
        change_club(membership=second, club=full.club, first_day=TODAY, reason="回去", by=full.office.user)
    second.refresh_from_db()
    assert second.ends_on is None


def test_a_child_changes_clubs_from_tomorrow_on_and_not_later(full):
    other = make_club(full, "围棋", 1)
    tomorrow = TODAY + dt.timedelta(days=1)
    change = {"membership": full.place, "club": other, "reason": "换一个", "by": full.office.user}
    with pytest.raises(ValidationError, match="今天或明天"):
        change_club(**change, first_day=tomorrow + dt.timedelta(days=1))
    assert change_club(**change, first_day=tomorrow).starts_on == tomorrow
    full.place.refresh_from_db()
    assert full.place.ends_on == TODAY


def test_a_place_may_end_with_the_term(full):
    leave_club(membership=full.place, last_day=full.term.ends_on, by=full.office.user)
    full.place.refresh_from_db()
    assert (full.place.ends_on, counts(full)) == (full.term.ends_on, (1, 0))


def test_a_place_of_a_child_that_begins_next_week_is_kept(full):
    monday = TODAY + dt.timedelta(days=5)
    full.child.enrolments.update(starts_on=monday)
    Membership.objects.update(starts_on=monday)
    assert close_ended_memberships() == 0
    full.place.refresh_from_db()
    assert (full.place.ends_on, counts(full)) == (None, (1, 0))


def test_places_are_ended_and_their_seats_freed_together(full):
    """The counter already says that nobody is there, which the database does not let become less than nothing."""
    full.child.enrolments.update(ends_on=TODAY - dt.timedelta(days=1))
    Club.objects.filter(pk=full.club.pk).update(taken=0)
    with pytest.raises(IntegrityError):
        close_ended_memberships()
    full.place.refresh_from_db()
    assert (full.place.ends_on, Seat.objects.count()) == (None, 1)


def test_the_last_day_is_not_in_the_past(full):
    for day in (TODAY - dt.timedelta(days=2), dt.date(2030, 1, 1)):
        with pytest.raises(ValidationError, match="；已经过去的记录不能更改"):
            leave_club(membership=full.place, last_day=day, by=full.office.user)
    full.place.refresh_from_db()
    assert full.place.ends_on is None


def test_who_left_by_mistake_joins_again_the_same_day(afternoon):
    place = take(afternoon.club, afternoon.child, afternoon.mother.user)
    leave_club(membership=place, last_day=TODAY, by=afternoon.mother.user)
    again = take(afternoon.club, afternoon.child, afternoon.mother.user)
    assert again.pk != place.pk
    afternoon.club.refresh_from_db()
    assert afternoon.club.taken == 1


def test_an_offer_says_what_is_in_the_way(full, client):
    other = make_club(full, "围棋", 3, room=full.rooms[0])
    full.round.clubs.add(other)
    take(other, full.other_child, full.other_mother.user)
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    offer = Offer.objects.get()
    with pytest.raises(ValidationError, match="围棋"):
        accept_offer(offer=offer, by=full.other_mother.user)
    client.force_login(full.other_mother.user)
    assert "围棋" in client.get(f"/clubs/offers/{offer.secret}/").text
    client.post(f"/clubs/offers/{offer.secret}/", {"answer": "zz"})
    offer.refresh_from_db()
    assert offer.answer == ""


def test_the_office_places_a_child_and_takes_it_off_the_line(full):
    Club.objects.update(capacity=3)
    place_child(club=full.club, student=full.other_child, first_day=TODAY, how="placed", by=full.office.user)
    full.first.refresh_from_db()
    assert (full.first.state, counts(full)) == ("taken", (2, 0))


def test_nobody_is_placed_while_a_draw_waits(full):
    make_round(full, full.club, way="draw", state="drawn")
    with pytest.raises(ValidationError, match="的名额有一次抽签待发布"):
        place_child(club=full.club, student=full.other_child, first_day=TODAY, how="placed", by=full.office.user)


def test_the_trial_ends_after_a_week(full):
    assert full.place.trial_until == TODAY + dt.timedelta(days=6)
    ClubSettings.fresh()
    ClubSettings.objects.update(trial_days=0)
    other = make_club(full, "围棋", 1)
    full.round.clubs.add(other)
    assert take(other, full.child, full.mother.user).trial_until is None


def test_a_round_gives_a_child_no_more_than_it_says(full):
    ChoiceRound.objects.update(most_places=1)
    other = make_club(full, "围棋", 1)
    full.round.clubs.add(other)
    with pytest.raises(ValidationError, match="1"):
        take(other, full.child, full.mother.user)


def test_places_of_other_children_do_not_count_for_a_child(full):
    ChoiceRound.objects.update(most_places=1)
    other = make_club(full, "围棋", 1)
    full.round.clubs.add(other)
    assert check_may_join(other, full.other_child).student == full.other_child


def test_a_place_given_back_counts_no_longer_for_the_round(full):
    ChoiceRound.objects.update(most_places=1)
    other = make_club(full, "围棋", 1)
    full.round.clubs.add(other)
    with pytest.raises(ValidationError, match="1"):
        check_may_join(other, full.child)
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    assert check_may_join(other, full.child).student == full.child
    assert take(other, full.child, full.mother.user).club == other


def test_the_round_opens_to_the_second(full):
    other = make_club(full, "围棋", 1)
    now = timezone.now()
    one = make_round(full, other, opens_at=now + dt.timedelta(seconds=1))
    with pytest.raises(ValidationError, match="围棋"):
        take(other, full.child, full.mother.user)
    ChoiceRound.objects.filter(pk=one.pk).update(opens_at=now)
    assert take(other, full.child, full.mother.user).round == one


@pytest.mark.django_db(transaction=True)
def test_two_guardians_at_once_stay_within_the_places_of_a_round(afternoon):
    ChoiceRound.objects.update(most_places=1)
    other = make_club(afternoon, "围棋", 1)
    afternoon.round.clubs.add(other)
    results = race(
        [
            lambda: take(afternoon.club, afternoon.child, afternoon.mother.user),
            lambda: take(other, afternoon.child, afternoon.father.user),
        ]
    )
    assert sorted(type(r).__name__ for r in results) == ["Membership", "ValidationError"]


@pytest.mark.django_db(transaction=True)
def test_accepting_and_expiring_at_once_gives_one_of_them(afternoon):
    cast = afternoon
    Club.objects.update(capacity=1)
    cast.place = take(cast.club, cast.child, cast.mother.user)
    cast.club.refresh_from_db()
    wait_for(club=cast.club, student=cast.other_child, by=cast.other_mother.user)
    leave_club(membership=cast.place, last_day=TODAY, by=cast.mother.user)
    offer = Offer.objects.get()
    race([lambda: accept_offer(offer=offer, by=cast.other_mother.user), lambda: refuse_offer(offer=offer)])
    cast.club.refresh_from_db()
    assert cast.club.held == 0
    assert cast.club.taken == Membership.objects.filter(ends_on=None).count() == Seat.objects.count()


def test_a_club_called_off_frees_everybody(full):
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    refuse_offer(offer=Offer.objects.open().get())
    assert counts(full) == (0, 1)
    assert cancel_club(club=full.club, reason="教师调离", by=full.office.user) == 0
    assert (counts(full), Offer.objects.latest("pk").answer) == ((0, 0), "withdrawn")
    with pytest.raises(ValidationError, match="这份递补通知已失效"):
        accept_offer(offer=Offer.objects.latest("pk"), by=full.teacher_parent.user)


def test_who_is_in_a_club_called_off_is_in_its_care_group_again(full):
    assert cancel_club(club=full.club, reason="教师调离", by=full.office.user) == 1
    full.club.refresh_from_db()
    assert (full.club.status, full.club.taken, Seat.objects.count()) == ("cancelled", 0, 0)
    assert set(Waiting.objects.values_list("state", flat=True)) == {"left"}


def test_a_proposal_goes_to_the_office_and_back(afternoon):
    club = make_club(afternoon, "魔方", 1, status="draft", aim="")
    propose_club(club=club, by=afternoon.teacher.user)
    with pytest.raises(ValidationError, match="请写明需要修改什么"):
        return_club(club=club, opinion="", by=afternoon.office.user)
    return_club(club=club, opinion="请写内容", by=afternoon.office.user)
    assert (club.status, club.opinion) == ("draft", "请写内容")
    with pytest.raises(ValidationError, match="内容"):
        publish_club(club=club, by=afternoon.office.user)
    club.aim = "认识魔方"
    assert publish_club(club=club, by=afternoon.office.user).status == "published"


def test_what_waits_for_a_family(full):
    make_round(full, make_club(full, "围棋", 1), way="draw", name="抽签")
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    titles = {task.title for task in tasks_for(full.other_mother.user)}
    assert {"抽签", "硬笔书法 为您的孩子保留了一个名额"} <= titles


def test_a_required_club_takes_in_everybody_of_its_grades(afternoon):
    club = make_club(afternoon, "阳光体育", 1, part="required", grade_from=3)
    afternoon.teachers_child.enrolments.update(weekdays=[2])
    given = place_everybody(club=club, by=afternoon.office.user)
    assert given.places == 2
    assert ["吴小舟" in sentence for sentence in given.not_given] == [True]
    assert place_everybody(club=club, by=afternoon.office.user).places == 0
    with pytest.raises(ValidationError, match="不是目录中的必修社团"):
        place_everybody(club=afternoon.club, by=afternoon.office.user)


@pytest.fixture
def offered(full):
    """The place is kept for 杨小帆; 吴小舟 waits behind."""
    leave_club(membership=full.place, last_day=TODAY, by=full.mother.user)
    full.offer = Offer.objects.open().get()
    assert (full.offer.waiting, counts(full)) == (full.first, (0, 1))
    return full


def answered(cast):
    """(answer of the offer, state of who it was for, counters of the club)."""
    cast.offer.refresh_from_db()
    cast.first.refresh_from_db()
    return cast.offer.answer, cast.first.state, counts(cast)


def test_a_second_free_place_is_offered_to_the_second_in_line(offered):
    Club.objects.filter(pk=offered.club.pk).update(capacity=2)
    for _twice in range(2):
        offer_places(club_pk=offered.club.pk)
    assert [offer.waiting for offer in Offer.objects.order_by("pk")] == [offered.first, offered.second_in_line]
    assert counts(offered) == (0, 2)


def test_an_offer_ends_in_the_moment_that_it_names(offered, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: offered.offer.expires_at)
    with pytest.raises(ValidationError) as refusal:
        accept_offer(offer=offered.offer, by=offered.other_mother.user)
    assert refusal.value.messages == ["这份递补通知已失效：未按时答复"]
    assert answered(offered) == ("", "offered", (0, 1))


@pytest.mark.parametrize(("answer", "words"), [(accept_offer, "已接受"), (refuse_offer, "已放弃")])
def test_an_answered_offer_says_how_it_was_answered(offered, answer, words):
    by = {"by": offered.other_mother.user}
    answer(offer=offered.offer, **(by if answer is accept_offer else {}))
    with pytest.raises(ValidationError) as refusal:
        accept_offer(offer=offered.offer, **by)
    assert refusal.value.messages == [f"这份递补通知已失效：{words}"]


def wait_elsewhere(cast):
    """Another club, full as well: its place is kept for one child, and a second one waits behind it."""
    other = make_club(cast, "围棋", 1, capacity=1)
    holder = place_child(club=other, student=cast.child, first_day=TODAY, how="placed", by=cast.office.user)
    other.refresh_from_db()
    for student, guardian in ((cast.other_child, cast.other_mother), (cast.teachers_child, cast.teacher_parent)):
        wait_for(club=other, student=student, by=guardian.user)
    leave_club(membership=holder, last_day=TODAY, by=cast.office.user)
    return other


def lines(club):
    """(state of each who asked, answer of each offer, counters of the club)."""
    club.refresh_from_db()
    return (
        list(Waiting.objects.filter(club=club).values_list("student__name", "state")),
        list(Offer.objects.filter(club=club).values_list("answer", flat=True)),
        (club.taken, club.held),
    )


ELSEWHERE = ([("杨小帆", "offered"), ("吴小舟", "waiting")], [""], (0, 1))


def test_a_club_called_off_ends_its_own_line_only(offered):
    other = wait_elsewhere(offered)
    assert lines(other) == ELSEWHERE
    refuse_offer(offer=offered.offer)
    cancel_club(club=offered.club, reason="教师调离", by=offered.office.user)
    ended = [("杨小帆", "refused"), ("吴小舟", "left")]
    assert lines(offered.club) == (ended, ["withdrawn", "refused"], (0, 0))
    assert lines(other) == ELSEWHERE


def test_a_line_ends_with_its_own_last_child(offered):
    wait_elsewhere(offered)
    move = move_in_line(waiting=offered.first, position=9, reason="更正", by=offered.office.user)
    assert (move.position_before, move.position_after) == (1, 2)


def test_the_morning_ends_no_line_of_a_term_that_goes_on(offered):
    Term.objects.update(ends_on=TODAY)
    close_ended()
    assert answered(offered) == ("", "offered", (0, 1))
    assert positions(offered) == [("杨小帆", 1), ("吴小舟", 2)]


TAKEN = ("accepted", "taken", (1, 0))


def test_the_office_gives_the_place_that_is_offered_to_the_child(offered):
    place_child(club=offered.club, student=offered.other_child, first_day=TODAY, how="placed", by=offered.office.user)
    assert answered(offered) == TAKEN
    with pytest.raises(ValidationError, match="这份递补通知已失效"):
        accept_offer(offer=offered.offer, by=offered.other_mother.user)
    assert positions(offered) == [("吴小舟", 1)]


def test_the_place_that_is_offered_to_another_child_stays_kept(offered):
    with pytest.raises(ClubFull):
        place_child(club=offered.club, student=offered.child, first_day=TODAY, how="placed", by=offered.office.user)
    assert answered(offered) == ("", "offered", (0, 1))


def test_who_chooses_first_come_uses_the_place_that_is_kept_for_it(offered):
    take(offered.club, offered.other_child, offered.other_mother.user)
    assert answered(offered) == TAKEN
    assert positions(offered) == [("吴小舟", 1)]


def test_who_chooses_first_come_waits_no_longer(full):
    Club.objects.update(capacity=2)
    take(full.club, full.teachers_child, full.teacher_parent.user)
    assert (positions(full), counts(full)) == ([("杨小帆", 1)], (2, 0))


def test_who_moves_in_uses_the_place_that_is_kept_for_it(offered):
    other = make_club(offered, "围棋", 1)
    place = place_child(club=other, student=offered.other_child, first_day=TODAY, how="placed", by=offered.office.user)
    Membership.objects.filter(pk=place.pk).update(starts_on=TODAY - dt.timedelta(days=9))
    place.refresh_from_db()
    change_club(membership=place, club=offered.club, first_day=TODAY, reason="换", by=offered.office.user)
    assert answered(offered) == TAKEN


def test_a_draw_or_a_required_club_uses_places_that_are_kept(offered):
    Club.objects.filter(pk=offered.club.pk).update(capacity=2)
    wins = [(offered.child, offered.club.pk), (offered.other_child, offered.club.pk)]
    given = give_places(term=offered.term, wins=wins, how="drawn", by=offered.office.user)
    assert (given.places, given.not_given) == (2, [])
    assert answered(offered) == ("accepted", "taken", (2, 0))
    assert positions(offered) == [("吴小舟", 1)]


def test_what_a_draw_leaves_free_goes_to_who_waits(offered):
    """The winner uses the place that was kept for it: the one that it won goes to the next in line."""
    Club.objects.filter(pk=offered.club.pk).update(capacity=2)
    draw = make_round(offered, offered.club, way="draw", state="drawn")
    given = give_places(
        term=offered.term,
        wins=[(offered.other_child, offered.club.pk)],
        how="drawn",
        by=offered.office.user,
        round=draw,
    )
    finish(draw)
    assert (given.places, answered(offered)[:2], counts(offered)) == (1, ("accepted", "taken"), (1, 1))
    assert Offer.objects.open().get().waiting == offered.second_in_line


@pytest.mark.django_db(transaction=True)
def test_giving_the_offered_place_and_accepting_it_at_once_gives_one(afternoon):
    cast = afternoon
    Club.objects.update(capacity=1)
    cast.place = take(cast.club, cast.child, cast.mother.user)
    cast.club.refresh_from_db()
    cast.first = wait_for(club=cast.club, student=cast.other_child, by=cast.other_mother.user)
    leave_club(membership=cast.place, last_day=TODAY, by=cast.mother.user)
    cast.offer = Offer.objects.open().get()
    place = {"club": cast.club, "student": cast.other_child, "first_day": TODAY, "how": "placed"}
    results = race(
        [
            lambda: accept_offer(offer=cast.offer, by=cast.other_mother.user),
            lambda: place_child(**place, by=cast.office.user),
        ]
    )
    assert sorted(type(r).__name__ for r in results) == ["Membership", "ValidationError"]
    assert answered(cast) == TAKEN


def test_no_place_begins_after_the_last_day_of_who_stops(full):
    Club.objects.update(capacity=3)
    last = TODAY + dt.timedelta(days=2)
    full.other_child.enrolments.update(ends_on=last)
    place = {"club": full.club, "student": full.other_child, "how": "placed", "by": full.office.user}
    with pytest.raises(ValidationError, match="11月20日"):
        place_child(**place, first_day=last + dt.timedelta(days=1))
    assert counts(full) == (1, 0)
    assert place_child(**place, first_day=last).starts_on == last


def test_nobody_waits_for_a_club_of_a_term_that_is_over(offered):
    Term.objects.update(ends_on=TODAY - dt.timedelta(days=1))
    close_ended()
    assert set(Waiting.objects.values_list("state", flat=True)) == {"left"}
    assert answered(offered) == ("withdrawn", "left", (0, 0))
    with pytest.raises(ValidationError, match="没有参加课后服务，请先申请参加"):
        wait_for(club=offered.club, student=offered.child, by=offered.mother.user)


def test_a_place_freed_after_the_term_is_offered_to_nobody(full):
    yesterday = TODAY - dt.timedelta(days=1)
    Membership.objects.update(starts_on=TERM_START)
    Term.objects.update(ends_on=yesterday)
    full.child.enrolments.update(ends_on=yesterday)
    close_ended_memberships()
    assert not Offer.objects.exists()


def test_a_place_freed_on_the_last_day_of_the_term_is_offered(full):
    Term.objects.update(ends_on=TODAY)
    leave_club(membership=full.place, last_day=TODAY, by=full.office.user)
    assert Offer.objects.get().waiting == full.first
