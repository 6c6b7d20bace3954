"""What stands on the papers of groups and duties."""

import pytest

from enrollment.duty_table import duties_held
from enrollment.group_papers import DUTY_TABLE, MOST_ACROSS, duties, group_roll, wall_list
from enrollment.models import CareDuty, CareGroup
from school.services.printing import filled
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_the_duty_table_says_since_when_and_leaves_out_periods_without_a_duty(afternoon):
    cast = afternoon
    CareDuty.objects.exclude(period=cast.first).delete()
    name, context = duties(cast.term, TODAY)
    assert name == f"课后服务安排表 {TODAY}"
    assert context["since"] == CareDuty.objects.latest("starts_on").starts_on
    assert context["periods"] == [cast.first]
    assert {len(cells) for _group, cells in context["rows"]} == {5}
    sheet = filled(DUTY_TABLE, cast.term, TODAY)
    since = context["since"]
    assert f"自{since.year}年{since.month}月{since.day}日" in sheet.html


def test_many_groups_stand_one_below_the_other(afternoon):
    assert duties(afternoon.term, TODAY)[1]["across"] is True
    CareGroup.objects.bulk_create(
        CareGroup(term=afternoon.term, grade=4, name=f"四年级{n}组") for n in range(MOST_ACROSS)
    )
    assert duties(afternoon.term, TODAY)[1]["across"] is False


def test_a_list_has_who_is_there_by_period_and_weekday(afternoon):
    held = duties_held(afternoon.term, TODAY, group=afternoon.group)
    times = wall_list(afternoon.group, ["韩小雨"], held, TODAY)["times"]
    assert [period for period, _days in times] == sorted({one.period for one in held}, key=lambda one: one.number)
    assert sum(len(names) for _period, days in times for names in days) == len(held)


def test_the_teacher_s_list_has_full_names_and_the_days_on_which_each_child_comes(afternoon):
    name, context = group_roll(afternoon.group, TODAY)
    assert name.endswith("点名表")
    [(student, label, days)] = [line for line in context["lines"] if line[0] == afternoon.child]
    assert (student.name, label) == ("韩小雨", "三(1)班")
    assert days == [day in afternoon.child.enrolments.get().weekdays for day in range(1, 6)]
