"""Shows and their results, parents' lectures, the zones of labour day."""

import datetime as dt
import io
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from PIL import Image

from clubs.models import CampusZone, ClubSlot, Lecture, Meeting, Show
from clubs.services.lecturing import call_off_lecture, date_lecture, hold_lecture, who_has_room
from school.models import Room
from tests.clubs.routes_activities import make_lecture, make_show, make_zone
from tests.conftest import TODAY, pdf_text, printed, records

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


# --- shows -----------------------------------------------------------------------------------------------------------


def send_show(client, url, **fields):
    return client.post(url, {"day": TODAY, "kind": "contest", "title": "书写比赛", "result": "人人有作品展出"} | fields)


def test_an_instructor_enters_shows_of_the_own_clubs_only(afternoon, as_user):
    url = reverse("clubs:show_add")
    assert send_show(as_user(afternoon.homeroom), url, club=afternoon.club.pk).status_code == 302
    show = Show.objects.get()
    assert (show.term, show.club, show.entered_by) == (afternoon.term, afternoon.club, afternoon.homeroom.user)
    assert show.events.count() == 1
    for fields in ({}, {"club": afternoon.club.pk}):
        page = send_show(as_user(afternoon.teacher), url, **fields)
        assert list(page.context["form"].errors) == ["club"]
    assert send_show(as_user(afternoon.office), url).status_code == 302
    assert list(Show.objects.filter(club=None).values_list("title", flat=True)) == ["书写比赛"]


def test_a_show_is_entered_once_and_on_a_day_of_the_term(afternoon, as_user):
    url = reverse("clubs:show_add")
    send_show(as_user(afternoon.office), url)
    page = send_show(as_user(afternoon.office), url)
    assert page.context["form"].non_field_errors() == ["这一项已经录入过。"]
    page = send_show(as_user(afternoon.office), url, day=afternoon.term.ends_on + WEEK)
    assert list(page.context["form"].errors) == ["day"]


def test_no_field_asks_for_a_rank_or_a_child(afternoon, as_user):
    form = as_user(afternoon.office).get(reverse("clubs:show_add")).context["form"]
    assert list(form.fields) == ["day", "kind", "title", "club", "result", "new_photo", "no_faces"]
    assert form.fields["result"].help_text == "用文字写全体的收获：不排名次，不写学生姓名。"


