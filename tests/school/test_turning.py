"""The year's turn: what it shows, what it writes, and that a second time changes nothing."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from school.models import ClassMembership, Post, SchoolClass, Student, Teaching
from school.services import end_student
from school.turning import next_turn, plan_turn, turn_year
from tests.conftest import TERM_START, TODAY, make_staff, make_student

pytestmark = pytest.mark.django_db
AFTER_LESSONS = dt.date(2027, 7, 5)
LAST_DAY = dt.date(2027, 7, 31)


@pytest.fixture
def summer(cast, monkeypatch):
    """July 2027; a sixth grade with a child, its homeroom teacher, and the head of grade six."""
    top = SchoolClass.objects.create(entry_year=2021, number=1)
    cast.top, cast.leaver = top, make_student("蓝天", top, birth_date=dt.date(2015, 3, 1))
    cast.top_homeroom = make_staff("T020", "高峰", role="homeroom_teacher", school_class=top)
    cast.head = make_staff("T021", "夏雨", role="grade_head", grade=6)
    Teaching.objects.create(staff=cast.teacher, school_class=top, subject=cast.maths, starts_on=TERM_START)
    noon = dt.datetime.combine(AFTER_LESSONS, dt.time(12), tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: noon)
    return cast


def snapshot():
    return [
        list(model.objects.order_by("pk").values()) for model in (SchoolClass, ClassMembership, Post, Teaching, Student)
    ]


def test_the_plan_names_what_changes(summer):
    turn = plan_turn(year=2027)
    assert [(t.before, t.after, t.children) for t in turn.classes] == [
        ("一(1)班", "二(1)班", 1),
        ("三(1)班", "四(1)班", 1),
        ("三(2)班", "四(2)班", 2),
        ("六(1)班", "", 1),
    ]
    assert [post.staff.name for post in turn.posts_that_end] == ["高峰"]
    assert [post.staff.name for post in turn.posts_to_choose] == ["夏雨"]
    assert (turn.leaving, turn.posts_that_go_on, turn.first_grade, turn.without_class) == (1, 6, [], [])


def test_planning_writes_nothing(summer):
    before = snapshot()
    plan_turn(year=2027)
    assert snapshot() == before


def test_the_turn_graduates_ends_posts_and_makes_the_first_grade(summer):
    head = Post.objects.get(role="grade_head")
    turn_year(year=2027, new_classes=2, end_posts=[head.pk], by=summer.office.user)
    summer.top.refresh_from_db()
    assert summer.top.graduated_on == LAST_DAY
    assert not Student.objects.on_roll(dt.date(2027, 8, 1)).filter(pk=summer.leaver.pk).exists()
    assert Student.objects.on_roll(LAST_DAY).filter(pk=summer.leaver.pk).exists()
    assert set(Post.objects.filter(ends_on=LAST_DAY).values_list("staff__name", flat=True)) == {"高峰", "夏雨"}
    assert list(Teaching.objects.filter(ends_on=LAST_DAY).values_list("school_class", flat=True)) == [summer.top.pk]
    assert list(SchoolClass.objects.filter(entry_year=2027).values_list("number", flat=True)) == [1, 2]
    assert summer.class_1.label(dt.date(2027, 9, 1)) == "四(1)班"


def test_grade_heads_who_are_not_chosen_go_on(summer):
    turn_year(year=2027, new_classes=0, end_posts=[], by=summer.office.user)
    assert Post.objects.get(role="grade_head").ends_on is None


def test_only_grade_heads_can_be_chosen(summer):
    principal = Post.objects.get(role="principal")
    turn_year(year=2027, new_classes=0, end_posts=[principal.pk], by=summer.office.user)
    principal.refresh_from_db()
    assert principal.ends_on is None


def test_twice_changes_nothing(summer):
    head = Post.objects.get(role="grade_head")
    turn_year(year=2027, new_classes=2, end_posts=[head.pk], by=summer.office.user)
    before = snapshot()
    turn_year(year=2027, new_classes=2, end_posts=[head.pk], by=summer.office.user)
    assert snapshot() == before


def test_not_before_lessons_are_over(summer):
    summer.term.__class__.objects.create(
        school_year=2026, half=2, starts_on=dt.date(2027, 2, 22), ends_on=dt.date(2027, 7, 9)
    )
    before = snapshot()
    with pytest.raises(ValidationError, match="2027年7月9日"):
        turn_year(year=2027, new_classes=2, end_posts=[], by=summer.office.user)
    assert snapshot() == before


def test_the_page_shows_and_confirms(summer, as_user):
    client = as_user(summer.office)
    page = client.get(reverse("school:year_turn"))
    assert page.context["turn"].leaving == 1
    assert page.context["form"]["new_classes"].initial == 1
    answer = client.post(reverse("school:year_turn"), {"new_classes": "1"})
    assert answer.status_code == 302
    assert SchoolClass.objects.filter(graduated_on=LAST_DAY).count() == 1
    assert client.get(reverse("school:year_turn")).context["turn"].graduating == []


def test_the_turn_that_is_shown(cast):
    """In autumn the next summer's, unless classes of this one still wait."""
    assert next_turn(dt.date(2026, 7, 1)) == 2026
    assert next_turn(dt.date(2026, 11, 18)) == 2027
    SchoolClass.objects.create(entry_year=2020, number=1)
    assert next_turn(dt.date(2026, 11, 18)) == 2026


def test_the_page_refuses_nonsense(summer, as_user):
    answer = as_user(summer.office).post(reverse("school:year_turn"), {"new_classes": "-3"})
    assert answer.context["form"].errors["new_classes"]
    assert not SchoolClass.objects.exclude(graduated_on=None).exists()


def test_children_without_a_class_are_shown(summer):
    lost = Student.objects.create(name="无班", birth_date=dt.date(2018, 1, 1))
    assert plan_turn(year=2027).without_class == [lost]


def test_a_child_who_left_the_school_is_not_without_a_class(summer):
    child = Student.objects.filter(class_memberships__isnull=False).first()
    end_student(student=child, last_day=TODAY, by=summer.office.user)
    assert plan_turn(year=2027).without_class == []
