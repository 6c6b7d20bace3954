"""The timetable as plain functions: what clashes, in which words, and what the solver makes of it. No database."""

import itertools
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bench._clubs_timetable import large_school
from clubs.timetabling.checking import FIRM, conflicts, learning_help
from clubs.timetabling.shapes import ClubFacts, Facts, OptionFacts, PeriodFacts, Place, RoomFacts, Week
from clubs.timetabling.solving import candidates, fixed_places, penalty, solve
from clubs.timetabling.wording import given_up, seats
from tests.property import examples

FIRST, SECOND, THIRD = 1, 2, 3
HALL, STUDIO = 1, 2
ZHOU, WU = 1, 2


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def club(pk, name="", **fields):
    defaults = {"grade_from": 3, "grade_to": 4, "capacity": 30, "room": HALL, "instructor": ZHOU}
    return ClubFacts(pk, name or f"社团{pk}", **defaults | fields)


def school(*clubs, **fields):
    facts = Facts(
        clubs={one.pk: one for one in clubs},
        rooms={HALL: RoomFacts(HALL, "体育馆", 60), STUDIO: RoomFacts(STUDIO, "舞蹈室", 30)},
        periods={
            FIRST: PeriodFacts(FIRST, 1, "第一节", learning=True),
            SECOND: PeriodFacts(SECOND, 2, "第二节"),
            THIRD: PeriodFacts(THIRD, 3, "第三节"),
        },
        staff={ZHOU: "周婷", WU: "吴海"},
    )
    return replace(facts, **fields)


def told(facts, *places):
    return [conflict.text for conflict in conflicts(Week(places), facts)]


CHESS, CHOIR = club(1, "象棋"), club(2, "合唱", instructor=WU, room=STUDIO)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"instructor": ZHOU}, "周婷此时在{}"),
        ({"assistant": ZHOU}, "周婷此时在{}"),
        ({"room": HALL}, "体育馆此时由{}使用"),
    ],
)
def test_nobody_and_no_room_is_in_two_places(other, sentence):
    chess, choir = CHESS, replace(CHOIR, **other)
    facts = school(chess, choir)
    at = [Place(1, 3, SECOND, HALL), Place(2, 3, SECOND, choir.room)]
    assert told(facts, *at) == [
        f"合唱 周三 第二节：{sentence.format('象棋')}。",
        f"象棋 周三 第二节：{sentence.format('合唱')}。",
    ]
    assert all(conflict.hard for conflict in conflicts(Week(at), facts))
    assert told(facts, at[0], replace(at[1], weekday=4)) == []
    assert told(facts, at[0], replace(at[1], period=THIRD)) == []


def test_required_clubs_of_the_same_children_exclude_each_other():
    at = [Place(1, 3, SECOND, HALL), Place(2, 3, SECOND, STUDIO)]
    assert told(school(replace(CHESS, required=True), CHOIR), *at) == []
    both = [replace(CHESS, required=True), replace(CHOIR, required=True, grade_from=4, grade_to=6)]
    assert told(school(*both), *at) == [
        "合唱 周三 第二节：同一批学生此时必修象棋。",
        "象棋 周三 第二节：同一批学生此时必修合唱。",
    ]
    assert told(school(both[0], replace(both[1], grade_from=5)), *at) == []
    of_classes = [replace(CHESS, required=True, school_class=1), replace(CHOIR, required=True, school_class=2)]
    assert told(school(*of_classes), *at) == []


def test_a_room_that_is_too_small_or_has_a_care_group_is_said():
    facts = school(replace(CHOIR, capacity=40))
    facts.rooms[STUDIO] = replace(facts.rooms[STUDIO], group="三(2)班课后服务班", group_class=7)
    assert told(facts, Place(2, 3, SECOND, STUDIO)) == [
        "合唱 周三 第二节：舞蹈室可容 30 人，社团名额 40 人。",
        "合唱 周三 第二节：三(2)班课后服务班此时在舞蹈室。",
    ]
    assert told(school(replace(CHOIR, school_class=7), rooms=facts.rooms), Place(2, 3, SECOND, STUDIO)) == []


def test_a_period_that_is_not_held_in_a_season_is_said():
    facts = school(CHESS, seasons={"summer": "夏令时间", "winter": "冬令时间"}, not_held={(THIRD, "winter", 4, 3)})
    assert told(facts, Place(1, 3, THIRD, HALL)) == ["象棋 周三 第三节：冬令时间 4年级不上第三节。"]
    assert told(facts, Place(1, 2, THIRD, HALL)) == []


