"""Homework for the demonstration school: a term of sheets with their steps, marking and records, plans and checks."""

import datetime as dt
import random
from typing import Any

from django.utils import timezone

from homework.limits import heaviest_path
from homework.models import (
    BankItem,
    ClassSheet,
    FinishedAtSchool,
    HomeworkItem,
    HomeworkSettings,
    LearningPoint,
    LetterSignature,
    Marking,
    MarkingTime,
    MonitorEntry,
    ParentReport,
    RecordLine,
    RecordSheet,
    Rectification,
    RectificationStep,
    ResponsibilityLetter,
    SheetAction,
    SheetVersion,
    SpotCheckClass,
    WeekPlan,
    WeekPlanItem,
)
from homework.models.planning import monday_of
from homework.rulebook import cap_rule
from homework.services.checking import draw_spot_check
from homework.services.editions import make_edition
from school.models import (
    ClassMembership,
    Guardianship,
    Lesson,
    SchoolClass,
    SchoolDay,
    Staff,
    Subject,
    Teaching,
    Term,
    User,
)
from school.models.calendar import school_year_of
from web.caching import forget

WRITTEN = (
    ("语文", "抄写并默写第{n}课生字词，完成课后第2题"),
    ("数学", "练习册第{n}页1—6题"),
    ("英语", "抄写Unit {n}单词，每个两遍"),
)
OTHER = (
    ("语文", "reading", "朗读第{n}课三遍，自主阅读20分钟"),
    ("英语", "oral", "跟读Unit {n}对话"),
    ("体育", "sport", "跳绳两组，每组一分钟"),
    ("劳动", "labour", "整理自己的书桌"),
    ("科学", "practical", "观察并记录绿豆发芽第{n}天"),
)


def set_homework(term: Term, until: dt.date, rng: random.Random) -> None:
    """A sheet a class and teaching day, within the cap; now and then close to it, a few of the last day unpublished."""
    days = list(SchoolDay.objects.teaching().filter(day__range=(term.starts_on, until)).values_list("day", flat=True))
    subjects = {s.name: s for s in Subject.objects.all()}
    teachers: dict[tuple[int, int], Teaching] = {
        (t.school_class_id, t.subject_id): t for t in Teaching.objects.select_related("staff__user")
    }
    homeroom = {
        p.school_class_id: p.staff.user_id
        for c in SchoolClass.objects.all()
        for p in c.posts.filter(role="homeroom_teacher").select_related("staff")
    }
    sheets, items = [], []
    for school_class in SchoolClass.objects.in_year(school_year_of(term.starts_on)):
        rule = cap_rule(school_class, until)
        for n, day in enumerate(days):
            sheet = ClassSheet(
                school_class=school_class,
                day=day,
                cap=int(rule.value),
                cap_source=rule.source,
                status=ClassSheet.Status.PUBLISHED,
            )
            own = _items(sheet, subjects, teachers, rng, n)
            sheet.minutes = heaviest_path(own, sheet.cap)
            if day == days[-1] and rng.random() < 0.15:
                sheet.status = ClassSheet.Status.DRAFT
            else:
                sheet.published_at = moment(day, 15, rng.randrange(5, 55))
                sheet.published_by_id = homeroom[school_class.pk]
            sheets.append(sheet)
            items.extend(own)
    ClassSheet.objects.bulk_create(sheets, batch_size=1000)
    HomeworkItem.objects.bulk_create(items, batch_size=2000)


def _items(sheet: ClassSheet, subjects: dict, teachers: dict, rng: random.Random, n: int) -> list[HomeworkItem]:
    rows = []
    left = sheet.cap

    def add(name: str, kind: str, content: str, minutes: int, place: str) -> None:
        teaching = teachers.get((sheet.school_class_id, subjects[name].pk))
        if teaching:
            rows.append(
                HomeworkItem(
                    sheet=sheet,
                    subject=subjects[name],
                    teacher=teaching.staff,
                    content=content.format(n=n % 28 + 1),
                    kind=kind,
                    minutes=minutes,
                    place=place,
                )
            )

    for name, content in rng.sample(WRITTEN, rng.choice((1, 2, 2, 3))):
        minutes = rng.choice((10, 15, 15, 20, 20, 25))
        if sheet.cap == 0:
            add(name, "written", content, minutes, "service")
        elif minutes <= left:
            left -= minutes
            add(name, "written", content, minutes, rng.choice(("home", "service", "service")))
    name, kind, content = rng.choice(OTHER)
    add(name, kind, content, rng.choice((10, 15, 20)), "home")
    return rows