def test_a_picture_without_faces_small_and_removed_again(afternoon, as_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    out = io.BytesIO()
    Image.new("RGB", (2400, 1200)).save(out, "PNG")
    url = reverse("clubs:show_edit", args=[make_show(afternoon).pk])

    def send(**fields):
        photo = SimpleUploadedFile("a.png", out.getvalue())
        return send_show(as_user(afternoon.homeroom), url, club=afternoon.club.pk, new_photo=photo, **fields)

    assert list(send().context["form"].errors) == ["no_faces"]
    assert send(no_faces="on").status_code == 302
    show = Show.objects.get()
    answer = as_user(afternoon.mother).get(reverse("clubs:show_picture", args=[show.pk]))
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (1280, 640)
    assert answer["Cache-Control"] == "private, no-store"
    as_user(afternoon.homeroom).post(reverse("clubs:show_picture_remove", args=[show.pk]))
    assert Show.objects.get().picture.name == ""
    assert as_user(afternoon.mother).get(reverse("clubs:show_picture", args=[show.pk])).status_code == 404


def test_families_and_the_hub_show_what_came_of_it(afternoon, as_user):
    show = make_show(afternoon, result="每人一幅作品")
    page = as_user(afternoon.mother).get(reverse("clubs:family_activities"))
    assert list(page.context["shows"]) == [show]
    assert "每人一幅作品" in page.content.decode()
    assert as_user(afternoon.principal).get(reverse("clubs:activity_list")).context["last_show"] == show
    page = as_user(afternoon.teacher).get(reverse("clubs:show_list"), {"term": afternoon.term.pk})
    assert records(page) == [show]


# --- parents' lectures -----------------------------------------------------------------------------------------------


def test_a_guardian_offers_with_the_own_contact_filled_in(afternoon, as_user):
    url = reverse("clubs:lecture_offer")
    form = as_user(afternoon.mother).get(url).context["form"]
    filled = {name: form.initial[name] for name in ("speaker", "relation", "phone")}
    assert filled == {"speaker": "沈月", "relation": "母亲", "phone": "19900000101"}
    as_user(afternoon.mother).post(url, filled | {"topic": "桥是怎样造的", "grade_from": 3, "grade_to": 4})
    lecture = Lecture.objects.get()
    assert (lecture.state, lecture.offered_by, lecture.day) == ("offered", afternoon.mother.user, None)
    page = as_user(afternoon.mother).get(reverse("clubs:family_activities"))
    assert list(page.context["lectures"]) == [lecture]
    for other in (afternoon.other_mother, afternoon.teacher_parent):  # the second teaches here and reads all as staff
        page = as_user(other).get(reverse("clubs:family_activities"))
        assert list(page.context["lectures"]) == []


def test_the_phone_is_for_the_office_only(afternoon, as_user):
    url = reverse("clubs:lecture_detail", args=[make_lecture(afternoon).pk])
    seen = {who: "19900000101" in as_user(getattr(afternoon, who)).get(url).content.decode() for who in (
        "office", "academic", "teacher", "homeroom", "principal", "duty_leader"
    )}  # fmt: skip
    assert [who for who, there in seen.items() if there] == ["office", "academic"]


def test_a_room_that_is_taken_is_refused_by_name(afternoon):
    cast, lecture = afternoon, make_lecture(afternoon)
    with pytest.raises(ValidationError, match="硬笔书法"):
        date_lecture(lecture=lecture, day=TODAY, period=cast.second, room=cast.hall)
    later = TODAY + WEEK * 3
    Meeting.objects.filter(day=later).delete()
    with pytest.raises(ValidationError, match="硬笔书法"):  # the week's plan, before its meetings are made
        date_lecture(lecture=lecture, day=later, period=cast.second, room=cast.hall)
    made = date_lecture(lecture=lecture, day=TODAY, period=cast.first, room=cast.hall)
    assert (made.state, made.room) == ("dated", cast.hall)
    with pytest.raises(ValidationError, match="桥是怎样造的"):
        date_lecture(lecture=make_lecture(cast, "星空"), day=TODAY, period=cast.first, room=cast.hall)
    date_lecture(lecture=made, day=TODAY, period=cast.first, room=cast.hall)  # its own room is no clash


def test_a_meeting_that_was_moved_or_called_off_leaves_the_room(afternoon):
    cast = afternoon
    Meeting.objects.filter(day=TODAY).update(cancelled=True)
    assert who_has_room(cast.hall, TODAY, cast.second) == ""
    Meeting.objects.filter(day=TODAY).update(cancelled=False, room=cast.rooms[1])
    assert who_has_room(cast.hall, TODAY, cast.second) == ""
    assert who_has_room(cast.rooms[1], TODAY, cast.second) == "硬笔书法"
    assert ClubSlot.objects.get().room == cast.hall


def test_dated_by_the_office_on_its_page(afternoon, as_user):
    lecture = make_lecture(afternoon)
    url = reverse("clubs:lecture_date", args=[lecture.pk])
    page = as_user(afternoon.office).post(url, {"day": TODAY, "period": afternoon.second.pk, "room": afternoon.hall.pk})
    assert list(page.context["form"].errors) == ["room"]
    as_user(afternoon.office).post(url, {"day": TODAY, "period": afternoon.first.pk, "room": afternoon.hall.pk})
    as_user(afternoon.office).post(reverse("clubs:lecture_held", args=[lecture.pk]))
    lecture.refresh_from_db()
    assert (lecture.state, lecture.day, lecture.room) == ("held", TODAY, afternoon.hall)


def test_held_on_its_day_and_called_off_with_a_reason(afternoon, as_user):
    cast = afternoon
    lecture = date_lecture(lecture=make_lecture(cast), day=TODAY + WEEK, period=cast.first, room=cast.hall)
    with pytest.raises(ValidationError, match="还没有到"):
        hold_lecture(lecture=lecture)
    url = reverse("clubs:lecture_call_off", args=[lecture.pk])
    assert list(as_user(cast.office).post(url, {"reason": ""}).context["form"].errors) == ["reason"]
    as_user(cast.office).post(url, {"reason": "主讲人出差"})
    assert "主讲人出差" in as_user(cast.mother).get(reverse("clubs:family_activities")).content.decode()
    assert who_has_room(cast.hall, TODAY + WEEK, cast.first) == ""
    with pytest.raises(ValidationError, match="重新打开"):
        call_off_lecture(lecture=lecture, reason="再次")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "dated"},
        {"state": "held"},
        {"state": "called_off"},
        {"grade_from": 4, "grade_to": 3},
    ],
)
def test_what_the_database_refuses_of_a_lecture(afternoon, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_lecture(afternoon, **fields)


def test_the_office_searches(afternoon, as_user):
    bridge, stars = make_lecture(afternoon), make_lecture(afternoon, "星空", speaker="韩松")
    for words, found in (("桥", [bridge]), ("韩松", [stars]), ("无", [])):
        page = as_user(afternoon.office).get(reverse("clubs:lecture_list"), {"q": words})
        assert records(page) == found


# --- labour day ------------------------------------------------------------------------------------------------------


def test_one_zone_per_class_and_weekday(afternoon, as_user):
    cast = afternoon
    make_zone(cast, cast.class_1)
    facts = {"aim": "干净", "weekday": 3, "adult": cast.teacher.pk}
    url = reverse("clubs:zone_add")
    page = as_user(cast.office).post(url, facts | {"name": "西操场", "school_class": cast.class_1.pk})
    assert page.context["form"].non_field_errors() == ["这个班当天已有责任区。"]
    page = as_user(cast.office).post(url, facts | {"name": "东花坛", "school_class": cast.class_2.pk})
    assert page.context["form"].non_field_errors() == ["这个责任区当天已分给一个班。"]
    as_user(cast.office).post(url, facts | {"name": "西操场", "school_class": cast.class_2.pk})
    assert set(CampusZone.objects.values_list("name", flat=True)) == {"东花坛", "西操场"}


def test_zones_on_the_hub_on_the_wall_and_removed(afternoon, as_user):
    cast = afternoon
    zone = make_zone(cast, cast.class_1)
    make_zone(cast, cast.class_2, "西操场", weekday=4)
    assert list(as_user(cast.teacher).get(reverse("clubs:activity_list")).context["zones"]) == [zone]
    client = as_user(cast.teacher)
    text = pdf_text(printed(client, client.get(reverse("clubs:zone_paper"))), "-layout")
    assert text.count("\f") == 1
    assert [name in text for name in ("东花坛", "西操场", "三(1)班", "无落叶", "周婷")] == [True] * 5
    as_user(cast.office).post(reverse("clubs:zone_edit", args=[zone.pk]), {"remove": "1"})
    assert list(CampusZone.objects.values_list("name", flat=True)) == ["西操场"]


# --- races -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_lectures_at_once_do_not_share_a_room(afternoon):
    cast = afternoon
    lectures = [make_lecture(cast), make_lecture(cast, "星空")]
    gate, results = threading.Barrier(2), []

    def run(lecture):
        gate.wait()
        try:
            date_lecture(lecture=lecture, day=TODAY, period=cast.first, room=Room.objects.get(pk=cast.hall.pk))
            results.append("dated")
        except ValidationError as error:
            results.append(list(error.message_dict))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[lecture]) for lecture in lectures]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results, key=str) == [["room"], "dated"]
