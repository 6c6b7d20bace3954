"""The pages of a day's changes and of standing in, on a phone and at a desk."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from clubs.models import Club, ClubSettings, Meeting, Skill, StaffSkill
from clubs.services import cancel_meeting
from safety.models import Session, Substitution
from safety.services import report_absence
from school.models import Credential, ExemptionRequest, Room
from tests.clubs.test_changing import another_club
from tests.conftest import TODAY, make_staff, session_of, take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def school(afternoon):
    """A club outdoors, an outside instructor whose papers are not complete, skills, an exemption, a free colleague."""
    cache.clear()
    cast = afternoon
    take(cast.club, cast.child, cast.mother.user)
    field = Room.objects.create(name="操场东", kind="outdoor", capacity=60)
    coach = make_staff("W905", "罗教练", kind="outside", organisation="阳光体育中心")
    Credential.objects.create(staff=coach, kind="contract", starts_on=TODAY)
    another_club(cast, room=field, instructor=coach, weekday=3, rain_stay=True)
    cast.colleague = make_staff("T861", "段平", subject=cast.maths)
    skill = Skill.objects.create(name="书法", category="艺术")
    StaffSkill.objects.create(staff=cast.colleague, skill=skill, filed_by=cast.office.user, note="省级证书")
    ExemptionRequest.objects.create(staff=cast.teacher, term=cast.term, ground="孕期，需要休息")
    ClubSettings.objects.update_or_create(pk=1, defaults={"rain_point": "一号门连廊"})
    yield cast
    cache.clear()


def test_a_colleague_is_asked_on_the_phone_and_has_the_roll(school, phone, new_page, sign_in, overflows):
    sign_in(phone, school.homeroom.user)
    phone.goto("/safety/my-day/")
    phone.get_by_role("link", name="我来不了").click()
    phone.get_by_role("checkbox", name=school.group.name).uncheck()
    phone.get_by_label("原因").fill("事假")
    assert overflows(phone) <= 0
    phone.get_by_role("button", name="登记").click()
    expect(phone.locator("main")).to_contain_text("正在邀请段平")
    asked = new_page(360, 740, touch=True)
    sign_in(asked, school.colleague.user)
    asked.goto("/safety/my-day/")
    asked.get_by_role("link", name="能替周婷代班吗").click()
    expect(asked.locator("main")).to_contain_text("备案特长：书法")
    assert overflows(asked) <= 0
    asked.get_by_role("button", name="可以代班").click()
    expect(asked.locator("main")).to_contain_text("硬笔书法")
    asked.get_by_role("link", name="点名").click()
    expect(asked.locator("main")).to_contain_text("韩小雨")
    assert Session.objects.get(meeting__club=school.club).staff == school.colleague


def test_rain_by_one_button_and_where_the_families_see_it(school, phone, new_page, sign_in, overflows):
    sign_in(phone, school.duty_leader.user)
    phone.goto("/clubs/rain/")
    expect(phone.locator("main")).to_contain_text("篮球")
    assert overflows(phone) <= 0
    phone.get_by_role("button", name="启动雨天安排").click()
    expect(phone.locator("main")).to_contain_text("陈桥")
    family = new_page(360, 740, touch=True)
    sign_in(family, school.mother.user)
    family.goto("/safety/family/")
    expect(family.locator("main")).to_contain_text("一号门连廊")
    phone.get_by_role("link", name="取消雨天安排").click()
    phone.get_by_role("button", name="撤回").click()
    expect(phone.locator("main")).to_contain_text("按下后的安排")
    assert not Meeting.objects.filter(cancelled=True).exists()


PAGES = [
    ("office", "/clubs/?status=all"),
    ("office", "/clubs/meetings/"),
    ("office", "/clubs/meetings/{meeting}/"),
    ("office", "/clubs/rain/"),
    ("office", "/clubs/skills/"),
    ("office", "/clubs/skills/mine/add/"),
    ("office", "/clubs/exemptions/"),
    ("office", "/clubs/exemptions/{exemption}/"),
    ("office", "/clubs/hours/"),
    ("office", "/clubs/volunteers/"),
    ("office", "/safety/substitutions/"),
    ("office", "/safety/substitutions/{substitution}/"),
    ("office", "/safety/absences/add/"),
    ("office", "/staff/{coach}/"),
    ("office", "/papers/"),
    ("office", "/staff/{coach}/exceptions/add/"),
    ("office", "/enrollment/duties/"),
    ("duty_leader", "/safety/day/"),
    ("teacher", "/clubs/exemptions/add/"),
]


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_its_window(school, new_page, sign_in, overflows, width):
    from safety.services import report_absence

    report_absence(
        staff=school.homeroom,
        day=TODAY,
        reason="事假",
        by=school.homeroom.user,
        sessions={session_of(school.club, school.second).pk},
    )
    cancel_meeting(
        meeting=another(school),
        reason="校外比赛",
        by=school.office.user,
    )
    facts = {
        "meeting": Meeting.objects.get(club=school.club).pk,
        "exemption": ExemptionRequest.objects.get().pk,
        "substitution": Substitution.objects.get().pk,
        "coach": Credential.objects.get().staff_id,
    }
    page, wide = new_page(width, 800, touch=width < 500), []
    for who, path in PAGES:
        sign_in(page, getattr(school, who).user)
        answer = page.goto(path.format(**facts))
        assert answer.ok, path
        if overflows(page) > 0:
            wide.append(path)
    assert wide == []


def another(cast):
    """The meeting of the club outdoors, which nobody has planned yet."""
    from clubs.services import make_meetings

    make_meetings(term=cast.term, first=TODAY, last=TODAY)
    return Meeting.objects.exclude(club=cast.club).get()


def test_a_long_question_stays_within_the_card(school, phone, sign_in, overflows):
    """The button names somebody, a day and a long club."""
    Club.objects.filter(pk=school.club.pk).update(name="中国传统书法与篆刻艺术欣赏实践社团（三四年级混合提高班）")
    school.homeroom.name = "欧阳春晓明月"
    school.homeroom.save()
    session = session_of(school.club, school.second)
    report_absence(staff=school.homeroom, day=TODAY, reason="事假", by=school.homeroom.user, sessions={session.pk})
    sign_in(phone, school.colleague.user)
    phone.goto("/safety/my-day/")
    expect(phone.locator("main")).to_contain_text("篆刻艺术")
    assert overflows(phone) <= 0


def test_the_address_of_a_calendar_is_shown_whole_and_copied(school, phone, sign_in, overflows):
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(phone, school.homeroom.user)
    phone.goto("/clubs/calendar/")
    phone.get_by_role("button", name="生成地址").first.click()
    field = phone.get_by_label("订阅地址")
    address = field.input_value()
    assert address.endswith(".ics")
    assert field.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight")
    assert overflows(phone) <= 0
    phone.get_by_role("button", name="复制地址").click()
    expect(phone.locator("#toasts")).to_contain_text("已复制")
    assert phone.evaluate("navigator.clipboard.readText()") == address