def write_items(school_class: SchoolClass, day: dt.date, rng: random.Random) -> list[HomeworkItem]:
    """What a class's teachers would enter on a day, unsaved, within its cap."""
    sheet = ClassSheet(school_class=school_class, day=day, cap=int(cap_rule(school_class, day).value))
    teachings = Teaching.objects.filter(school_class=school_class).select_related("staff")
    teachers = {(row.school_class_id, row.subject_id): row for row in teachings}
    return _items(sheet, {subject.name: subject for subject in Subject.objects.all()}, teachers, rng, day.toordinal())


# --- what happens around the sheets --------------------------------------------------------------------------------

# How often a subject stands in a week of 35 lessons.
LESSONS = {
    "语文": 8,
    "数学": 6,
    "英语": 3,
    "体育": 4,
    "音乐": 2,
    "美术": 2,
    "科学": 3,
    "道德与法治": 2,
    "劳动": 2,
    "信息科技": 1,
}
RECENT = 10
LETTER = """一、严格执行书面作业总量规定，不超过年级上限，一二年级不留书面家庭作业。
二、不布置机械重复、超标超纲和惩罚性作业，不给家长布置任务，不要求家长批改。
三、作业先试做、后布置，布置在课内，批改在当天。
四、作业经班主任统筹、教导处审核后公示，接受师生和家长监督。"""


def live_with_homework(term: Term, until: dt.date, office: User) -> None:
    """Timetable, steps, marking and shares of the whole term; records, plans and checks of the last days."""
    rng = random.Random("homework")  # noqa: S311  # the same homework every time
    fields = {"records": "daily", "monitor_form": True, "parent_form": True, "spot_checks": True, "over_cap": "ask"}
    HomeworkSettings.objects.update_or_create(pk=1, defaults=fields)
    forget("homework settings")
    days = list(SchoolDay.objects.teaching().filter(day__range=(term.starts_on, until)).values_list("day", flat=True))
    recent = days[-RECENT:]
    make_timetable(rng)
    take_steps(office)
    mark(until, rng)
    finish_at_school(days, rng)
    keep_records(recent[-5:], rng)
    plan_ahead(until, rng)
    check(recent, rng, office)
    sign_letters(office, rng)


def print_editions(until: dt.date) -> None:
    """The board of the last week, for the wall."""
    for kind in ("monday", "friday"):
        make_edition(kind=kind, week=monday_of(until))


