"""Witnesses beside the sheets: the draw anybody can work out again, class monitor and parents, and what a finding leads to."""

import datetime as dt
import threading

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from homework.comparing import compare
from homework.models import (
    ClassCode,
    LetterSignature,
    MonitorEntry,
    ParentReport,
    Rectification,
    ResponsibilityLetter,
    SpotCheck,
    SpotCheckClass,
)
from homework.services.checking import (
    draw,
    draw_spot_check,
    drawn_again,
    enter_monitor,
    read_report,
    renew_code,
    report_homework,
)
from homework.services.letters import publish_responsibility, sign_responsibility, unsigned
from homework.services.rectifying import (
    answer_rectification,
    close_rectification,
    issue_rectification,
    make_public,
    recheck,
    talk_about,
)
from homework.tasks import draw_today
from school.models import SchoolClass, SchoolDay
from tests.conftest import TODAY, make_staff, pdf_text, printed, records
from tests.homework.routes import switch_on
from tests.homework.test_services import add
from tests.property import examples

pytestmark = pytest.mark.django_db
DAY = TODAY.isoformat()


# --- the draw ------------------------------------------------------------------------------------------------------

SCHOOL = [(grade * 10 + n, grade) for grade in range(1, 7) for n in range(8)]


@examples(30, 1000)
@given(seed=st.text(min_size=1, max_size=20), classes=st.integers(1, 6), grades=st.integers(1, 3))
def test_a_draw_keeps_to_its_numbers_and_to_its_seed(seed, classes, grades):
    drawn_grades, drawn = draw(seed, SCHOOL, classes=classes, grades=grades)
    assert draw(seed, SCHOOL[::-1], classes=classes, grades=grades) == (drawn_grades, drawn)
    by_pk = dict(SCHOOL)
    assert (len(drawn_grades), len(drawn), len(set(drawn))) == (grades, classes, classes)
    assert {by_pk[pk] for pk in drawn} <= set(drawn_grades)
    if classes >= grades:
        assert {by_pk[pk] for pk in drawn} == set(drawn_grades)


def test_every_class_has_its_chance():
    counts = dict.fromkeys((pk for pk, _grade in SCHOOL), 0)
    for n in range(2400):
        for pk in draw(f"seed {n}", SCHOOL, classes=2, grades=2)[1]:
            counts[pk] += 1
    assert min(counts.values()) > 60 and max(counts.values()) < 145  # 100 each on average


def test_drawn_once_on_a_school_day_and_fixed(cast):
    assert draw_spot_check(day=TODAY) is None
    switch_on()
    check = draw_spot_check(day=TODAY)
    assert len(check.seed) == 32
    assert check.classes.count() == 2
    assert drawn_again(check) == list(check.classes.values_list("school_class", flat=True))
    draw_today()
    assert SpotCheck.objects.get().seed == check.seed
    assert draw_spot_check(day=dt.date(2026, 11, 21)) is None  # a Saturday
    SchoolDay.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        SpotCheck.objects.update(seed="other")


def test_the_result_of_a_spot_check(cast, as_user, client):
    switch_on()
    check = draw_spot_check(day=TODAY, seed="seed")
    row = check.classes.first()
    url = reverse("homework:spot_result", args=[row.pk])
    office = as_user(cast.academic)
    assert office.post(url, {"result": "more"}).context["form"].errors.keys() == {"asked"}
    office.post(url, {"result": "more", "asked": 5, "minutes": 80, "text": "数学练习册两页"})
    row.refresh_from_db()
    assert (row.result, row.asked, row.minutes, row.by) == ("more", 5, 80, cast.academic.user)
    page = office.get(reverse("homework:spot_list"))
    assert [row.is_same for row in records(page)] == [True, True]
    assert "共 2 条" in page.content.decode()  # as many as there are rows, not draws
    assert "数学练习册两页" in page.content.decode()
    client.logout()
    public = client.get(reverse("board:board_checks")).content.decode()
    assert "比清单多" in public and "seed" in public and f"class {row.school_class_id}" in public
    assert "数学练习册两页" not in public and "冯节" not in public


# --- class monitor and parents -------------------------------------------------------------------------------------


def lines(*rows):
    return {
        f"s{subject.pk}-{name}": value
        for subject, content, minutes in rows
        for name, value in (("content", content), ("minutes", minutes))
    }


