"""The homework's rows of the tables of routes and queries (tests/test_routes.py, tests/test_queries.py)."""

import datetime as dt

from django.core.files.base import ContentFile

from homework.models import (
    BankItem,
    BoardEdition,
    Coordinator,
    FinishedAtSchool,
    HomeworkItem,
    HomeworkSettings,
    LearningPoint,
    MarkingTime,
    MonitorEntry,
    ParentReport,
    RecordSheet,
    ReleaseRequest,
    ResponsibilityLetter,
    SheetStage,
    SpotCheck,
    SpotCheckClass,
    WatchWord,
    WeekPlan,
    WeekPlanItem,
)
from homework.models.planning import monday_of
from homework.services import publish_sheet, set_item
from homework.services.checking import draw_spot_check, renew_code
from homework.services.letters import publish_responsibility, sign_responsibility
from homework.services.marking import begin_coaching, note_coaching
from homework.services.recording import Record, enter_finished, fill_record
from homework.services.rectifying import issue_rectification
from school.models import Teaching
from tests.conftest import TODAY

DAY = TODAY.isoformat()
WEEK = monday_of(TODAY)
STAFF = ["teacher", "homeroom", "principal", "office", "academic", "duty_leader"]
WRITERS = ["teacher", "homeroom", "academic"]
CHECKERS = ["academic", "principal"]
SETTERS = ["academic", "office"]
NOT_OFFICE = ["mother", "gate", "teacher", "homeroom", "office"]


def switch_on(**more):
    """Everything that a school can switch on."""
    fields = {"records": "daily", "monitor_form": True, "parent_form": True, "spot_checks": True, "over_cap": "ask"}
    HomeworkSettings.objects.update_or_create(pk=1, defaults=fields | more)


def add_rows(cast):
    """One of everything that a route names: a published sheet of class_1, a draft of class_2."""
    switch_on()
    cast.item = set_item(
        school_class=cast.class_1,
        day=TODAY,
        item=HomeworkItem(subject=cast.maths, teacher=cast.teacher, content="口算", minutes=10),
        by=cast.teacher.user,
    )
    cast.sheet = publish_sheet(sheet=cast.item.sheet, by=cast.academic.user)
    cast.draft_item = set_item(
        school_class=cast.class_2,
        day=TODAY,
        item=HomeworkItem(subject=cast.maths, teacher=cast.teacher, content="口算", minutes=10),
        by=cast.teacher.user,
    )
    cast.ask = ReleaseRequest.objects.create(
        sheet=cast.sheet,
        entry={"content": "习题", "minutes": 20, "due_on": None, "subject": cast.maths.pk},
        minutes=5,
        reason="复习",
        teacher=cast.teacher,
    )
    cast.coordinator = Coordinator.objects.create(staff=cast.teacher, school_class=cast.first_grade, starts_on=TODAY)
    work = {"content": "口算", "minutes": 10}
    cast.bank_item = BankItem.objects.create(grade=3, subject=cast.maths, unit="第一单元", made_by=cast.teacher, **work)
    cast.plan = WeekPlan.objects.create(grade=3, subject=cast.maths, week=WEEK, by=cast.teacher, state="handed_in")
    WeekPlanItem.objects.create(plan=cast.plan, weekday=3, **work)
    cast.point = LearningPoint.objects.create(
        grade=1, subject=cast.chinese, week=WEEK, text="认识十个字", by=cast.homeroom.user
    )
    cast.record = fill_record(
        student=cast.child, sheet=cast.sheet, record=Record({cast.item.pk: (12, True)}), by=cast.mother.user
    )
    enter_finished(school_class=cast.class_1, day=TODAY, percent=90, rest_minutes=10, by=cast.teacher)
    cast.marking = cast.item.marking
    cast.coaching = begin_coaching(
        student=cast.child, subject=cast.maths, coach=cast.teacher, aim="计算", by=cast.teacher.user
    )
    note_coaching(coaching=cast.coaching, day=TODAY, text="面批", by=cast.teacher.user)
    cast.code = renew_code(school_class=cast.class_1, by=cast.academic.user)
    MonitorEntry.objects.create(school_class=cast.class_1, day=TODAY, subject=cast.maths, content="口算", minutes=20)
    cast.report = ParentReport.objects.create(
        school_class=cast.class_1, day=TODAY, subject=cast.maths, content="口算", minutes=40, source="a"
    )
    draw_spot_check(day=TODAY, seed="seed")
    cast.spot = SpotCheckClass.objects.first()
    cast.notice = issue_rectification(
        school_class=cast.class_1,
        subject=cast.maths,
        teacher=cast.teacher,
        day=TODAY,
        origin="comparison",
        finding="超量",
        demand="减量",
        by=cast.academic.user,
    )
    cast.draft_letter = ResponsibilityLetter.objects.create(
        title="减负责任书", body="不超量", made_by=cast.academic.user
    )
    cast.signed_letter = publish_responsibility(
        letter=ResponsibilityLetter(title="减负责任书", body="不超量", made_by=cast.academic.user),
        by=cast.academic.user,
    )
    sign_responsibility(letter=cast.signed_letter, staff=cast.teacher, name=cast.teacher.name)
    cast.edition = BoardEdition.objects.create(
        kind="friday", week=WEEK, entries=1, file=ContentFile(b"%PDF", name="edition.pdf")
    )
    cast.word, cast.marking_time, cast.stage = (
        WatchWord.objects.first(),
        MarkingTime.objects.first(),
        SheetStage.objects.first(),
    )