def test_who_is_not_able_or_on_duty_is_said():
    facts = school(
        CHESS, CHOIR, unable={(ZHOU, 3, SECOND): "教研", (WU, 4, SECOND): ""}, duties={(ZHOU, 2, SECOND): "三(1)班"}
    )
    places = [Place(1, 3, SECOND, HALL), Place(2, 4, SECOND, STUDIO), Place(1, 2, SECOND, HALL)]
    assert told(facts, *places) == [
        "象棋 周二 第二节：周婷此时看护三(1)班。",
        "象棋 周三 第二节：周婷此时不行（教研）。",
        "合唱 周四 第二节：吴海此时不行。",
    ]
    hard = [conflict.hard for conflict in conflicts(Week(places), facts)]
    assert hard == [True, False, False]
    facts.duties_allowed = True
    assert [conflict.hard for conflict in conflicts(Week(places), facts)] == [False, False, False]


def test_learning_periods_are_for_homework_and_a_club_meets_once_a_day():
    facts = school(CHESS)
    assert told(facts, Place(1, 3, FIRST, HALL)) == ["象棋 周三 第一节：第一节是作业与阅读时间。"]
    assert told(facts, Place(1, 3, SECOND, HALL), Place(1, 3, THIRD, STUDIO)) == [
        "象棋 周三 第二节：它当天已有一次活动。",
        "象棋 周三 第三节：它当天已有一次活动。",
    ]


def test_children_are_looked_after_before_the_club():
    whole = OptionFacts("全程托管", frozenset({1, 2, 3}), frozenset({FIRST, SECOND, THIRD}), 1, 6)
    late = OptionFacts("延时托管", frozenset({3}), frozenset({FIRST, THIRD}), 1, 6)
    facts = school(CHESS, options=[whole, late])
    assert told(facts, Place(1, 3, SECOND, HALL)) == []
    assert told(facts, Place(1, 3, THIRD, HALL)) == ["象棋 周三 第三节：延时托管的学生在此前的第二节无人看护。"]
    assert told(facts, Place(1, 4, SECOND, HALL)) == ["象棋 周四 第二节：此时没有这些年级的托管。"]
    closed = {(SECOND, "summer", grade, 3) for grade in (3, 4)}
    assert told(school(CHESS, options=[late], not_held=closed), Place(1, 3, THIRD, HALL)) == []


def test_homework_help_is_one_period_a_day():
    option = OptionFacts("托管", frozenset({1, 2}), frozenset({FIRST, SECOND, THIRD}), 1, 2)
    facts = school(options=[option])
    assert learning_help(facts) == []
    facts.periods[THIRD] = replace(facts.periods[THIRD], learning=True)
    assert learning_help(facts) == [f"托管 周{day}：作业辅导 2 节；每天最多一节。" for day in "一二"]
    # On Tuesdays one of the two is held for nobody.
    facts.not_held = {(THIRD, "summer", grade, 2) for grade in (1, 2)}
    assert learning_help(facts) == ["托管 周一：作业辅导 2 节；每天最多一节。"]


def test_what_was_given_up_is_said_in_words():
    calligraphy = club(1, "硬笔书法", wished=frozenset({3}))
    facts = school(calligraphy, duties={(ZHOU, 3, period): "三(1)班课后服务班" for period in (SECOND, THIRD)})
    solution = solve(facts)
    (told_so,) = given_up(Week(solution.places), facts)
    day = "一二三四五"[solution.places[0].weekday - 1]
    assert told_so.text == f"硬笔书法没能排在希望的日子，改到周{day}：周三 周婷此时看护三(1)班课后服务班。"


def test_a_club_without_any_place_is_left_out_with_its_reasons():
    facts = school(
        CHESS, weekdays=(1, 2), unable={(ZHOU, 1, SECOND): "进修", (ZHOU, 1, THIRD): "进修"}, duties_allowed=False
    )
    facts.duties = {(ZHOU, 2, SECOND): "三(1)班", (ZHOU, 2, THIRD): "三(1)班"}
    solution = solve(facts)
    assert (solution.places, solution.status) == ([], "optimal")
    assert [one.text for one in given_up(Week(), facts)] == [
        "象棋没有排上：周一 周婷此时不行（进修）；周二 周婷此时看护三(1)班。"
    ]
    # The office lets it be put over a duty, and has it said.
    facts.duties_allowed = True
    (place,) = solve(facts).places
    assert place.weekday == 2
    assert told(facts, place) == [f"象棋 周二 {facts.periods[place.period].name}：周婷此时看护三(1)班。"]


def test_another_room_is_taken_rather_than_another_day():
    rivals = [
        club(1, "象棋", wished=frozenset({3})),
        club(2, "合唱", instructor=WU, rooms=(STUDIO,), wished=frozenset({3})),
    ]
    facts = school(*rivals, weekdays=(3,))
    del facts.periods[THIRD]
    solution = solve(facts)
    assert sorted((p.club, p.room) for p in solution.places) == [(1, HALL), (2, STUDIO)]
    assert [one.text for one in given_up(Week(solution.places), facts)] == [
        "合唱 周三在舞蹈室活动：体育馆此时由象棋使用。"
    ]


