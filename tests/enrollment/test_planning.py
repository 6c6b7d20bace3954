"""The proposal of care groups, as arithmetic: invariants over generated schools, and the fewest groups by brute force."""

from hypothesis import given
from hypothesis import strategies as st

from enrollment.planning import EXACT, Child, ClassFacts, Rules, first_fit, pack, plan_groups
from tests.property import examples

FEW = examples(40, 1000)
sizes = st.lists(st.integers(1, 45), min_size=1, max_size=7)


@st.composite
def schools(draw):
    """(children, classes, rules): up to three grades of up to five classes, rooms of many sizes."""
    children, classes, rooms = [], {}, {}
    for grade in range(1, draw(st.integers(1, 3)) + 1):
        for number in range(1, draw(st.integers(1, 5)) + 1):
            pk = grade * 10 + number
            rooms[100 + pk] = draw(st.integers(20, 60))
            classes[pk] = ClassFacts(pk, grade, number, 100 + pk, (pk * 10, pk * 10 + 1))
            for n in range(draw(st.integers(1, 60))):
                special, family = draw(st.sampled_from([(False, 0), (False, 0), (True, 0), (False, 1)]))
                children.append(Child(pk * 100 + n, pk * 100 + n, pk, special=special, family=family and pk))
    return children, classes, Rules(draw(st.integers(20, 35)), draw(st.integers(35, 50)), 2, rooms)


def group_sizes(groups):
    return sorted(len(group.children) for group in groups)


@FEW
@given(schools())
def test_nobody_twice_nobody_forgotten_no_grade_crossed_capacity_kept(school):
    children, classes, rules = school
    groups = plan_groups(children, classes, rules)
    seated = [e for group in groups for e in group.children]
    assert sorted(seated) == sorted(child.enrolment for child in children)
    of = {child.enrolment: child.school_class for child in children}
    for group in groups:
        assert {classes[of[e]].grade for e in group.children} == {group.grade}
        if group.school_class:
            assert {of[e] for e in group.children} == {group.school_class}


@FEW
@given(schools())
def test_capacity_rooms_and_adults(school):
    children, classes, rules = school
    groups = plan_groups(children, classes, rules)
    rooms = [group.room for group in groups if group.room]
    adults = [person for group in groups for person in group.adults]
    assert len(set(rooms)) == len(rooms)
    assert len(set(adults)) == len(adults)
    for group in groups:
        assert len(group.children) <= rules.capacity
        assert group.room is None or rules.rooms[group.room] >= len(group.children)


@FEW
@given(schools())
def test_a_class_at_the_threshold_stays_on_its_own(school):
    children, classes, rules = school
    groups = plan_groups(children, classes, rules)
    for pk in classes:
        count = sum(child.school_class == pk for child in children)
        own = [group for group in groups if group.school_class == pk]
        limit = min(rules.capacity, max(rules.rooms.values()))
        assert bool(own) == (count >= rules.least or count > limit)


def fewest(counts, limit):
    """By trying every way to put classes together."""
    best = len(counts)

    def place(n, loads):
        nonlocal best
        if len(loads) >= best:
            return
        if n == len(counts):
            best = len(loads)
            return
        for place_in in range(len(loads)):
            if loads[place_in] + counts[n] <= limit:
                place(n + 1, [*loads[:place_in], loads[place_in] + counts[n], *loads[place_in + 1 :]])
        place(n + 1, [*loads, counts[n]])

    place(0, [])
    return best


@FEW
@given(sizes)
def test_no_way_to_merge_makes_fewer_groups(counts):
    classes = {pk: [Child(pk * 100 + n, 0, pk) for n in range(count)] for pk, count in enumerate(counts, start=1)}
    assert len(pack(classes, 45)) == fewest(sorted(counts, reverse=True), 45)


def test_first_fit_is_near_for_grades_with_very_many_classes():
    sizes = dict(enumerate([29, 16, 29, 16, 15, 15, 15, 22, 23] * 2))
    assert len(sizes) > EXACT
    assert sum(sizes.values()) / 45 <= len(first_fit(sizes, 45)) <= 9


def test_exactly_the_threshold_follows_the_setting():
    classes = {pk: ClassFacts(pk, 3, pk) for pk in (1, 2)}
    children = [Child(pk * 100 + n, 0, pk) for pk, count in ((1, 30), (2, 12)) for n in range(count)]
    assert group_sizes(plan_groups(children, classes, Rules(least=30))) == [12, 30]
    assert group_sizes(plan_groups(children, classes, Rules(least=31))) == [42]


def test_special_children_are_spread_and_families_stay_together():
    classes = {1: ClassFacts(1, 3, 1)}
    children = [Child(n, n, 1, special=n < 4, family=7 if n in (10, 11) else 0) for n in range(50)]
    halves = plan_groups(children, classes, Rules(least=30, capacity=45))
    assert group_sizes(halves) == [25, 25]
    assert [sum(e < 4 for e in group.children) for group in halves] == [2, 2]
    assert any({10, 11} <= set(group.children) for group in halves)


def test_own_teachers_and_own_rooms_first():
    classes = {
        1: ClassFacts(1, 3, 1, room=11, teachers=(5, 6)),
        2: ClassFacts(2, 3, 2, room=12, teachers=(6, 7)),
        3: ClassFacts(3, 3, 3, room=13, teachers=(8,)),
    }
    children = [Child(pk * 100 + n, 0, pk) for pk, count in ((1, 32), (2, 12), (3, 10)) for n in range(count)]
    own, merged = plan_groups(children, classes, Rules(rooms={11: 45, 12: 20, 13: 45}))
    assert (own.school_class, own.room, own.adults) == (1, 11, [5])
    assert (merged.school_class, merged.room, merged.adults) == (None, 13, [6, 7])
