"""The cap, whatever the order of entries, and what a change of a sheet leaves behind."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from homework.models import ClassSheet, HomeworkItem, ItemWarning
from homework.services import (
    NeedsConfirmation,
    enter_homework,
    enter_sheet,
    publish_sheet,
    release_minutes,
    remove_item,
    set_item,
)
from school.models import PolicyRule
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def make_item(cast, minutes, *, subject=None, content="练习", **fields):
    return HomeworkItem(
        subject=subject or cast.chinese, teacher=cast.homeroom, content=content, minutes=minutes, **fields
    )


def add(cast, minutes, *, school_class=None, day=TODAY, by=None, confirmed=False, **fields):
    return set_item(
        school_class=school_class or cast.class_1,
        day=day,
        item=make_item(cast, minutes, **fields),
        by=by or cast.homeroom.user,
        confirmed=confirmed,
    )


def rule(key, value, *, measure="written_minutes", tighter="lower", layer=4, severity="block", subjects=(), **fields):
    """A rule of the school beside the national ones, checked as the page checks it."""
    made = PolicyRule(
        key=key,
        title="校内规定",
        measure=measure,
        value=value,
        tighter=tighter,
        layer=layer,
        severity=severity,
        source_title="校内规定",
        starts_on=fields.pop("starts_on", dt.date(2026, 9, 1)),
        **fields,
    )
    made.full_clean()
    made.save()
    made.subjects.set(subjects)
    return made


def test_the_cap_holds_and_says_why(cast):
    add(cast, 40)
    with pytest.raises(ValidationError, match="分钟书面作业（上限") as refusal:
        add(cast, 25, subject=cast.maths)
    message = refusal.value.message
    assert "三(1)班" in message and "20" in message and "60" in message and "教基厅函〔2021〕13号" in message
    assert "语文 周婷 40" in message
    assert ClassSheet.objects.get().minutes == 40
    add(cast, 20, subject=cast.maths)
    assert ClassSheet.objects.get().minutes == 60


def test_only_written_work_outside_the_lesson_counts(cast):
    add(cast, 60, kind="reading")
    add(cast, 50, place="class")
    add(cast, 30, place="service")
    assert ClassSheet.objects.get().minutes == 30


def test_tiers_count_the_heaviest_path(cast):
    add(cast, 20)
    add(cast, 10, tier="basic")
    add(cast, 30, tier="extending")
    assert ClassSheet.objects.get().minutes == 50


def test_a_package_is_one_choice_for_the_whole_day(cast):
    add(cast, 10)
    add(cast, 20, tier="package_a")
    add(cast, 15, tier="package_a", subject=cast.maths)
    add(cast, 30, tier="package_b", subject=cast.maths)
    assert ClassSheet.objects.get().minutes == 10 + 35


def test_h1_first_grade_takes_no_written_work_home(cast):
    with pytest.raises(ValidationError, match="不布置书面家庭作业") as refusal:
        add(cast, 5, school_class=cast.first_grade)
    assert refusal.value.code == "H1"
    add(cast, 15, school_class=cast.first_grade, place="service")
    add(cast, 15, school_class=cast.first_grade, kind="oral")


def test_h2_follows_its_row(cast):
    rule("H2", 40, grade_from=3, grade_to=4)
    with pytest.raises(ValidationError, match="校内规定"):
        add(cast, 45)
    add(cast, 40)
    with pytest.raises(ValidationError, match="分钟，放宽不能超过"):
        release_minutes(sheet=ClassSheet.objects.get(), minutes=25, reason="复习周", by=cast.homeroom.user)
    release_minutes(sheet=ClassSheet.objects.get(), minutes=20, reason="复习周", by=cast.homeroom.user)
    add(cast, 20, subject=cast.maths)
    assert ClassSheet.objects.get().minutes == 60


def test_a_rule_that_only_warns_asks_and_counts_the_excess(cast):
    PolicyRule.objects.filter(key="H2").update(severity="warn")
    with pytest.raises(NeedsConfirmation, match="还可布置 60 分钟书面作业"):
        add(cast, 75)
    assert HomeworkItem.objects.count() == 0
    item = add(cast, 75, confirmed=True)
    sheet = ClassSheet.objects.get()
    assert (sheet.minutes, sheet.cap, sheet.released) == (75, 60, 15)
    assert list(ItemWarning.objects.values_list("item", "rule_key", "severity", "by")) == [
        (item.pk, "H2", "warn", cast.homeroom.user.pk)
    ]


def test_no_grade_is_without_a_cap(cast):
    PolicyRule.objects.filter(key="H1").update(enabled=False)
    with pytest.raises(ValidationError, match="分钟书面作业（上限") as refusal:
        add(cast, 61, school_class=cast.first_grade)
    assert refusal.value.code == "H2"


def test_changing_a_published_sheet_makes_a_version(cast):
    item = add(cast, 20)
    publish_sheet(sheet=item.sheet, by=cast.academic.user)
    item.minutes = 25
    set_item(school_class=cast.class_1, day=TODAY, item=item, by=cast.homeroom.user)
    sheet = ClassSheet.objects.get()
    assert (sheet.version, sheet.minutes, sheet.status) == (2, 25, "published")
    remove_item(item=item, by=cast.homeroom.user)
    sheet.refresh_from_db()
    assert (sheet.version, sheet.minutes) == (3, 0)
    assert [[e["minutes"] for e in v.entries] for v in sheet.versions.all()] == [[20], [25], []]


def test_several_classes_take_it_or_none(cast):
    add(cast, 50, school_class=cast.class_2)
    classes = [cast.class_2, cast.class_1]
    with pytest.raises(ValidationError, match=r"三\(2\)班"):
        enter_homework(classes=classes, day=TODAY, item=make_item(cast, 20), by=cast.homeroom.user)
    assert HomeworkItem.objects.count() == 1
    entered = enter_homework(classes=classes, day=TODAY, item=make_item(cast, 10), by=cast.homeroom.user)
    assert [item.sheet.school_class for item in entered] == [cast.class_1, cast.class_2]
    assert sorted(ClassSheet.objects.values_list("minutes", flat=True)) == [10, 60]


def test_all_subjects_at_once_are_counted_together(cast):
    items = [make_item(cast, 35), make_item(cast, 30, subject=cast.maths)]
    with pytest.raises(ValidationError, match="60"):
        enter_sheet(school_class=cast.class_1, day=TODAY, items=items, by=cast.homeroom.user)
    assert HomeworkItem.objects.count() == 0
    items[1].minutes = 25
    enter_sheet(school_class=cast.class_1, day=TODAY, items=items, by=cast.homeroom.user)
    assert ClassSheet.objects.get().minutes == 60


def at_once(*jobs):
    """Runs the jobs on connections of their own, begun together; what each gave or raised, in their order."""
    barrier = threading.Barrier(len(jobs))
    results = [None] * len(jobs)

    def run(number, job):
        try:
            barrier.wait()
            results[number] = job()
        except Exception as error:  # noqa: BLE001 - told to the test
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def refused(results):
    return sum(isinstance(result, ValidationError) for result in results)


@pytest.mark.django_db(transaction=True)
def test_two_teachers_at_once_never_exceed_the_cap(cast):
    add(cast, 10)
    results = at_once(*[lambda s=s: add(cast, 30, subject=s) for s in (cast.chinese, cast.maths)])
    assert refused(results) == 1
    assert ClassSheet.objects.get().minutes == 40


@pytest.mark.django_db(transaction=True)
def test_two_teachers_at_once_open_one_sheet(cast):
    results = at_once(*[lambda s=s: add(cast, 30, subject=s) for s in (cast.chinese, cast.maths)])
    assert refused(results) == 0
    assert ClassSheet.objects.get().minutes == 60


@pytest.mark.django_db(transaction=True)
def test_a_group_of_subjects_holds_against_two_at_once(cast):
    """A cap that no column holds (a group of subjects) is held by the sheet's lock."""
    rule("H2", 15, subjects=[cast.chinese, cast.maths], grade_from=3, grade_to=6)
    results = at_once(*[lambda s=s: add(cast, 10, subject=s) for s in (cast.chinese, cast.maths)])
    assert refused(results) == 1


