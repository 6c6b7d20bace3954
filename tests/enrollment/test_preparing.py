"""Before the term: the checklist, its papers, and copying an earlier term's settings."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clubs.models import Club, ClubSlot
from clubs.services.copying import clubs_to_copy
from documents.uploads import scrubbed_pdf
from enrollment.models import Agreement, Application, CareGroup, Enrolment, Letter, ServiceOption, TermPreparation
from enrollment.preparing import checklist
from enrollment.services import copy_term_settings
from enrollment.services.preparing import plan_copy
from fees.models import RefundRule
from school.models import AccessLog, SchoolDay, SchoolSettings, Staff, Term
from tests.conftest import TODAY, enrol, records
from tests.papers import pdf

pytestmark = pytest.mark.django_db
PAPERS = {
    "group_members": "蒋原 校长 组长\n郑岚 副组长",
    "group_document": "校发〔2026〕8号",
    "group_date": "2026-08-20",
    "plan_number": "备2026-31",
    "plan_filed_on": "2026-08-25",
    "plan_authority": "区教育局",
    "approval_number": "批2026-12",
    "approved_on": "2026-08-28",
    "approval_issuer": "区教育局",
}


@pytest.fixture
def spring(cast):
    return Term.objects.create(school_year=2026, half=2, starts_on=dt.date(2027, 2, 22), ends_on=dt.date(2027, 7, 2))


def item(term, key):
    return next(one for one in checklist(term) if one.key == key)


def test_an_empty_term_misses_what_it_needs(cast, spring):
    missing = {one.key for one in checklist(spring) if not one.done}
    assert {"group", "plan", "approval", "calendar", "letter", "texts", "options", "fees"} <= missing


def test_the_list_sees_what_is_there(cast, offer):
    TermPreparation.objects.create(term=cast.term, **PAPERS)
    assert [item(cast.term, key).done for key in ("group", "plan", "approval", "letter", "options", "fees")] == [
        True
    ] * 6
    assert item(cast.term, "texts").missing == ["未发布：儿童个人信息处理同意书"]
    assert item(cast.term, "classes").missing == ["没有班主任：一(1)班、三(2)班"]
    assert item(cast.term, "calendar").missing == ["还有 22 天没有载入"]


def test_members_are_counted_a_line_or_a_comma_each(cast):
    for names, n in (("蒋原 校长\n郑岚", 2), ("蒋原、郑岚，周婷；\n吴海", 4)):
        TermPreparation.objects.update_or_create(term=cast.term, defaults=PAPERS | {"group_members": names})
        assert item(cast.term, "group").there.startswith(f"成员 {n} 人")


def test_a_paper_half_entered_names_the_rest(cast):
    TermPreparation.objects.create(term=cast.term, plan_number="备2026-31")
    assert item(cast.term, "plan").missing == ["备案日期", "备案机关"]


def test_a_fee_needs_its_document_and_its_publication(cast, offer):
    ServiceOption.objects.update(fee_mode="month", fee_amount=Decimal("180.50"), fee_published_at=None)
    assert item(cast.term, "options").missing == ["周一至周五课后托管没有写收费文件"]
    assert item(cast.term, "fees").missing == ["周一至周五课后托管的收费还没有公示"]


def test_copying_takes_settings_and_never_enrolments(cast, offer, spring):
    enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    ServiceOption.objects.update(
        fee_mode="month", fee_amount=180, fee_published_at=offer.opens_at, capacity=90, ends_on=dt.date(2027, 1, 15)
    )
    TermPreparation.objects.create(term=cast.term, **PAPERS)
    copy_term_settings(source=cast.term, target=spring, by=cast.office.user)
    new = ServiceOption.objects.get(term=spring)
    assert (new.weekdays, new.fee_amount, new.capacity, new.periods.count()) == ([1, 2, 3, 4, 5], 180, 90, 2)
    assert (new.starts_on, new.ends_on) == (dt.date(2027, 2, 22), dt.date(2027, 6, 25))
    assert (new.opens_at, new.closes_at, new.fee_published_at, new.letter) == (None, None, None, None)
    letter = Letter.objects.get(term=spring)
    assert (letter.published_at, letter.version, letter.missing_facts()) == (None, 1, [])
    papers = TermPreparation.objects.get(term=spring)
    assert (papers.group_document, papers.plan_number, papers.approval_number) == ("校发〔2026〕8号", "", "")
    assert [m.objects.count() for m in (Application, Enrolment, CareGroup)] == [1, 1, 0]
    assert Agreement.objects.filter(application__option=new).count() == 0


def test_clubs_come_as_drafts_and_refund_rules_with_their_option(afternoon, spring):
    """With times; who has left leads none, a class's own club rises with its class, and nothing comes twice."""
    option = ServiceOption.objects.get()
    RefundRule.objects.create(term=afternoon.term, option=option, kind="cancelled", percent=80)
    Staff.objects.filter(pk=afternoon.club.instructor_id).update(left_on=TODAY)
    assert plan_copy(source=afternoon.term, target=spring).others == ["退费规则：未开展服务的日子：退还 80%"]
    Staff.objects.filter(pk=afternoon.club.instructor_id).update(left_on=None)
    afternoon.club.kind, afternoon.club.school_class = "class", afternoon.class_1
    afternoon.club.save()
    Term.objects.filter(pk=spring.pk).update(school_year=2027, starts_on="2027-09-01", ends_on="2028-01-20")
    spring.refresh_from_db()
    # The class that leaves the school takes its club with it.
    SchoolSettings.objects.update(top_grade=3)
    assert clubs_to_copy(afternoon.term, spring) == ([], [])
    SchoolSettings.objects.update(top_grade=6)
    assert clubs_to_copy(afternoon.term, spring) == ([afternoon.club], [])
    for _n in range(2):
        copy = copy_term_settings(source=afternoon.term, target=spring, by=afternoon.office.user)
    assert copy.is_empty
    new = Club.objects.get(term=spring)
    assert (new.name, new.status, new.taken, new.grade_from, new.grade_to) == ("硬笔书法", "draft", 0, 4, 4)
    assert [(s.weekday, s.period_id, s.term) for s in new.slots.all()] == [
        (s.weekday, s.period_id, spring) for s in afternoon.club.slots.all()
    ]
    rule = RefundRule.objects.get(term=spring)
    assert (rule.option.term, rule.option.name, rule.percent) == (spring, option.name, 80)


