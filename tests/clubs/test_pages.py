"""The pages: the menu for families, the office's clubs, rounds, lists and workbook."""

import datetime as dt
import io
import json
from hashlib import sha256

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from clubs.models import (
    Choice,
    ChoiceRound,
    ChoiceSheet,
    Club,
    ClubPicture,
    ClubSettings,
    ClubSlot,
    Membership,
    Offer,
    Waiting,
)
from clubs.services import leave_club, wait_for
from clubs.services.drawing import draw_round
from school.models import ImportBatch, Room
from tests.clubs.routes import make_club, make_drawn, make_sheet
from tests.conftest import TODAY, make_round, take

pytestmark = pytest.mark.django_db


def picture():
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", out.getvalue(), "image/jpeg")


# --- families -------------------------------------------------------------------------------------------------------


def test_a_place_is_taken_by_one_tap_and_given_back(afternoon, as_user):
    client = as_user(afternoon.mother)
    menu = client.get("/clubs/family/").text
    assert "硬笔书法" in menu
    answer = client.post(f"/clubs/family/{afternoon.child.pk}/{afternoon.club.pk}/join/", follow=True)
    assert "韩小雨 已有名额。" in answer.content.decode()
    place = Membership.objects.get()
    assert "给别的孩子" not in client.get("/clubs/family/").text
    client.post(f"/clubs/memberships/{place.pk}/leave/")
    assert Membership.objects.get().ends_on == TODAY


def test_full_is_a_page_with_a_line_to_stand_in(afternoon, as_user):
    Club.objects.update(capacity=1)
    take(afternoon.club, afternoon.other_child, afternoon.other_mother.user)
    client = as_user(afternoon.mother)
    answer = client.post(f"/clubs/family/{afternoon.child.pk}/{afternoon.club.pk}/join/", follow=True)
    assert answer.status_code == 200
    assert "排队等位" in answer.content.decode()
    client.post(f"/clubs/family/{afternoon.child.pk}/{afternoon.club.pk}/wait/")
    assert "排队中：第 1 位" in client.get(f"/clubs/family/?child={afternoon.child.pk}").text
    client.post(f"/clubs/waiting/{Waiting.objects.get().pk}/stop/")
    assert Waiting.objects.get().state == "left"


def test_the_menu_says_why_and_filters(afternoon, as_user):
    make_club(afternoon, "围棋", 1, grade_from=5)
    client, own = as_user(afternoon.mother), f"child={afternoon.child.pk}"
    assert "围棋 面向" in client.get(f"/clubs/family/?{own}").text
    assert "围棋" not in client.get(f"/clubs/family/?{own}&fits=on").text
    assert "硬笔书法" not in client.get(f"/clubs/family/?{own}&weekday=1").text
    assert "围棋" in client.get(f"/clubs/family/?{own}&q=围").text
    sibling = client.get(f"/clubs/family/?child={afternoon.sibling.pk}").text
    assert "韩小雪 没有参加" in sibling


def test_choices_are_ranked_kept_through_an_error_and_read_afterwards(afternoon, as_user):
    chess, paper = make_club(afternoon, "围棋", 1), make_club(afternoon, "剪纸", 2)
    one = make_round(afternoon, chess, paper, way="draw", most_choices=3)
    client, url = as_user(afternoon.mother), f"/clubs/family/rounds/{one.pk}/{afternoon.child.pk}/"
    form = {"version": 0, "places_wanted": 1, "rank_1": paper.pk, "rank_2": paper.pk}
    refused = client.post(url, form)
    assert "这个社团选了两次" in refused.text
    assert f'<option value="{paper.pk}" selected' in refused.text
    client.post(url, form | {"rank_2": chess.pk})
    assert list(Choice.objects.values_list("rank", "club__name")) == [(1, "剪纸"), (2, "围棋")]
    late = client.post(url, form | {"rank_2": chess.pk})
    assert "沈月" in late.text
    assert 'name="version" value="1"' in late.text
    assert client.post(url, form | {"rank_2": chess.pk, "version": 1}).status_code == 302
    result = client.get(f"{url}result/").text
    assert ChoiceSheet.objects.get().number in result


def test_a_family_reads_its_result(afternoon, as_user):
    one = make_drawn(afternoon, make_club(afternoon, "围棋", 1))
    page = as_user(afternoon.other_mother).get(
        f"/clubs/family/rounds/{one.pk}/{afternoon.other_child.pk}/", follow=True
    )
    text = page.content.decode()
    assert "已录取（第 1 轮）。" in text
    assert "0b0b0b0b" in text


