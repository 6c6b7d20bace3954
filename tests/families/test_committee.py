"""The parents' committee and the meetings of parents."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from families.models import CommitteeMember, Meeting
from families.services import publish_minutes, seat_member
from school.models import AccessLog, Guardianship, User
from tests.conftest import TODAY, make_guardian, make_student, printed, records

pytestmark = pytest.mark.django_db


def seat(cast, guardian=None, school_class=None, **fields):
    return seat_member(
        guardian=guardian or cast.mother,
        school_class=school_class or cast.class_1,
        function=fields.get("function", "member"),
        starts_on=fields.get("starts_on", TODAY),
        by=cast.office.user,
    )


def meet(cast, **fields):
    facts = {
        "kind": "committee",
        "day": TODAY,
        "place": "会议室",
        "chair": "蒋原",
        "topics": "收费",
        "decisions": "公示",
    }
    return Meeting.objects.create(term=cast.term, recorded_by=cast.office.user, **facts | fields)


def fresh(who):
    return User.objects.get(pk=who.user.pk)


def test_a_member_has_the_role_while_the_seat_lasts(cast):
    row = seat(cast)
    assert fresh(cast.mother).has_role("committee")
    row.ends_on = TODAY - dt.timedelta(days=1)
    CommitteeMember.objects.filter(pk=row.pk).update(starts_on=row.ends_on, ends_on=row.ends_on)
    assert not fresh(cast.mother).has_role("committee")


def test_a_barred_adult_is_no_member_of_anything(cast):
    seat(cast, cast.other_mother, cast.class_2)
    Guardianship.objects.filter(guardian=cast.other_mother).update(barred=True, barred_note="裁定")
    assert not fresh(cast.other_mother).has_role("committee")
    with pytest.raises(ValidationError, match="韩老没有孩子在三\\(1\\)班"):
        seat(cast, cast.grandfather)


def test_a_class_has_two_members(cast):
    seat(cast)
    seat(cast, cast.father)
    aunt = make_guardian("姨", "19900000777")
    make_student("韩小冰", cast.class_1, (aunt, "母亲"))
    with pytest.raises(ValidationError, match="三\\(1\\)班已有 2 名委员"):
        seat(cast, aunt)


def test_one_seat_a_guardian(cast):
    seat(cast)
    with pytest.raises(ValidationError, match="已是家委会委员"):
        seat(cast, school_class=cast.first_grade)


def test_the_office_adds_a_member_by_phone(cast, as_user):
    client, url = as_user(cast.office), reverse("families:member_add")
    typed = {"school_class": cast.class_1.pk, "phone": cast.mother.phone, "function": "chair", "starts_on": TODAY}
    wrong = client.post(url, typed | {"phone": "19999999999"})
    assert wrong.context["form"].errors == {"phone": ["没有家长使用这个手机号。"]}
    client.post(url, typed)
    assert CommitteeMember.objects.get().function == "chair"
    assert [seat.guardian.name for seat in records(client.get(reverse("families:member_list")))] == ["沈月"]


def test_the_committee_sees_no_child(cast, offer, as_user):
    seat(cast)
    page = as_user(cast.mother).get(reverse("families:committee_home"))
    assert "告家长书" in page.content.decode()
    assert [name for name in ("韩小雨", "杨小帆") if name in page.content.decode()] == []
    assert as_user(cast.other_mother).get(reverse("families:committee_home")).status_code == 403


def test_a_class_meeting_names_its_class(cast):
    with pytest.raises(IntegrityError):
        meet(cast, kind="class")


def test_minutes_need_their_decisions(cast):
    with pytest.raises(ValidationError, match="先写明会议决定"):
        publish_minutes(meeting=meet(cast, decisions=" "), by=cast.office.user)


def test_families_read_published_minutes_of_their_class_without_names(cast, as_user):
    meeting = meet(cast, kind="class", school_class=cast.class_1)
    meeting.attendees.add(cast.father)
    url = reverse("families:meeting_detail", args=[meeting.pk])
    assert as_user(cast.mother).get(url).status_code == 404
    as_user(cast.homeroom).post(reverse("families:meeting_publish", args=[meeting.pk]))
    page = as_user(cast.mother).get(url).content.decode()
    assert ("公示" in page, "韩松" in page) == (True, False)
    assert as_user(cast.other_mother).get(url).status_code == 404
    assert "韩松" in as_user(cast.homeroom).get(url).content.decode()


def test_published_minutes_are_taken_back_before_they_change(cast, as_user):
    meeting = publish_minutes(meeting=meet(cast), by=cast.office.user)
    client = as_user(cast.office)
    assert client.get(reverse("families:meeting_edit", args=[meeting.pk])).status_code == 302
    client.post(reverse("families:meeting_publish", args=[meeting.pk]))
    assert client.get(reverse("families:meeting_edit", args=[meeting.pk])).status_code == 200


def test_a_teacher_records_meetings_of_her_class_only(cast, as_user):
    client, url = as_user(cast.homeroom), reverse("families:meeting_add")
    facts = {
        "kind": "class",
        "day": TODAY,
        "place": "教室",
        "chair": "周婷",
        "topics": "报名",
        "invited": 40,
        "attended": 38,
    }
    client.post(url, facts | {"school_class": cast.class_2.pk})
    client.post(url, facts | {"school_class": cast.class_1.pk, "kind": "committee"})
    assert Meeting.objects.count() == 0
    client.post(url, facts | {"school_class": cast.class_1.pk})
    assert (Meeting.objects.get().attended, Meeting.objects.get().school_class) == (38, cast.class_1)


def test_the_count_is_never_smaller_than_the_list(cast, as_user):
    meeting = meet(cast, kind="class", school_class=cast.class_1)
    facts = {
        "kind": "class",
        "school_class": cast.class_1.pk,
        "day": TODAY,
        "place": "教室",
        "chair": "周婷",
        "topics": "x",
    }
    named = [cast.mother.pk, cast.father.pk]
    url = reverse("families:meeting_edit", args=[meeting.pk])
    as_user(cast.office).post(url, facts | {"invited": 40, "attended": 1, "attendees": named})
    meeting.refresh_from_db()
    assert meeting.attended == 2


def test_the_paper_asks_for_its_reason(cast, as_user):
    meeting = meet(cast)
    client, url = as_user(cast.office), reverse("families:meeting_pdf", args=[meeting.pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    assert AccessLog.objects.count() == 0
    assert printed(client, client.post(url, {"reason": "归档"}))[:4] == b"%PDF"
    assert AccessLog.objects.get().reason == "归档"
