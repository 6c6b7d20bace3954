"""The whole office in one thin line, as the people of a school walk it: from the workbook to the closed day."""

from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

from clubs.models import Club
from enrollment.models import CareDuty, Enrolment
from reports.models import ReportRun
from safety.models import Custody, DayClose, Release, Session
from school.models import Guardianship, Post, SchoolClass, Staff, Student, User
from school.services import activate, issue_codes
from tests.conftest import PASSWORD, TODAY, make_user

WORKBOOK = Path(__file__).resolve().parents[3] / "shared" / "samples" / "school-1237.xlsx"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press_line(page):
    page.locator("form[action$='line/release/'] button").last.click()


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def login_for(staff):
    """The member of staff activates, as the page does it."""
    admin = User.objects.get(is_superuser=True)
    return activate(code=issue_codes(staff=[staff], by=admin)[staff], password=PASSWORD)


def press(page, words):
    """Clicks the button that says these words, in the Chinese of the page."""
    with translation.override("zh-hans"):
        page.get_by_role("button", name=gettext(words)).first.click()


def test_the_line(new_page, sign_in, media):
    admin = make_user("管理员", "admin", is_superuser=True, is_staff=True)
    office_page, family_page, staff_page = (
        new_page(1280, 800),
        new_page(360, 740, touch=True),
        new_page(360, 740, touch=True),
    )

    sign_in(office_page, admin)
    import_school(office_page)
    office = activate_by_code(office_page, new_page)
    sign_in(office_page, office)
    open_sign_up(office_page)

    child = Student.objects.get(name="曹慈沐")
    guardian = guardian_activates(office_page, family_page, child)
    guardian_applies(family_page, guardian)
    homeroom = login_for(Staff.objects.get(posts__school_class=child.class_on(TODAY)))
    review(staff_page, office_page, sign_in, homeroom)
    enrolment = Enrolment.objects.get()
    assert (enrolment.student, enrolment.weekdays) == (child, [1, 2, 3, 5])
    agreement_is_genuine(family_page, new_page, enrolment)

    form_groups(office_page)
    open_clubs(office_page)
    take_a_club(family_page)
    set_homework(staff_page, new_page, sign_in, child)
    afternoon(staff_page, office_page, family_page, sign_in, child)
    principal_reads_and_the_office_prints(staff_page, office_page, sign_in, office)


def principal_reads_and_the_office_prints(page, office_page, sign_in, office):
    """The first page's tiles lead to their rows; the summary's PDF and workbook carry the same figures."""
    sign_in(page, login_for(Staff.objects.get(title="校长")))
    page.goto("/")
    tiles = page.locator(".figure-row a")
    assert tiles.count() == 6
    for address in tiles.evaluate_all("links => links.map(link => link.href)"):
        assert page.request.get(address).status == 200
    sign_in(office_page, office)
    office_page.goto("/reports/runs/")
    office_page.locator("main .card form[method=post] button").first.click()
    office_page.wait_for_load_state()
    run = ReportRun.objects.get()
    assert (run.status, run.figures["participation_rate"]["numerator"]) == ("done", 1)
    for kind, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert office_page.request.get(f"/reports/runs/{run.pk}/summary.{kind}").body().startswith(begins)


def import_school(page):
    page.goto("/imports/")
    page.locator("input[type=file]").set_input_files(WORKBOOK)
    press(page, "Check the file")
    expect(page.get_by_role("cell", name="1237")).to_be_visible()
    assert Student.objects.count() == 0
    press(page, "Confirm and import")
    expect(page.get_by_role("main")).to_contain_text("已导入")
    assert (Student.objects.count(), SchoolClass.objects.count()) == (1237, 30)


