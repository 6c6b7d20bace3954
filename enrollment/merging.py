"""The texts of agreements, filled in for a child. Reads only."""

import re
from typing import TYPE_CHECKING

from django.db.models import Max, Min

from enrollment.models import AgreementTemplate, Application, ServiceOption
from school.models import PeriodTime, SchoolSettings, Student

if TYPE_CHECKING:
    from enrollment.services.applying import Choices

WEEKDAYS = "一二三四五六日"
SIGNED_KINDS = (AgreementTemplate.Kind.SERVICE, AgreementTemplate.Kind.PICK_UP)
MERGE_FIELDS = (
    "school",
    "term",
    "student",
    "class",
    "guardian",
    "option",
    "weekdays",
    "times",
    "fee",
    "from",
    "collectors",
    "alone",
    "leaving",
)
PRIVACY_FIELDS = ("school", "student")


def latest_templates() -> list[AgreementTemplate]:
    """The newest published text of each kind that is signed with an application."""
    published = AgreementTemplate.objects.filter(published_at__isnull=False, kind__in=SIGNED_KINDS)
    return list(published.order_by("kind", "-version").distinct("kind"))


def hours_of(option: ServiceOption) -> str:
    """«15:40–17:45»: from the earliest begin to the latest end of its periods in both seasons, for its grades and days."""
    times = PeriodTime.objects.filter(period__in=option.periods.all()).for_some_of(
        option.weekdays, option.grade_from, option.grade_to
    )
    ends = times.aggregate(begins=Min("starts_at"), ends=Max("ends_at"))
    return f"{ends['begins']:%H:%M}–{ends['ends']:%H:%M}" if ends["begins"] else ""


def fee_words(option: ServiceOption) -> str:
    """«100 元/月», «3 元/课时»; Chinese, because the paper is."""
    if not option.fee_amount:
        return "免费"
    units = {"month": "月", "period": "课时", "day": "天", "term": "学期"}
    half = "，当月出勤不足一半的减半" if option.half_under_half else ""
    return f"{option.fee_amount} 元/{units[option.fee_mode]}{half}"


def day_words(weekdays: list[int]) -> str:
    return "、".join(f"周{WEEKDAYS[day - 1]}" for day in sorted(weekdays))


def merge_facts(
    application: Application, choices: "Choices", class_label: str, hours: str, guardian_name: str = ""
) -> dict[str, str]:
    """Merge field → text; Chinese, because the paper is."""
    option = application.option
    collectors = "、".join(f"{adult.name}({adult.relation})" for adult in choices.collectors)
    leaving = "、".join(f"周{WEEKDAYS[day - 1]}第{number}节后" for day, number in sorted(choices.leaves_after.items()))
    return {
        "school": SchoolSettings.load().name,
        "term": str(option.term),
        "student": application.student.name,
        "class": class_label,
        "guardian": guardian_name or application.applicant,
        "option": option.name,
        "weekdays": day_words(application.weekdays),
        "times": hours,
        "fee": fee_words(option),
        "from": f"{application.starts_on:%Y年%-m月%-d日}",
        "collectors": collectors or "无(学生按下列约定自行离校)",
        "alone": day_words(choices.alone_weekdays) or "无",
        "leaving": leaving or "无",
    }


def merge(body: str, facts: dict[str, str]) -> str:
    """Replaces {field} for each fact; other braces stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda found: facts.get(found[1], found[0]), body)


def unknown_fields(kind: str, body: str) -> list[str]:
    """Merge fields in the text that do not exist."""
    known = PRIVACY_FIELDS if kind == AgreementTemplate.Kind.PRIVACY else MERGE_FIELDS
    return sorted({name for name in re.findall(r"\{(\w+)\}", body) if name not in known})


def privacy_template() -> AgreementTemplate | None:
    """The newest published text of the consent to the processing of the child's data."""
    texts = AgreementTemplate.objects.filter(kind=AgreementTemplate.Kind.PRIVACY, published_at__isnull=False)
    return texts.order_by("-version").first()


def privacy_text(template: AgreementTemplate, student: Student) -> str:
    return merge(template.body, {"school": SchoolSettings.load().name, "student": student.name})
