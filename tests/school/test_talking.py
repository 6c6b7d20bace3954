"""Comments of colleagues with @, the history of a thing in words, and lists kept as they are looked at."""

import datetime as dt
from urllib.parse import unquote

import pghistory
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clubs.models import Club
from clubs.services import leave_club
from enrollment.models import Application, Collector
from enrollment.services import submit_application
from school import changes, commenting
from school.inbox import tasks_for
from school.models import Comment, Guardian, Guardianship, Mention, Post, SavedView, Student, User
from tests.conftest import TODAY, make_choices, make_guardian, make_signing, make_student, take

pytestmark = pytest.mark.django_db


def user_of(person):
    """As a request has it, with its roles."""
    return User.objects.get(pk=person.user.pk)


def titles(person):
    return [task.title for task in tasks_for(user_of(person))]


@pytest.fixture
def application(cast, offer):
    return submit_application(
        option=offer,
        student=cast.child,
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )


def test_a_comment_waits_for_who_is_named_until_it_is_read_or_answered(cast, application, as_user):
    name = cast.homeroom.name
    page = as_user(cast.office).post(
        reverse("school:comment_add", args=["enrollment.application", application.pk]),
        {"comment": f"@{name} 家长说只来周一，请核对"},
        follow=True,
    )
    assert "家长说只来周一" in page.content.decode()
    (waits,) = (title for title in titles(cast.homeroom) if "提到你" in title)
    assert cast.office.name in waits
    assert "家长说只来周一" in waits
    assert [title for title in titles(cast.academic) if "提到你" in title] == []
    # The answer takes it off the list, and puts it on the other's.
    as_user(cast.homeroom).post(
        reverse("school:comment_add", args=["enrollment.application", application.pk]),
        {"comment": f"核对过了 @{cast.office.name}"},
    )
    assert [title for title in titles(cast.homeroom) if "提到你" in title] == []
    assert len([title for title in titles(cast.office) if "提到你" in title]) == 1
    as_user(cast.office).post(reverse("school:comment_read", args=["enrollment.application", application.pk]))
    assert [title for title in titles(cast.office) if "提到你" in title] == []


def test_no_family_reads_comments_not_even_a_colleague_of_its_own_child(cast, application, as_user):
    commenting.comment(thing=application, text="家庭困难，慎重", by=cast.office.user)
    assert "慎重" not in as_user(cast.mother).get(application.get_absolute_url()).content.decode()
    assert "慎重" in as_user(cast.homeroom).get(application.get_absolute_url()).content.decode()
    own = Guardian.objects.create(name=cast.homeroom.name, phone="13700000001", user=cast.homeroom.user)
    Guardianship.objects.create(student=cast.child, guardian=own, relation="母亲", order=3)
    assert "慎重" not in as_user(cast.homeroom).get(application.get_absolute_url()).content.decode()
    add = reverse("school:comment_add", args=["enrollment.application", application.pk])
    assert as_user(cast.homeroom).post(add, {"comment": "x"}).status_code == 404
    assert Comment.objects.count() == 1


def test_a_name_that_may_not_see_the_thing_is_refused_and_the_text_stays(cast, application, as_user):
    add = reverse("school:comment_add", args=["enrollment.application", application.pk])
    page = as_user(cast.office).post(add, {"comment": f"@{cast.gate.name} 看一下"}, follow=True)
    content = page.content.decode()
    assert "能看到这里的同事中没有叫" in content
    assert f"@{cast.gate.name} 看一下</textarea>" in content
    assert not Comment.objects.exists()
    with pytest.raises(ValidationError):
        commenting.comment(thing=application, text="  ", by=cast.office.user)


def test_names_are_suggested_of_those_only_who_may_see_the_thing(cast, application, as_user):
    names = reverse("school:comment_names", args=["enrollment.application", application.pk])
    page = as_user(cast.office).get(names, {"q": cast.homeroom.name[0]}).content.decode()
    assert f'data-comment-name="{cast.homeroom.name}"' in page
    assert cast.gate.name not in as_user(cast.office).get(names).content.decode()


def test_a_comment_can_be_written_on_nothing_else_and_is_never_changed(afternoon, as_user):
    cast = afternoon
    for label in ("school.student", "auth.permission", "nothing", "school.nothing"):
        add = reverse("school:comment_add", args=[label, cast.child.pk])
        assert as_user(cast.office).post(add, {"comment": "x"}).status_code == 404
    written = commenting.comment(thing=Club.objects.first(), text="好", by=cast.office.user)
    written.text = "不好"
    with pytest.raises(Exception, match="append_only"):
        written.save()


