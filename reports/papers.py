"""The term summary on paper: the stored figures in the official layout, with tables, drawings and annexes."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import papers
from documents.charts import bar_chart, line_chart
from documents.papers import Filled, Paper
from enrollment.models import ServiceOption
from enrollment.models.offers import AFTER_SCHOOL
from fees.scale import published_of
from reports.figures import FIGURES, SECTIONS, Value, in_section, stored
from reports.models import ReportRun
from reports.wording import average, fraction, number, percent, result, share_of
from school.models import Post, Role, SchoolSettings
from school.models.policy import PolicyRule

# The documents that the opening names: on homework, burden, the service and its ways.
BASIS = ("S1", "H2", "S6", "S3")
# Who stands in the paragraph on organisation, in this order.
LEADERS = (Role.Code.PRINCIPAL, Role.Code.SERVICE_OFFICE, Role.Code.ACADEMIC_OFFICE, Role.Code.DUTY_LEADER)


def term_summary(run: ReportRun, values: dict[str, Value]) -> Filled:
    return f"{run}", {
        "settings": SchoolSettings.load(),
        "run": run,
        "term": run.term,
        "made_at": timezone.localtime(),
        "official_date": "Y年n月j日",
        "documents": documents(run),
        "leaders": leaders(run),
        "options": options_of(run),
        "season": run.term.season_on(run.until),
        "f": {key: unbroken(result(FIGURES[key], value)) for key, value in values.items()},
        "v": values,
        "definitions": {key: one.definition for key, one in FIGURES.items()},
        "plain": {key: number(value.value) for key, value in values.items()},
        "grades": grade_rows(values),
        "weekdays": [(part, percent(part)) for part in values["in_clubs"].by["weekday"]],
        "minutes": [(part, average(part)) for part in values["written_minutes"].by["grade"]],
        "categories": category_rows(values),
        "weeks": [(part, percent(part)) for part in values["attendance_rate"].by["week"]],
        "ways": listed([(part.label, percent(part)) for part in values["releases"].by["how"] if part.value], "；"),
        "statuses": listed([(part.label, number(part.value)) for part in values["applications"].by["status"]]),
        "kinds": listed([(part.label, number(part.value)) for part in values["homework_items"].by["kind"]]),
        "checks": listed([(part.label, number(part.value)) for part in values["spot_checks"].by["result"]]),
        "problems": problems(run, values),
        "classes": class_rows(values),
        "clubs": [(part, fraction(part)) for part in values["club_members"].by["club"]],
        "sections": [
            (title, [(one, result(one, values[one.key])) for one in in_section(code)])
            for code, title in SECTIONS.items()
        ],
        "charts": charts(values),
    }


def listed(words: list[tuple[str, str]], separator: str = "、") -> str:
    """«（书面 1,643、口头 820）», empty of nothing."""
    return f"（{separator.join(f'{label} {text}' for label, text in words)}）" if words else ""


def documents(run: ReportRun) -> str:
    """The documents behind the national rules of BASIS."""
    rules = PolicyRule.objects.filter(layer=PolicyRule.Layer.NATIONAL, key__in=BASIS).on(run.until)
    names = {
        rule.key: f"《{rule.source_title}》" + (f"（{rule.source_number}）" if is_number(rule.source_number) else "")
        for rule in rules
    }
    return "、".join(names[key] for key in BASIS if key in names)


def is_number(number: str) -> bool:
    """Whether it is a document's number as it is cited, 教基厅函〔2021〕13号; others are short names for the screen."""
    return "〔" in number


def cited(rule: PolicyRule) -> str:
    return rule.source_number if is_number(rule.source_number) else f"《{rule.source_title}》"


def unbroken(text: str) -> str:
    """«1,075 / 1,237 = 86.9 %» breaks before its result only."""
    for words in (" / ", "= ", " %"):
        text = text.replace(words, words.replace(" ", "\u00a0"))
    return text


