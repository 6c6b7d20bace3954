"""The daily sheets: published, minutes against the cap, what was released, what kinds of work."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from homework.load import entries_by_rule, warnings_that_stand
from homework.models import ClassSheet, FinishedAtSchool, HomeworkItem, Marking, Rectification, SpotCheckClass
from reports.figures import rows
from reports.figures.base import PERCENT, Part, Rows, Scope, Value, figure, mean, once, share, teaching_days
from reports.figures.children import class_counts
from school.models import ClassMembership, PolicyRule
from school.models.calendar import school_year_of
from school.models.places import grade_name

PUBLISHED = Q(status=ClassSheet.Status.PUBLISHED)
NO_SHEETS: dict[str, Any] = {"total": 0, "published": 0, "cap": 0, "loosest": 0, "highest": 0}
OVER = Q(minutes__gt=F("cap"))
GRANTED = Q(released__gt=F("counted"))
"""Somebody lifted the cap; minutes that are only counted nobody allowed."""


def sheets(scope: Scope) -> QuerySet[ClassSheet]:
    """Sheets of teaching days that are over."""
    return ClassSheet.objects.filter(day__in=teaching_days(*scope.days_over).values("day"))


def near(scope: Scope) -> Q:
    """At or past the share of the cap from which the rule warns (H2, H3), and not over it."""
    percent = PolicyRule.objects.filter(measure="written_minutes", warn_percent__isnull=False).on(scope.until)
    from_share = percent.order_by("layer").values_list("warn_percent", flat=True).last()
    if from_share is None:
        return Q(pk__in=[])
    return Q(cap__gt=0, minutes__lte=F("cap"), minutes__gte=F("cap") * from_share / 100.0)


@once
def class_sheets(scope: Scope) -> list[dict[str, Any]]:
    """For each class: its published sheets and minutes, those over the cap, released and near the cap."""
    counted = (
        sheets(scope)
        .order_by("-school_class__entry_year", "school_class__number")
        .values("school_class", "school_class__entry_year", "school_class__number")
        .annotate(
            published=Count("pk", filter=PUBLISHED),
            total=Sum("minutes", filter=PUBLISHED, default=0),
            highest=Max("minutes", filter=PUBLISHED),
            caps=ArrayAgg("cap", order_by="-day"),
            last=Max("day"),
            over=Count("pk", filter=OVER),
            lifted=Count("pk", filter=GRANTED),
            close=Count("pk", filter=near(scope)),
        )
    )
    # A school may tighten the cap in the middle of the term: the last one, and the loosest that the mean is measured by.
    return [row | {"cap": row["caps"][0], "loosest": max(row["caps"])} for row in counted]


@once
def days_expected(scope: Scope) -> dict[int, int]:
    """Class pk → teaching days that are over since the school posted its first sheet here and the class had its first child.

    Of classes with children on the last day. Nobody is blamed for days before the school used the application.
    """
    classes = [row.pk for row in class_counts(scope)]
    first = ClassSheet.objects.filter(PUBLISHED).aggregate(first=Min("day"))["first"]
    if first is None:
        return dict.fromkeys(classes, 0)
    days = list(teaching_days(max(first, scope.first), scope.over).values_list("day", flat=True))
    begun = ClassMembership.objects.filter(school_class__in=classes).order_by().values_list("school_class")
    since = dict(begun.annotate(first=Min("starts_on")))
    return {pk: sum(day >= since[pk] for day in days) for pk in classes}


def total(scope: Scope, name: str) -> int:
    return sum(row[name] or 0 for row in class_sheets(scope))


@figure(
    "sheets_published",
    "homework",
    _("Homework sheets published"),
    _(
        "Published class sheets ÷ classes × teaching days that are over, since the school posted its first sheet here and the "
        "class had its first child."
    ),
    PERCENT,
    rows=lambda scope: rows.sheets(sheets(scope).filter(PUBLISHED)),
)
def share_published(scope: Scope) -> Value:
    days = days_expected(scope)
    published = {row["school_class"]: row["published"] for row in class_sheets(scope)}
    parts = [
        Part(row.pk, row.label, share(published.get(row.pk, 0), days[row.pk]), published.get(row.pk, 0), days[row.pk])
        for row in class_counts(scope)
    ]
    return Value.rate(total(scope, "published"), sum(days.values()), {"class": parts})


def cap_text(row: dict[str, Any]) -> int | str:
    """The cap, or «60 → 50» where it was tightened in the period."""
    return row["cap"] if row["cap"] == row["loosest"] else f"{row['loosest']} → {row['cap']}"


def _grade(scope: Scope, row: dict[str, Any]) -> int:
    return school_year_of(scope.until) - int(row["school_class__entry_year"]) + 1


@figure(
    "written_minutes",
    "homework",
    _("Written homework a day, on average"),
    _(
        "Written minutes of the heaviest path a pupil can choose, all subjects of the day summed ÷ published sheets. What an "
        "average pupil needs, as the teachers estimate it."
    ),
    pgettext_lazy("unit", "minutes"),
)
def mean_minutes(scope: Scope) -> Value:
    none: dict[str, Any] = {"total": 0, "published": 0, "last": dt.date.min, "cap": 0, "loosest": 0, "highest": 0}
    grades: dict[int, dict[str, Any]] = defaultdict(none.copy)
    for row in class_sheets(scope):
        grade = grades[_grade(scope, row)]
        grade["total"] += row["total"]
        grade["published"] += row["published"]
        grade["last"], grade["cap"] = max((grade["last"], grade["cap"]), (row["last"], row["cap"]))
        grade["loosest"] = max(grade["loosest"], row["loosest"])
        grade["highest"] = max(grade["highest"], row["highest"] or 0)
    by_grade = [
        Part(
            key,
            grade_name(key),
            mean(grade["total"], grade["published"]),
            grade["total"],
            grade["published"],
            {"cap": cap_text(grade), "loosest": grade["loosest"], "highest": grade["highest"]},
        )
        for key, grade in sorted(grades.items())
    ]
    posted = {row["school_class"]: row for row in class_sheets(scope)}
    by_class = [
        Part(
            one.pk,
            one.label,
            mean(row["total"], row["published"]),
            row["total"],
            row["published"],
            {"cap": cap_text(row), "loosest": row["loosest"], "highest": row["highest"] or 0},
        )
        for one in class_counts(scope)
        for row in [posted.get(one.pk, NO_SHEETS)]
    ]
    return Value.mean(total(scope, "total"), total(scope, "published"), {"grade": by_grade, "class": by_class})


@once
def kind_counts(scope: Scope) -> dict[str, tuple[int, int]]:
    """Kind of work → entries, and their minutes."""
    items = HomeworkItem.objects.filter(sheet__in=sheets(scope).filter(PUBLISHED)).order_by()
    counted = items.values_list("kind").annotate(entries=Count("pk"), minutes=Sum("minutes"))
    return {kind: (entries, minutes) for kind, entries, minutes in counted}


@figure(
    "homework_items",
    "homework",
    _("Homework entries"),
    _("Entries on published sheets, by kind of work."),
    pgettext_lazy("unit", "entries"),
)
def count_items(scope: Scope) -> Value:
    counts = kind_counts(scope)
    parts = [
        Part(kind.value, str(kind.label), counts[kind][0], facts={"minutes": counts[kind][1]})
        for kind in HomeworkItem.Kind
        if kind in counts
    ]
    return Value(sum(entries for entries, _minutes in counts.values()), by={"kind": parts})


@figure(
    "sheets_unpublished",
    "problems",
    _("Class days without a published sheet"),
    _(
        "Classes × teaching days that are over since the school posted its first sheet here and the class had its first child, "
        "less their published sheets."
    ),
    pgettext_lazy("unit", "class days"),
    rule="H11",
    step=_("The academic office looks at ten o'clock which sheets are missing."),
)
def count_unpublished(scope: Scope) -> Value:
    owed = sum(days_expected(scope).values())
    missing = owed - total(scope, "published")
    return Value(missing, missing, owed)


@figure(
    "sheets_over",
    "problems",
    _("Sheets over the cap"),
    _("Sheets whose written minutes are over the grade's cap of the day, with or without a release."),
    pgettext_lazy("unit", "sheets"),
    rule="H2",
    step=_("The homeroom teacher balances the subjects before the sheet is published."),
    rows=lambda scope: rows.sheets(sheets(scope).filter(OVER)),
)
def count_over(scope: Scope) -> Value:
    return Value(total(scope, "over"))


@figure(
    "sheets_released",
    "homework",
    _("Sheets with released minutes"),
    _("Sheets on which the school's tighter cap was lifted with a reason."),
    pgettext_lazy("unit", "sheets"),
    rows=lambda scope: rows.sheets(sheets(scope).filter(GRANTED)),
)
def count_released(scope: Scope) -> Value:
    return Value(total(scope, "lifted"))


@figure(
    "sheets_near",
    "homework",
    _("Sheets close to the cap"),
    _("Sheets whose written minutes reach the share of the cap from which the rule warns, without passing it."),
    pgettext_lazy("unit", "sheets"),
    rows=lambda scope: rows.sheets(sheets(scope).filter(near(scope))),
)
def count_near(scope: Scope) -> Value:
    return Value(total(scope, "close"))


@once
def entries_warned(scope: Scope) -> dict[str, int]:
    """Rule → entries of days that are over that break it and that the rule did not refuse."""
    return dict(entries_by_rule(warnings_that_stand(*scope.days_over)))


AGAINST = {
    "H4": ("entries_days_off", _("Written homework for days without lessons")),
    "H6": ("entries_parents", _("Homework that gives parents something to do")),
    "H7": ("entries_drill", _("Homework of mechanical repetition, or as a punishment")),
    "H8": ("entries_free_day", _("Written homework for the day without homework")),
    "H9": ("entries_phones", _("Homework that needs a phone or a chat group")),
    "H10": ("entries_subjects", _("Homework beyond the number of subjects, or at noon")),
}


def register_entries() -> None:
    for rule, (key, label) in AGAINST.items():

        def compute(scope: Scope, rule: str = rule) -> Value:
            return Value(entries_warned(scope).get(rule, 0))

        def behind(scope: Scope, rule: str = rule) -> Rows:
            warned = warnings_that_stand(*scope.days_over).filter(rule_key=rule)
            return rows.entries(HomeworkItem.objects.filter(pk__in=warned.values("item")))

        figure(
            key,
            "problems",
            label,
            _("Entries of days that are over that were set although the rule warned or reported; each counts once."),
            pgettext_lazy("unit", "entries"),
            rule=rule,
            step=_("The academic office asks their teachers why, and goes through the rule with them."),
            rows=behind,
        )(compute)


register_entries()


# --- what happened around the sheets ---------------------------------------------------------------------------------


def finished(scope: Scope) -> QuerySet[FinishedAtSchool]:
    return FinishedAtSchool.objects.filter(day__range=scope.days_over)


@figure(
    "finished_at_school",
    "homework",
    _("Finished at school, on average"),
    _("Mean of the shares of a class that finished its written work at school, as entered by the care teachers."),
    pgettext_lazy("unit", "% of a class"),
    rows=lambda scope: rows.finished(finished(scope)),
)
def mean_finished(scope: Scope) -> Value:
    counted = finished(scope).aggregate(total=Sum("percent", default=0), days=Count("pk"))
    return Value.mean(counted["total"], counted["days"])


def due(scope: Scope) -> QuerySet[Marking]:
    """What had to be marked by the days that are over."""
    return Marking.objects.filter(item__sheet__day__gte=scope.first, due_on__lte=scope.over)


IN_TIME = Q(marked_on__isnull=False, marked_on__lte=F("due_on"))


@figure(
    "marked_in_time",
    "homework",
    _("Marked in time"),
    _("Entries that were marked by their teacher until their day ÷ entries whose day for marking is over."),
    PERCENT,
    rows=lambda scope: rows.markings(due(scope).filter(IN_TIME)),
)
def share_marked(scope: Scope) -> Value:
    counted = due(scope).aggregate(done=Count("pk", filter=IN_TIME), all=Count("pk"))
    return Value.rate(counted["done"], counted["all"])


def checked(scope: Scope) -> QuerySet[SpotCheckClass]:
    drawn = SpotCheckClass.objects.filter(spot_check__day__range=scope.days)
    return drawn.exclude(result=SpotCheckClass.Result.OPEN)


@figure(
    "spot_checks",
    "homework",
    _("Classes spot-checked"),
    _("Classes drawn by lot whose families were asked, by what they said."),
    pgettext_lazy("unit", "classes"),
    rows=lambda scope: rows.spot_checks(checked(scope)),
)
def count_checked(scope: Scope) -> Value:
    counts = dict(checked(scope).order_by().values_list("result").annotate(n=Count("pk")))
    labels = [(one.value, str(one.label)) for one in SpotCheckClass.Result if one in counts]
    return Value(sum(counts.values()), by={"result": [Part(key, label, counts[key]) for key, label in labels]})


def notices(scope: Scope) -> QuerySet[Rectification]:
    return Rectification.objects.filter(day__range=scope.days)


@figure(
    "rectifications",
    "problems",
    _("Rectification notices on homework"),
    _("Notices about a day of the term; each class, subject and day counts once."),
    pgettext_lazy("unit", "notices"),
    rule="H2",
    step=_("The academic office rechecks until each is put right."),
    rows=lambda scope: rows.rectifications(notices(scope)),
)
def count_notices(scope: Scope) -> Value:
    return Value(notices(scope).count())