def test_anybody_can_take_the_draw_and_check_it(afternoon, client):
    one = make_drawn(afternoon, make_club(afternoon, "围棋", 1), publish=False)
    page = client.get(f"/clubs/draws/{one.pk}/").text
    assert one.seed_sha256 in page
    assert one.seed not in page
    assert client.get(f"/clubs/draws/{one.pk}/draw.json").status_code == 404
    from clubs.services.giving import publish_draw

    publish_draw(round=one, by=afternoon.office.user)
    assert one.seed in client.get(f"/clubs/draws/{one.pk}/").text
    file = client.get(f"/clubs/draws/{one.pk}/draw.json").content
    data = json.loads(file)
    assert sha256(data["seed"].encode()).hexdigest() == one.seed_sha256
    assert sha256(file).hexdigest() == one.draws.get().sha256
    assert len(client.get("/clubs/draws/redraw.py").content.splitlines()) <= 60


def test_an_offer_is_taken_by_its_own_guardian_and_let_go_by_its_link(afternoon, client):
    Club.objects.update(capacity=1)
    place = take(afternoon.club, afternoon.child, afternoon.mother.user)
    afternoon.club.refresh_from_db()
    wait_for(club=afternoon.club, student=afternoon.other_child, by=afternoon.other_mother.user)
    leave_club(membership=place, last_day=TODAY, by=afternoon.mother.user)
    url = f"/clubs/offers/{Offer.objects.get().secret}/"
    page = client.get(url).text
    assert "硬笔书法" in page
    assert "杨小帆" not in page
    assert "/accounts/login/" in client.post(url, {"answer": "accept"}).url
    client.force_login(afternoon.mother.user)
    client.post(url, {"answer": "accept"})
    assert Offer.objects.get().answer == ""
    client.force_login(afternoon.other_mother.user)
    client.post(url, {"answer": "accept"})
    assert Membership.objects.get(ends_on=None).student == afternoon.other_child
    assert client.get("/clubs/offers/none/").status_code == 404


# --- the office -----------------------------------------------------------------------------------------------------


def club_form(cast, **more):
    return {
        "name": "航模",
        "category": "科技",
        "kind": "school",
        "part": "elective",
        "aim": "做一架会飞的模型",
        "grade_from": 3,
        "grade_to": 6,
        "least": 5,
        "capacity": 20,
        "instructor": cast.teacher.pk,
        "room": cast.rooms[0].pk,
        "times_a_week": 1,
        "materials_fee": "0",
        "wished_days": [2],
        "slots": [f"2-{cast.second.pk}"],
        "weeks": "认识工具\n\n试飞",
    } | more


def test_the_office_enters_a_club_and_publishes_it(afternoon, as_user):
    client = as_user(afternoon.office)
    assert client.post("/clubs/add/", club_form(afternoon)).status_code == 302
    club = Club.objects.get(name="航模")
    assert (club.status, club.wished_days, [str(s) for s in club.slots.all()]) == ("draft", [2], ["星期二 第二节"])
    assert list(club.weeks.values_list("number", "content")) == [(1, "认识工具"), (3, "试飞")]
    assert client.post(f"/clubs/{club.pk}/decide/", {"publish": "1"}).status_code == 302
    club.refresh_from_db()
    assert club.status == "published"
    again = client.get(f"/clubs/{club.pk}/edit/").text
    assert "试飞" in again
    assert "checked" in again


def test_a_clash_is_refused_beside_its_field_and_nothing_typed_is_lost(afternoon, as_user):
    client = as_user(afternoon.office)
    slot = {"slots": [f"3-{afternoon.second.pk}"]}
    answer = client.post("/clubs/add/", club_form(afternoon, room=afternoon.hall.pk, **slot))
    assert "硬笔书法 星期三 此时在 体育馆" in answer.text
    assert "做一架会飞的模型" in answer.text
    answer = client.post("/clubs/add/", club_form(afternoon, instructor=afternoon.homeroom.pk, **slot))
    assert "周婷 星期三 此时在 硬笔书法" in answer.text
    assert not Club.objects.filter(name="航模").exists()


def test_a_name_that_exists_and_too_many_weeks_are_sentences(afternoon, as_user):
    client = as_user(afternoon.office)
    assert "已有" in client.post("/clubs/add/", club_form(afternoon, name="硬笔书法")).text
    assert "最多 25 周" in client.post("/clubs/add/", club_form(afternoon, weeks="周\n" * 60)).text
    assert Club.objects.count() == 1