def of_class(c):
    return [c.class_1.pk, DAY]


TABLE = {
    "homework:sheet_detail": (of_class, STAFF, ["mother", "gate"]),
    "homework:sheet_pass": (of_class, ["homeroom", "academic"], ["mother", "gate", "office"]),
    "homework:sheet_all": (of_class, ["homeroom", "academic"], ["mother", "gate", "teacher", "office"]),
    "homework:sheet_return": (lambda c: [c.sheet.pk], ["homeroom", "academic"], ["mother", "teacher", "office"]),
    "homework:sheet_release": (lambda c: [c.sheet.pk], ["homeroom", "academic"], ["mother", "teacher", "office"]),
    "homework:sheet_versions": (lambda c: [c.sheet.pk], STAFF, ["mother", "gate"]),
    "homework:release_decide": (lambda c: [c.ask.pk], ["homeroom", "academic"], ["mother", "teacher", "office"]),
    "homework:item_edit": (lambda c: [c.item.pk], WRITERS, ["mother", "gate", "office"]),
    "homework:item_remove": (lambda c: [c.item.pk], ["teacher", "homeroom"], ["mother", "gate"]),
    "homework:item_cut": (lambda c: [c.item.pk], ["homeroom", "academic"], ["mother", "teacher", "office"]),
    "homework:plan_edit": (lambda c: [c.plan.pk], STAFF, ["mother", "gate"]),
    "homework:plan_review": (lambda c: [c.plan.pk], ["academic"], ["mother", "teacher", "homeroom", "office"]),
    "homework:bank_edit": (lambda c: [c.bank_item.pk], ["teacher", "academic"], ["mother", "homeroom", "office"]),
    "homework:bank_retire": (lambda c: [c.bank_item.pk], WRITERS, ["mother", "office", "principal"]),
    "homework:point_add": (lambda c: [WEEK.isoformat()], WRITERS, ["mother", "gate", "office"]),
    "homework:point_edit": (
        lambda c: [WEEK.isoformat(), c.point.pk],
        ["homeroom", "academic"],
        ["mother", "gate", "office", "teacher"],
    ),
    "homework:record_fill": (
        lambda c: switch_on() or [c.child.pk, DAY],
        ["mother", "father"],
        ["office", "homeroom", "gate"],
    ),
    "homework:record_enter": (
        lambda c: switch_on(records="paper") or [c.child.pk, DAY],
        ["homeroom", "academic"],
        ["mother", "teacher", "office"],
    ),
    "homework:record_class": (of_class, ["homeroom", "academic"], ["mother", "teacher", "office", "principal"]),
    "homework:record_paper": (of_class, ["homeroom", "academic"], ["mother", "teacher", "office", "principal"]),
    "homework:record_reply": (lambda c: [c.record.pk], ["homeroom", "academic"], ["mother", "teacher", "office"]),
    "homework:finished_enter": (of_class, STAFF, ["mother", "gate"]),
    "homework:marking_tick": (lambda c: [c.marking.pk], ["teacher", "academic", "principal"], ["mother", "office"]),
    "homework:coaching_detail": (
        lambda c: [c.coaching.pk],
        ["teacher", "homeroom", "academic"],
        ["mother", "office", "principal"],
    ),
    "homework:code_renew": (lambda c: [c.class_1.pk], ["academic"], [*NOT_OFFICE, "principal"]),
    "homework:spot_result": (lambda c: [c.spot.pk], ["academic"], [*NOT_OFFICE, "principal"]),
    "homework:comparison_class": (of_class, CHECKERS, NOT_OFFICE),
    "homework:rectification_detail": (
        lambda c: [c.notice.pk],
        ["academic", "principal", "teacher"],
        ["mother", "gate", "office"],
    ),
    "homework:rectification_pdf": (
        lambda c: [c.notice.pk],
        ["academic", "principal", "teacher"],
        ["mother", "gate", "office"],
    ),
    "homework:responsibility_detail": (
        lambda c: [c.signed_letter.pk],
        ["teacher", "homeroom", "academic", "principal"],
        ["mother", "gate", "office"],
    ),
    "homework:responsibility_edit": (lambda c: [c.draft_letter.pk], ["academic"], [*NOT_OFFICE, "principal"]),
    "homework:responsibility_pdf": (lambda c: [c.signed_letter.pk], CHECKERS, NOT_OFFICE),
    "homework:responsibility_drop": (lambda c: [c.draft_letter.pk], ["academic"], [*NOT_OFFICE, "principal"]),
    "homework:stage_edit": (lambda c: [c.stage.pk], SETTERS, ["mother", "teacher", "homeroom", "principal"]),
    "homework:coordinator_end": (lambda c: [c.coordinator.pk], SETTERS, ["mother", "teacher", "principal"]),
    "homework:word_remove": (lambda c: [c.word.pk], SETTERS, ["mother", "teacher", "principal"]),
    "homework:marking_time_edit": (lambda c: [c.marking_time.pk], SETTERS, ["mother", "teacher", "principal"]),
    "homework:marking_time_remove": (lambda c: [c.marking_time.pk], SETTERS, ["mother", "teacher", "principal"]),
    "board:board_class": (lambda c: [c.class_1.pk], ["mother", "gate", "teacher"], []),
    "board:edition_pdf": (lambda c: [c.edition.pk], ["mother", "gate", "teacher"], []),
    "board:monitor": (lambda c: [c.code.code], ["mother", "gate", "teacher"], []),
}

