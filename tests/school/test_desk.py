"""The desk of a person: what waits, the groups of pages, one search for everything."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html
from openpyxl import load_workbook

from clubs.models import Club
from enrollment.models import CareGroupMember
from enrollment.services import request_change, submit_application
from safety.services import ask_leave, call_roll
from school import inbox, navigation
from school.access import may_enter
from school.inbox import all_tasks, tasks_for
from school.models import Credential, ExemptionRequest, ImportBatch, Student, User
from school.searching import find
from tests.conftest import TODAY, make_choices, make_signing, make_student, records, session_of, take

pytestmark = pytest.mark.django_db
STAFF = ("office", "academic", "principal", "duty_leader", "homeroom", "teacher")


def user_of(cast, name):
    """As a request has it, with its roles."""
    return User.objects.get(pk=getattr(cast, name).user.pk)


def titles(user):
    return [task.title for task in tasks_for(user)]


def hits(user, words):
    return {str(kind.label): [hit.title for hit in kind.hits] for kind in find(user, words)}


# --- what waits ------------------------------------------------------------------------------------------------------


def test_one_matter_waits_for_its_owner_and_is_seen_by_those_who_look_after_the_school(afternoon, as_user):
    request_change(
        enrolment=afternoon.child.enrolments.get(),
        kind="days",
        effective_on=TODAY + dt.timedelta(days=7),
        weekdays=[1],
        by=afternoon.mother.user,
    )
    change = "1 项时间变更"
    assert change in titles(user_of(afternoon, "office"))
    for name, seen in (("principal", True), ("academic", True), ("homeroom", False), ("duty_leader", False)):
        person = user_of(afternoon, name)
        assert change not in titles(person)
        assert (change in [task.title for task in all_tasks(person)]) == seen, name
    page = as_user(afternoon.office).get(reverse("school:inbox"))
    (row,) = (task for task in page.context["matters"] if task.title == change)
    assert (row.owner, row.days, row.action) == ("课后服务办公室", 0, "决定")
    others = as_user(afternoon.principal).get(reverse("school:inbox"), {"status": "others"})
    (theirs,) = (task for task in others.context["matters"] if task.title == change)
    assert (theirs.owner, theirs.action) == ("课后服务办公室", "")  # what the principal does is to look


def test_everything_that_waits_is_in_the_list(cast, offer, as_user):
    """One of each kind that the office decides."""
    submit_application(
        option=offer,
        student=cast.child,
        choices=make_choices(cast.mother),
        signing=make_signing(cast.mother),
        by=cast.mother.user,
    )
    ExemptionRequest.objects.create(staff=cast.teacher, term=cast.term, ground="哺乳期")
    Club.objects.update(status="proposed")
    Credential.objects.create(
        staff=cast.teacher,
        kind="health",
        starts_on=TODAY - dt.timedelta(days=300),
        ends_on=TODAY + dt.timedelta(days=5),
    )
    ImportBatch.objects.create(file_name="名册.xlsx", sha256="0" * 64, uploaded_by=cast.office.user)
    office = all_tasks(user_of(cast, "office"))
    assert {
        "1 份申请等待班级审核",
        "1 名教职工申请不承担课后服务",
        "1 份教职工资质 30 天内到期",
        "1 个上传的文件还没有确认：请继续，或者放弃",
    } <= {task.title for task in office}
    assert titles(user_of(cast, "homeroom")) == ["1 份申请待审核"]
    for task in office:
        assert as_user(cast.office).get(task.url).status_code == 200, task.url


def test_a_late_matter_is_said_to_be_late(cast, monkeypatch, as_user):
    task = inbox.Task("点名", "/to-do/", closes_at=timezone.now() - dt.timedelta(minutes=1))
    monkeypatch.setattr(inbox, "_rules", [lambda user: [task]])
    assert "逾时" in as_user(cast.office).get(reverse("school:inbox")).text


@pytest.mark.parametrize("name", STAFF)
def test_the_list_asks_as_often_with_one_row_as_with_three(afternoon, name, django_assert_max_num_queries):
    person = user_of(afternoon, name)
    with django_assert_max_num_queries(70):
        all_tasks(person)


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_groups_are_seven_and_the_settings_stand_apart():
    assert len(navigation.GROUPS) == 8
    assert list(navigation.GROUPS)[-1] == "settings"


# A teacher proposes a club that the office adds, and says «我来不了» where the office enters who cannot come.
CALLED_BY_ROLE = {"clubs:club_add", "safety:absence_add"}


@pytest.mark.parametrize("name", [*STAFF, "gate", "mother"])
def test_every_page_of_a_person_opens(cast, as_user, name):
    """Those of the navigation and the actions of the hubs: none leads into a refusal, each is headed as the menu calls it."""
    person, client = user_of(cast, name), as_user(getattr(cast, name))
    pages = navigation.pages_for(person)
    opened = {item: client.get(item.url) for item in pages}
    assert [item.url for item, page in opened.items() if page.status_code not in (200, 302)] == []
    headed = {
        str(item.label): html.fromstring(page.text).xpath("string(//h1)").strip()
        for item, page in opened.items()
        if page.status_code == 200 and item.url_name not in CALLED_BY_ROLE
    }
    # «我的班级» and «班级» are one name; «升级换学年» and «学年升级» are two.
    assert {
        label: head for label, head in headed.items() if not head or (label not in head and head not in label)
    } == {}
    for group in {item.group for item in pages if item.listed}:
        hub = client.get(reverse("school:hub", args=[group]))
        assert [item.url for item in hub.context["items"]] == [i.url for i in pages if i.listed and i.group == group]


@pytest.mark.parametrize("name", ["office", "academic", "principal"])
def test_every_list_leaves_as_a_workbook_of_its_rows(afternoon, as_user, name):
    """As many rows as the page says, words without the page's marks, under the headings of the page."""
    client, taken = as_user(getattr(afternoon, name)), []
    for item in navigation.pages_for(user_of(afternoon, name)):
        page = client.get(item.url)
        if page.status_code != 200 or 'value="export"' not in page.text:
            continue
        answer = client.post(item.url, {"action": "export", "reason": "上级检查"})
        assert "spreadsheetml" in answer["Content-Type"], item.url
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        cells = [str(cell) for row in rows for cell in row if cell is not None]
        assert [cell for cell in cells if "<" in cell or "\n" in cell] == [], item.url
        if table := page.context.get("table"):
            heads = next(
                at for at, row in enumerate(rows) if row[0] in {str(c.header) for c in table.columns.iterall()}
            )
            assert len(rows) - heads - 1 == table.paginator.count, item.url
        taken.append(item.url_name)
    assert len(taken) > 15


