"""Rows that hold from a day to a day: posts, memberships, enrolments and others."""

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, Min, OuterRef, Q, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def on_day(day: dt.date | F, prefix: str = "") -> Q:
    """Rows that hold on `day`, a day or a column: starts_on <= day and (ends_on is null or day <= ends_on)."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


def goes_on_after(rows: models.QuerySet, day: dt.date, prefix: str = "") -> Q:
    """Rows of a child that hold on `day` and go on after it: by themselves, or by another one of `rows` from the next day on.

    One whose last day is `day` no longer counts: nothing follows it.
    """
    ends = f"{prefix}ends_on"
    following = rows.filter(student=OuterRef(f"{prefix}student"), starts_on=day + dt.timedelta(days=1))
    on = Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": day}) | Q(Exists(following), **{ends: day})
    return Q(**{f"{prefix}starts_on__lte": day}) & on


class DatedQuerySet(models.QuerySet):
    def on(self, day: dt.date) -> Self:
        return self.filter(on_day(day))

    def from_day(self, day: dt.date) -> Self:
        """Those that hold on the day or begin later."""
        return self.exclude(ends_on__lt=day)

    def day_shown(self, day: dt.date) -> dt.date:
        """The day whose rows a page shows: `day` itself; where none holds then and some begin later, the first of these days.

        Lists that are prepared before a term or a service begins are looked at, printed and published beforehand.
        """
        if self.on(day).exists():
            return day
        return self.filter(starts_on__gt=day).aggregate(first=Min("starts_on"))["first"] or day

    def end_before(self, day: dt.date) -> None:
        """Those that hold on the day end the day before; those that would begin only then or later go. Earlier ones stay."""
        self.filter(starts_on__gte=day).delete()
        self.from_day(day).update(ends_on=day - dt.timedelta(days=1))


class Dated(models.Model):
    """`ends_on` is the last day on which the row holds; empty while it goes on."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def first_gap(rows: Iterable[Dated], first: dt.date, last: dt.date) -> dt.date | None:
    """The first day from `first` to `last` on which none of the rows holds; None without such a day."""
    day = first
    for row in sorted(rows, key=lambda row: row.starts_on):
        if row.starts_on > day:
            break
        if row.ends_on is None:
            return None
        day = max(day, row.ends_on + dt.timedelta(days=1))
    return day if day <= last else None


def ordered_days(model_name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{model_name}_days_in_order",
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        violation_error_message=_("The last day is before the first."),
    )


def no_overlap(name: str, *fields: str, message: "str | Promise", condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same `fields` (foreign keys or small integers) may hold on the same day.

    Equality is written as overlapping one-number ranges, because btree_gist is not everywhere.
    """
    numbers = [(Func(F(f), F(f), Value("[]"), function="int8range"), RangeOperators.OVERLAPS) for f in fields]
    days = Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[*numbers, (days, RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,  # type: ignore[arg-type]  # a lazy sentence is fine
    )
