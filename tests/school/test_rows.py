"""Pages that edit single rows: rooms, periods, staff, posts, papers, guardians, groups, children."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.urls import reverse

from enrollment.merging import ServiceTimes
from enrollment.models import CareGroupMember
from school.models import (
    AccessLog,
    ClassMembership,
    Credential,
    Guardian,
    Guardianship,
    Period,
    PeriodTime,
    Post,
    Room,
    SchoolClass,
    SpecialGroup,
    Staff,
    Student,
    Subject,
    Teaching,
)
from tests.conftest import TODAY, records

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


def post(client, name, data, *args):
    return client.post(reverse(name, args=args), data)


def errors_of(answer):
    assert answer.status_code == 200
    return set(answer.context["form"].errors)


def test_a_room_is_added_and_changed(cast, as_user):
    client = as_user(cast.office)
    assert post(client, "school:room_add", {"name": "舞蹈室", "kind": "special", "capacity": 30}).status_code == 302
    room = Room.objects.get(name="舞蹈室")
    post(client, "school:room_edit", {"name": "舞蹈室", "kind": "special", "capacity": 40}, room.pk)
    room.refresh_from_db()
    assert room.capacity == 40
    assert errors_of(post(client, "school:room_add", {"name": "舞蹈室", "kind": "special", "capacity": -1})) == {
        "name",
        "capacity",
    }


def test_a_class_stands_once(cast, as_user):
    client = as_user(cast.office)
    assert post(client, "school:class_add", {"entry_year": 2024, "number": 3}).status_code == 302
    assert errors_of(post(client, "school:class_add", {"entry_year": 2024, "number": 3})) == {"__all__"}
    assert SchoolClass.objects.filter(entry_year=2024).count() == 3


def test_a_subject(cast, as_user):
    client = as_user(cast.office)
    assert post(client, "school:subject_add", {"name": "书法", "order": 130}).status_code == 302
    assert errors_of(post(client, "school:subject_add", {"name": "书法", "order": 130})) == {"name"}
    assert Subject.objects.filter(name="书法").count() == 1


TIMES = {"summer_starts": "17:45", "summer_ends": "18:15", "winter_starts": "17:30", "winter_ends": "18:00"}


def test_a_period_has_times_in_both_seasons(cast, as_user):
    client = as_user(cast.office)
    third = {"number": 3, "name": "第三节", "kind": "activity"}
    assert post(client, "school:period_add", third | TIMES).status_code == 302
    period = Period.objects.get(number=3)
    assert [str(t) for t in period.period_times.order_by("season")] == ["17:45–18:15", "17:30–18:00"]
    post(client, "school:period_edit", third | TIMES | {"winter_ends": "18:10"}, period.pk)
    assert str(PeriodTime.objects.get(period=period, season="winter")) == "17:30–18:10"
    wrong = third | TIMES | {"summer_ends": "17:00"}
    assert errors_of(post(client, "school:period_edit", wrong, period.pk)) == {"summer_ends"}


def exceptions(*rows, known=()):
    """What the page posts of exceptions: (season, weekday, grade_from, grade_to, starts, ends)."""
    names = ("season", "weekday", "grade_from", "grade_to", "starts_at", "ends_at")
    posted = {"exceptions-TOTAL_FORMS": len(rows), "exceptions-INITIAL_FORMS": len(known)}
    for n, row in enumerate(rows):
        posted |= {f"exceptions-{n}-{name}": value for name, value in zip(names, row, strict=True)}
    return posted | {f"exceptions-{n}-id": pk for n, pk in enumerate(known)}


def test_a_season_without_times_is_one_in_which_the_period_is_not_held(cast, as_user):
    client = as_user(cast.office)
    third = {"number": 3, "name": "第三节", "kind": "activity"}
    only_summer = third | TIMES | {"winter_starts": "", "winter_ends": ""}
    assert post(client, "school:period_add", only_summer).status_code == 302
    period = Period.objects.get(number=3)
    assert (str(period.times("summer", TODAY)), period.times("winter", TODAY)) == ("17:45–18:15", None)
    half = only_summer | {"winter_starts": "17:30"}
    assert errors_of(post(client, "school:period_edit", half, period.pk)) == {"winter_ends"}
    assert client.get(reverse("school:period_list")).status_code == 200


def test_the_most_specific_times_win(cast, as_user):
    client = as_user(cast.office)
    second = Period.objects.get(number=2)
    base = {"number": 2, "name": second.name, "kind": second.kind} | TIMES
    rows = [
        ("summer", "", 1, 2, "16:00", "16:40"),
        ("summer", 5, "", "", "16:10", "16:50"),
        ("summer", 5, 1, 1, "15:50", "16:30"),
    ]
    assert post(client, "school:period_edit", base | exceptions(*rows), second.pk).status_code == 302
    second = Period.objects.prefetch_related("period_times").get(pk=second.pk)
    shown = {
        who: str(second.times("summer", TODAY, grade=who[0], weekday=who[1]))
        for who in ((None, None), (3, 1), (2, 1), (2, 5), (1, 5))
    }
    assert shown == {
        (None, None): "17:45–18:15",
        (3, 1): "17:45–18:15",
        (2, 1): "16:00–16:40",
        (2, 5): "16:10–16:50",
        (1, 5): "15:50–16:30",
    }
    # Who posts nothing of exceptions leaves them; who ticks one takes it away.
    post(client, "school:period_edit", base, second.pk)
    known = list(PeriodTime.objects.exceptions().order_by("pk").values_list("pk", flat=True))
    gone = base | exceptions(*rows, known=known) | {"exceptions-0-DELETE": "on"}
    post(client, "school:period_edit", gone, second.pk)
    assert PeriodTime.objects.exceptions().count() == 2
    page = client.get(reverse("school:period_list"))
    assert [w.split(":")[0].split("：")[0] for w in page.context["warnings"]] == [
        "夏令时间 · 星期五 · 1年级",
        "夏令时间 · 星期五",
    ]


def test_new_times_begin_on_a_day_and_earlier_days_keep_theirs(cast, as_user):
    client, day = as_user(cast.office), dt.timedelta(days=1)
    second = Period.objects.get(number=2)
    base = {"number": 2, "name": second.name, "kind": second.kind} | TIMES
    friday = ("summer", 5, "", "", "16:10", "16:50")
    post(client, "school:period_edit", base | exceptions(friday), second.pk)
    form = client.get(reverse("school:period_edit", args=[second.pk])).context["form"]
    assert form.fields["from_day"].initial == TODAY

    def shown(day):
        period = Period.objects.prefetch_related("period_times").get(pk=second.pk)
        return [str(period.times(season, day)) for season in ("summer", "winter")]

    later = TODAY + 7 * day
    post(client, "school:period_edit", base | {"summer_ends": "18:30", "from_day": later.isoformat()}, second.pk)
    assert [shown(d) for d in (later - day, later)] == [["17:45–18:15", "17:30–18:00"], ["17:45–18:30", "17:30–18:00"]]
    listed = client.get(reverse("school:period_list")).content.decode()
    assert "17:45–18:15" in listed and "11-25起" in listed
    # What is planned already is shown again, and can begin earlier instead; the rest goes on untouched.
    form = client.get(reverse("school:period_edit", args=[second.pk])).context["form"]
    assert (form.fields["from_day"].initial, form["summer_ends"].initial) == (later, dt.time(18, 30))
    post(client, "school:period_edit", base | {"summer_ends": "18:30", "from_day": TODAY.isoformat()}, second.pk)
    assert [shown(d)[0] for d in (TODAY - day, TODAY, later)] == ["17:45–18:15", "17:45–18:30", "17:45–18:30"]
    kept = PeriodTime.objects.filter(period=second).exclude(season="summer", weekday=None)
    assert set(kept.values_list("starts_on", "ends_on")) == {(None, None)}
    # Without a day it was always so.
    post(client, "school:period_edit", base | {"summer_ends": "18:20", "from_day": ""}, second.pk)
    assert [shown(d)[0] for d in (TODAY - day, later)] == ["17:45–18:20", "17:45–18:20"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2036-11-18", "2026-02-30", "²"])
def test_a_day_that_is_a_slip_of_the_hand_is_asked_about(afternoon, as_user, day):
    client = as_user(afternoon.office)
    second = Period.objects.get(number=2)
    base = {"number": 2, "name": second.name, "kind": second.kind} | TIMES
    assert errors_of(post(client, "school:period_edit", base | {"from_day": day}, second.pk)) == {"from_day"}
    for name, pk in (("school:staff_detail", afternoon.gate.pk), ("school:student_leave", afternoon.child.pk)):
        page = client.post(reverse(name, args=[pk]), {"last_day": day})
        assert (page.status_code, "last_day" in page.context["form"].errors) == (200, True)
    family = as_user(afternoon.mother)
    proxy = {"name": "邻居", "relation": "邻居", "phone": "19900000555", "starts_on": day}
    assert (
        "starts_on"
        in family.post(reverse("safety:proxy_name", args=[afternoon.child.pk]), proxy).context["form"].errors
    )
    leave = family.post(reverse("safety:leave_ask", args=[afternoon.child.pk]), {"day": day})
    assert "day" in leave.context["form"].errors


@pytest.mark.parametrize(
    "row",
    [
        ("summer", "", "", "", "16:00", "16:40"),
        ("summer", 5, 3, 2, "16:00", "16:40"),
        ("summer", 5, 3, "", "16:00", "16:40"),
        ("summer", 5, "", "", "16:40", "16:00"),
        ("", 5, "", "", "16:00", "16:40"),
    ],
)
def test_an_exception_that_makes_no_sense_stays_on_the_page(cast, as_user, row):
    client = as_user(cast.office)
    second = Period.objects.get(number=2)
    base = {"number": 2, "name": second.name, "kind": second.kind} | TIMES
    page = post(client, "school:period_edit", base | exceptions(row), second.pk)
    assert (page.status_code, PeriodTime.objects.exceptions().count()) == (200, 0)
    assert page.context["form"].exceptions.total_error_count() == 1


def test_times_of_other_grades_and_days_do_not_stand_in_an_agreement(offer):
    second = Period.objects.get(number=2)
    days = range(1, 6)
    general = ServiceTimes(offer).words(3, days)
    late = {"season": "summer", "starts_at": dt.time(18), "ends_at": dt.time(19)}
    PeriodTime.objects.create(period=second, weekday=6, **late)
    PeriodTime.objects.create(period=second, grade_from=7, grade_to=9, **late)
    assert ServiceTimes(offer).words(3, days) == general
    PeriodTime.objects.create(period=second, weekday=5, **late)
    assert ServiceTimes(offer).words(3, [5]) == "夏季15:45–19:00；冬季15:40–17:30"
    assert ServiceTimes(offer).words(3, range(1, 5)) == general


def test_two_exceptions_never_speak_of_the_same_grade(cast, as_user):
    client = as_user(cast.office)
    second = Period.objects.get(number=2)
    base = {"number": 2, "name": second.name, "kind": second.kind} | TIMES
    rows = [("summer", 5, 1, 3, "16:00", "16:40"), ("summer", 5, 3, 4, "16:10", "16:40")]
    page = post(client, "school:period_edit", base | exceptions(*rows), second.pk)
    assert (page.status_code, PeriodTime.objects.exceptions().count()) == (200, 0)
    with pytest.raises(IntegrityError):
        PeriodTime.objects.create(period=second, season="summer", grade_from=1, starts_at="16:00", ends_at="16:40")


def test_an_end_that_is_too_early_says_so(cast, as_user):
    client = as_user(cast.office)
    assert client.get(reverse("school:period_list")).context["warnings"] == []
    PeriodTime.objects.filter(season="winter", period__number=2).update(ends_at=dt.time(17, 0))
    (warning,) = client.get(reverse("school:period_list")).context["warnings"]
    assert "17:00" in warning
    assert "17:30" in warning


def test_teaching_begins_and_ends(cast, as_user):
    client = as_user(cast.academic)
    row = {"school_class": cast.class_2.pk, "subject": cast.maths.pk, "staff": cast.teacher.pk, "starts_on": TODAY}
    assert post(client, "school:teaching_add", row).status_code == 302
    assert errors_of(post(client, "school:teaching_add", row)) == {"__all__"}
    teaching = Teaching.objects.get(school_class=cast.class_2)
    page = client.get(reverse("school:teaching_list"), {"school_class": cast.class_2.pk})
    assert records(page) == [teaching]
    assert errors_of(post(client, "school:teaching_end", {"ends_on": YESTERDAY}, teaching.pk)) == {"ends_on"}
    post(client, "school:teaching_end", {"ends_on": TODAY}, teaching.pk)
    teaching.refresh_from_db()
    assert teaching.ends_on == TODAY


VOLUNTEER = {"number": "V001", "name": "林志", "sex": 0, "phone": "199-0000-0555", "kind": "volunteer"}


def test_a_volunteer_is_added(cast, as_user):
    client = as_user(cast.office)
    assert post(client, "school:staff_add", VOLUNTEER).status_code == 302
    assert Staff.objects.get(number="V001").phone == "19900000555"
    assert errors_of(post(client, "school:staff_add", VOLUNTEER | {"phone": "12"})) == {"number", "phone"}


def test_a_new_phone_of_a_teacher_who_is_a_parent_changes_both(cast, as_user):
    client = as_user(cast.office)
    row = {"number": "T002", "name": "吴海", "sex": 1, "phone": "19900000666", "kind": "employee"}
    assert post(client, "school:staff_edit", row, cast.teacher.pk).status_code == 302
    cast.teacher_parent.refresh_from_db()
    cast.teacher.user.refresh_from_db()
    assert (cast.teacher_parent.phone, cast.teacher.user.phone, cast.teacher.user.username) == (
        "19900000666",
        "19900000666",
        "T002",
    )


def test_the_phone_of_another_login_is_refused(cast, as_user):
    row = {"number": "T002", "name": "吴海", "sex": 1, "phone": cast.mother.phone, "kind": "employee"}
    assert errors_of(post(as_user(cast.office), "school:staff_edit", row, cast.teacher.pk)) == {"__all__"}
    cast.teacher.refresh_from_db()
    assert cast.teacher.phone != cast.mother.phone


def test_a_post_gives_a_role_and_its_end_takes_it(cast, as_user):
    client = as_user(cast.office)
    row = {"role": "grade_head", "grade": 3, "starts_on": TODAY}
    assert post(client, "school:post_add", row, cast.teacher.pk).status_code == 302
    given = Post.objects.get(role="grade_head")
    assert cast.teacher.user.__class__.objects.get(pk=cast.teacher.user.pk).has_role("grade_head")
    post(client, "school:post_end", {"ends_on": TODAY}, given.pk)
    given.refresh_from_db()
    assert given.ends_on == TODAY


@pytest.mark.parametrize(
    "row",
    [
        {"role": "homeroom_teacher"},
        {"role": "grade_head"},
        {"role": "principal", "grade": 3},
        {"role": "guardian"},
        {"role": ""},
    ],
)
def test_a_post_fits_its_role(row, cast, as_user):
    answer = post(as_user(cast.office), "school:post_add", row | {"starts_on": TODAY}, cast.teacher.pk)
    assert errors_of(answer) in ({"__all__"}, {"role"})
    assert not Post.objects.filter(staff=cast.teacher).exists()


def test_a_class_has_one_homeroom_teacher(cast, as_user):
    row = {"role": "homeroom_teacher", "school_class": cast.class_1.pk, "starts_on": TODAY}
    answer = post(as_user(cast.office), "school:post_add", row, cast.teacher.pk)
    assert "周婷" in str(answer.context["form"].errors["school_class"])


def test_the_same_post_stands_once(cast, as_user):
    client = as_user(cast.office)
    row = {"role": "gate", "starts_on": TODAY}
    post(client, "school:post_add", row, cast.teacher.pk)
    assert errors_of(post(client, "school:post_add", row, cast.teacher.pk)) == {"__all__"}


def test_the_last_of_the_office_stays(cast, as_user):
    own = Post.objects.get(role="service_office")
    assert errors_of(post(as_user(cast.office), "school:post_end", {"ends_on": TODAY}, own.pk)) == {"ends_on"}


def test_papers_with_their_validity(cast, as_user):
    client = as_user(cast.office)
    for days, number in ((-1, "A"), (20, "B"), (200, "C")):
        row = {
            "kind": "record_check",
            "number": number,
            "starts_on": "2026-01-01",
            "ends_on": TODAY + dt.timedelta(days),
        }
        assert post(client, "school:credential_add", row, cast.teacher.pk).status_code == 302
    page = client.get(reverse("school:credential_list"))
    assert [(paper.number, paper.state) for paper in records(page)] == [
        ("A", "expired"),
        ("B", "soon"),
        ("C", "valid"),
    ]
    assert [tab.count for tab in page.context["tabs"]] == [3, 1, 1]
    wrong = {"kind": "record_check", "starts_on": TODAY, "ends_on": YESTERDAY}
    paper = Credential.objects.get(number="A")
    assert errors_of(post(client, "school:credential_edit", wrong, paper.pk)) == {"__all__"}


NEW_AUNT = {"name": "沈星", "phone": "19900000888", "relation": "姨母"}


def test_a_guardian_is_added(cast, as_user):
    assert post(as_user(cast.office), "school:guardianship_add", NEW_AUNT, cast.child.pk).status_code == 302
    added = Guardianship.objects.get(guardian__name="沈星")
    assert (added.student, added.order, added.barred, added.guardian.contact_only) == (cast.child, 4, False, False)


def test_a_phone_known_under_another_name_is_a_contact(cast, as_user):
    post(as_user(cast.office), "school:guardianship_add", NEW_AUNT | {"phone": cast.father.phone}, cast.child.pk)
    assert Guardian.objects.get(name="沈星").contact_only is True


def test_the_same_adult_twice_is_refused(cast, as_user):
    row = {"name": "沈月", "phone": cast.mother.phone, "relation": "母亲"}
    assert errors_of(post(as_user(cast.office), "school:guardianship_add", row, cast.child.pk)) == {"__all__"}


def test_barring_needs_its_document(cast, as_user):
    client = as_user(cast.office)
    assert errors_of(post(client, "school:guardianship_add", NEW_AUNT | {"barred": "on"}, cast.child.pk)) == {
        "barred_note"
    }
    own = Guardianship.objects.get(student=cast.child, guardian=cast.father)
    row = {"relation": "父亲", "order": 2, "barred": "on", "barred_note": ""}
    assert errors_of(post(client, "school:guardianship_edit", row, own.pk)) == {"__all__"}
    assert Student.objects.visible_to(cast.father.user).filter(pk=cast.child.pk).exists()
    post(client, "school:guardianship_edit", row | {"barred_note": "人身安全保护令 2026-3"}, own.pk)
    assert not Student.objects.visible_to(cast.father.user).filter(pk=cast.child.pk).exists()


def test_a_guardian_with_a_new_phone_signs_in_with_it(cast, as_user):
    post(as_user(cast.office), "school:guardian_edit", {"name": "沈月", "phone": "19900000999"}, cast.mother.pk)
    cast.mother.user.refresh_from_db()
    assert (cast.mother.user.username, cast.mother.user.phone) == ("19900000999", "19900000999")


def test_groups_are_seen_and_set_by_few(cast, as_user):
    group = SpecialGroup.objects.first()
    client = as_user(cast.homeroom)
    assert client.get(reverse("school:student_groups", args=[cast.child.pk])).status_code == 200
    assert AccessLog.objects.get().fields == ["special_groups"]
    post(client, "school:student_groups", {"groups": [group.pk]}, cast.child.pk)
    assert list(cast.child.special_groups.all()) == [group]
    opened = post(as_user(cast.duty_leader), "school:student_detail", {}, cast.child.pk)
    assert (opened.context["groups"], group.name in opened.content.decode()) == ([], False)
    post(as_user(cast.office), "school:student_groups", {"groups_shown": 1}, cast.child.pk)
    assert list(cast.child.special_groups.all()) == []


def test_special_groups_are_an_editable_list(cast, as_user):
    client = as_user(cast.office)
    assert post(client, "school:special_group_add", {"name": "军人家庭", "has_priority": "on"}).status_code == 302
    assert errors_of(post(client, "school:special_group_add", {"name": "军人家庭"})) == {"name"}
    assert SpecialGroup.objects.get(name="军人家庭").has_priority is True


NEW_CHILD = {"name": "新来", "sex": 1, "birth_date": "2017-03-02", "number": "", "health_note": ""}


def test_a_child_comes_and_leaves(cast, as_user):
    client = as_user(cast.office)
    row = NEW_CHILD | {"school_class": cast.class_2.pk, "starts_on": TODAY}
    assert post(client, "school:student_add", row).status_code == 302
    child = Student.objects.get(name="新来")
    assert (child.class_on(TODAY), child.number) == (cast.class_2, None)
    post(client, "school:student_leave", {"last_day": TODAY}, child.pk)
    assert ClassMembership.objects.get(student=child).ends_on == TODAY
    again = post(client, "school:student_leave", {"last_day": TODAY + dt.timedelta(5)}, child.pk)
    assert errors_of(again) == {"__all__"}


def test_a_child_changes_class_from_a_day_on(afternoon, as_user):
    """Before the day it is in the old class, from then on in the new one; its care group and its history stay."""
    client, child = as_user(afternoon.office), afternoon.child
    old, new, day = child.class_on(TODAY), afternoon.class_2, TODAY + dt.timedelta(1)
    page = client.get(reverse("school:student_class", args=[child.pk]))
    assert list(page.context["form"].fields["school_class"].queryset) == [new]
    for refused in (
        {"day": TODAY - dt.timedelta(1)},
        {"school_class": afternoon.sibling.class_on(TODAY).pk},
        {"school_class": ""},
    ):
        assert errors_of(post(client, "school:student_class", {"school_class": new.pk, "day": day} | refused, child.pk))
    assert post(client, "school:student_class", {"school_class": new.pk, "day": day}, child.pk).status_code == 302
    assert [child.class_on(that) for that in (TODAY, day)] == [old, new]
    assert CareGroupMember.objects.on(day).filter(student=child).count() == 1
    post(client, "school:student_class", {"school_class": new.pk, "day": day}, child.pk)
    assert ClassMembership.objects.filter(student=child).count() == 2


def test_a_child_alone_in_its_grade_has_nowhere_to_change_to(cast, as_user):
    page = as_user(cast.office).get(reverse("school:student_class", args=[cast.sibling.pk]), follow=True)
    assert "没有其他班级" in page.text


def test_who_has_left_has_no_login_any_more(cast, as_user):
    Staff.objects.filter(pk=cast.gate.pk).update(left_on=TODAY)
    page = reverse("school:staff_list") + "?q=" + cast.gate.name
    assert "已启用" in as_user(cast.office).get(page).text
    Staff.objects.filter(pk=cast.gate.pk).update(left_on=TODAY - dt.timedelta(1))
    text = as_user(cast.office).get(page + "&status=left").text
    assert "已停用" in text
    assert "已启用" not in text


def test_a_child_born_tomorrow_is_refused(cast, as_user):
    row = NEW_CHILD | {"birth_date": TODAY + dt.timedelta(1), "number": "G1"}
    assert errors_of(post(as_user(cast.office), "school:student_edit", row, cast.child.pk)) == {"birth_date", "number"}


def test_codes_are_not_issued_for_a_class_only_taught(cast, as_user):
    """Nor for children of another class who are in one's care this afternoon (see the table of routes)."""
    Teaching.objects.create(staff=cast.homeroom, school_class=cast.class_2, subject=cast.chinese, starts_on=TODAY)
    assert post(as_user(cast.homeroom), "enrollment:class_letters", {}, cast.class_2.pk).status_code == 404