def test_few_pages_are_a_list_and_many_are_groups(cast, as_user):
    family = as_user(cast.mother).get(reverse("safety:family_today")).text
    office = as_user(cast.office).get(reverse("reports:office_today")).text
    assert (family.count("data-nav-group"), office.count("data-nav-group")) == (0, 8)
    assert 'data-nav-group="settings"' in office
    order = [item.group for item in navigation.items_for(user_of(cast, "academic"))]
    assert list(dict.fromkeys(order))[:2] == ["today", "homework"]


def test_a_hub_of_which_one_has_no_page_is_not_found(cast, as_user):
    assert as_user(cast.mother).get(reverse("school:hub", args=["settings"])).status_code == 200
    assert as_user(cast.gate).get(reverse("school:hub", args=["figures"])).status_code == 404
    assert as_user(cast.office).get(reverse("school:hub", args=["nothing"])).status_code == 404


def test_a_hub_shows_what_waits_on_its_own_pages(cast, as_user):
    ExemptionRequest.objects.create(staff=cast.teacher, term=cast.term, ground="哺乳期")
    client = as_user(cast.office)
    assert "1 名教职工申请不承担课后服务" in client.get(reverse("school:hub", args=["people"])).text
    assert "1 名教职工申请不承担课后服务" not in client.get(reverse("school:hub", args=["homework"])).text


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["韩小雨", "小雨", "hanxiaoyu", "hxy", "hanxy", "HXY", "h x y", "hx yu3"])
def test_a_child_is_found_by_name_and_pinyin(cast, words):
    assert "韩小雨" in hits(user_of(cast, "office"), words)["学生"]


@pytest.mark.parametrize("words", ["hx yu4", "ay", "xhy", "韩雨"])
def test_other_letters_find_nobody(cast, words):
    assert "韩小雨" not in hits(user_of(cast, "office"), words).get("学生", [])


