"""The columns of a list: how their cells look on the page and what stands in the workbook. See web.tables."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.forms import ModelForm
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django_tables2 import A
from django_tables2 import Column as PlainColumn
from django_tables2 import TemplateColumn as PlainTemplateColumn

from web.templatetags.components import status_badge
from web.templatetags.formats import cn_date, cn_datetime, weekdays

Words = str | Promise
Badge = tuple[Words, str]


class Column(PlainColumn):
    """A column of django-tables2 that knows how its cells look: a class, and whether a card of the phone names them."""

    cell_class = ""
    is_labelled = True


class TemplateColumn(PlainTemplateColumn, Column):
    """A piece of template for each row (`record`), such as buttons; `user` and `csrf_token` are known in it.

    Where it says nothing the cell is empty, line breaks aside: a phone hides such a cell.
    """

    def render(self, **kwargs: Any) -> str:
        return mark_safe(super().render(**kwargs).strip())  # noqa: S308  # what the template has escaped

    def value(self, **kwargs: Any) -> str:
        return " ".join(super().value(**kwargs).split())


class ActionsColumn(TemplateColumn):
    """Buttons at the row's end, no part of the workbook."""

    cell_class = "row-actions"
    is_labelled = False

    def __init__(self, template: str, **options: Any) -> None:
        # A row without such a value would be written out for the message of an error that nobody reads.
        fixed = {"accessor": "pk", "verbose_name": "", "exclude_from_export": True, "empty_values": ()}
        super().__init__(template_name=template, **fixed | options)


class ButtonColumn(Column):
    """A button of each row that leads to the view named `url`, which takes the row's key; `shown(row)` says where it stands."""

    cell_class = "row-actions"
    is_labelled = False

    def __init__(
        self, label: Words, url: str, *, shown: Callable[[Any], bool] = lambda row: True, **options: Any
    ) -> None:
        self.label, self.url, self.shown = label, url, shown
        super().__init__("", accessor="pk", exclude_from_export=True, **options)

    def render(self, value: Any, record: Any) -> str:
        if not self.shown(record):
            return ""
        return format_html('<a class="btn btn-sm" href="{}">{}</a>', reverse(self.url, args=[value]), self.label)


class TitleColumn(Column):
    """What the row is called, and where that leads: `url` is the name of a view that takes the row's key, or a function of the
    row (None: nowhere). `badges(row)` gives what stands behind it, as (words, kind)."""

    cell_class = "row-title"
    is_labelled = False

    def __init__(
        self,
        verbose_name: Words,
        *,
        url: str | Callable[[Any], str | None] = "",
        badges: Callable[[Any], Iterable[Badge]] | None = None,
        **options: Any,
    ) -> None:
        self.url, self.badges = url, badges
        super().__init__(verbose_name, **options)

    def render(self, value: Any, record: Any) -> str:
        url = self.url(record) if callable(self.url) else self.url and reverse(self.url, args=[record.pk])
        name = format_html('<a href="{}">{}</a>', url, value) if url else format_html("{}", value)
        marks = self.badges(record) if self.badges else ()
        return name + format_html_join("", " {}", ((status_badge(words, kind),) for words, kind in marks))

    def value(self, value: Any) -> Any:
        return value


class DateColumn(Column):
    """A day with its year."""

    def render(self, value: dt.date) -> str:
        return cn_date(value, "year")

    def value(self, value: dt.date) -> dt.date:
        return value


class DayColumn(DateColumn):
    """A day of this term, without its year."""

    def render(self, value: dt.date) -> str:
        return cn_date(value)


class DateTimeColumn(Column):
    def render(self, value: dt.datetime) -> str:
        return cn_datetime(value)

    def value(self, value: dt.datetime) -> dt.datetime:
        return value


class NumberColumn(Column):
    """A number, set to the right so that digits stand under digits; `sums` writes the sum of all rows under them."""

    cell_class = "number"

    def __init__(self, *names: Any, sums: bool = False, **options: Any) -> None:
        self.sums = sums
        super().__init__(*names, **options)

    def total(self, value: Any) -> Any:
        """How the sum is written: like a cell of the column."""
        return value


class EditColumn(TemplateColumn):
    """A cell with its one field: what is typed is saved by itself, and can be taken back for some seconds.

    `form` is a ModelForm of the column's field alone; `saved(form)` saves it, where more belongs to that. The list shows it to
    those who may change it, and another column to others. It stands in no list with a SelectColumn: forms are not nested.
    """

    cell_class = "number"

    def __init__(
        self,
        verbose_name: Words,
        *,
        form: type[ModelForm],
        saved: Callable[[Any], object] | None = None,
        sums: bool = False,
        **options: Any,
    ) -> None:
        self.sums = sums
        self.form, self.saved = form, saved or (lambda form: form.save())
        super().__init__(template_name="components/_cell_edit.html", verbose_name=verbose_name, **options)

    def render(self, **kwargs: Any) -> str:
        record = kwargs["record"]
        return self.cell(record, kwargs["bound_column"].name, kwargs["table"].context, self.form(instance=record))

    def cell(self, record: Any, name: str, context: Context, form: ModelForm) -> str:
        with context.push(form=form, field=next(iter(form)), record=record, column=name):
            return get_template(self.template_name).template.render(context)  # type: ignore[attr-defined]

    def value(self, **kwargs: Any) -> Any:
        return kwargs["value"]

    def total(self, value: Any) -> Any:
        return value


class NarrowColumn(Column):
    """Short words that stand on one line."""

    cell_class = "is-narrow"


class WeekdaysColumn(Column):
    empty_values: tuple[Any, ...] = (None, "", [])

    def render(self, value: list[int]) -> str:
        return weekdays(value)


class StatusColumn(Column):
    """A badge with the words of the choice; `kinds` gives each code its kind (ok, wait, attention, danger, neutral)."""

    def __init__(self, verbose_name: Words, *, kinds: Mapping[str, str], **options: Any) -> None:
        self.kinds = kinds
        super().__init__(verbose_name, **options)

    def render(self, value: Any, record: Any, bound_column: Any) -> str:
        return status_badge(value, self.kinds.get(bound_column.accessor.resolve(record), "neutral"))

    def value(self, value: Any) -> str:
        return str(value)


class SelectColumn(Column):
    """A box for each row; the list's view receives the keys of those that are ticked as `row`. `label` says whose box it is."""

    selects = True
    is_labelled = False

    def __init__(self, *, label: str, **options: Any) -> None:
        self.label = A(label)
        super().__init__("", accessor="pk", exclude_from_export=True, **options)

    def render(self, value: Any, record: Any) -> str:
        box = '<input class="form-check-input row-select" type="checkbox" name="row" value="{}" aria-label="{}">'
        return format_html(box, value, self.label.resolve(record))