def leaders(run: ReportRun) -> str:
    """Roles and names of those who lead the service on the last day."""
    names = dict(Role.objects.filter(code__in=LEADERS).values_list("code", "name"))
    posts = Post.objects.on(run.until).filter(role__in=LEADERS).select_related("staff").order_by("staff__number")
    # Somebody may hold a post twice, each with its days.
    held: dict[str, dict[int, str]] = {}
    for post in posts:
        held.setdefault(post.role, {})[post.staff_id] = post.staff.name
    return "；".join(f"{names.get(code, code)}：{'、'.join(held[code].values())}" for code in LEADERS if code in held)


def grade_rows(values: dict[str, Value]) -> list[tuple[Any, ...]]:
    """(participation part, its rate as written, attendance rate as written) of each grade."""
    attendance = {part.key: percent(part) for part in values["attendance_rate"].by["grade"]}
    return [(part, percent(part), attendance.get(part.key, "")) for part in values["participation_rate"].by["grade"]]


def category_rows(values: dict[str, Value]) -> list[tuple[Any, ...]]:
    clubs = {part.key: part.value for part in values["clubs"].by["category"]}
    return [(part, clubs[part.key], percent(part)) for part in values["club_members"].by["category"]]


def class_rows(values: dict[str, Value]) -> list[dict[str, Any]]:
    """Annex 1: participation, attendance and homework of each class."""
    attendance = {part.key: percent(part) for part in values["attendance_rate"].by["class"]}
    minutes = {part.key: average(part) for part in values["written_minutes"].by["class"]}
    sheets = {part.key: share_of(part) for part in values["sheets_published"].by["class"]}
    return [
        {
            "part": part,
            "rate": percent(part),
            "attendance": attendance[part.key],
            "minutes": minutes[part.key],
            "sheets": sheets[part.key],
        }
        for part in values["participation_rate"].by["class"]
    ]


def problems(run: ReportRun, values: dict[str, Value]) -> list[dict[str, Any]]:
    """The counted warnings, most frequent first, each with its rule's source and the next step."""
    found = [(key, value) for key, value in values.items() if FIGURES[key].rule and value.value]
    sources = {rule.key: cited(rule) for rule in PolicyRule.objects.on(run.until).order_by("-layer", "-measure")}
    return [
        {"figure": FIGURES[key], "count": result(FIGURES[key], value), "source": sources.get(FIGURES[key].rule, "")}
        for key, value in sorted(found, key=lambda pair: -(pair[1].value or 0))
    ]


def options_of(run: ReportRun) -> list[Any]:
    """The options of the term, each with the notice that applied to it at the end of the period (`charged`), or None."""
    notices = {notice.option_id: notice for notice in published_of(run.term, run.until)}
    rows = ServiceOption.objects.filter(term=run.term, service__in=AFTER_SCHOOL).prefetch_related("periods")
    options: list[Any] = list(rows)
    for option in options:
        option.charged = notices.get(option.pk)
    return options


def charts(values: dict[str, Value]) -> dict[str, str]:
    """The drawings of the summary; each stands beside the table it was drawn from."""
    participation = values["participation_rate"].by["grade"]
    weeks = values["attendance_rate"].by["week"]
    minutes = values["written_minutes"].by["grade"]
    drawn: dict[str, str] = {}
    if participation:
        drawn["participation"] = bar_chart([(p.label, p.value) for p in participation], unit="%", digits=1)
    if len(weeks) > 1:
        drawn["attendance"] = line_chart([(p.label, p.value) for p in weeks], digits=0, top=110)
    if minutes:
        cap = max(part.facts.get("loosest", part.facts["cap"]) for part in minutes)
        rows = [(p.label, p.value) for p in minutes]
        drawn["minutes"] = bar_chart(rows, digits=1, limit=cap, limit_label=_("cap %d") % cap)
    return drawn


def some_summary(site: str) -> tuple[Any, ...] | None:
    runs = ReportRun.objects.filter(kind=ReportRun.Kind.TERM_SUMMARY, status=ReportRun.Status.DONE)
    run = runs.select_related("term").order_by("-finished_at").first()
    return (run, stored(run.figures)) if run else None


TERM_SUMMARY = Paper(
    "term_summary",
    gettext_lazy("Term summary"),
    gettext_lazy("the principal signs it, the school seals it, the authority gets it"),
    term_summary,
    some_summary,
    "reports/pdf/term_summary.html",
    layout="term_summary",
)


def register() -> None:
    papers.register(TERM_SUMMARY)