def moment(day: dt.date, hour: int, minute: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def make_timetable(rng: random.Random) -> None:
    subjects = {s.name: s for s in Subject.objects.all()}
    week = [subjects[name] for name, count in LESSONS.items() if name in subjects for _n in range(count)]
    rows = []
    for school_class in SchoolClass.objects.all():
        own = rng.sample(week, len(week))
        slots = [(day, number) for day in range(1, 6) for number in range(1, 8)]
        rows += [
            Lesson(school_class=school_class, weekday=day, number=number, subject=subject)
            for (day, number), subject in zip(slots, own, strict=False)
        ]
    Lesson.objects.bulk_create(rows, batch_size=1000)


def take_steps(office: User) -> None:
    """Each published sheet was passed on by its homeroom teacher and published by the office, as one version."""
    sheets = ClassSheet.objects.published().prefetch_related("items__subject")
    actions, versions = [], []
    for sheet in sheets:
        at = sheet.published_at
        assert at is not None and sheet.published_by_id is not None  # noqa: S101 - set_homework wrote both
        common = {"sheet": sheet, "version": 1}
        before = at - dt.timedelta(minutes=20)
        actions.append(
            SheetAction(kind="passed", step="coordination", by_id=sheet.published_by_id, at=before, **common)
        )
        actions.append(SheetAction(kind="published", step="office_review", by=office, at=at, **common))
        names = ("content", "kind", "tier", "minutes", "place")
        entries = [
            {"item": item.pk, "subject": item.subject.name} | {name: getattr(item, name) for name in names}
            for item in sheet.items.all()
        ]
        versions.append(SheetVersion(sheet=sheet, number=1, minutes=sheet.minutes, entries=entries, by=office, at=at))
    SheetAction.objects.bulk_create(actions, batch_size=1000)
    SheetVersion.objects.bulk_create(versions, batch_size=1000)


def mark(until: dt.date, rng: random.Random) -> None:
    """Nearly everything was marked in time; a few pieces of the last days wait."""
    due = dict(MarkingTime.objects.values_list("kind", "days"))
    items = HomeworkItem.objects.published().filter(kind__in=due).select_related("sheet")
    rows = []
    for item in items:
        day = item.sheet.day + dt.timedelta(days=1 + due[item.kind])
        row = Marking(item=item, due_on=day)
        if day < until - dt.timedelta(days=3) or rng.random() < 0.8:
            row.collected_on = row.marked_on = min(day, until)
            row.by_id = item.teacher_id
            if rng.random() < 0.9:
                row.discussed_on = row.corrected_on = row.marked_on
        rows.append(row)
    Marking.objects.bulk_create(rows, batch_size=1000)


def finish_at_school(days: list[dt.date], rng: random.Random) -> None:
    heads = {row.school_class_id: row.staff_id for row in Teaching.objects.filter(subject__name="语文")}
    rows = []
    for school_class in SchoolClass.objects.all():
        for day in days:
            percent = rng.choice((100, 90, 90, 90, 75))
            if school_class.grade(day) > 2 and school_class.pk in heads:
                rest = 0 if percent == 100 else rng.choice((10, 10, 20))
                rows.append(
                    FinishedAtSchool(
                        school_class=school_class,
                        day=day,
                        percent=percent,
                        rest_minutes=rest,
                        by_id=heads[school_class.pk],
                    )
                )
    FinishedAtSchool.objects.bulk_create(rows, batch_size=1000)


REMARKS = ("", "", "", "今天数学应用题有点难。", "自己完成的，很认真。", "英语单词记得慢。")


def keep_records(days: list[dt.date], rng: random.Random) -> None:
    """Six families of ten fill in the record; it takes a little longer than was thought."""
    adults = dict(
        Guardianship.objects.filter(barred=False, guardian__user__isnull=False)
        .order_by("-order")
        .values_list("student", "guardian__user")
    )
    records, lines = [], []
    sheets = ClassSheet.objects.published().filter(day__in=days).prefetch_related("items")
    members: dict[int, list[int]] = {}
    for class_pk, student in ClassMembership.objects.values_list("school_class", "student"):
        members.setdefault(class_pk, []).append(student)
    for sheet in sheets:
        for student in members.get(sheet.school_class_id, []):
            if student not in adults or rng.random() > 0.6:
                continue
            record = RecordSheet(
                student_id=student,
                sheet=sheet,
                bedtime=dt.time(21, rng.randrange(0, 40)),
                remark=rng.choice(REMARKS),
                filled_by_id=adults[student],
                filled_at=moment(sheet.day, 20, rng.randrange(0, 59)),
            )
            records.append(record)
            lines += [
                RecordLine(record=record, item=item, minutes=actual(item.minutes, rng), at_school=rng.random() < 0.8)
                for item in sheet.items.all()
            ]
    RecordSheet.objects.bulk_create(records, batch_size=1000)
    RecordLine.objects.bulk_create(lines, batch_size=2000)


def actual(minutes: int, rng: random.Random) -> int:
    return max(1, round(minutes * rng.uniform(0.7, 1.6)))


ABILITIES = {"语文": ("识字写字", "阅读理解"), "数学": ("运算", "推理"), "英语": ("听说", "拼读")}
UNITS = ("第一单元", "第二单元", "第三单元")


def plan_ahead(until: dt.date, rng: random.Random) -> None:
    """A bank, the plans of this week and the next, and the learning points of the first grades."""
    subjects = {s.name: s for s in Subject.objects.all()}
    week = monday_of(until)
    for name, content in WRITTEN:
        teacher = Staff.objects.filter(teachings__subject=subjects[name]).order_by("pk").first()
        if teacher is None:
            continue
        BankItem.objects.bulk_create(
            BankItem(
                subject=subjects[name],
                grade=grade,
                unit=unit,
                content=content.format(n=grade + at),
                minutes=rng.choice((10, 15, 20)),
                tier=rng.choice(("all", "basic", "extending")),
                abilities=rng.choice(ABILITIES[name]),
                made_by=teacher,
            )
            for grade in range(3, 7)
            for at, unit in enumerate(UNITS)
        )
        for grade in range(3, 7):
            for monday, state in ((week, "confirmed"), (week + dt.timedelta(days=7), "handed_in")):
                plan = WeekPlan.objects.create(
                    grade=grade, subject=subjects[name], week=monday, state=state, by=teacher
                )
                WeekPlanItem.objects.bulk_create(
                    WeekPlanItem(plan=plan, weekday=day, content=content.format(n=day), minutes=15)
                    for day in sorted(rng.sample(range(1, 6), 3))
                )
        LearningPoint.objects.bulk_create(
            LearningPoint(grade=grade, subject=subjects[name], week=week, text=POINTS[name], by_id=teacher.user_id)
            for grade in (1, 2)
            if teacher.user_id
        )


POINTS = {
    "语文": "认读本课生字，能正确、流利地朗读课文。",
    "数学": "熟练口算20以内加减法，会说算理。",
    "英语": "听唱本单元歌谣，能用一句话介绍自己。",
}


def check(recent: list[dt.date], rng: random.Random, office: User) -> None:
    """Two classes a day by lot; monitors and parents of the last day; one notice closed, one open."""
    for n, day in enumerate(recent):
        drawn = draw_spot_check(day=day, seed=f"demonstration {n}")
        if drawn and n < len(recent) - 1:
            SpotCheckClass.objects.filter(spot_check=drawn).update(
                result="agrees", asked=5, by=office, at=moment(day, 18, 30)
            )
    day = recent[-1]
    sheets = list(ClassSheet.objects.published().filter(day=day, cap__gt=0).prefetch_related("items"))[:6]
    for sheet in sheets:
        for item in {item.subject_id: item for item in sheet.items.all() if item.is_written}.values():
            more = 30 if sheet is sheets[-1] else rng.choice((0, 0, 5))
            common = {"school_class_id": sheet.school_class_id, "day": day, "subject_id": item.subject_id}
            work = common | {"content": item.content, "minutes": item.minutes + more}
            MonitorEntry.objects.create(**work)
            for number, state in enumerate(("confirmed", "confirmed", "new")):
                ParentReport.objects.create(**work, state=state, source=f"demo{number}")
    for number, (sheet, state) in enumerate(((sheets[0], "closed"), (sheets[-1], "talked")) if sheets else (), start=1):
        notice(number, sheet, state, office)


def notice(number: int, sheet: ClassSheet, state: str, office: User) -> None:
    item = next(item for item in sheet.items.all())
    done: dict[str, Any] = {}
    if state == "closed":
        done = {
            "answer": "已与班主任商定，每天数学不超过20分钟。",
            "answered_at": moment(sheet.day, 17, 20),
            "rechecked_on": sheet.day,
            "recheck_note": "当天作业与清单一致。",
            "recheck_good": True,
            "closed_at": moment(sheet.day, 17, 50),
            "published_at": moment(sheet.day, 17, 50),
        }
    row = Rectification.objects.create(
        year=sheet.day.year,
        number=number,
        school_class_id=sheet.school_class_id,
        subject_id=item.subject_id,
        teacher_id=item.teacher_id,
        day=sheet.day,
        origin="comparison",
        finding="班长登记和家长填报的书面作业时间比清单多出较多。",
        demand="按清单布置，超出部分先与班主任协商。",
        answer_by=sheet.day + dt.timedelta(days=3),
        state=state,
        issued_by=office,
        issued_at=moment(sheet.day, 16, 30),
        talked_on=sheet.day,
        talk_note="已当面说明，约定按清单布置。",
        **done,
    )
    steps = [("talk", row.talk_note, office)]
    if state == "closed":
        teacher = item.teacher.user or office
        steps += [("answer", row.answer, teacher), ("good", row.recheck_note, office), ("closed", "", office)]
    for kind, text, by in steps:
        RectificationStep.objects.create(notice=row, kind=kind, text=text, by=by)


def sign_letters(office: User, rng: random.Random) -> None:
    letter = ResponsibilityLetter.objects.create(
        title="减轻学生作业负担责任书", body=LETTER, made_by=office, published_at=timezone.now()
    )
    LetterSignature.objects.bulk_create(
        LetterSignature(letter=letter, staff=staff, name=staff.name, digest=letter.digest)
        for staff in Staff.objects.filter(kind=Staff.Kind.EMPLOYEE)
        if rng.random() < 0.93
    )
