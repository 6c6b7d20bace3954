"""An option that covers some of the periods: its children are there in those, and nowhere in the others."""

import pytest
from django.core.exceptions import ValidationError

from clubs.fitting import facts_of, why_not
from clubs.placing import places_on
from clubs.services import join_club
from clubs.services.drawing import times_there
from enrollment.models import ServiceOption
from safety.exits import leaving_after, staying_after
from safety.families import leaving_early
from safety.rolls import expected_students
from tests.conftest import TODAY, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def short(afternoon):
    """韩小雨 takes part in the first period alone; 杨小帆 as before."""
    option = ServiceOption.objects.get(pk=afternoon.option.pk)
    afternoon.short = ServiceOption.objects.create(
        term=option.term,
        name="仅第一节",
        weekdays=option.weekdays,
        starts_on=option.starts_on,
        ends_on=option.ends_on,
    )
    afternoon.short.periods.set([afternoon.first])
    afternoon.enrolment = afternoon.child.enrolments.get()
    afternoon.enrolment.option = afternoon.short
    afternoon.enrolment.save()
    return afternoon


def there(cast, period):
    return set(places_on(TODAY, period).values_list("student", flat=True))


def test_it_is_expected_in_its_periods_only(short):
    assert there(short, short.first) - there(short, short.second) == {short.child.pk}
    assert short.other_child.pk in there(short, short.second)
    lists = [expected_students(session_of(short.group, period)) for period in (short.first, short.second)]
    assert set(lists[0]) - set(lists[1]) == {short.child.pk}


def test_it_leaves_after_its_last_period_while_others_stay(short):
    session = session_of(short.group, short.first)
    weekday = TODAY.isoweekday()
    assert leaving_after(session, weekday) == {short.child.pk}
    staying = staying_after(session, weekday)
    assert (short.child.pk in staying, short.other_child.pk in staying) == (False, True)
    assert leaving_early([short.child, short.other_child], TODAY) == {short.child.pk}


def test_nobody_leaves_early_where_the_service_ends_for_all(afternoon):
    assert leaving_early([afternoon.child, afternoon.other_child], TODAY) == set()


def test_a_club_at_another_time_is_not_for_it(short):
    club = short.club
    club.slots.update(period=short.second)
    facts = facts_of([short.child], short.term)[short.child.pk]
    assert why_not(club, facts) == f"韩小雨参加的课后服务不包括{club}的时段。"
    with pytest.raises(ValidationError, match="不包括"):
        join_club(club_pk=club.pk, student_pk=short.child.pk, by=short.mother.user)
    slots = {slot for times in times_there(short.term, [short.child.pk])[short.child.pk] for slot in times}
    assert {slot.split("-")[-1] for slot in slots} == {"1"}


def test_an_option_without_periods_covers_all(short):
    short.short.periods.clear()
    assert there(short, short.second) == there(short, short.first)