OTHERS = [
    ("homework:record_fill", lambda c: [c.child.pk, DAY], "other_mother"),
    ("homework:record_fill", lambda c: [c.child.pk, "2026-11-17"], "mother"),
    ("homework:record_class", lambda c: [c.class_2.pk, DAY], "homeroom"),
    ("homework:record_enter", lambda c: [c.other_child.pk, DAY], "homeroom"),
    ("homework:rectification_detail", lambda c: [c.notice.pk], "homeroom"),
    ("homework:rectification_pdf", lambda c: [c.notice.pk], "homeroom"),
    ("board:monitor", lambda c: ["wrong"], "mother"),
]
POSTED_BY_OTHERS = [
    ("homework:item_remove", lambda c: [c.item.pk], "duty_leader", 403),
    ("homework:sheet_pass", lambda c: [c.class_2.pk, DAY], "homeroom", 403),
    ("homework:sheet_pass", lambda c: [c.class_1.pk, DAY], "teacher", 403),
    ("homework:item_cut", lambda c: [c.draft_item.pk], "homeroom", 403),
    ("homework:release_decide", lambda c: [c.ask.pk], "teacher", 403),
    ("homework:marking_tick", lambda c: [c.marking.pk], "academic", 403),
    ("homework:marking_tick", lambda c: [c.marking.pk], "homeroom", 404),
    ("homework:bank_retire", lambda c: [c.bank_item.pk], "homeroom", 403),
    ("homework:rectification_detail", lambda c: [c.notice.pk], "principal", 403),
]