def test_the_end_of_a_phone_finds_the_child_for_the_offices_only(cast):
    end = cast.mother.phone[-4:]
    assert "韩小雨" in hits(user_of(cast, "office"), end)["学生"]
    assert "韩小雨" not in hits(user_of(cast, "office"), end[-3:]).get("学生", [])
    for name in ("principal", "homeroom", "duty_leader", "mother"):
        assert hits(user_of(cast, name), cast.mother.phone) == {}, name


@pytest.mark.parametrize("words", ["三(1)班", "三年级1班", "301", "三1"])
def test_a_class_is_found_as_people_write_it(cast, words):
    assert hits(user_of(cast, "office"), words)["班级"] == ["三(1)班"]


def test_adults_rooms_and_clubs_are_found(afternoon):
    office = user_of(afternoon, "office")
    assert hits(office, "周婷")["教职工"] == ["周婷"]
    assert hits(office, "体育馆")["场地"] == ["体育馆"]
    assert hits(office, "书法")["社团"] == ["硬笔书法"]


@pytest.mark.parametrize(
    ("words", "page"),
    [("改报名时间", "报名"), ("报名时间", "报名"), ("登记缴费", "缴费"), ("停课", "校历"), ("代班", "代班")],
)
def test_a_page_is_found_by_what_one_wants_to_do(cast, words, page):
    assert page in hits(user_of(cast, "office"), words)["页面和操作"]


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("请假", "今日"),
        ("报名", "待办"),
        ("退出", "社团"),
        ("减免", "收费"),
        ("问卷", "调查"),
        ("作业", "作业公示"),
        ("意见", "家校沟通"),
    ],
)
def test_a_family_finds_its_pages_by_what_it_wants_to_do(cast, words, page):
    assert page in hits(user_of(cast, "mother"), words)["页面和操作"]


def test_what_one_may_not_see_is_not_found(cast):
    for name in ("mother", "gate"):
        assert hits(user_of(cast, name), "杨小帆") == {}, name
    assert "学生" not in hits(user_of(cast, "homeroom"), "杨小帆")
    for name in (*STAFF, "gate", "mother"):
        person = user_of(cast, name)
        for words in ("小", "班", "作业", "设置", "x"):
            for kind in find(person, words):
                assert all(may_enter(person, hit.url) for hit in kind.hits), (name, words)


def test_search_asks_as_often_for_one_as_for_many(cast, django_assert_num_queries):
    office = user_of(cast, "office")
    find(office, "韩")
    with django_assert_num_queries(9):
        assert len(hits(office, "韩")["学生"]) == 2
    for number in range(12):
        make_student(f"韩多{number}", cast.class_1)
    with django_assert_num_queries(9):
        assert len(hits(office, "韩")["学生"]) == 8


def test_while_one_types_a_part_comes_and_else_the_page(cast, as_user):
    client = as_user(cast.office)
    part = client.get(reverse("school:search"), {"q": "韩"}, headers={"HX-Request": "true"}).text
    assert "<html" not in part and "韩小雨" in part
    assert "<html" in client.get(reverse("school:search"), {"q": "韩"}).text
    assert "没有找到您能看到的“不存在的”" in client.get(reverse("school:search"), {"q": "不存在的"}).text
    assert client.get(reverse("school:search"), {"q": "(["}).status_code == 200


# What a clerk types, and the page that it is about: docs/usability.md.
TWENTY = [
    ("改报名时间", "enrollment:option_list"),
    ("纸质报名表", "enrollment:paper_list"),
    ("编班", "enrollment:group_list"),
    ("值班表", "enrollment:duty_table"),
    ("找人代班", "safety:substitution_list"),
    ("下雨", "clubs:rain"),
    ("社团课表", "clubs:timetable"),
    ("抽签", "clubs:round_list"),
    ("结业证书", "clubs:club_list"),
    ("作业时长上限", "homework:homework_settings"),
    ("停课", "school:calendar"),
    ("导入学生", "school:import_list"),
    ("收费标准", "fees:notice_list"),
    ("退费", "fees:refund_list"),
    ("银行流水", "fees:bank_list"),
    ("困难学生减免", "fees:waiver_list"),
    ("学期总结", "reports:run_list"),
    ("家长意见", "families:opinion_list"),
    ("自行离校", "enrollment:collector_all"),
    ("升级", "school:year_turn"),
]