def test_a_club_with_children_does_not_change_under_their_feet(afternoon, as_user):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    url, client = f"/clubs/{afternoon.club.pk}/edit/", as_user(afternoon.office)
    form = club_form(
        afternoon,
        name="硬笔书法",
        instructor=afternoon.homeroom.pk,
        room=afternoon.hall.pk,
        slots=[f"3-{afternoon.second.pk}"],
        least=0,
    )
    assert "费用不能提高" in client.post(url, form | {"materials_fee": "500"}).text
    assert "1 名学生将不在" in client.post(url, form | {"grade_from": 5}).text
    assert client.post(url, form).status_code == 302


def test_who_helps_here_does_not_lead_there(afternoon):
    club = make_club(afternoon, "围棋", 3, assistant=afternoon.principal)
    from django.db import IntegrityError, transaction

    ClubSlot.objects.filter(club=club).update(assistant=afternoon.principal)
    other = make_club(
        afternoon, "象棋", 1, room=Room.objects.create(name="象棋室", capacity=30), instructor=afternoon.principal
    )
    with pytest.raises(IntegrityError, match="clubslot_instructor"), transaction.atomic():
        ClubSlot.objects.filter(club=other).update(weekday=3)


def test_a_teacher_proposes_and_the_office_sends_it_back(afternoon, as_user):
    client = as_user(afternoon.teacher)
    client.post("/clubs/add/", club_form(afternoon) | {"propose": "1"})
    club = Club.objects.get(name="航模")
    assert (club.status, club.proposed_by) == ("proposed", afternoon.teacher.user)
    assert client.get(f"/clubs/{club.pk}/edit/").status_code == 404
    as_user(afternoon.office).post(f"/clubs/{club.pk}/decide/", {"return": "1", "opinion": "请减少人数"})
    page = as_user(afternoon.teacher).get(f"/clubs/{club.pk}/").text
    assert "请减少人数" in page
    assert "航模" not in as_user(afternoon.mother).get("/clubs/family/").text