def test_the_class_monitors_form(cast, client):
    code = renew_code(school_class=cast.class_1, by=cast.academic.user)
    url = reverse("board:monitor", args=[code.code])
    assert client.get(url).status_code == 404  # the school has not switched it on
    switch_on()
    page = client.get(url).content.decode()
    assert "三(1)班" in page and "韩小雨" not in page
    half = client.post(url, lines((cast.maths, "口算", "")))
    assert "口算" in half.content.decode() and MonitorEntry.objects.count() == 0
    client.post(url, lines((cast.maths, "口算", 20), (cast.chinese, "抄写", 15)))
    client.post(url, lines((cast.maths, "口算两页", 40)))
    assert list(MonitorEntry.objects.values_list("subject__name", "content", "minutes")) == [("数学", "口算两页", 40)]
    renew_code(school_class=cast.class_1, by=cast.academic.user)
    assert client.get(url).status_code == 404
    assert ClassCode.objects.filter(revoked_at=None).count() == 1
    with pytest.raises(ValidationError, match="填报已关闭"):
        enter_monitor(code=ClassCode.objects.get(pk=code.pk), day=TODAY, lines=[])


def report(cast, **more):
    fields = {"school_class": cast.class_1.pk, "day": DAY, "subject": cast.maths.pk, "content": "两页", "minutes": 50}
    return fields | more


@pytest.fixture
def open_form(cast):
    cache.clear()
    switch_on()
    yield reverse("board:report")
    cache.clear()


def test_a_parent_reports_without_signing_in(cast, client, open_form):
    assert client.get(open_form).status_code == 200
    refused = client.post(open_form, report(cast, day="2026-10-01"))
    assert refused.context["form"].errors.keys() == {"day"}
    assert refused.context["form"]["content"].value() == "两页"
    assert client.post(open_form, report(cast)).url == reverse("board:report_done")
    row = ParentReport.objects.get()
    assert (row.state, row.minutes, len(row.source)) == ("new", 50, 16)
    assert "127.0.0.1" not in row.source
    client.post(open_form, report(cast, website="http://spam.example"))
    assert ParentReport.objects.count() == 1
    switch_on(parent_form=False)
    assert client.get(open_form).status_code == 404


def test_reports_are_limited_by_address_and_by_class(cast, client, open_form):
    for _n in range(12):
        client.post(open_form, report(cast))
    answer = client.post(open_form, report(cast))
    assert "填报较多" in answer.content.decode()
    assert answer.context["form"]["content"].value() == "两页"
    assert ParentReport.objects.count() == 12


def test_no_text_is_shown_before_it_was_read(cast, as_user, client, open_form):
    client.post(open_form, report(cast, content="张老师骂人"))
    row = ParentReport.objects.get()
    for who in (cast.homeroom, cast.teacher, cast.mother, cast.office):
        assert as_user(who).get(reverse("homework:report_list")).status_code == 403
    for url in (reverse("board:board"), reverse("board:board_checks"), reverse("board:board_archive")):
        assert "骂人" not in as_user(cast.mother).get(url).content.decode()
    assert compare(TODAY) == []
    office = as_user(cast.academic)
    assert "骂人" in office.get(reverse("homework:report_list")).content.decode()
    office.post(reverse("homework:report_list"), {"row": row.pk, "action": "aside"})
    assert compare(TODAY) == []
    as_user(cast.principal).post(reverse("homework:report_list"), {"row": row.pk, "action": "confirm"})
    row.refresh_from_db()
    assert (row.state, row.read_by) == ("aside", cast.academic.user)


def parents(cast, *minutes, subject=None, confirmed=True):
    for n, one in enumerate(minutes):
        row = report_homework(
            school_class=cast.class_1,
            day=TODAY,
            subject=subject or cast.maths,
            content="题",
            minutes=one,
            source=str(n),
        )
        if confirmed:
            read_report(report=row, counts_on=True, by=cast.academic.user)


def test_three_witnesses_side_by_side(cast, as_user):
    switch_on()
    add(cast, 30, subject=cast.maths)
    parents(cast, 30, 70, 200)
    parents(cast, 10, subject=cast.chinese)
    MonitorEntry.objects.create(school_class=cast.class_1, day=TODAY, subject=cast.maths, content="题", minutes=35)
    (row,) = compare(TODAY)
    assert (row.said, row.monitor, row.parents, row.senders, row.cap) == (30, 35, 80, 3, 60)
    assert (row.differs, row.is_over) == (True, True)
    page = as_user(cast.academic).get(reverse("homework:comparison_class", args=[cast.class_1.pk, DAY]))
    assert [(line.subject, line.sheet, line.monitor, line.parents) for line in page.context["lines"]] == [
        ("语文", 0, None, [10]),
        ("数学", 30, 35, [30, 70, 200]),
    ]
    ParentReport.objects.filter(minutes__gt=30).delete()
    (row,) = compare(TODAY)
    assert (row.differs, row.is_over) == (False, False)  # 40 against 30 is within the ten minutes tolerated