@pytest.mark.parametrize(("words", "page"), TWENTY)
def test_what_a_clerk_looks_for_is_among_the_first_three(cast, words, page):
    (pages,) = (kind.hits for kind in find(user_of(cast, "office"), words) if kind.label == "页面和操作")
    assert reverse(page) in [hit.url for hit in pages[:3]], [hit.title for hit in pages]


# --- one thing, one page ---------------------------------------------------------------------------------------------


def parts(client, url):
    return {
        str(part.title): [f"{line.text} {line.detail} {line.badge}".strip() for line in part.lines]
        for part in client.get(url).context["parts"]
    }


def test_a_pupils_page_says_where_it_is_and_what_it_holds(afternoon, as_user):
    cast = afternoon
    take(cast.club, cast.child, cast.mother.user)
    session = session_of(cast.group, cast.first)
    url = reverse("school:student_detail", args=[cast.child.pk])
    assert parts(as_user(cast.office), url)["今日"] == [
        "待到",
        "第一节 15:40–16:30 三年级合并1班 · 三年级1班教室 · 周婷",
        "第二节 16:40–17:30 硬笔书法 · 体育馆 · 周婷",
    ]
    call_roll(session=session, marks={cast.child.pk: "present"}, by=cast.homeroom.user)
    shown = parts(as_user(cast.office), url)
    assert shown["今日"][0] == "三年级合并1班 · 周婷  在班"
    assert any("周一至周五" in line for line in shown["服务与编班"])
    assert any(line.startswith("三年级合并1班") for line in shown["服务与编班"])
    assert any("硬笔书法" in line for line in shown["社团"])
    assert any(line.startswith("沈月 · 母亲") for line in shown["接送人"])
    assert shown["本学期考勤"] == ["已到 1", "本周 周三第一节 已到"]
    assert shown["收费"] == ["没有欠费"]
    assert any("服务协议" in line for line in shown["申请与协议"])
    # Each part as the role may: money and who fetches the child are not the homeroom teacher's.
    own = parts(as_user(cast.homeroom), url)
    assert {"今日", "服务与编班", "社团", "本学期考勤"} <= own.keys()
    assert not {"收费", "接送人"} & own.keys()
    assert "收费" not in parts(as_user(cast.academic), url)
    # Why the child stays away is for those whom a family tells it.
    ask_leave(student=cast.child, day=TODAY + dt.timedelta(days=1), reason="发烧", by=cast.mother.user)
    for reader, reads in (
        (cast.office, True),
        (cast.homeroom, True),
        (cast.duty_leader, True),
        (cast.principal, False),
    ):
        leave = next(line for line in parts(as_user(reader), url)["今日"] if "请假" in line)
        assert ("发烧" in leave) is reads


def test_a_colleagues_page_says_duties_clubs_and_absences(afternoon, as_user):
    url = reverse("school:staff_detail", args=[afternoon.homeroom.pk])
    shown = parts(as_user(afternoon.office), url)
    assert len(shown["今日"]) == 2 and len(shown["每周值班"]) == 5
    assert shown["社团"] == ["硬笔书法 星期三 第二节"]


def test_a_pupils_page_asks_as_often_for_one_row_as_for_three(afternoon, as_user, django_assert_max_num_queries):
    client = as_user(afternoon.office)
    url = reverse("school:student_detail", args=[afternoon.child.pk])
    client.get(url)
    with django_assert_max_num_queries(64):
        client.get(url)


def test_pupils_are_filtered_by_grade_and_class(cast, as_user):
    url = reverse("school:student_list")

    def found(**query):
        return [row.name for row in records(as_user(cast.office).get(url, query))]

    everybody = found()
    of_class = found(school_class=cast.class_1.pk)
    assert set(of_class) == {row.name for row in Student.objects.filter(class_memberships__school_class=cast.class_1)}
    assert set(of_class) < set(found(grade=3)) < set(everybody)
    assert found(grade=3, school_class=cast.class_1.pk, q=of_class[0]) == of_class[:1]
    assert found(grade=6) == []
    assert found(grade="x") == everybody


def test_a_child_without_a_care_group_is_on_the_offices_list(afternoon):
    waits = "1 名参加学生还没有课后服务班"
    assert waits not in titles(user_of(afternoon, "office"))
    CareGroupMember.objects.filter(student=afternoon.child).delete()
    assert waits in titles(user_of(afternoon, "office"))
    assert waits not in titles(user_of(afternoon, "homeroom"))