def test_a_picture_is_made_small_and_needs_a_tick(afternoon, as_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client, url = as_user(afternoon.office), f"/clubs/{afternoon.club.pk}/pictures/add/"
    assert client.post(url, {"image": picture(), "caption": "作品"}).status_code == 200
    no_picture = SimpleUploadedFile("a.jpg", b"<html>")
    assert client.post(url, {"image": no_picture, "caption": "x", "no_faces": "on"}).status_code == 200
    assert client.post(url, {"image": picture(), "caption": "作品", "no_faces": "on"}).status_code == 302
    shown = as_user(afternoon.mother).get(f"/clubs/pictures/{ClubPicture.objects.get().pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    client = as_user(afternoon.office)
    client.post(f"/clubs/pictures/{ClubPicture.objects.get().pk}/remove/")
    assert not ClubPicture.objects.exists()


def test_the_round_from_draft_to_places(afternoon, as_user):
    club = make_club(afternoon, "围棋", 1)
    client = as_user(afternoon.office)
    now = timezone.localtime()
    form = {
        "name": "第二轮",
        "way": "draw",
        "clubs": [club.pk],
        "opens_at": f"{now - dt.timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "closes_at": f"{now + dt.timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "most_choices": 3,
        "most_places": 1,
        "priority": "on",
    }
    client.post("/clubs/rounds/add/", form)
    one = ChoiceRound.objects.get(name="第二轮")
    url = f"/clubs/rounds/{one.pk}/"
    assert one.seed not in client.get(url).text
    client.post(f"{url}act/", {"act": "announce"})
    make_sheet(one, afternoon.child, "0c0c0c0c", club, by=afternoon.mother.user)
    report = client.post(f"{url}rehearse/", {"source": "round", "rule": "draw"}, follow=True).content.decode()
    assert "没有发放任何名额" in report
    client.post(f"{url}act/", {"act": "draw"})
    assert one.draws.real().count() == 0
    earlier = {"closes_at": f"{now - dt.timedelta(hours=2):%Y-%m-%dT%H:%M}"}
    assert "只能延后" in client.post(f"{url}edit/", earlier).text
    ChoiceRound.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    for act in ("draw", "draw", "publish", "publish"):
        client.post(f"{url}act/", {"act": act})
    one.refresh_from_db()
    assert (one.state, Membership.objects.filter(round=one).count()) == ("published", 1)
    client.post(f"{url}act/", {"act": "cancel"})
    one.refresh_from_db()
    assert one.state == "published"


def test_the_instructor_s_list(afternoon, as_user):
    club = make_club(afternoon, "合唱", 1, capacity=1)
    one = make_round(afternoon, club, way="audition")
    sheets = [
        make_sheet(one, afternoon.child, "a", club, by=afternoon.mother.user),
        make_sheet(one, afternoon.other_child, "b", club, by=afternoon.other_mother.user),
    ]
    choices = [sheet.choices.get() for sheet in sheets]
    client = as_user(afternoon.teacher)
    assert "合唱" in client.get("/clubs/auditions/").text
    url = f"/clubs/rounds/{one.pk}/auditions/{club.pk}/"
    both = {f"c{c.pk}-verdict": "yes" for c in choices}
    assert "录取了 2 人" in client.post(url, both).text
    client.post(url, {f"c{choices[0].pk}-verdict": "yes", f"c{choices[1].pk}-verdict": "reserve"})
    assert list(Choice.objects.order_by("pk").values_list("verdict", flat=True)) == ["yes", "reserve"]


def test_lists_of_places(afternoon, as_user):
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    client = as_user(afternoon.office)
    without = client.get("/clubs/without/").text
    assert ("杨小帆" in without, "韩小雨" in without) == (True, False)
    where = client.get(f"/safety/where/?day={TODAY}&period={afternoon.second.pk}").text
    assert "体育馆" in where
    own = as_user(afternoon.homeroom).get(f"/safety/where/?day={TODAY}&period={afternoon.second.pk}").text
    assert ("韩小雨" in own, "杨小帆" in own) == (True, False)
    Membership.objects.update(ends_on=TODAY - dt.timedelta(days=1), starts_on=TODAY - dt.timedelta(days=5))
    assert "韩小雨" in as_user(afternoon.office).get("/clubs/without/").text


def test_the_office_puts_a_child_in_and_moves_it(afternoon, as_user):
    client = as_user(afternoon.office)
    url = f"/clubs/{afternoon.club.pk}/place/"
    assert "杨小帆" in client.get(f"{url}?q=yang2").text
    client.post(url, {"student": afternoon.other_child.pk})
    place = Membership.objects.get()
    assert place.how == "placed"
    change = {"club": "", "last_day": str(TODAY), "reason": "不再参加"}
    client.post(f"/clubs/memberships/{place.pk}/change/", change)
    place.refresh_from_db()
    assert (place.ends_on, place.end_reason) == (TODAY, "不再参加")


def test_the_catalogue_goes_out_and_comes_back(afternoon, as_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = as_user(afternoon.office)
    Club.objects.update(aim="练字", least=2)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/clubs/workbook/catalogue.xlsx").content))
    sheet = book["社团"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "社团名称")
    columns = {cell.value: cell.column for cell in head}
    row = next(row for row in sheet.iter_rows() if row[0].value == "硬笔书法")
    sheet.cell(row[0].row, columns["人数上限"]).value = 7
    sheet.cell(row[0].row, columns["主要内容"]).value = "每天十个字"
    out = io.BytesIO()
    book.save(out)
    upload = SimpleUploadedFile("社团.xlsx", out.getvalue())
    answer = client.post("/clubs/workbook/", {"file": upload})
    batch = ImportBatch.objects.get()
    assert answer.url.endswith(f"/{batch.pk}/")
    assert batch.plan["summary"]["clubs"]["updated"] == 1
    assert Club.objects.get().capacity == 2
    client.post(answer.url)
    club = Club.objects.get()
    assert (club.capacity, club.aim, club.least) == (7, "每天十个字", 2)


def test_settings_are_kept(afternoon, as_user):
    form = {
        "offer_hours": 48,
        "trial_days": 14,
        "direct_from": "15:00",
        "answer_minutes": 20,
        "credit_for_losses": "on",
        "children_per_adult": 10,
    }
    as_user(afternoon.office).post("/clubs/settings/", form)
    kept = ClubSettings.fresh()
    assert (kept.offer_hours, kept.trial_days, kept.credit_for_losses, kept.photos) == (48, 14, True, False)


def test_waiting_list_of_the_office(afternoon, as_user):
    Club.objects.update(capacity=1)
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    afternoon.club.refresh_from_db()
    waits = [
        wait_for(club=afternoon.club, student=afternoon.other_child, by=afternoon.other_mother.user),
        wait_for(club=afternoon.club, student=afternoon.teachers_child, by=afternoon.teacher_parent.user),
    ]
    client = as_user(afternoon.office)
    url = f"/clubs/waiting/{waits[1].pk}/move/"
    assert client.post(url, {"position": 1, "reason": ""}).status_code == 200
    client.post(url, {"position": 1, "reason": "登记有误"})
    page = client.get(f"/clubs/{afternoon.club.pk}/waiting/").text
    assert "登记有误" in page
    assert page.index("吴小舟") < page.index("杨小帆")


def test_the_draw_of_last_evening_is_the_same_this_morning(afternoon):
    one = make_drawn(afternoon, make_club(afternoon, "围棋", 1), publish=False)
    assert draw_round(round=one, by=afternoon.principal.user).pk == one.draws.get().pk