# --- rectification -------------------------------------------------------------------------------------------------


def issue(cast, **more):
    fields = {
        "school_class": cast.class_1,
        "subject": cast.maths,
        "teacher": cast.teacher,
        "day": TODAY,
        "origin": "comparison",
        "finding": "当天数学书面作业 80 分钟",
        "demand": "按清单布置",
        "by": cast.academic.user,
    }
    return issue_rectification(**fields | more)


def test_finding_talk_answer_recheck_closed(cast):
    notice = issue(cast)
    assert (str(notice), notice.answer_by) == ("〔2026〕1号", dt.date(2026, 11, 23))
    with pytest.raises(ValidationError, match="先谈话，再答复"):
        answer_rectification(notice=notice, text="已改", by=cast.teacher.user)
    with pytest.raises(ValidationError, match="谈话之前不公布"):
        make_public(notice=notice, public=True, by=cast.academic.user)
    notice = talk_about(notice=notice, text="约定每天不超过 20 分钟", by=cast.academic.user)
    with pytest.raises(PermissionDenied):
        answer_rectification(notice=notice, text="已改", by=cast.homeroom.user)
    notice = answer_rectification(notice=notice, text="已改", by=cast.teacher.user)
    notice = recheck(notice=notice, good=False, text="仍有 70 分钟", by=cast.academic.user)
    assert notice.state == "issued"
    with pytest.raises(ValidationError, match="这份通知书已经是"):
        close_rectification(notice=notice, by=cast.academic.user)
    notice = talk_about(notice=notice, text="再次约定", by=cast.academic.user)
    notice = answer_rectification(notice=notice, text="已改", by=cast.teacher.user)
    notice = recheck(notice=notice, good=True, text="20 分钟", by=cast.academic.user)
    notice = close_rectification(notice=notice, by=cast.academic.user)
    assert (notice.state, notice.recheck_good) == ("closed", True)


def test_each_breach_counts_once(cast):
    issue(cast)
    with pytest.raises(ValidationError, match="这个班这一天这个学科已有整改通知书"):
        issue(cast)
    assert issue(cast, subject=None).number == 2
    with pytest.raises(ValidationError, match="问题日期还没到"):
        issue(cast, day=TODAY + dt.timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_two_notices_at_once_get_two_numbers(cast):
    barrier = threading.Barrier(2)

    def work(subject):
        try:
            barrier.wait()
            issue(cast, subject=subject)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(s,)) for s in (cast.maths, cast.chinese)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Rectification.objects.values_list("number", flat=True)) == [1, 2]


def test_the_notice_on_its_pages_and_on_paper(cast, as_user, client):
    office = as_user(cast.academic)
    address = {"class": cast.class_1.pk, "subject": cast.maths.pk, "day": DAY}
    form = office.get(reverse("homework:rectification_add"), address).context["form"]
    assert form["teacher"].value() == cast.teacher.pk
    fields = {"school_class": cast.class_1.pk, "subject": cast.maths.pk, "teacher": cast.teacher.pk, "day": DAY}
    fields |= {"origin": "comparison", "finding": "80 分钟", "demand": "减量"}
    url = office.post(reverse("homework:rectification_add"), fields).url
    assert office.post(reverse("homework:rectification_add"), fields).status_code == 200
    office.post(url, {"text": "已约定"})
    assert as_user(cast.principal).post(url, {"publish": "1"}).status_code == 403
    as_user(cast.teacher).post(url, {"text": "立即改正"})
    as_user(cast.academic).post(url, {"good": "1", "text": "复查 20 分钟"})
    as_user(cast.academic).post(url, {"publish": "1"})
    teacher = as_user(cast.teacher)
    text = "".join(pdf_text(printed(teacher, teacher.get(f"{url}notice.pdf"))).split())
    for words in ("作业整改通知书", "〔2026〕1号", "吴海老师", "80分钟", "立即改正", "2026年11月18日"):
        assert words in text
    as_user(cast.academic).post(url, {})
    assert Rectification.objects.get().state == "closed"
    client.logout()
    public = client.get(reverse("board:board_checks")).content.decode()
    assert "三(1)班 数学" in public and "吴海" not in public and "80 分钟" not in public


