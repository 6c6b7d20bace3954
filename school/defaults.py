"""The data that every office begins with. Loading again adds what is missing and keeps what the office changed.

The policy rules are facts from public copies of the documents named (docs/policy.md); each is shown with its source.
"""

import datetime as dt
from typing import Any, NamedTuple

from school.models import Period, PeriodTime, PolicyRule, Role, SchoolSettings, SpecialGroup, Subject

SECOND_FACTOR_ROLES = {Role.Code.SERVICE_OFFICE, Role.Code.ACADEMIC_OFFICE, Role.Code.PRINCIPAL}

ROLE_NAMES = {
    Role.Code.GUARDIAN: "监护人",
    Role.Code.TEACHER: "教师",
    Role.Code.HOMEROOM_TEACHER: "班主任",
    Role.Code.GRADE_HEAD: "年级组长",
    Role.Code.ACADEMIC_OFFICE: "教导处",
    Role.Code.SERVICE_OFFICE: "课后服务办公室",
    Role.Code.DUTY_LEADER: "值班领导",
    Role.Code.GATE: "门卫",
    Role.Code.PRINCIPAL: "校长",
    Role.Code.COMMITTEE: "家委会",
}

SUBJECTS = [
    "语文",
    "数学",
    "英语",
    "道德与法治",
    "科学",
    "信息科技",
    "体育",
    "音乐",
    "美术",
    "劳动",
    "心理健康",
    "综合实践",
]

SPECIAL_GROUPS = {
    "留守儿童": True,
    "进城务工人员随迁子女": True,
    "残疾儿童": True,
    "家庭经济困难": True,
    "单亲家庭": False,
    "学习困难": False,
    "身体健康问题": False,
}

# number, name, kind, (summer), (winter); both seasons end no earlier than S1 says.
PERIODS = [
    (1, "第一节", Period.Kind.LEARNING, ("15:45", "16:40"), ("15:40", "16:30")),
    (2, "第二节", Period.Kind.ACTIVITY, ("16:50", "17:45"), ("16:40", "17:30")),
]

HOMEWORK = ("关于加强义务教育学校作业管理的通知", "教基厅函〔2021〕13号", dt.date(2021, 4, 8))
BURDEN = ("双减意见（中办、国办）", "", dt.date(2021, 7, 24))
QUALITY = ("教育部办公厅通知", "教基厅〔2025〕2号", None)
PHONES = ("关于加强中小学生手机管理工作的通知", "教基厅函〔2021〕3号", None)
SERVICE = ("关于进一步规范义务教育课后服务有关工作的通知", "教育部等四部门 2023-12", dt.date(2023, 12, 1))
GUIDANCE = ("关于做好中小学生课后服务工作的指导意见", "2017 指导意见", dt.date(2017, 2, 24))
SLEEP = ("关于进一步加强中小学生睡眠管理工作的通知", "教基厅函〔2021〕11号", None)
SAFETY = ("中小学幼儿园安全管理办法", "十部门令23号", None)
MINORS = ("未成年人保护法", "第62条", None)
INJURY = ("未成年人保护法", "第37条", None)
FEES = ("关于进一步加强和规范教育收费管理的意见", "教财〔2020〕5号", None)
OWN = ("校内规定", "", None)
CANTEEN = ("学校食品安全与营养健康管理规定", "三部门令45号", None)

LOWER, HIGHER, TRUE = PolicyRule.Tighter.LOWER, PolicyRule.Tighter.HIGHER, PolicyRule.Tighter.TRUE
BLOCK, WARN, REPORT = PolicyRule.Severity.BLOCK, PolicyRule.Severity.WARN, PolicyRule.Severity.REPORT
WRITTEN = "written_minutes"


class Rule(NamedTuple):
    key: str
    title: str
    value: Any
    tighter: str
    severity: str
    source: tuple[str, str, dt.date | None]
    grades: tuple[int, int] | None = None
    measure: str = ""
    unit: str = ""
    verified: bool = True
    warn_percent: int | None = None
    service: str = ""
    weekday: int | None = None
    enabled: bool = True