def test_seats_of_a_grade_lie_evenly_over_the_week():
    many = [club(pk, instructor=pk, room=pk, grade_from=3, grade_to=3, capacity=20) for pk in range(1, 11)]
    facts = school(
        *many, rooms={pk: RoomFacts(pk, f"{pk}", 40) for pk in range(1, 11)}, staff=dict.fromkeys(range(11), "")
    )
    assert seats(Week(solve(facts).places), facts) == [(3, [40, 40, 40, 40, 40])]


@pytest.mark.parametrize("capacity", [1, 20, 30, 31])
def test_the_seats_of_the_grades_are_the_places_of_the_club(capacity):
    one = club(1, grade_from=2, grade_to=4, capacity=capacity)
    assert sum(one.seats_of(grade) for grade in one.grades) == capacity


def test_what_is_pinned_or_settled_stays():
    settled = club(1, settled=True, wished=frozenset({1}), slots=(Place(1, 3, SECOND, HALL),))
    free = club(2, instructor=WU, room=HALL, wished=frozenset({3}))
    facts = school(settled, free, weekdays=(3, 4))
    pin = Place(2, 4, SECOND, HALL, pinned=True)
    assert set(solve(facts, [pin]).places) == {Place(1, 3, SECOND, HALL), pin}
    # Without the pin it goes to its wish, beside the settled club.
    assert {p.slot for p in solve(facts).places if p.club == 2} == {(3, THIRD)}


def test_the_same_school_gets_the_same_timetable():
    facts = large_school(20, seed=4)
    assert solve(facts).places == solve(facts).places


# --- against every timetable there is -------------------------------------------------------------------------------

PEOPLE, ROOMS, DAYS = (1, 2, 3), (1, 2), (1, 2, 3)
small_clubs = st.builds(
    lambda pk, grades, room, others, adults, times, wished, required, capacity: ClubFacts(
        pk,
        f"社团{pk}",
        min(grades),
        max(grades),
        capacity,
        room,
        adults[0],
        adults[1] if adults[1] != adults[0] else None,
        times,
        tuple(set(others) - {room}),
        frozenset(wished),
        required,
    ),
    pk=st.just(0),
    grades=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    room=st.sampled_from(ROOMS),
    others=st.lists(st.sampled_from(ROOMS), max_size=1),
    adults=st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
    times=st.integers(1, 2),
    wished=st.lists(st.sampled_from(DAYS), max_size=2),
    required=st.booleans(),
    capacity=st.sampled_from((10, 25, 45)),
)
busy = st.dictionaries(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(DAYS), st.just(2)), st.just("忙"), max_size=4)


@st.composite
def small_schools(draw):
    clubs = draw(st.lists(small_clubs, min_size=1, max_size=3))
    return Facts(
        clubs={n: replace(one, pk=n, name=f"社团{n}") for n, one in enumerate(clubs, start=1)},
        rooms={1: RoomFacts(1, "一", 30), 2: RoomFacts(2, "二", 20, group=draw(st.sampled_from(("", "托管班"))))},
        periods={1: PeriodFacts(1, 1, "第一节", learning=True), 2: PeriodFacts(2, 2, "第二节")},
        staff={pk: f"教师{pk}" for pk in PEOPLE},
        weekdays=DAYS,
        unable=draw(busy),
        duties=draw(busy),
        duties_allowed=draw(st.booleans()),
    )


def best_by_hand(facts):
    """The lowest price of all timetables without a firm clash, by trying each."""
    possible = list(candidates(facts, []))
    choices = []
    for one in facts.clubs.values():
        own = [place for place in possible if place.club == one.pk]
        sets = [c for n in range(one.times + 1) for c in itertools.combinations(own, n)]
        choices.append([c for c in sets if len({place.weekday for place in c}) == len(c)])
    prices = []
    for whole in itertools.product(*choices):
        places = [place for part in whole for place in part]
        if clean(places, facts):
            prices.append(penalty(places, [], facts))
    return min(prices)


def clean(places, facts):
    return not any(
        conflict.kind in FIRM and not (conflict.kind == "duty" and facts.duties_allowed)
        for conflict in conflicts(Week(places), facts)
    )


@examples(30, 600)
@given(small_schools())
def test_no_timetable_is_better_and_none_clashes(facts):
    with translation.override("en"):
        solution = solve(facts)
        assert clean(solution.places, facts)
        assert solution.status == "optimal"
        assert solution.objective == best_by_hand(facts) == round(solution.bound)
        given_up(Week(solution.places), facts)


def test_eighty_clubs_within_the_time():
    facts = large_school()
    solution = solve(facts)
    assert clean(solution.places, facts)
    assert len(solution.places) > 100
    assert solution.seconds < 60
    assert solution.objective <= 1.1 * solution.bound
    assert set(fixed_places(facts, [])) == set()
