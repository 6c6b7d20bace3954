"""An option that covers some of the periods: its children are there in those, and nowhere in the others."""

import pytest
from django.core.exceptions import ValidationError

from clubs.fitting import facts_of, why_not
from clubs.placing import places_on
from clubs.services import join_club
from clubs.services.drawing import times_there
from enrollment.models import Application, ServiceOption
from enrollment.services import decide_application, submit_application
from safety.exits import leaving_after, staying_after
from safety.families import children_today
from safety.rolls import expected_students
from school.models import Period
from tests.conftest import TODAY, make_choices, make_signing, session_of

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
    assert [
        child.early
        for user in (short.mother.user, short.other_mother.user)
        for child in children_today(user, TODAY)
        if child.pk in (short.child.pk, short.other_child.pk)
    ] == [True, False]


def test_nobody_leaves_early_where_the_service_ends_for_all(afternoon):
    assert not any(child.early for child in children_today(afternoon.mother.user, TODAY))


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


# --- two options at once -----------------------------------------------------------------------------------------


@pytest.fixture
def second_option(cast, offer):
    """Another option of the term, open as the first is."""
    other = ServiceOption.objects.get(pk=offer.pk)
    other.pk, other.name = None, "仅第一节看护"
    other.save()
    other.periods.set(offer.periods.all()[:1])
    return other


def apply(cast, option):
    return submit_application(
        option=option,
        student=cast.child,
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )


def test_one_child_is_not_in_two_services_at_the_same_hours(cast, offer, second_option):
    apply(cast, offer)
    with pytest.raises(ValidationError) as refusal:
        apply(cast, second_option)
    assert refusal.value.messages == [f"韩小雨在这些时段已有“{offer.name}”（等待班级审核），请先退出或撤回那一项。"]
    offer.periods.set([Period.objects.last()])
    second_option.periods.set([Period.objects.first()])
    assert apply(cast, second_option).status == "submitted"


def test_two_that_came_in_before_are_not_both_approved(cast, offer, second_option):
    first = apply(cast, offer)
    Application.objects.filter(pk=first.pk).update(status="declined")
    second = apply(cast, second_option)
    Application.objects.filter(pk=first.pk).update(status="collated")
    Application.objects.filter(pk=second.pk).update(status="collated")
    decide_application(application=first, decision="approve", by=cast.office.user)
    with pytest.raises(ValidationError, match="请先退出或撤回"):
        decide_application(application=second, decision="approve", by=cast.office.user)
    assert cast.child.enrolments.count() == 1