def test_a_person_named_twice_has_one_matter(cast, application):
    name = cast.homeroom.name
    commenting.comment(thing=application, text=f"@{name}，@{name} 请看", by=cast.office.user)
    assert Mention.objects.count() == 1


# --- what changed ----------------------------------------------------------------------------------------------------


def test_what_changed_is_said_in_words_with_the_person(afternoon, as_user):
    cast = afternoon
    club = Club.objects.select_related("instructor").first()
    before = club.capacity
    url = reverse("clubs:club_list")
    post = {"action": "cell", "column": "capacity", "row": club.pk, "value": before + 4}
    assert as_user(cast.office).post(url, post).status_code == 302
    page = as_user(cast.principal).get(reverse("school:change_list", args=["clubs.club", club.pk]))
    newest = page.context["page"][0]
    assert newest.who == cast.office.name
    assert newest.text == f"把名额从 {before} 改为 {before + 4}"
    assert newest.what.startswith("修改")
    assert f"把名额从 {before} 改为 {before + 4}" in page.content.decode()


def test_a_change_of_a_row_of_the_thing_names_whom_it_is_about(afternoon):
    place = take(afternoon.club, afternoon.child, afternoon.mother.user)
    with pghistory.context(user=afternoon.office.user.pk):
        leave_club(membership=place, last_day=TODAY, by=afternoon.office.user, reason="搬家")
    office = user_of(afternoon.office)
    (left,) = (one.text for one in changes.changes_of(afternoon.club, office) if "搬家" in one.text)
    assert left.startswith(f"{afternoon.child.name}：把")
    (own,) = (one.text for one in changes.changes_of(afternoon.child, office) if "搬家" in one.text)
    assert not own.startswith(afternoon.child.name)


def test_sensitive_fields_say_that_they_changed_and_not_what_they_are(cast):
    child = cast.child
    with pghistory.context(user=cast.office.user.pk):
        child.health_note, child.birth_date = "花生过敏", dt.date(2017, 1, 2)
        child.save()
        Collector.objects.create(
            student=child,
            name="姑姑",
            phone="13812340000",
            relation="姑姑",
            starts_on=TODAY,
            entered_by=cast.office.user,
        )
    said = " ".join(one.text for one in changes.changes_of(child, user_of(cast.office)))
    assert "健康" in said
    for secret in ("花生", "2017", "1381234"):
        assert secret not in said


def test_no_followed_model_tells_what_is_masked_elsewhere():
    """Every text field that holds a number of a person, an illness or a picture is named without its value."""
    telling = {"phone", "other_phone", "birth_date", "health_note", "document_end", "photo", "image", "barred_note"}
    for rules in changes._followed.values():
        for followed in rules:
            fields = {field.name for field in followed.model._meta.concrete_fields}
            assert fields & telling <= followed.secret, followed.model
    assert "number" in next(one.secret for one in changes._followed[Student] if one.model is Student)


def test_who_may_not_see_the_row_reads_no_history(cast, as_user):
    assert (
        as_user(cast.homeroom).get(reverse("school:change_list", args=["school.student", cast.child.pk])).status_code
        == 403
    )
    for label in ("school.user", "school.accesslog", "nothing.there"):
        assert as_user(cast.office).get(reverse("school:change_list", args=[label, 1])).status_code == 404
    assert changes.changes_of(cast.child, user_of(cast.teacher)) == []


def test_a_history_takes_as_many_queries_for_ten_changes_as_for_one(cast):
    user = user_of(cast.office)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as ran:
            changes.changes_of(cast.homeroom, user)
        return len(ran)

    Post.objects.create(staff=cast.homeroom, role="gate", starts_on=TODAY, ends_on=TODAY)
    queries()
    one = queries()
    for n in range(1, 10):
        Post.objects.create(
            staff=cast.homeroom,
            role="gate",
            starts_on=TODAY + dt.timedelta(days=n),
            ends_on=TODAY + dt.timedelta(days=n),
        )
    assert queries() == one


# --- views -----------------------------------------------------------------------------------------------------------