PAGES = [
    ("homework:sheet_list", [], "academic"),
    ("homework:sheet_list", [], "homeroom"),
    ("homework:item_add", [], "homeroom"),
    ("homework:plan_list", [], "academic"),
    ("homework:plan_compare", [], "academic"),
    ("homework:bank_list", [], "teacher"),
    ("homework:point_list", [], "teacher"),
    ("homework:family_records", [], "mother"),
    ("homework:finished_list", [], "homeroom"),
    ("homework:marking_list", [], "academic"),
    ("homework:coaching_list", [], "academic"),
    ("homework:load_overview", [], "academic"),
    ("homework:estimates", [], "academic"),
    ("homework:code_list", [], "academic"),
    ("homework:report_list", [], "academic"),
    ("homework:spot_list", [], "academic"),
    ("homework:comparison", [], "academic"),
    ("homework:rectification_list", [], "academic"),
    ("homework:responsibility_list", [], "academic"),
    ("homework:homework_settings", [], "academic"),
    ("board:board", [], "mother"),
    ("board:board_class", ["class_1"], "mother"),
    ("board:board_archive", [], "mother"),
    ("board:board_editions", [], "mother"),
    ("board:board_checks", [], "mother"),
    ("board:board_screen", [], "mother"),
    ("board:report", [], "mother"),
]


def more_rows(cast, child, subject, school_class, person, n):
    """One more row in every list of the homework. Everything is switched on from the first time."""
    switch_on()
    work = {"content": "口算", "minutes": 5}
    oral = {"content": "朗读", "kind": "oral", "minutes": 5}
    Teaching.objects.create(staff=cast.homeroom, school_class=school_class, subject=cast.chinese, starts_on=TODAY)
    for own in (cast.class_1, school_class):
        item = set_item(
            school_class=own,
            day=TODAY,
            item=HomeworkItem(subject=subject, teacher=person, **(work if own == school_class else oral)),
            by=cast.academic.user,
        )
        publish_sheet(sheet=item.sheet, by=cast.academic.user)
    fill_record(
        student=child,
        sheet=cast.class_1.sheets.get(day=TODAY),
        record=Record({}, remark="好"),
        by=cast.mother.user,
    )
    BankItem.objects.create(grade=3, subject=subject, unit="单元", made_by=person, **work)
    plan = WeekPlan.objects.create(grade=3, subject=subject, week=WEEK, by=person, state="confirmed")
    for weekday in (3, 4):
        WeekPlanItem.objects.create(plan=plan, weekday=weekday, **work)
    next_plan = WeekPlan.objects.create(
        grade=3, subject=subject, week=WEEK + dt.timedelta(days=7), by=person, state="handed_in"
    )
    WeekPlanItem.objects.create(plan=next_plan, weekday=3, **work)
    LearningPoint.objects.create(grade=1, subject=subject, week=WEEK, text="认字", by=person.user)
    FinishedAtSchool.objects.create(school_class=school_class, day=TODAY, percent=90, by=person)
    begin_coaching(student=child, subject=subject, coach=person, aim="计算", by=person.user)
    renew_code(school_class=school_class, by=cast.academic.user)
    for model, more in ((MonitorEntry, {}), (ParentReport, {"source": str(n)}), (ParentReport, {"state": "confirmed"})):
        model.objects.create(school_class=school_class, day=TODAY, subject=subject, **work, **more)
    check = SpotCheck.objects.create(
        day=TODAY - dt.timedelta(days=n), seed="s", grades=[3], count=1, candidates=[[school_class.pk, 3]]
    )
    SpotCheckClass.objects.create(spot_check=check, school_class=school_class)
    issue_rectification(
        school_class=school_class,
        subject=subject,
        teacher=person,
        day=TODAY,
        origin="patrol",
        finding="多",
        demand="少",
        by=cast.academic.user,
    )
    publish_responsibility(
        letter=ResponsibilityLetter(title=f"责任书{n}", body="正文", made_by=cast.academic.user), by=cast.academic.user
    )
    BoardEdition.objects.create(kind="friday", week=WEEK - dt.timedelta(days=7 * n), entries=1, file="a.pdf")
    Coordinator.objects.create(staff=person, school_class=school_class, starts_on=TODAY)
    WatchWord.objects.create(rule_key="H6", word=f"词{n}")
    assert RecordSheet.objects.filter(student=child).exists()