@pytest.mark.django_db(transaction=True)
def test_several_classes_at_once_do_not_wait_for_each_other(cast):
    """Two teachers enter for the same two classes in opposite order: no deadlock, and no class over its cap."""
    both = [cast.class_1, cast.class_2]
    jobs = [
        lambda s=s, order=order: enter_homework(
            classes=order, day=TODAY, item=make_item(cast, 40, subject=s), by=cast.homeroom.user
        )
        for s, order in ((cast.chinese, both), (cast.maths, both[::-1]))
    ]
    results = at_once(*jobs)
    assert refused(results) == 1
    assert list(ClassSheet.objects.values_list("minutes", flat=True)) == [40, 40]


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_the_cap_is_passed(cast):
    """The control: with neither lock nor CHECK two teachers at once do exceed the cap; the CHECK alone refuses it too."""
    from django.db import IntegrityError
    from django.db.models import F

    add(cast, 10)
    sheet = ClassSheet.objects.get()
    barrier = threading.Barrier(2)

    def unguarded(subject):
        seen = ClassSheet.objects.get(pk=sheet.pk).minutes
        barrier.wait()
        if seen + 30 <= 60:
            ClassSheet.objects.filter(pk=sheet.pk).update(minutes=F("minutes") + 30)

    constraint = next(c for c in ClassSheet._meta.constraints if c.name == "classsheet_within_cap")
    held = at_once(lambda: unguarded(cast.chinese), lambda: unguarded(cast.maths))
    assert [type(result) for result in held].count(IntegrityError) == 1
    assert ClassSheet.objects.get().minutes == 40
    ClassSheet.objects.update(minutes=10)
    with connection.schema_editor() as editor:
        editor.remove_constraint(ClassSheet, constraint)
    try:
        at_once(lambda: unguarded(cast.chinese), lambda: unguarded(cast.maths))
        assert ClassSheet.objects.get().minutes == 70
    finally:
        ClassSheet.objects.update(minutes=10)
        with connection.schema_editor() as editor:
            editor.add_constraint(ClassSheet, constraint)
