"""What happens in term: records of meetings, visits outside, certificates, what families say."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from clubs.certificates import certificates_of
from clubs.evaluations import summary_of
from clubs.models import (
    Club,
    ClubEvaluation,
    ClubSettings,
    ClubSlot,
    ClubWeek,
    Meeting,
    MeetingRecord,
    Membership,
    VisitChild,
    VisitCount,
)
from clubs.records import held_meetings, suggested_content, week_number
from clubs.services.evaluating import save_evaluation
from clubs.services.recording import write_record
from clubs.services.visiting import (
    answer_visit,
    approve_visit,
    call_off_visit,
    count_heads,
    expected_on,
    save_visit,
    what_is_missing,
)
from clubs.tasks_waiting import visits_for
from safety.models import Session
from school.models import AccessLog, Student, Term
from tests.clubs.routes_activities import make_visit
from tests.conftest import TODAY, enrol, make_staff, make_student, pdf_text, printed, records, session_of, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(afternoon):
    return Meeting.objects.select_related("club__term").get(club=afternoon.club, day=TODAY)


# --- records ---------------------------------------------------------------------------------------------------------


def test_the_plan_of_the_week_stands_in_the_form(meeting, afternoon, as_user):
    number = week_number(afternoon.term, TODAY)
    assert (number, week_number(afternoon.term, afternoon.term.starts_on)) == (12, 1)
    ClubWeek.objects.create(club=afternoon.club, number=number, content="练竖画")
    assert suggested_content(meeting) == "练竖画"
    page = as_user(afternoon.homeroom).get(reverse("clubs:record_edit", args=[meeting.pk]))
    assert "练竖画" in page.content.decode()
    assert {"homework", "new_photo"}.isdisjoint(page.context["form"].fields)


def test_one_record_a_meeting_corrected_with_history(meeting, afternoon, as_user):
    url = reverse("clubs:record_edit", args=[meeting.pk])
    for content in ("横画", "横画与竖画"):
        assert as_user(afternoon.homeroom).post(url, {"content": content}).status_code == 302
    record = MeetingRecord.objects.get()
    assert (record.content, record.written_by) == ("横画与竖画", afternoon.homeroom.user)
    assert record.events.count() == 2
    with pytest.raises(ValidationError, match="同事刚刚"):
        write_record(record=MeetingRecord(meeting=meeting, content="再写"), by=afternoon.office.user)


def test_others_read_and_do_not_write(meeting, afternoon, as_user):
    url = reverse("clubs:record_edit", args=[meeting.pk])
    assert as_user(afternoon.teacher).post(url, {"content": "x"}).status_code == 404
    missing = as_user(afternoon.duty_leader).get(url)
    assert "还没有记录" in missing.content.decode()
    write_record(record=MeetingRecord(meeting=meeting, content="横画"), by=afternoon.homeroom.user)
    as_user(afternoon.teacher).post(url, {"content": "x"})
    assert MeetingRecord.objects.get().content == "横画"


def test_nothing_to_record_of_what_did_not_take_place(meeting, afternoon):
    Meeting.objects.update(cancelled=True)
    with pytest.raises(ValidationError, match="已取消"):
        write_record(record=MeetingRecord(meeting=meeting, content="x"), by=afternoon.homeroom.user)
    Meeting.objects.update(cancelled=False, day=TODAY + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="还没有举行"):
        write_record(record=MeetingRecord(meeting=meeting, content="x"), by=afternoon.homeroom.user)


def test_a_photo_only_where_the_school_keeps_them_and_without_faces(meeting, afternoon, as_user, settings, tmp_path):
    import io

    from PIL import Image

    settings.MEDIA_ROOT = tmp_path
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    url = reverse("clubs:record_edit", args=[meeting.pk])

    def send(**fields):
        photo = SimpleUploadedFile("a.png", out.getvalue())
        return as_user(afternoon.homeroom).post(url, {"content": "横画", "new_photo": photo} | fields)

    send()
    assert MeetingRecord.objects.get().photo.name == ""
    ClubSettings.objects.update(photos=True)
    page = send()
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["no_faces"]
    send(no_faces="on")
    record = MeetingRecord.objects.get()
    answer = as_user(afternoon.office).get(reverse("clubs:record_photo", args=[record.pk]))
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert answer["Cache-Control"] == "private, no-store"


def test_what_has_no_record_by_meeting_and_by_club(meeting, afternoon, as_user, monkeypatch):
    """Neither a meeting of this afternoon that has not begun, nor one without children."""
    page = as_user(afternoon.homeroom).get(reverse("clubs:record_list"))
    assert records(page) == []
    monkeypatch.setattr(timezone, "_shift", timezone._shift + dt.timedelta(hours=9))
    assert records(as_user(afternoon.homeroom).get(reverse("clubs:record_list"))) == []
    Membership.objects.create(
        club=afternoon.club,
        student=afternoon.child,
        enrolment=afternoon.child.enrolments.get(),
        joined_by=afternoon.mother.user,
        starts_on=TODAY,
    )
    page = as_user(afternoon.homeroom).get(reverse("clubs:record_list"))
    assert [row.pk for row in records(page)] == [meeting.pk]
    page = as_user(afternoon.office).get(reverse("clubs:record_missing"))
    assert [(club.name, club.missing) for club in records(page)] == [("硬笔书法", 1)]
    write_record(record=MeetingRecord(meeting=meeting, content="横画"), by=afternoon.homeroom.user)
    page = as_user(afternoon.office).get(reverse("clubs:record_missing"))
    assert records(page) == []


# --- visits ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def visit(afternoon):
    cast = afternoon
    made = make_visit(cast, leaders=[cast.homeroom], children=[cast.child, cast.other_child], answer="open")
    cast.rows = {row.student_id: row for row in made.children.all()}
    return made


def test_who_has_not_agreed_is_left_out_by_name(afternoon, visit):
    cast = afternoon
    mine, other = cast.rows[cast.child.pk], cast.rows[cast.other_child.pk]
    answer_visit(child=mine, agrees=True, by=cast.mother.user)
    assert len(what_is_missing(visit)) == 1  # the second adult
    visit.leaders.create(staff=cast.duty_leader)
    with pytest.raises(ValidationError, match="又有家长答复"):
        approve_visit(visit=visit, left_out=set(), by=cast.office.user)
    approved = approve_visit(visit=visit, left_out={other.pk}, by=cast.office.user)
    assert (approved.state, approved.approved_by) == ("approved", cast.office.user)
    assert dict(VisitChild.objects.values_list("student__name", "answer")) == {
        "韩小雨": "agreed",
        "杨小帆": "left_out",
    }
    with pytest.raises(ValidationError, match="名单已确定"):
        answer_visit(child=other, agrees=True, by=cast.other_mother.user)
    assert answer_visit(child=mine, agrees=False, by=cast.mother.user).answer == "declined"


def test_every_point_of_the_plan_and_enough_adults(afternoon, visit):
    cast = afternoon
    VisitChild.objects.all().delete()
    visit.first_aid = " "
    visit.save()
    assert len(what_is_missing(visit)) == 3  # first aid, adults, no agreement
    ClubSettings.objects.update_or_create(pk=1, defaults={"children_per_adult": 1})
    visit.leaders.create(staff=cast.duty_leader)
    for n in range(3):
        child = make_student(f"新{n}", cast.class_1, (cast.mother, "母亲"))
        row = VisitChild.objects.create(visit=visit, student=child)
        answer_visit(child=row, agrees=True, by=cast.mother.user)
    missing = what_is_missing(visit)
    assert len(missing) == 2
    assert "3" in missing[1]


def test_another_day_asks_the_families_again(afternoon, visit):
    cast = afternoon
    answer_visit(child=cast.rows[cast.child.pk], agrees=True, by=cast.mother.user)
    visit.day = TODAY + dt.timedelta(days=1)
    students = [cast.child, cast.other_child]
    save_visit(visit=visit, leaders=[cast.homeroom], students=students, by=cast.homeroom.user)
    assert set(visit.children.values_list("answer", flat=True)) == {"open"}
    save_visit(visit=visit, leaders=[cast.homeroom], students=[cast.child], by=cast.homeroom.user)
    assert [row.student for row in visit.children.all()] == [cast.child]


def test_heads_are_counted_and_a_missing_child_stands_in_red(afternoon, as_user):
    cast = afternoon
    visit = make_visit(
        cast, state="approved", leaders=[cast.homeroom], children=[cast.child, cast.other_child, cast.teachers_child]
    )
    mine, other, third = (visit.children.get(student=s) for s in (cast.child, cast.other_child, cast.teachers_child))
    with pytest.raises(ValidationError, match="出发前清点"):
        count_heads(visit=visit, moment="return", there=[], by=cast.homeroom.user)
    count_heads(visit=visit, moment="departure", there=[mine.pk, other.pk], by=cast.homeroom.user)
    assert {row.pk for row in expected_on(visit, "return")} == {mine.pk, other.pk}
    url = reverse("clubs:visit_count", args=[visit.pk, "return"])
    as_user(cast.homeroom).post(url, {"there": [mine.pk]})
    count = VisitCount.objects.first()
    assert (count.moment, count.expected, count.present, count.by) == ("return", 2, 1, cast.homeroom.user)
    assert list(count.absent.all()) == [other]
    page = as_user(cast.homeroom).get(reverse("clubs:visit_detail", args=[visit.pk])).content.decode()
    assert "notice-error" in page
    with pytest.raises(ValidationError, match="已经开始清点"):
        call_off_visit(visit=visit, reason="雨", by=cast.office.user)
    assert third.pk not in {row.pk for row in expected_on(visit, "return")}


def test_the_list_carries_phones_for_leaders_and_is_logged(afternoon, as_user):
    cast = afternoon
    visit = make_visit(cast, state="approved", leaders=[cast.homeroom], children=[cast.child])
    url = reverse("clubs:visit_paper", args=[visit.pk])
    client = as_user(cast.homeroom)
    text = pdf_text(printed(client, client.get(url)), "-layout")
    assert "韩小雨" in text
    assert "19900000101" in text
    assert [words in "".join(text.split()) for words in ("120急救", "110报警", "119消防", "带队教师")] == [True] * 4
    phones = [one.guardian.phone for one in cast.child.guardianships.filter(barred=False).select_related("guardian")]
    assert len(phones) > 1 and all(phone in text for phone in phones)
    assert list(AccessLog.objects.filter(fields=["phones"]).values_list("student", "user")) == [
        (cast.child.pk, cast.homeroom.user.pk)
    ]
    assert as_user(cast.principal).get(url).status_code == 403


def test_a_family_is_asked_and_answers_on_the_phone(afternoon, visit, as_user):
    cast = afternoon
    own = Student.objects.filter(pk=cast.child.pk)
    [task] = visits_for(own)
    assert as_user(cast.mother).get(task.url).status_code == 200
    as_user(cast.mother).post(task.url, {"answer": "agree"})
    row = VisitChild.objects.get(student=cast.child)
    assert (row.answer, row.answered_by, visits_for(own)) == ("agreed", cast.mother.user, [])


def test_planning_on_the_page(afternoon, as_user):
    cast = afternoon
    take(cast.club, cast.child, cast.mother.user)
    facts = {"name": "博物馆", "purpose": "看展", "place": "博物馆", "day": TODAY, "club": cast.club.pk}
    facts |= {"leaves_at": "13:00", "returns_at": "17:00", "leaders": [cast.homeroom.pk], "names": "没有这个人"}
    url = reverse("clubs:visit_add")
    page = as_user(cast.homeroom).post(url, facts)
    assert list(page.context["form"].errors) == ["names"]
    assert as_user(cast.homeroom).post(url, facts | {"names": ""}).status_code == 302
    assert list(VisitChild.objects.values_list("student", "answer")) == [(cast.child.pk, "open")]


# --- the end of term -------------------------------------------------------------------------------------------------


def test_certificates_say_who_took_part_and_no_grade(afternoon, as_user):
    cast = afternoon
    membership = take(cast.club, cast.child, cast.mother.user)
    take(cast.club, cast.other_child, cast.other_mother.user)
    certify = reverse("clubs:certificates", args=[cast.club.pk])
    assert "text/html" in as_user(cast.homeroom).get(certify)["Content-Type"]  # since today only: no day is over
    Membership.objects.update(starts_on=TODAY - dt.timedelta(days=7))
    own = reverse("clubs:certificate", args=[membership.pk])
    client = as_user(cast.homeroom)
    for early in (certify, own):  # the club meets for the last time on 30 December
        assert client.get(early).context["from_day"] == dt.date(2026, 12, 31)
    assert "证书自12月31日 周四起可取" in as_user(cast.mother).get(reverse("clubs:family_activities")).content.decode()
    Meeting.objects.filter(day__gte=TODAY).update(cancelled=True)
    ClubSlot.objects.all().delete()
    client = as_user(cast.homeroom)
    text = pdf_text(printed(client, client.get(certify)))
    pages = text.rstrip("\f").split("\f")
    assert ["韩小雨" in pages[0] + pages[1], len(pages)] == [True, 2]
    assert all("硬笔书法" in page and "示范小学" in page for page in pages)
    assert all("至2026年11月17日" in "".join(page.split()) for page in pages)
    cast.child.enrolments.update(ends_on=TODAY - dt.timedelta(days=3))
    assert certificates_of(Membership.objects.filter(pk=membership.pk))[0].last == TODAY - dt.timedelta(days=3)
    client = as_user(cast.mother)
    assert client.get(own).context["early"] is True  # it left weeks before the end
    Term.objects.update(ends_on=TODAY + dt.timedelta(days=7))
    printed(client, client.get(own))


def test_a_club_that_was_called_off_certifies_who_was_there_then(afternoon, as_user):
    cast = afternoon
    take(cast.club, cast.child, cast.mother.user)
    Membership.objects.update(starts_on=TODAY - dt.timedelta(days=20), ends_on=TODAY - dt.timedelta(days=6))
    cast.club.status = "cancelled"
    cast.club.save()
    client = as_user(cast.office)
    assert "韩小雨" in pdf_text(printed(client, client.get(reverse("clubs:certificates", args=[cast.club.pk]))))


def test_means_only_from_five_answers_on(afternoon, as_user):
    cast = afternoon
    cast.club.capacity = 9
    cast.club.save()
    for n in range(5):
        child = make_student(f"新{n}", cast.class_1, (cast.mother, "母亲"))
        enrol(cast.option, child, cast.mother, cast.homeroom, cast.office)
        membership = take(cast.club, child, cast.mother.user)
        if n == 4:
            assert (summary_of(cast.club).content, summary_of(cast.club).sentences) == (None, ())
        answer = {"content": 5 - (n == 4), "again": n > 0, "sentence": f"很好{n}"}
        save_evaluation(evaluation=ClubEvaluation(membership=membership, **answer), by=cast.mother.user)
    summary = summary_of(cast.club)
    assert (summary.answers, summary.content, summary.again, len(summary.sentences)) == (5, 4.8, 4, 5)
    url = reverse("clubs:evaluation_summary", args=[cast.club.pk])
    page = as_user(cast.homeroom).get(url).content.decode()
    assert "沈月" not in page
    assert "新1" not in page


def test_a_family_changes_its_evaluation_until_the_term_ends(afternoon, as_user):
    cast = afternoon
    membership = take(cast.club, cast.child, cast.mother.user)
    url = reverse("clubs:evaluation_edit", args=[membership.pk])
    for content in ("5", "4"):
        as_user(cast.mother).post(url, {"content": content, "again": "yes", "sentence": ""})
    evaluation = ClubEvaluation.objects.get()
    assert (evaluation.content, evaluation.again) == (4, True)
    Term.objects.update(ends_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="学期已结束"):
        save_evaluation(
            evaluation=ClubEvaluation.objects.select_related("membership__club__term").get(), by=cast.mother.user
        )


def test_the_hub_opens_for_an_instructor_from_outside(afternoon, as_user):
    page = as_user(make_staff("T801", "外聘")).get(reverse("clubs:activity_list"))
    assert (page.status_code, page.context["without"]) == (200, 0)


def test_records_are_asked_of_who_led_then_and_not_of_what_nobody_held(meeting, afternoon, as_user, monkeypatch):
    """A club that changed hands: the new instructor may write the earlier records, and is not asked for them."""
    Membership.objects.create(
        club=afternoon.club,
        student=afternoon.child,
        enrolment=afternoon.child.enrolments.get(),
        joined_by=afternoon.mother.user,
        starts_on=TODAY,
    )
    session = session_of(afternoon.club, afternoon.second)
    monkeypatch.setattr(timezone, "_shift", timezone._shift + dt.timedelta(days=1))
    # Nobody called its roll: it is not known that it was held.
    assert held_meetings(afternoon.term, TODAY).count() == 0
    Session.objects.filter(pk=session.pk).update(roll_taken_at=timezone.now())
    assert held_meetings(afternoon.term, TODAY).count() == 1
    Club.objects.filter(pk=afternoon.club.pk).update(instructor=afternoon.teacher)
    assert records(as_user(afternoon.teacher).get(reverse("clubs:record_list"))) == []
    assert as_user(afternoon.teacher).get(reverse("clubs:record_edit", args=[meeting.pk])).status_code == 200
    assert [row.pk for row in records(as_user(afternoon.homeroom).get(reverse("clubs:record_list")))] == [meeting.pk]
