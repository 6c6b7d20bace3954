"""A page about another day names the classes of that day."""

import datetime as dt

import pytest
from django.urls import reverse

from school.models import ClassMembership
from tests.conftest import TODAY, records

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


def test_who_was_where_names_the_class_of_the_day(afternoon, as_user):
    """韩小雨 goes to the other class today."""
    ClassMembership.objects.filter(student=afternoon.child).update(ends_on=YESTERDAY)
    ClassMembership.objects.create(student=afternoon.child, school_class=afternoon.class_2, starts_on=TODAY)
    client = as_user(afternoon.office)

    def label(day):
        page = client.get(reverse("safety:where"), {"day": day.isoformat(), "period": afternoon.first.pk})
        return next(row.student.class_label for row in records(page) if row.student_id == afternoon.child.pk)

    assert label(YESTERDAY) == afternoon.class_1.label(YESTERDAY)
    assert label(TODAY) == afternoon.class_2.label(TODAY)
