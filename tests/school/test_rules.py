"""A rule that is changed holds from then on; what was decided before stays under the rule that held."""

import datetime as dt

import pytest
from django.urls import reverse

from school.models import PolicyRule
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


def change(cast, as_user, rule, **typed):
    return as_user(cast.office).post(reverse("school:policy_edit", args=[rule.pk]), typed)


def test_a_rule_that_is_switched_on_says_nothing_of_the_days_before(cast, as_user):
    rule = PolicyRule.objects.get(key="H8")
    assert change(cast, as_user, rule, severity="report", enabled="on").status_code == 302
    rule.refresh_from_db()
    assert (rule.enabled, rule.starts_on, PolicyRule.objects.filter(key="H8").count()) == (True, TODAY, 1)
    assert PolicyRule.objects.value("H8", day=YESTERDAY) is None


def test_a_rule_that_is_switched_off_held_until_yesterday(cast, as_user):
    rule = PolicyRule.objects.get(key="T9")
    change(cast, as_user, rule, severity=rule.severity)
    assert PolicyRule.objects.value("T9", day=TODAY, grade=1) is None
    assert PolicyRule.objects.value("T9", day=YESTERDAY, grade=1) is True
    change(cast, as_user, rule, severity=rule.severity, enabled="on")
    assert PolicyRule.objects.value("T9", day=TODAY, grade=1) is True
    days = list(PolicyRule.objects.filter(key="T9").order_by("starts_on").values_list("starts_on", "ends_on"))
    assert days == [(rule.starts_on, YESTERDAY), (TODAY, None)]


def typed_of(rule, **changes):
    names = ("value", "weekday", "layer", "severity", "source_title", "source_number", "starts_on")
    values = {name: getattr(rule, name) for name in names} | {"enabled": "on", "subjects": []} | changes
    return {name: value for name, value in values.items() if value is not None}


def test_another_value_of_a_rule_of_the_school_holds_from_today(cast, as_user):
    rule = PolicyRule.objects.get(measure="written_subjects")
    PolicyRule.objects.filter(pk=rule.pk).update(enabled=True)
    assert change(cast, as_user, rule, **typed_of(rule, value=1)).status_code == 302
    values = [PolicyRule.objects.value("H10", day=day, measure="written_subjects") for day in (YESTERDAY, TODAY)]
    assert values == [2, 1]
    change(cast, as_user, PolicyRule.objects.get(pk=rule.pk), **typed_of(PolicyRule.objects.get(pk=rule.pk), value=2))
    assert PolicyRule.objects.filter(measure="written_subjects").count() == 2  # none for one day only


@pytest.mark.parametrize(
    ("measure", "shown", "typed", "kept", "refused"),
    [
        ("no_homework_day", "有要求", "True", True, "vielleicht"),
        ("end_time", "17:30", "17:45", "17:45", "25:99"),
        ("written_minutes", "60 分钟", "50", 50, "fifty"),
    ],
)
def test_a_value_is_read_and_typed_as_people_write_it(cast, as_user, measure, shown, typed, kept, refused):
    """Not «True», nor a time in quotation marks."""
    rule = PolicyRule.objects.filter(measure=measure).exclude(layer=PolicyRule.Layer.SCHOOL).order_by("pk").first()
    if measure == "written_minutes":
        rule = PolicyRule.objects.get(key="H2")
    client, page = as_user(cast.office), reverse("school:policy_tighten", args=[rule.pk])
    above = client.get(reverse("school:policy_edit", args=[rule.pk])).text
    assert (shown in above, "True" in above) == (True, False)
    grades = {"grade_from": rule.grade_from or "", "grade_to": rule.grade_to or ""}
    form = grades | typed_of(rule, layer=PolicyRule.Layer.SCHOOL, source_title="校规", starts_on=TODAY)
    assert client.post(page, form | {"value": refused}).context["form"].errors["value"]
    assert client.post(page, form | {"value": typed}).status_code == 302
    assert PolicyRule.objects.get(key=rule.key, layer=PolicyRule.Layer.SCHOOL, measure=measure).value == kept


def test_a_first_day_in_the_past_is_meant_so(cast, as_user):
    rule = PolicyRule.objects.get(measure="written_subjects")
    first = TODAY - dt.timedelta(days=9)
    change(cast, as_user, rule, **typed_of(rule, starts_on=first))
    assert PolicyRule.objects.value("H10", day=YESTERDAY, measure="written_subjects") == 2
    assert PolicyRule.objects.value("H10", day=first - dt.timedelta(days=1), measure="written_subjects") is None


def test_what_a_breach_does_changes_no_day_before(cast, as_user):
    rule = PolicyRule.objects.get(key="T9")
    change(cast, as_user, rule, severity="report", enabled="on")
    assert PolicyRule.objects.get(key="T9").starts_on == rule.starts_on


@pytest.mark.parametrize(
    ("value", "unit", "tighter", "words"),
    [
        (60, "min", "lower", "60 分钟（不得超过）"),
        (48, "h", "higher", "48 小时（不得少于）"),
        ("17:30", "", "higher", "17:30（不得早于）"),
        ("21:20", "", "lower", "21:20（不得晚于）"),
        (True, "", "true", "有要求"),
    ],
)
def test_a_value_says_in_which_direction_it_binds(value, unit, tighter, words):
    assert PolicyRule(value=value, unit=unit, tighter=tighter).limit_text == words
