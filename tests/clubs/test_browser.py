"""Walks in a browser: a family on a phone, an instructor on a phone, the office at a desk."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from clubs.models import Choice, ChoiceRound, ChoiceSheet, Club, Membership, Offer
from clubs.services import leave_club, wait_for
from school.models import Room
from tests.clubs.routes import make_club, make_sheet
from tests.conftest import TODAY, make_round, make_staff, take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def school(afternoon):
    cache.clear()
    cast = afternoon
    cast.chess = make_club(cast, "围棋", 1, capacity=1)
    cast.paper = make_club(cast, "剪纸", 2)
    return cast


def test_a_family_takes_a_place_waits_and_is_offered_one(school, phone, sign_in, overflows):
    sign_in(phone, school.mother.user)
    phone.goto(f"/clubs/family/?child={school.child.pk}")
    phone.get_by_role("button", name="选这个社团").click()
    expect(phone.get_by_text("韩小雨 已有名额。")).to_be_visible()
    assert overflows(phone) == 0
    take_all = Club.objects.get(pk=school.chess.pk)
    school.round.clubs.add(take_all)
    holder = take(take_all, school.other_child, school.other_mother.user)
    phone.goto(f"/clubs/family/{school.child.pk}/{take_all.pk}/")
    phone.get_by_role("button", name="排队等位").click()
    expect(phone.get_by_text("排队中：第 1 位").first).to_be_visible()
    leave_club(membership=holder, last_day=TODAY, by=school.other_mother.user)
    phone.goto("/")
    phone.goto(f"/clubs/family/?child={school.child.pk}")
    phone.get_by_role("link", name="接受或放弃").click()
    phone.get_by_role("button", name="为 韩小雨 接受").click()
    expect(phone.get_by_text("韩小雨 已选上 围棋。")).to_be_visible()
    assert Offer.objects.get().answer == "accepted"


def test_a_family_ranks_clubs_and_reads_the_result_of_the_draw(school, phone, desktop, sign_in, overflows):
    one = make_round(school, school.chess, school.paper, way="draw", name="抽签", most_choices=3)
    make_sheet(one, school.other_child, "0f0f0f0f", school.chess, school.paper, by=school.other_mother.user)
    sign_in(phone, school.mother.user)
    phone.goto(f"/clubs/family/?child={school.child.pk}")
    phone.get_by_role("link", name="去选择").first.click()
    phone.get_by_label("第 1 志愿").select_option(str(school.chess.pk))
    phone.get_by_label("第 2 志愿").select_option(str(school.paper.pk))
    assert overflows(phone) == 0
    phone.get_by_role("button", name="保存志愿").click()
    expect(phone.get_by_text("您的抽签编号")).to_be_visible()
    assert Choice.objects.filter(sheet__student=school.child).count() == 2
    number = ChoiceSheet.objects.get(student=school.child).number

    ChoiceRound.objects.filter(pk=one.pk).update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    sign_in(desktop, school.office.user)
    desktop.goto(f"/clubs/rounds/{one.pk}/")
    desktop.get_by_role("button", name="抽签", exact=True).click()
    desktop.get_by_role("link", name="查看报告").click()
    expect(desktop.get_by_text("得到第一志愿")).to_be_visible()
    assert overflows(desktop) == 0
    desktop.go_back()
    desktop.get_by_role("button", name="发放名额").click()
    expect(desktop.get_by_text("已发放 2 个名额")).to_be_visible()

    phone.goto(f"/clubs/family/rounds/{one.pk}/{school.child.pk}/result/")
    expect(phone.get_by_text(number)).to_be_visible()
    phone.get_by_role("link", name="文件与程序").click()
    expect(phone.get_by_text(one.seed, exact=True)).to_be_visible()
    assert overflows(phone) == 0


def test_an_instructor_proposes_a_club_and_hears_children(school, phone, sign_in, overflows):
    room = Room.objects.create(name="音乐教室", capacity=40)
    singer = make_staff("T901", "曲歌")
    sign_in(phone, singer.user)
    phone.goto("/clubs/")
    phone.get_by_role("link", name="申报社团").click()
    phone.get_by_label("名称").fill("合唱")
    phone.get_by_label("目标与内容").fill("两个声部的童声合唱")
    phone.get_by_label("场地", exact=False).first.select_option(str(room.pk))
    assert overflows(phone) == 0
    phone.get_by_role("button", name="保存并提交").click()
    expect(phone.get_by_text("已提交：等办公室审核。")).to_be_visible()
    choir = Club.objects.get(name="合唱")
    assert (choir.status, choir.instructor) == ("proposed", singer)

    Club.objects.filter(pk=choir.pk).update(status="published", capacity=1, least=0)
    one = make_round(school, choir, way="audition", name="选拔")
    for n, (child, who) in enumerate(((school.child, school.mother), (school.other_child, school.other_mother))):
        make_sheet(one, child, f"{n}", choir, by=who.user)
    phone.goto(f"/clubs/rounds/{one.pk}/auditions/{choir.pk}/")
    selects = phone.get_by_label("结果")
    selects.nth(0).select_option("yes")
    selects.nth(1).select_option("reserve")
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("已保存：录取 1 人。")).to_be_visible()


def test_the_office_publishes_a_proposal_and_moves_a_child(school, desktop, sign_in, overflows):
    proposal = make_club(school, "航模", 4, status="proposed", proposed_by=school.teacher.user)
    place = take(school.club, school.child, school.mother.user)
    Membership.objects.update(starts_on=TODAY - dt.timedelta(days=9))
    sign_in(desktop, school.office.user)
    desktop.goto("/clubs/?status=proposed")
    desktop.get_by_role("link", name="航模").click()
    desktop.get_by_role("link", name="决定").click()
    desktop.get_by_role("button", name="进入目录").click()
    expect(desktop.get_by_text("航模 已进入社团目录。")).to_be_visible()
    proposal.refresh_from_db()
    assert proposal.status == "published"
    desktop.goto(f"/clubs/memberships/{place.pk}/change/")
    desktop.get_by_label("新社团").select_option(label="航模")
    desktop.get_by_label("在原社团的最后一天").fill(f"{TODAY - dt.timedelta(days=1):%Y-%m-%d}")
    desktop.get_by_label("原因").fill("换兴趣")
    desktop.get_by_role("button", name="保存").click()
    expect(desktop.get_by_text("已保存").first).to_be_visible()
    assert Membership.objects.get(ends_on=None).club == proposal
    assert overflows(desktop) == 0


def test_waiting_is_seen_by_the_office(school, desktop, sign_in):
    Club.objects.filter(pk=school.club.pk).update(capacity=1)
    take(school.club, school.child, school.mother.user)
    school.club.refresh_from_db()
    wait_for(club=school.club, student=school.other_child, by=school.other_mother.user)
    sign_in(desktop, school.office.user)
    desktop.goto(f"/clubs/{school.club.pk}/")
    desktop.get_by_role("link", name="排队名单").click()
    expect(desktop.get_by_text("杨小帆")).to_be_visible()