def activate_by_code(page, new_page):
    """The administrator prints a code for the office's person, who chooses a password."""
    staff = Staff.objects.get(title="课后服务办公室")
    page.goto(f"/staff/{staff.pk}/")
    press(page, "Activation code")
    code = page.locator(".display-6").inner_text()
    theirs = new_page(1280, 800)
    theirs.goto("/activate/")
    theirs.locator("[name=code]").fill(code)
    theirs.locator("[name=password]").fill(PASSWORD)
    press(theirs, "Go on")
    theirs.wait_for_url(lambda url: "activate" not in url)
    staff.refresh_from_db()
    return staff.user


def open_sign_up(page):
    for kind in ("课后服务协议书", "安全接送承诺书"):
        page.goto("/enrollment/options/")
        page.get_by_role("link", name=kind).click()
        press(page, "Save and publish")
    page.goto("/enrollment/letter/")
    press(page, "Save and publish")
    page.goto("/enrollment/options/add/")
    page.locator("[name=name]").fill("周一至周五课后托管")
    press(page, "Save")
    page.get_by_role("link", name="向家长开放").click()
    press(page, "Open sign-up")
    expect(page.get_by_text("周一至周五课后托管").first).to_be_visible()


def guardian_activates(office_page, page, child):
    guardianship = Guardianship.objects.get(student=child, order=1)
    office_page.goto(f"/students/{child.pk}/")
    press(office_page, "Activation code")
    page.goto("/activate/#code=" + office_page.locator(".display-6").inner_text().replace(" ", ""))
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "Go on")
    page.wait_for_url(lambda url: "activate" not in url)
    return guardianship.guardian


def guardian_applies(page, guardian):
    """Letter, days, collectors and signature in one sitting on a phone."""
    page.goto("/enrollment/family/")
    page.get_by_role("link", name="报名 · ").click()
    page.locator("[data-step='1'] [data-next]").click()
    page.locator("input[name=weekdays][value='4']").uncheck()
    page.locator("[data-step='2'] [data-next]").click()
    press(page, "Next: read and sign")
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + step * 25, box["y"] + 30 + (step % 2) * 40)
    page.mouse.up()
    page.locator("[name=name]").fill(guardian.name)
    page.locator("[name=read]").check()
    press(page, "Sign and send")
    expect(page.get_by_role("main")).to_contain_text("班主任")


def review(staff_page, office_page, sign_in, homeroom):
    sign_in(staff_page, homeroom)
    staff_page.goto("/enrollment/applications/")
    staff_page.get_by_role("link", name="曹慈沐").click()
    press(staff_page, "Agree")
    assert not Enrolment.objects.exists()
    office_page.goto("/enrollment/applications/")
    office_page.get_by_role("checkbox", name="曹慈沐").check()
    press(office_page, "Agree to the selected")
    office_page.wait_for_load_state()
    expect(office_page.get_by_role("main")).to_contain_text("1")


def agreement_is_genuine(page, new_page, enrolment):
    agreement = enrolment.application.agreements.get(kind="service")
    assert agreement.state == "in_force"
    image = agreement.signatures.get(party="guardian").image
    assert len(bytes(image)) > 500  # what the finger drew
    paper = page.request.get(f"/enrollment/agreements/{agreement.pk}.pdf")
    assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")
    stranger = new_page(360, 740, touch=True)
    stranger.goto(f"/enrollment/check/{agreement.number}/{agreement.code}/")
    expect(stranger.get_by_role("main")).to_contain_text(agreement.sha256)
    assert enrolment.student.name not in stranger.content()


def form_groups(page):
    page.goto("/enrollment/groups/")
    press(page, "Form the groups by the rule")
    press(page, "Fill open duties in turns")
    page.goto("/enrollment/duties/")
    assert CareDuty.objects.count() == 10
    assert page.request.get("/enrollment/duties/?print=1").headers["content-type"] == "application/pdf"


def open_clubs(page):
    """The office gives out the clubs of the workbook by first come."""
    page.goto("/clubs/rounds/add/")
    page.locator("[name=name]").fill("开学选课")
    for box in page.locator("[name=clubs]").all():
        box.check()
    page.locator("[name=opens_at]").fill(f"{TODAY}T08:00")
    page.locator("[name=closes_at]").fill(f"{TODAY}T20:00")
    page.locator("form button[type=submit]").last.click()
    page.locator("button[value=announce]").click()
    expect(page.get_by_role("main")).to_contain_text("已公布")


