"""The cap, whatever the order of entries."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from homework.models import ClassSheet, HomeworkItem
from homework.services import publish_sheet, release_minutes, remove_item, set_item
from school.models import PolicyRule
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def add(cast, minutes, *, school_class=None, subject=None, **fields):
    item = HomeworkItem(
        subject=subject or cast.chinese, teacher=cast.homeroom, content="练习", minutes=minutes, **fields
    )
    return set_item(school_class=school_class or cast.class_1, day=TODAY, item=item, by=cast.homeroom.user)


def test_the_cap_holds_and_says_why(cast):
    add(cast, 40)
    with pytest.raises(ValidationError) as refusal:
        add(cast, 25, subject=cast.maths)
    message = refusal.value.message
    assert "三(1)班" in message and "20" in message and "60" in message and "教基厅函〔2021〕13号" in message
    assert "语文 周婷 40" in message
    assert ClassSheet.objects.get().minutes == 40
    add(cast, 20, subject=cast.maths)
    assert ClassSheet.objects.get().minutes_left == 0


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


def test_h1_first_grade_takes_no_written_work_home(cast):
    with pytest.raises(ValidationError) as refusal:
        add(cast, 5, school_class=cast.first_grade)
    assert refusal.value.code == "H1"
    add(cast, 15, school_class=cast.first_grade, place="service")
    add(cast, 15, school_class=cast.first_grade, kind="oral")


def test_h2_follows_its_row(cast):
    PolicyRule.objects.create(
        key="H2",
        title="校内上限",
        measure="written_minutes",
        value=40,
        tighter="lower",
        grade_from=3,
        grade_to=4,
        layer=4,
        severity="block",
        source_title="校内规定",
        starts_on=dt.date(2026, 9, 1),
    )
    with pytest.raises(ValidationError, match="校内规定"):
        add(cast, 45)
    add(cast, 40)
    with pytest.raises(ValidationError):
        release_minutes(sheet=ClassSheet.objects.get(), minutes=25, reason="复习周", by=cast.homeroom.user)
    release_minutes(sheet=ClassSheet.objects.get(), minutes=20, reason="复习周", by=cast.homeroom.user)
    add(cast, 20, subject=cast.maths)
    assert ClassSheet.objects.get().minutes == 60


def test_a_rule_that_only_warns_counts_the_excess(cast):
    PolicyRule.objects.filter(key="H2").update(severity="warn")
    add(cast, 75)
    sheet = ClassSheet.objects.get()
    assert (sheet.minutes, sheet.cap, sheet.released) == (75, 60, 15)


def test_no_grade_is_without_a_cap(cast):
    PolicyRule.objects.filter(key="H1").update(enabled=False)
    with pytest.raises(ValidationError) as refusal:
        add(cast, 61, school_class=cast.first_grade)
    assert refusal.value.code == "H2"


def test_changing_a_published_sheet_makes_a_version(cast):
    item = add(cast, 20)
    publish_sheet(sheet=item.sheet, by=cast.homeroom.user)
    item.minutes = 25
    set_item(school_class=cast.class_1, day=TODAY, item=item, by=cast.homeroom.user)
    sheet = ClassSheet.objects.get()
    assert (sheet.version, sheet.minutes, sheet.status) == (2, 25, "published")
    remove_item(item=item, by=cast.homeroom.user)
    sheet.refresh_from_db()
    assert (sheet.version, sheet.minutes) == (3, 0)


@pytest.mark.django_db(transaction=True)
def test_two_teachers_at_once_never_exceed_the_cap(cast):
    add(cast, 10)
    barrier = threading.Barrier(2)
    results = []

    def enter(subject):
        try:
            barrier.wait()
            add(cast, 30, subject=subject)
            results.append("in")
        except ValidationError:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(s,)) for s in (cast.chinese, cast.maths)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["in", "refused"]
    assert ClassSheet.objects.get().minutes == 40
