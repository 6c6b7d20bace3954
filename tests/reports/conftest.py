"""What the tests of the reports share: an afternoon that really happened, and a sheet of homework."""

import pytest
from django.core.cache import cache

from homework.models import HomeworkItem
from homework.services import publish_sheet, set_item
from safety.services import call_roll, release_child
from tests.conftest import TODAY, session_of, take


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def happened(afternoon):
    """TODAY: one child here in both periods and collected, one missing, one on leave; class 三(1) published 50 minutes.

    In the second period the child who is here is in the club.
    """

    cast = afternoon
    take(cast.club, cast.child, cast.mother.user)
    marks = {cast.child.pk: "present", cast.other_child.pk: "absent", cast.teachers_child.pk: "leave"}
    call_roll(session=session_of(cast.group, cast.first), marks=marks, by=cast.homeroom.user)
    club = session_of(cast.club, cast.second)
    call_roll(session=club, marks={cast.child.pk: "present"}, by=cast.homeroom.user)
    del marks[cast.child.pk]
    call_roll(session=session_of(cast.group, cast.second), marks=marks, by=cast.teacher.user)
    collector = cast.child.collectors.get(guardian=cast.mother)
    release_child(student=cast.child, day=TODAY, collector=collector, by=cast.homeroom.user)
    item = HomeworkItem(subject=cast.chinese, teacher=cast.homeroom, content="练习", minutes=50)
    set_item(school_class=cast.class_1, day=TODAY, item=item, by=cast.homeroom.user)
    publish_sheet(sheet=item.sheet, by=cast.academic.user)
    return cast