def take_a_club(page):
    page.goto("/clubs/family/")
    page.locator("li", has_text="硬笔书法").get_by_role("button").click()
    expect(page.get_by_role("main")).to_contain_text("硬笔书法")
    assert Club.objects.get(name="硬笔书法").taken == 1


def set_homework(page, new_page, sign_in, child):
    """The homeroom teacher of a first grade is refused written work to take home; oral work goes past the academic office
    onto the board."""
    class_pk = child.class_on(TODAY).pk
    page.goto(f"/homework/enter/?day={TODAY}&class={class_pk}")
    page.locator("[name=declared]").check()
    page.locator("[name=content]").fill("抄写生字")
    page.locator("[name=minutes]").fill("20")
    press(page, "Enter")
    expect(page.locator("[role=alert]").first).to_contain_text("教基厅函〔2021〕13号")
    expect(page.locator("[name=content]")).to_have_value("抄写生字")
    page.locator("label", has_text="口头").first.click()
    press(page, "Enter")
    expect(page.get_by_role("main")).to_contain_text("已布置")
    page.goto(f"/homework/classes/{class_pk}/{TODAY}/")
    page.locator("main form[action$='/pass/'] button").click()
    expect(page.get_by_role("main")).to_contain_text("审核中")
    academic = new_page(1280, 800)
    sign_in(academic, login_for(Staff.objects.filter(posts__role="academic_office").first()))
    academic.goto(f"/homework/?day={TODAY}&status=turn")
    academic.locator(".row-select").check()
    academic.locator(".action-bar button[type=submit]").click()
    expect(academic.get_by_role("main")).to_contain_text("已发布 1 份清单")
    board = new_page(360, 740, touch=True)
    board.goto(f"/board/?day={TODAY}")
    expect(board.get_by_role("main")).to_contain_text("抄写生字")
    assert child.name not in board.content()
    assert board.request.get(f"/board/print/?day={TODAY}").headers["content-type"] == "application/pdf"


def afternoon(page, leader_page, family_page, sign_in, child):
    """Roll, club, release to the guardian; a stranger is refused; the day closes when nobody is left."""
    leader = login_for(Staff.objects.get(title="副校长"))
    sign_in(leader_page, leader)
    leader_page.goto("/safety/day/")
    first, second = Session.objects.get(care_group__isnull=False, period__number=1), None
    second = Session.objects.get(meeting__club__name="硬笔书法")
    for session in (first, second):
        session.staff.refresh_from_db()
        sign_in(page, session.staff.user or login_for(session.staff))
        page.goto("/safety/my-day/")
        page.goto(f"/safety/sessions/{session.pk}/roll/?early=1")
        page.locator("button[name=all]").click()
        expect(page.locator("#roll")).to_contain_text("1")
        page.wait_for_load_state("networkidle")
    assert Custody.objects.open().get().staff == second.staff
    press(leader_page, "Close the day")
    expect(leader_page.get_by_role("main")).to_contain_text(child.name)
    assert not DayClose.objects.exists()

    page.goto(f"/safety/sessions/{second.pk}/line/{child.pk}/")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    refused = page.request.post(
        page.url, form={"collector": "999999", "csrfmiddlewaretoken": token}, headers={"Referer": page.url}
    )
    assert refused.status == 422
    page.goto(f"/safety/sessions/{second.pk}/line/")
    press_line(page)
    assert Release.objects.get().student == child
    family_page.goto("/safety/family/")
    expect(family_page.get_by_role("main")).to_contain_text(Release.objects.get().to_name)

    leader_page.goto("/safety/day/")
    press(leader_page, "Close the day")
    expect(leader_page.get_by_role("main")).to_contain_text(leader.name)
    assert DayClose.objects.get().day == TODAY
    assert Post.objects.filter(role="principal").exists()
