"""The texts of agreements, filled in for a child. Reads only."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from enrollment.models import AgreementTemplate, Application, ServiceOption
from school.models import PeriodTime, SchoolSettings, Student
from web.templatetags.formats import bracketed

if TYPE_CHECKING:
    from enrollment.services.applying import Choices

SEASONS: dict[str, str] = {PeriodTime.Season.SUMMER: "夏季", PeriodTime.Season.WINTER: "冬季"}
WEEKDAYS = "一二三四五六日"
# 三(2)班 on the screen is 三（2）班 in a text that is signed.
WIDE = str.maketrans("()", "（）")
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


class ServiceTimes:
    """When an option is held: by season and weekday, for one grade. Read once for all children."""

    def __init__(self, option: ServiceOption) -> None:
        self.periods = list(option.periods.prefetch_related("period_times").order_by("number"))
        self.seasons = seasons_of(option)
        # What was changed for a later day of the option is what is signed.
        self.day = option.ends_on

    def words(self, grade: int, weekdays: Iterable[int], leaves_after: dict[int, int] | None = None) -> str:
        """«15:40–17:30», by season and weekday where they differ; Chinese, because the paper is.

        `leaves_after`: weekday → the number of the period after which the child leaves (R019).
        """
        found = {season: self._season(season, grade, sorted(weekdays), leaves_after or {}) for season in self.seasons}
        if len(set(found.values())) == 1:
            return next(iter(found.values()))
        return "；".join(f"{SEASONS[season]}{words}" for season, words in found.items() if words)

    def _season(self, season: str, grade: int, weekdays: list[int], leaves_after: dict[int, int]) -> str:
        spans: dict[str, list[int]] = {}
        for weekday in weekdays:
            last = leaves_after.get(weekday)
            there = [one for one in self.periods if last is None or one.number <= last]
            held = [times for one in there if (times := one.times(season, self.day, grade=grade, weekday=weekday))]
            if held:
                span = f"{min(t.starts_at for t in held):%H:%M}–{max(t.ends_at for t in held):%H:%M}"
                spans.setdefault(span, []).append(weekday)
        if len(spans) == 1:
            return next(iter(spans))
        return "，".join(f"{day_words(days)}{span}" for span, days in spans.items())


def seasons_of(option: ServiceOption) -> list[str]:
    """The seasons of which some days lie between the option's first and last one."""
    term, summer, winter = option.term, PeriodTime.Season.SUMMER, PeriodTime.Season.WINTER
    begins, ends = term.season_on(option.starts_on), term.season_on(option.ends_on)
    cold = term.winter_from is not None and option.starts_on <= term.winter_from <= option.ends_on
    found = {begins, ends} | ({winter} if cold else set())
    return [season for season in (summer, winter) if season in found]


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
    application: Application,
    choices: "Choices",
    school_class: tuple[int, str] | None,
    times: ServiceTimes,
    guardian_name: str = "",
) -> dict[str, str]:
    """Merge field → text; Chinese, because the paper is. `school_class` is the child's grade and the label of its class."""
    grade, class_label = school_class or (application.option.grade_from, "")
    option = application.option
    collectors = "、".join(f"{adult.name}{bracketed(adult.relation)}" for adult in choices.collectors)
    leaving = "、".join(f"周{WEEKDAYS[day - 1]}第{number}节后" for day, number in sorted(choices.leaves_after.items()))
    return {
        "school": SchoolSettings.load().name,
        "term": str(option.term),
        "student": application.student.name,
        "class": class_label.translate(WIDE),
        "guardian": guardian_name or application.applicant,
        "option": option.name,
        "weekdays": day_words(application.weekdays),
        "times": times.words(grade, application.weekdays, choices.leaves_after),
        "fee": fee_words(option),
        "from": f"{application.starts_on:%Y年%-m月%-d日}",
        "collectors": collectors or "无（学生按下列约定自行离校）",
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
