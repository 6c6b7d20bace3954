"""Questionnaires to begin with, one for each kind; the office changes what it likes before it publishes."""

from dataclasses import dataclass

from surveys.models import Question, Survey

CHOICE, MANY, SCALE, TEXT = Question.Kind.CHOICE, Question.Kind.MANY, Question.Kind.SCALE, Question.Kind.TEXT
MEANS = Question.Meaning


@dataclass(frozen=True)
class Starter:
    text: str
    kind: str
    options: tuple[str, ...] = ()
    meaning: str = ""
    required: bool = True
    help: str = ""
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class StarterSection:
    title: str
    questions: tuple[Starter, ...]
    grade_from: int = 1
    grade_to: int = 9


@dataclass(frozen=True)
class Questionnaire:
    title: str
    intro: str
    sections: tuple[StarterSection, ...]
    anonymous: bool = False


SATISFIED = ("非常不满意", "非常满意")

INTENTION = Questionnaire(
    "课后服务意向调查",
    "为安排好下一阶段的课后服务，请每个孩子由一位家长填写一次。是否参加完全自愿，本调查不是报名，正式报名另行通知。",
    (
        StarterSection(
            "是否需要课后服务",
            (
                Starter("孩子是否需要参加课后服务？", CHOICE, meaning=MEANS.TAKES_PART),
                Starter("希望在哪几天参加？", MANY, meaning=MEANS.WEEKDAYS, required=False, help="不参加的不用填。"),
                Starter("希望参加哪些时段？", MANY, meaning=MEANS.PERIODS, required=False),
                Starter("对哪些服务项目感兴趣？", MANY, meaning=MEANS.OPTION, required=False),
                Starter(
                    "孩子喜欢哪些类别的活动？",
                    MANY,
                    ("体育", "艺术", "科技", "劳动", "阅读与人文", "益智"),
                    MEANS.CATEGORY,
                    required=False,
                ),
            ),
        ),
        StarterSection(
            "接送情况",
            (
                Starter(
                    "放学后通常由谁接孩子？",
                    CHOICE,
                    ("父母", "祖父母或外祖父母", "其他亲属", "校外托管机构", "自己回家"),
                    MEANS.PICK_UP,
                ),
                Starter(
                    "一般几点能接到孩子？",
                    CHOICE,
                    ("放学即接", "16:30 前", "17:30 前", "18:00 前", "18:00 以后"),
                    MEANS.PICK_UP_TIME,
                ),
                Starter("还有什么情况希望学校知道？", TEXT, required=False),
            ),
        ),
        StarterSection(
            "一、二年级",
            (
                Starter(
                    "孩子放学后最需要的是什么？",
                    CHOICE,
                    ("户外活动", "绘本阅读", "手工游戏", "休息照看"),
                    required=False,
                ),
            ),
            1,
            2,
        ),
    ),
)

SATISFACTION = Questionnaire(
    "课后服务满意度调查",
    "请如实填写。本调查不记名，学校看不到每份答卷是谁填的。",
    (
        StarterSection(
            "总体评价",
            (
                Starter("您对课后服务总体是否满意？", SCALE, ends=SATISFIED),
                Starter("您对作业辅导是否满意？", SCALE, ends=SATISFIED),
                Starter("您对社团活动是否满意？", SCALE, required=False, ends=SATISFIED),
                Starter("您对放学交接的安全是否满意？", SCALE, ends=SATISFIED),
                Starter("您对收费公开是否满意？", SCALE, required=False, ends=SATISFIED),
                Starter("下学期是否愿意继续参加？", CHOICE, ("愿意", "不愿意", "还没想好")),
                Starter(
                    "最希望改进的是什么？",
                    MANY,
                    ("辅导质量", "活动种类", "结束时间", "交接秩序", "收费与公开", "都好"),
                    required=False,
                ),
                Starter("您的意见和建议", TEXT, required=False, help="请不要写姓名、班级、电话等能看出是谁的内容。"),
            ),
        ),
    ),
    anonymous=True,
)

BURDEN = Questionnaire(
    "学业负担调查",
    "了解孩子的作业和睡眠情况，用于学校调整作业总量。本调查不记名。",
    (
        StarterSection(
            "作业与睡眠",
            (
                Starter(
                    "孩子每天在家完成书面作业大约需要多久？",
                    CHOICE,
                    ("没有书面作业", "30 分钟以内", "30–60 分钟", "60–90 分钟", "90 分钟以上"),
                ),
                Starter("书面作业在学校能完成多少？", CHOICE, ("全部", "大部分", "一半左右", "很少")),
                Starter("孩子一般几点睡觉？", CHOICE, ("21:00 前", "21:00–21:20", "21:20–22:00", "22:00 以后")),
                Starter("是否有要求家长批改作业的情况？", CHOICE, ("没有", "偶尔", "经常")),
                Starter("您觉得孩子的学业负担", SCALE, ends=("很轻", "很重")),
                Starter("您的意见和建议", TEXT, required=False, help="请不要写姓名、班级、电话等能看出是谁的内容。"),
            ),
        ),
    ),
    anonymous=True,
)

OTHER = Questionnaire("家长问卷", "", (StarterSection("问题", ()),))

STARTERS: dict[str, Questionnaire] = {
    Survey.Kind.INTENTION: INTENTION,
    Survey.Kind.SATISFACTION: SATISFACTION,
    Survey.Kind.BURDEN: BURDEN,
    Survey.Kind.OTHER: OTHER,
}