def test_a_club_whose_room_is_taken_is_copied_without_its_times(afternoon, spring):
    """The office had entered another club of the new term by hand: nothing breaks, and the draft says what it lacks."""
    slot = afternoon.club.slots.get()
    other = Club.objects.create(
        term=spring, name="篮球", grade_from=1, grade_to=6, capacity=9, room=slot.room, instructor=afternoon.teacher
    )  # fmt: skip
    ClubSlot.objects.create(
        term=spring, club=other, weekday=slot.weekday, period=slot.period, room=slot.room, instructor=afternoon.teacher
    )  # fmt: skip
    copy_term_settings(source=afternoon.term, target=spring, by=afternoon.office.user)
    assert Club.objects.get(term=spring, name="硬笔书法").slots.count() == 0
    assert ServiceOption.objects.filter(term=spring).count() == 1


def test_drafts_are_published_together_and_what_is_missing_is_named(afternoon, spring, as_user):
    client, listed = (
        as_user(afternoon.office),
        reverse("clubs:club_list", query={"term": spring.pk, "status": "drafts"}),
    )
    other = Club.objects.create(
        term=afternoon.term, name="篮球", aim="传球", grade_from=1, grade_to=6, capacity=9, status="published",
        room=afternoon.rooms[0], instructor=afternoon.homeroom,
    )  # fmt: skip
    Club.objects.filter(pk=afternoon.club.pk).update(aim="")
    copy_term_settings(source=afternoon.term, target=spring, by=afternoon.office.user)
    assert item(spring, "clubs").missing == ["2 个社团还没有发布"]
    assert item(spring, "clubs").url == listed
    assert reverse("clubs:club_list", query={"term": spring.pk}) in client.get(reverse("clubs:club_list")).text
    drafts = list(Club.objects.filter(term=spring).values_list("pk", flat=True))
    page = client.post(listed, {"action": "publish", "row": [*drafts, other.pk]}, follow=True).text
    assert "已发布 1 个社团" in page
    assert "硬笔书法：请写明社团的内容" in page
    assert dict(Club.objects.filter(term=spring).values_list("name", "status")) == {
        "硬笔书法": "draft",
        "篮球": "published",
    }


def test_a_new_term_is_entered_with_its_days_and_leads_to_what_it_needs(cast, as_user):
    """Fixed festivals are days off; the others are asked for until one is entered. A term ahead is gone on with."""
    client = as_user(cast.office)
    days = {"school_year": 2032, "half": 2, "starts_on": "2033-02-14", "ends_on": "2033-06-30"}
    answer = client.post(reverse("school:term_add"), days | {"fill": "on"})
    term = Term.objects.get(school_year=2032)
    assert answer.url == f"{reverse('enrollment:term_preparation')}?term={term.pk}"
    off = SchoolDay.objects.of_term(term).filter(kind="holiday").values_list("day", flat=True)
    assert list(off) == [dt.date(2033, 5, 1), dt.date(2033, 5, 2)]
    assert item(term, "calendar").missing == ["2033 年放假安排（清明、端午等）"]
    SchoolDay.objects.filter(day="2033-04-04").update(kind="holiday", follows_weekday=None)
    assert item(term, "calendar").done
    letter = {"title": "告家长书", **dict.fromkeys(Letter.FACTS, "说明"), "publish": "1"}
    published = client.post(f"{reverse('enrollment:letter_edit')}?term={term.pk}", letter)
    assert published.url == answer.url
    autumn = days | {"half": 1, "starts_on": "2032-09-01", "ends_on": "2033-01-20"}
    unfilled = client.post(reverse("school:term_add"), autumn)
    assert unfilled.url == f"{reverse('school:calendar')}?term={Term.objects.get(school_year=2032, half=1).pk}"


