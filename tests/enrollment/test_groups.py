"""Care groups by hand: the draft, its broken rules, undo, publication with the difference, transfers in mid-term."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from enrollment.models import (
    CareGroup,
    CareGroupMember,
    CareGroupRoom,
    GroupProposal,
    GroupPublication,
    ReviewStep,
    ServiceOption,
)
from enrollment.proposals import groups_in, load_facts, shortage
from enrollment.publications import differences
from enrollment.services import form_groups
from enrollment.services.duties import who_takes_turns
from enrollment.services.proposing import edit_proposal, housing, moving, propose_groups, undo_edit
from enrollment.services.publishing import move_child, publish_lists, publish_proposal
from school.models import ClassMembership, Period, SchoolSettings, Staff, Teaching
from tests.clubs.routes import make_club
from tests.conftest import TODAY, enrol, make_student, pdf_text, printed, records

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def three(cast, offer):
    """Three third-graders of two classes take part; class_1 has one, class_2 two."""
    cast.option = offer
    SchoolSettings.objects.update(adults_at_once=2)
    for student, guardian in (
        (cast.child, cast.mother),
        (cast.other_child, cast.other_mother),
        (cast.teachers_child, cast.teacher_parent),
    ):
        enrol(offer, student, guardian, cast.homeroom, cast.office)
    cast.of = {s.pk: s.enrolments.get().pk for s in (cast.child, cast.other_child, cast.teachers_child)}
    return cast


def propose(cast, day=TODAY, **kwargs):
    return propose_groups(term=cast.term, day=day, by=cast.office.user, **kwargs)


def move(cast, proposal, student, key):
    return edit_proposal(proposal=proposal, edit=moving([cast.of[student.pk]], key), by=cast.office.user)


def split(cast, day=TODAY):
    """A published proposal in which `child` has a group for itself."""
    proposal = move(cast, propose(cast, day), cast.child, "new")
    return publish_proposal(proposal=proposal, note="人数变化", by=cast.office.user)


def in_groups():
    rows = CareGroupMember.objects.on(TOMORROW).values_list("group__name", "student__name")
    return {name: group for group, name in rows}


def test_groups_for_a_service_that_begins_later_are_shown_printed_and_published_before(cast, offer, as_user):
    monday = TODAY + dt.timedelta(days=5)
    ServiceOption.objects.update(starts_on=monday)
    enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    form_groups(term=cast.term, day=monday, by=cast.office.user)
    group = CareGroup.objects.get()
    assert CareGroupMember.objects.get().starts_on == monday
    client = as_user(cast.office)
    assert [row.children for row in records(client.get(reverse("enrollment:group_list")))] == [1]
    assert len(client.get(reverse("enrollment:group_detail", args=[group.pk])).context["members"]) == 1
    assert "韩＊雨" in pdf_text(printed(client, client.get(reverse("enrollment:group_print"))))
    assert len(as_user(cast.mother).get(reverse("enrollment:group_mine")).context["rows"]) == 1
    assert len(records(as_user(cast.office).get(reverse("clubs:no_club")))) == 1


def test_a_proposal_changes_nothing_until_it_is_published(three):
    proposal = propose(three)
    assert [(g["grade"], len(g["children"])) for g in proposal.plan] == [(3, 3)]
    assert not CareGroup.objects.exists()
    made = publish_proposal(proposal=proposal, by=three.office.user)
    group = CareGroup.objects.get()
    assert (group.members.count(), group.room_on(TODAY) in three.rooms, made.number) == (3, True, 1)
    assert {row.staff for row in group.adults.all()} == {three.homeroom, three.teacher}
    assert {duty.staff for duty in group.duties.filter(weekday=1)} == {three.homeroom, three.teacher}
    assert ReviewStep.objects.filter(step="placement").count() == 3
    with pytest.raises(ValidationError, match="此方案已公示，请新建方案"):
        publish_proposal(proposal=proposal, by=three.office.user)


def test_the_same_groups_as_the_quick_path_makes(three):
    form_groups(term=three.term, day=TODAY, by=three.office.user)
    quick = in_groups()
    publish_proposal(proposal=propose(three), by=three.office.user)
    assert (in_groups(), CareGroup.objects.count()) == (quick, 1)
    assert CareGroupMember.objects.count() == 3


def test_moved_by_hand_and_undone(three):
    proposal = move(three, propose(three), three.child, "new")
    assert sorted(len(g["children"]) for g in proposal.plan) == [1, 2]
    proposal = undo_edit(proposal=proposal, by=three.office.user)
    assert [len(g["children"]) for g in proposal.plan] == [3]
    with pytest.raises(ValidationError, match="没有可以撤销的操作"):
        undo_edit(proposal=proposal, by=three.office.user)


def test_crossing_grades_is_refused(three):
    enrol(three.option, three.sibling, three.mother, three.homeroom, three.office)
    proposal = propose(three)
    first_grade = next(g["key"] for g in proposal.plan if g["grade"] == 1)
    with pytest.raises(ValidationError, match="编班不能跨年级"):
        move(three, proposal, three.child, first_grade)


def test_nobody_is_forgotten(three):
    proposal = propose(three)
    late = make_student("韩小晚", three.class_1, (three.mother, "母亲"))
    enrol(three.option, late, three.mother, three.homeroom, three.office)
    with pytest.raises(ValidationError, match="韩小晚"):
        publish_proposal(proposal=proposal, by=three.office.user)
    assert not CareGroup.objects.exists()


def test_two_groups_never_get_one_room(three):
    proposal = move(three, propose(three), three.child, "new")
    for group in proposal.plan:
        group["room"] = three.rooms[0].pk
    proposal.save()
    with pytest.raises(ValidationError, match="两个班都用了"):
        publish_proposal(proposal=proposal, by=three.office.user)
    assert not CareGroupMember.objects.exists()


def test_rooms_change_places_in_one_act(three):
    split(three)
    proposal = propose(three, TOMORROW, start="now")
    rooms = [three.rooms[1].pk, three.rooms[0].pk]
    for group, room in zip(proposal.plan, rooms, strict=True):
        group["room"] = room
    proposal.save()
    publish_proposal(proposal=proposal, by=three.office.user)
    assert set(CareGroupRoom.objects.on(TOMORROW).values_list("room", flat=True)) == set(rooms)


def test_old_places_are_closed_and_the_next_list_says_what_is_new(three):
    publish_proposal(proposal=propose(three), by=three.office.user)
    before = GroupPublication.objects.get()
    made = split(three, TOMORROW)
    places = list(CareGroupMember.objects.filter(student=three.child).order_by("starts_on"))
    assert [(p.ends_on == TODAY, p.reason) for p in places] == [(True, ""), (False, "人数变化")]
    assert CareGroupMember.objects.filter(student=three.other_child).count() == 1
    changes = {c.name: c for c in differences(before.snapshot, made.snapshot)}
    old, new = places[0].group.name, places[1].group.name
    assert changes[old].went == [(three.child.pk, "韩小雨", new)]
    assert (changes[new].is_new, changes[new].came) == (True, [(three.child.pk, "韩小雨", old)])


def test_an_unchanged_list_has_no_difference(three):
    split(three)
    again = publish_lists(term=three.term, day=TODAY, by=three.office.user)
    assert (again.number, differences(GroupPublication.objects.get(number=1).snapshot, again.snapshot)) == (2, [])


def test_a_transfer_is_dated_has_a_reason_and_stays_in_the_grade(three):
    split(three)
    target = CareGroupMember.objects.get(student=three.other_child).group
    kwargs = {"student": three.child, "group": target, "by": three.office.user}
    for day, reason in ((TOMORROW, " "), (TODAY - dt.timedelta(days=1), "换组")):
        with pytest.raises(ValidationError, match=r"请写明调班原因|调班最早从今天开始，已经过去的不改写"):
            move_child(day=day, reason=reason, **kwargs)
    place = move_child(day=TOMORROW, reason="与同学一起", **kwargs)
    assert (place.group, place.reason, place.starts_on) == (target, "与同学一起", TOMORROW)
    assert CareGroupMember.objects.on(TODAY).get(student=three.child).ends_on == TODAY
    assert ReviewStep.objects.filter(application__student=three.child, opinion__contains="与同学一起").exists()
    target.grade = 4
    with pytest.raises(ValidationError, match="编班不能跨年级"):
        move_child(day=TOMORROW, reason="换组", **kwargs | {"group": target})


def test_a_room_where_a_club_meets_is_told_on_the_board(three, as_user):
    three.second = Period.objects.last()
    club = make_club(three, "围棋", 3, room=three.rooms[1])
    proposal = propose(three)
    key = proposal.plan[0]["key"]
    edit_proposal(proposal=proposal, edit=housing(key, club.room.pk), by=three.office.user)
    column = as_user(three.office).get(reverse("enrollment:group_board")).context["columns"][0]
    assert "该教室另有社团活动：围棋。" in column["problems"]
    club.slots.all().delete()
    column = as_user(three.office).get(reverse("enrollment:group_board")).context["columns"][0]
    assert column["problems"] == []


def test_who_teaches_takes_turns_whether_a_subject_stands_with_the_name_or_not(three):
    Staff.objects.update(subject=None)
    proposal = propose(three)
    facts = load_facts(three.term, TODAY)
    # The homeroom teacher and the maths teacher, by what they teach.
    assert set(who_takes_turns(three.term)) == {three.homeroom, three.teacher}
    assert shortage(three.term, groups_in(proposal, facts), facts) == ""
    Teaching.objects.all().delete()
    assert "本校轮值教师共 0 名" in shortage(three.term, groups_in(proposal, facts), facts)


def test_the_office_works_on_the_board(three, as_user):
    client = as_user(three.office)
    client.post(reverse("enrollment:group_propose"), {"day": TOMORROW, "start": "rule"})
    board = reverse("enrollment:group_board")
    column = client.get(board).context["columns"][0]
    assert column["problems"] == []
    edit = reverse("enrollment:group_edit")
    facts = {"action": "move", "child": f"{three.of[three.child.pk]}", "to": "new", "grade": 3}
    answer = client.post(edit, facts, headers={"HX-Request": "true"})
    assert [len(c["group"].children) for c in answer.context["columns"]] == [2, 1]
    new = answer.context["columns"][1]
    assert len(new["problems"]) == 3  # no room, no adults, could be merged
    key = new["group"].key
    room = {"action": "room", "group": key, "room": column["group"].room, "grade": 3}
    doubled = client.post(edit, room, headers={"HX-Request": "true"}).context["columns"]
    assert len(set(doubled[0]["problems"]) & set(doubled[1]["problems"])) == 1
    assert client.post(edit, facts | {"to": "nowhere"}, headers={"HX-Request": "true"}).status_code == 422
    adults = {"action": "adults", "group": key, "adult": [three.homeroom.pk], "grade": 3}
    assert client.post(edit, adults).status_code == 302
    assert client.post(edit, {"action": "undo", "grade": 3}).status_code == 302
    assert GroupProposal.objects.get().plan[1]["adults"] == []
    assert as_user(three.homeroom).get(board).status_code == 403


@pytest.mark.parametrize("day", ["2026-11-17", "2027-06-01", "x"])
def test_a_proposal_needs_a_day_of_the_term_to_come(three, as_user, day):
    as_user(three.office).post(reverse("enrollment:group_propose"), {"day": day, "start": "rule"})
    assert not GroupProposal.objects.exists()


def test_publishing_and_printing(three, as_user):
    SchoolSettings.objects.update(list_names="masked")
    client = as_user(three.office)
    propose(three)
    answer = client.post(reverse("enrollment:group_publish"), {"note": ""})
    made = GroupPublication.objects.get()
    assert answer.url == reverse("enrollment:group_changes", args=[made.pk])
    split(three, TOMORROW)
    page = client.get(reverse("enrollment:group_changes", args=[made.pk + 1]))
    assert len(page.context["changes"]) == 2
    group = CareGroupMember.objects.filter(student=three.child).earliest("starts_on").group_id
    prints = [
        client.get(reverse("enrollment:group_changes", args=[made.pk + 1]), {"print": 1}),
        client.get(reverse("enrollment:group_print")),
        client.get(reverse("enrollment:group_print"), {"grade": 3}),
        client.get(reverse("enrollment:group_detail", args=[group]), {"print": 1}),
        client.get(reverse("enrollment:group_detail", args=[group]), {"print": "roll"}),
    ]
    texts = [pdf_text(printed(client, answer)) for answer in prints]
    # Walls show names as the school decides; the adult in the room needs them in full.
    assert ["韩＊雨" in text for text in texts[1:]] == [True, True, True, False]
    assert ["韩小雨" in text for text in texts[1:]] == [False, False, False, True]
    assert client.get(reverse("enrollment:group_print"), {"grade": 1}).status_code == 404


def test_families_and_homeroom_teachers_see_the_group_of_their_children(three, as_user):
    publish_proposal(proposal=propose(three), by=three.office.user)
    url = reverse("enrollment:group_mine")
    for who in (three.mother, three.homeroom):
        assert [row.student.name for row, _room, _adults in as_user(who).get(url).context["rows"]] == ["韩小雨"]
    assert as_user(three.office).get(url).status_code == 403


def test_a_change_of_class_shows_where_the_group_no_longer_fits(three, as_user):
    publish_proposal(proposal=propose(three), by=three.office.user)
    client = as_user(three.office)
    assert client.get(reverse("enrollment:group_list")).context["out_of_place"] == []
    ClassMembership.objects.filter(student=three.child).update(school_class=three.first_grade)
    found = client.get(reverse("enrollment:group_list")).context["out_of_place"]
    assert [place.student for place in found] == [three.child]
    url = reverse("enrollment:group_move", args=[found[0].pk])
    assert "一年级没有其他看护小组" in client.get(url, follow=True).text
    CareGroup.objects.create(term=three.term, name="一年级1组", grade=1)
    assert client.get(url).status_code == 200
    assert client.post(url, {"group": "", "day": TOMORROW, "reason": "转班"}).status_code == 200


def test_an_approved_child_that_begins_later_is_named_until_it_has_a_group(cast, offer, as_user):
    monday = TODAY + dt.timedelta(days=5)
    enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office, starts_on=monday)
    client = as_user(cast.office)
    url = reverse("enrollment:group_list")
    assert "韩小雨</a>(11月23日 周一 起)" in client.get(url).content.decode()
    client.post(reverse("enrollment:group_form"))
    assert cast.child.group_places.get().starts_on == monday
    page = client.get(url)
    assert (page.context["waiting"], list(page.context["waiting_first"])) == (0, [])