# --- letters of responsibility -------------------------------------------------------------------------------------


def test_a_letter_waits_only_for_those_who_may_open_it(cast, as_user):
    letter = ResponsibilityLetter(title="减负责任书", body="不超量布置作业。", made_by=cast.academic.user)
    letter = publish_responsibility(letter=letter, by=cast.academic.user)
    waiting = {
        who: [task.url for task in as_user(getattr(cast, who)).get("/homework/").context["waiting"]]
        for who in ("teacher", "office")
    }
    assert waiting == {"teacher": [reverse("homework:responsibility_detail", args=[letter.pk])], "office": []}


def test_a_letter_is_fixed_signed_and_counted(cast, as_user):
    office = as_user(cast.academic)
    url = office.post(reverse("homework:responsibility_add"), {"title": "减负责任书", "body": "不超量布置作业。"}).url
    letter = ResponsibilityLetter.objects.get()
    with pytest.raises(ValidationError, match="责任书尚未发布"):
        sign_responsibility(letter=letter, staff=cast.teacher, name="吴海")
    assert as_user(cast.teacher).get(url).status_code == 403
    edit = reverse("homework:responsibility_edit", args=[letter.pk])
    as_user(cast.academic).post(edit, {"title": "减负责任书", "body": "不超量布置作业。", "publish": "1"})
    letter.refresh_from_db()
    assert as_user(cast.academic).get(edit).status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic():
        ResponsibilityLetter.objects.update(body="改")
    wrong = as_user(cast.teacher).post(url, {"name": "吴大海"})
    assert wrong.context["form"].errors.keys() == {"name"}
    as_user(cast.teacher).post(url, {"name": "吴海"})
    as_user(cast.teacher).post(url, {"name": "吴海"})
    signature = LetterSignature.objects.get()
    assert (signature.staff, signature.digest) == (cast.teacher, letter.digest)
    assert cast.teacher not in unsigned(letter)
    newcomer = make_staff("T030", "新老师")
    assert newcomer in unsigned(letter)
    page = as_user(cast.academic).get(url)
    assert newcomer in page.context["unsigned"]
    principal = as_user(cast.principal)
    paper = printed(principal, principal.get(reverse("homework:responsibility_pdf", args=[letter.pk])))
    text = "".join(pdf_text(paper).split())
    assert "吴海" in text and letter.digest[:20] in text


def test_a_draft_can_be_dropped(cast, as_user):
    letter = ResponsibilityLetter.objects.create(title="草稿", body="正文", made_by=cast.academic.user)
    as_user(cast.academic).post(reverse("homework:responsibility_drop", args=[letter.pk]))
    published = publish_responsibility(
        letter=ResponsibilityLetter(title="责任书", body="正文", made_by=cast.academic.user), by=cast.academic.user
    )
    drop = reverse("homework:responsibility_drop", args=[published.pk])
    assert as_user(cast.academic).post(drop).status_code == 404
    assert list(ResponsibilityLetter.objects.all()) == [published]


def test_codes_and_posters_are_printed(cast, as_user):
    switch_on()
    office = as_user(cast.academic)
    assert office.get(reverse("homework:code_print")).status_code == 302
    office.post(reverse("homework:code_renew", args=[cast.class_1.pk]))
    slips = pdf_text(printed(office, office.get(reverse("homework:code_print"))))
    assert "三(1)班" in slips and "韩小雨" not in slips
    poster = "".join(pdf_text(printed(office, office.get(reverse("homework:code_print"), {"parents": "1"}))).split())
    assert "不留姓名" in poster
    assert SpotCheckClass.objects.count() == 0


def test_addresses_that_are_missing_are_made_at_once(cast, as_user):
    renew_code(school_class=cast.class_1, by=cast.academic.user)
    kept = ClassCode.objects.get().code
    client = as_user(cast.academic)
    for _tap in range(2):
        client.post(reverse("homework:code_list"))
    codes = ClassCode.objects.filter(revoked_at__isnull=True)
    assert codes.filter(code=kept).exists()
    assert codes.count() == SchoolClass.objects.in_year(2026).count()