RULES = [
    Rule("H1", "不布置书面家庭作业", 0, LOWER, BLOCK, HOMEWORK, (1, 2), WRITTEN, "min"),
    Rule("H2", "书面作业总量（小学）", 60, LOWER, BLOCK, HOMEWORK, (3, 6), WRITTEN, "min", warn_percent=80),
    Rule("H3", "书面作业总量（初中）", 90, LOWER, BLOCK, HOMEWORK, (7, 9), WRITTEN, "min", warn_percent=80),
    Rule("H4", "周末和节假日同样计入", True, TRUE, WARN, HOMEWORK, measure="holidays_count"),
    Rule("H5", "教师全批全改", True, TRUE, REPORT, HOMEWORK, measure="teacher_marks_all"),
    Rule("H6", "不给家长布置作业、不要求家长批改", True, TRUE, BLOCK, HOMEWORK, measure="nothing_for_parents"),
    Rule("H7", "不布置机械重复和惩罚性作业", True, TRUE, WARN, QUALITY, measure="no_drill"),
    Rule("H8", "每周无作业日", True, TRUE, REPORT, QUALITY, measure="no_homework_day", weekday=3, enabled=False),
    Rule("H9", "不通过手机或群布置作业", True, TRUE, BLOCK, PHONES, measure="not_by_phone"),
    Rule("H10", "每天书面作业学科数", 2, LOWER, BLOCK, OWN, measure="written_subjects", enabled=False),
    Rule("H10", "每天只布置一科", 1, LOWER, BLOCK, OWN, (1, 2), "homework_subjects", enabled=False),
    Rule("H10", "午间不布置作业", True, TRUE, BLOCK, OWN, measure="not_at_noon", enabled=False),
    Rule("H11", "作业公示、统筹、审核", True, TRUE, REPORT, HOMEWORK, measure="publish_daily", verified=False),
    Rule("H12", "大部分书面作业在校内完成", True, TRUE, REPORT, HOMEWORK, measure="done_at_school", verified=False),
    Rule("S1", "课后服务结束时间不早于", "17:30", HIGHER, WARN, BURDEN, measure="end_time"),
    Rule("S2", "5+2：每周五天、每天两小时", 2, HIGHER, WARN, BURDEN, measure="hours_a_day", unit="h", verified=False),
    Rule("S3", "只在教学日、课程结束后开展", True, TRUE, BLOCK, SERVICE, measure="teaching_days_only"),
    Rule("S4", "早到、午间、晚自习不作为课后服务收费", True, TRUE, BLOCK, SERVICE, measure="no_fee_outside_service"),
    Rule("S5", "自愿参加，签字同意", True, TRUE, BLOCK, SERVICE, measure="consent_required"),
    Rule("S5", "全员参加的班级要过问", 100, LOWER, REPORT, SERVICE, measure="class_share", unit="%"),
    Rule("S6", "家长申请、班级审核、学校实施", True, TRUE, BLOCK, GUIDANCE, measure="steps_in_order"),
    Rule("S7", "不讲新课、不集体补课、不应试训练", True, TRUE, REPORT, SERVICE, measure="no_lessons"),
    Rule("S8", "优先保障重点群体", True, TRUE, REPORT, GUIDANCE, measure="priority_groups"),
    Rule("S9", "考勤、交接、应急、门卫制度齐全", True, TRUE, BLOCK, GUIDANCE, measure="day_closes_complete"),
    Rule("S10", "校外机构只开展非学科类活动", True, TRUE, BLOCK, SERVICE, measure="outside_non_subject"),
    Rule("S11", "校外人员资质审核", True, TRUE, BLOCK, SERVICE, measure="outside_qualified"),
    Rule("S12", "从业查询（入职及每年）", 365, LOWER, BLOCK, MINORS, measure="record_check_days", unit="d"),
    Rule("F1", "不额外收费、不捆绑收费", True, TRUE, BLOCK, SERVICE, measure="no_extra_fees"),
    Rule("F2", "先公示后收费，困难家庭减免", True, TRUE, BLOCK, SERVICE, measure="publish_before_charging"),
    Rule("F3", "代收费按成本", True, TRUE, BLOCK, FEES, measure="charge_equals_cost"),
    Rule("F4", "按月或学期结算，多退少补", True, TRUE, REPORT, ("省级规定", "", None), measure="settle"),
    Rule("T1", "睡眠时间", 10, HIGHER, WARN, SLEEP, measure="sleep_hours", unit="h"),
    Rule("T1", "就寝时间不晚于", "21:20", LOWER, WARN, SLEEP, measure="bedtime"),
    Rule("T1", "上课时间不早于", "08:20", HIGHER, WARN, SLEEP, measure="first_lesson"),
    Rule("T2", "每日学习时间", 6, LOWER, WARN, ("学校卫生工作条例", "第5条", None), measure="learning_hours", unit="h"),
    Rule("T3", "每日综合体育活动", 2, HIGHER, WARN, QUALITY, measure="sport_hours", unit="h"),
    Rule("T6", "不公布分数和排名", True, TRUE, BLOCK, ("未成年人学校保护规定", "教育部令50号", None), measure="no_ranking"),
    Rule("T9", "低年级学生当面交接给被授权人", True, TRUE, BLOCK, SAFETY, (1, 3), "release_in_person"),
    Rule("T10", "来访登记、核对身份", True, TRUE, WARN, SAFETY, measure="visitors_registered"),
    Rule("T11", "受伤：救助、告知监护人、报告", True, TRUE, REPORT, INJURY, measure="injury_reported"),
    Rule("D1", "校领导陪餐并记录", True, TRUE, REPORT, CANTEEN, measure="leader_eats", service="noon"),
    Rule("D2", "食品留样", 125, HIGHER, BLOCK, CANTEEN, measure="sample_grams", unit="g", verified=False, service="noon"),
    Rule("D2", "食品留样冷藏", 48, HIGHER, BLOCK, CANTEEN, measure="sample_hours", unit="h", verified=False, service="noon"),
]  # fmt: skip