def test_a_child_comes_with_its_guardian_and_goes_on_to_an_application(cast, offer, as_user):
    client = as_user(cast.office)
    row = NEW_CHILD | {"school_class": cast.class_2.pk, "starts_on": TODAY, "guardian": "新妈妈", "phone": "1990000"}
    refused = post(client, "school:student_add", row)
    assert errors_of(refused) == {"phone", "relation"}
    assert refused.context["form"]["guardian"].value() == "新妈妈"
    assert not Student.objects.filter(name="新来").exists()
    row |= {"phone": "+86 199 0000 0199", "relation": "母亲", "apply": "1"}
    answer = post(client, "school:student_add", row)
    child = Student.objects.get(name="新来")
    held = child.guardianships.get()
    assert (held.guardian.name, held.guardian.phone, held.relation) == ("新妈妈", "19900000199", "母亲")
    assert [row.pk for row in records(client.get(answer.url))] == [child.pk]


def test_a_post_and_an_exception_begin_today_unless_said_otherwise(cast, as_user):
    client = as_user(cast.office)
    for page in ("school:post_add", "school:exception_add"):
        form = client.get(reverse(page, args=[cast.teacher.pk])).context["form"]
        assert form["starts_on"].value() == TODAY, page


def test_a_room_closes_from_a_day_once_it_is_empty(afternoon, as_user):
    cast, day = afternoon, TODAY + dt.timedelta(days=14)
    client = as_user(cast.office)
    room = {"name": cast.hall.name, "kind": "special", "capacity": 60, "location": "", "closed_from": day}
    refused = post(client, "school:room_edit", room, cast.hall.pk)
    assert "硬笔书法" in refused.context["form"].errors["closed_from"][0]
    own = cast.rooms[0]
    of_class = {"name": own.name, "kind": "classroom", "capacity": 50, "location": "", "closed_from": day}
    assert "三(1)班" in post(client, "school:room_edit", of_class, own.pk).context["form"].errors["closed_from"][0]
    spare = Room.objects.create(name="旧教室", capacity=40)
    post(client, "school:room_edit", of_class | {"name": "旧教室"}, spare.pk)
    spare.refresh_from_db()
    assert [spare.is_closed_on(day + dt.timedelta(n)) for n in (-1, 0, 1)] == [False, True, True]
    assert [spare in Room.objects.usable(day + dt.timedelta(n)) for n in (-1, 0, 1)] == [True, False, False]
    form = client.get(reverse("clubs:club_add")).context["form"]
    assert spare not in form.fields["room"].queryset
    assert cast.hall in form.fields["room"].queryset