def test_copying_twice_doubles_nothing(cast, offer, spring):
    for _n in range(2):
        copy = copy_term_settings(source=cast.term, target=spring, by=cast.office.user)
    assert copy.is_empty
    assert copy.there == ["周一至周五课后托管"]
    assert (ServiceOption.objects.filter(term=spring).count(), Letter.objects.filter(term=spring).count()) == (1, 1)


def test_a_term_is_not_copied_backwards(cast, spring):
    with pytest.raises(ValidationError, match="较早的学期"):
        copy_term_settings(source=spring, target=cast.term, by=cast.office.user)


def test_the_preview_copies_nothing_the_button_does(cast, offer, spring, as_user):
    client = as_user(cast.office)
    url = reverse("enrollment:term_copy", args=[spring.pk, cast.term.pk])
    assert "周一至周五课后托管" in client.get(url).content.decode()
    assert ServiceOption.objects.filter(term=spring).count() == 0
    assert client.post(url).url == f"{reverse('enrollment:term_preparation')}?term={spring.pk}"
    assert ServiceOption.objects.filter(term=spring).count() == 1


def test_the_page_shows_the_term_asked_for(cast, offer, spring, as_user):
    page = as_user(cast.principal).get(reverse("enrollment:term_preparation"), {"term": spring.pk})
    assert (page.context["term"], page.context["may_edit"]) == (spring, False)
    assert reverse("enrollment:preparation_edit", args=[spring.pk]) not in page.content.decode()
    assert as_user(cast.office).get(reverse("enrollment:term_preparation")).context["term"] == cast.term


def test_papers_are_entered_with_their_scan(cast, as_user):
    client = as_user(cast.office)
    url = reverse("enrollment:preparation_edit", args=[cast.term.pk])
    plan = pdf()
    scan = SimpleUploadedFile("plan.pdf", plan)
    client.post(url, PAPERS | {"plan_file": scan})
    assert item(cast.term, "plan").done
    answer = client.get(reverse("enrollment:preparation_file", args=[cast.term.pk, "plan"]))
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (scrubbed_pdf(plan), "application/pdf")
    assert client.get(reverse("enrollment:preparation_file", args=[cast.term.pk, "group"])).status_code == 404
    refused = client.post(url, PAPERS | {"plan_file": SimpleUploadedFile("plan.exe", b"MZ plan")})
    assert refused.context["form"].errors == {"plan_file": ["请选择照片（JPEG、PNG）或 PDF。"]}


def test_the_list_leaves_without_a_reason(cast, as_user):
    client, url = as_user(cast.office), reverse("enrollment:term_preparation")
    assert client.post(url, {"action": "export"})["Content-Type"].endswith("sheet")
    assert list(AccessLog.objects.values_list("reason", flat=True)) == [""]


def test_the_draft_of_a_later_term_can_be_edited(cast, offer, spring, as_user):
    copy_term_settings(source=cast.term, target=spring, by=cast.office.user)
    client = as_user(cast.office)
    url = f"{reverse('enrollment:letter_edit')}?term={spring.pk}"
    letter = Letter.objects.get(term=spring)
    client.post(url, {"title": "新学期告家长书", **dict.fromkeys(Letter.FACTS, "说明")})
    letter.refresh_from_db()
    assert (letter.title, letter.published_at, spring.starts_on > TODAY) == ("新学期告家长书", None, True)


def test_each_item_of_a_coming_term_leads_to_that_term(cast, offer, spring, as_user):
    client = as_user(cast.office)
    for key in ("calendar", "letter", "texts", "options", "fees"):
        page = client.get(item(spring, key).url)
        shown = page.context["letter"].term if key == "letter" else page.context["term"]
        assert (key, shown) == (key, spring)
    options = client.get(item(spring, "options").url)
    assert client.get(options.context["add_url"]).context["form"]["term"].value() == spring.pk
    load = client.post(item(spring, "calendar").url, {"load": "1"})
    assert load.url == item(spring, "calendar").url


def test_papers_for_the_coming_term_are_entered_for_it(cast, offer, spring, as_user):
    """Once its letter is published; the list says which term a paper is for, and who applied for this one stands in it again."""
    copy_term_settings(source=cast.term, target=spring, by=cast.office.user)
    client = as_user(cast.office)
    listed = reverse("enrollment:paper_list")
    assert "第二学期" not in client.get(listed).text
    Letter.objects.filter(term=spring).update(published_at=offer.opens_at)
    ServiceOption.objects.filter(term=spring).update(letter=Letter.objects.get(term=spring))
    enrol(offer, cast.child, cast.mother, cast.homeroom, cast.office)
    later = ServiceOption.objects.get(term=spring)
    assert "韩小雨" not in [row.name for row in records(client.get(listed))]
    page = client.get(listed, {"option": later.pk})
    assert "2026—2027学年第二学期" in page.text
    assert "韩小雨" in [row.name for row in records(page)]
    many = client.get(reverse("enrollment:paper_many", args=[later.pk]), {"row": cast.child.pk}).text
    assert "周一至周五课后托管 · 2026—2027学年第二学期" in many