IN_FORCE_FROM = dt.date(2021, 9, 1)


def load() -> None:
    SchoolSettings.load()
    for code, name in ROLE_NAMES.items():
        Role.objects.get_or_create(code=code, defaults={"name": name, "second_factor": code in SECOND_FACTOR_ROLES})
    for order, subject in enumerate(SUBJECTS, start=1):
        Subject.objects.get_or_create(name=subject, defaults={"order": order * 10})
    for group, priority in SPECIAL_GROUPS.items():
        SpecialGroup.objects.get_or_create(name=group, defaults={"has_priority": priority})
    _load_periods()
    known = set(PolicyRule.objects.values_list("key", "measure"))
    PolicyRule.objects.bulk_create(_as_rule(rule) for rule in RULES if (rule.key, rule.measure) not in known)


def _load_periods() -> None:
    if Period.objects.exists():
        return
    for number, name, kind, *seasons in PERIODS:
        period = Period.objects.create(number=number, name=name, kind=kind)
        for season, (begins, ends) in zip(PeriodTime.Season, seasons, strict=True):
            PeriodTime.objects.create(
                period=period,
                season=season,
                starts_at=dt.time.fromisoformat(begins),
                ends_at=dt.time.fromisoformat(ends),
            )


def _as_rule(rule: Rule) -> PolicyRule:
    title, number, date = rule.source
    first, last = rule.grades or (None, None)
    return PolicyRule(
        key=rule.key,
        title=rule.title,
        measure=rule.measure,
        value=rule.value,
        unit=rule.unit,
        tighter=rule.tighter,
        grade_from=first,
        grade_to=last,
        service=rule.service,
        weekday=rule.weekday,
        layer=PolicyRule.Layer.SCHOOL if rule.source == OWN else PolicyRule.Layer.NATIONAL,
        severity=rule.severity,
        warn_percent=rule.warn_percent,
        source_title=title,
        source_number=number,
        source_date=date,
        verified=rule.verified and rule.source != OWN,
        enabled=rule.enabled,
        starts_on=IN_FORCE_FROM,
    )