def test_a_view_keeps_filters_order_and_columns_and_is_seen_by_colleagues_when_shared(cast, as_user):
    path = reverse("school:student_list")
    keep = reverse("school:view_save")
    shown = {"path": path, "query": "q=陈&sort=-name&col=class_label", "name": "我的学生"}
    assert unquote(as_user(cast.office).post(keep, shown)["Location"]) == f"{path}?q=陈&sort=-name&col=class_label"
    assert "我的学生" in as_user(cast.office).get(path).content.decode()
    assert "我的学生" not in as_user(cast.academic).get(path).content.decode()
    as_user(cast.office).post(keep, shown | {"is_shared": "on", "query": "sort=name"})  # the same name keeps it anew
    view = SavedView.objects.get()
    assert (view.query, view.is_shared) == ("sort=name", True)
    assert "我的学生" in as_user(cast.academic).get(path).content.decode()
    assert as_user(cast.academic).post(reverse("school:view_delete", args=[view.pk])).status_code == 404
    as_user(cast.office).post(reverse("school:view_delete", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_columns_that_are_unticked_are_put_away_and_kept_so(cast, as_user):
    """One form: whoever unticks a column and keeps the view keeps it without that column."""
    path, keep = reverse("school:student_list"), reverse("school:view_save")
    ticked = {"path": path, "query": "q=陈&col=sex", "columns": "3", "col": ["class_label", "number"]}
    shown = as_user(cast.office).post(keep, ticked | {"action": "show", "name": ""})
    assert unquote(shown["Location"]) == f"{path}?q=陈&col=class_label&col=number"
    as_user(cast.office).post(keep, ticked | {"action": "keep", "name": "两列"})
    assert unquote(SavedView.objects.get().query) == "q=陈&col=class_label&col=number"
    every = ticked | {"action": "show", "col": ["class_label", "sex", "number"]}
    assert unquote(as_user(cast.office).post(keep, every)["Location"]) == f"{path}?q=陈"
    page = as_user(cast.office).get(path, {"col": ["class_label", "number"]})
    assert [one.name for one in page.context["table"].columns.itervisible()] == ["name", "class_label", "number"]


def test_a_view_is_kept_of_a_list_only_that_the_person_may_enter(cast, as_user):
    keep = reverse("school:view_save")
    for path in ("https://example.com/", "/nothing/", reverse("school:staff_list")):
        answer = as_user(cast.teacher).post(keep, {"path": path, "query": "", "name": "x"})
        assert answer.status_code == 404, path
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_refused_with_a_sentence(cast, as_user):
    path = reverse("school:student_list")
    page = as_user(cast.office).post(reverse("school:view_save"), {"path": path, "query": "", "name": " "}, follow=True)
    assert page.redirect_chain[-1][0] == path
    assert "alert" in page.content.decode()
    assert not SavedView.objects.exists()


def test_thirty_applications_over_two_pages_are_agreed_to_at_once(cast, offer, as_user):
    """Those with an exception stay; the list says how many."""
    for n in range(30):
        family = make_guardian(f"家长{n}", f"1390000{n:04}")
        child = make_student(f"孩子{n:02}", cast.class_1, (family, "母亲"), number=f"G3301022017{n:08}")
        submit_application(
            option=offer,
            student=child,
            choices=make_choices(family, weekdays=(1, 2, 3)),
            signing=make_signing(family),
            by=family.user,
        )
    Application.objects.filter(student__name="孩子07").update(note="请再问问")
    office = as_user(cast.homeroom)
    page = office.get(reverse("enrollment:application_list"))
    assert 'data-select-everything="30"' in page.content.decode()
    page = office.post(reverse("enrollment:application_list"), {"action": "approve", "all": "1"}, follow=True)
    assert Application.objects.exclude(status="submitted").count() == 29
    content = page.content.decode()
    assert "29 份" in content
    assert "1 份需要逐一查看" in content


def test_who_asked_reads_the_answer(cast, application):
    commenting.comment(thing=application, text=f"@{cast.homeroom.name} 请核对", by=cast.office.user)
    commenting.comment(thing=application, text="核对过了", by=cast.homeroom.user)
    (waits,) = (title for title in titles(cast.office) if "提到你" in title)
    assert "核对过了" in waits
    commenting.comment(thing=application, text="谢谢", by=cast.office.user)
    assert len([title for title in titles(cast.homeroom) if "提到你" in title]) == 1


def test_the_principal_reads_who_gave_a_post(cast, as_user):
    """The link on a colleague's page leads to what changed: no closed door."""
    page = as_user(cast.principal).get(reverse("school:staff_detail", args=[cast.teacher.pk])).text
    address = reverse("school:change_list", args=["school.staff", cast.teacher.pk])
    assert address in page
    assert as_user(cast.principal).get(address).status_code == 200
    assert as_user(cast.homeroom).get(address).status_code in (403, 404)
