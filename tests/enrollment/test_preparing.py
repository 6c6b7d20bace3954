"""Before the term: the checklist, its papers, and copying an earlier term's settings."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.uploads import scrubbed_pdf
from enrollment.models import Agreement, Application, CareGroup, Enrolment, Letter, ServiceOption, TermPreparation
from enrollment.preparing import checklist
from enrollment.services import copy_term_settings
from school.models import AccessLog, Term
from tests.conftest import TODAY, enrol
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
