"""The components of every page; docs/components.md shows each in use. Built in, so no template loads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from zlib import crc32

from django import template
from django.core.paginator import Page
from django.db.models import BLANK_CHOICE_DASH
from django.forms import BoundField, CheckboxInput, Form, ModelChoiceField, Select
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tables2.columns import BoundColumn

from web.caching import cached_briefly
from web.exporting import REASONS, SENSITIVE, needs_reason
from web.made import SPRITE, made_file
from web.sending import FIELD, new_key
from web.templatetags.formats import count, percent

register = template.Library()

STATUS_ICONS = {
    "ok": "circle-check",
    "wait": "clock",
    "attention": "alert-triangle",
    "danger": "alert-octagon",
    "neutral": "circle-dot",
}


@dataclass(frozen=True)
class CountTab:
    """One tab of `count_tabs`: the value goes into the address, the empty one means all."""

    value: str
    label: str | Promise
    count: int | None = None


@dataclass(frozen=True)
class TimelineEntry:
    """What happened: `when` as shown (already formatted), who, and how it went (a kind of STATUS_ICONS)."""

    title: str | Promise
    when: str = ""
    by: str = ""
    text: str | Promise = ""
    kind: str = "neutral"


def _render(name: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(f"components/{name}.html", context)


def _kind(kind: str) -> str:
    if kind not in STATUS_ICONS:
        raise template.TemplateSyntaxError(f"unknown kind {kind!r}: one of {', '.join(STATUS_ICONS)}")
    return kind


class FormKeysNode(CsrfTokenNode):
    """Django's CSRF token, and beside it the key by which the form does its work once (web.sending)."""

    def render(self, context: template.Context) -> SafeString:
        token = super().render(context)
        if not token:
            return SafeString()
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, FIELD, new_key())


@register.tag("csrf_token")
def form_keys(parser: template.base.Parser, token: template.base.Token) -> FormKeysNode:
    return FormKeysNode()


@cache
def _drawing(name: str) -> SafeString:
    """What an icon shows. Where the sprite lacks it, a template may just have been written: look once more."""
    for look in (False, True):
        if f'<symbol id="{name}"' in made_file(SPRITE, look=look).read_text():
            return format_html('<use href="{}#{}"></use>', static(f"made/{SPRITE}"), name)
    raise template.TemplateSyntaxError(
        f"There is no icon «{name}»: web/icons.py says how a page names one of Tabler's."
    )


@cache
def _decoration(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true">{}</svg>', _drawing(name))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "printer" %}`: decoration; with a label it is read out."""
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', label, _drawing(name))
    return _decoration(name)


@register.simple_block_tag
def page_header(content: str, title: str, subtitle: str = "", back_url: str = "", back_label: str = "") -> SafeString:
    """The h1 of a page, with its actions as the block's content."""
    return _render(
        "page_header",
        {
            "title": title,
            "subtitle": subtitle,
            "back_url": back_url,
            "back_label": back_label,
            "actions": mark_safe(content.strip()),  # noqa: S308 - rendered by the template, escaped there
        },
    )


@register.simple_block_tag
def card(content: str, title: str = "", kind: str = "", url: str = "", url_label: str = "", body: bool = True) -> str:
    """A card; kind «attention» or «danger»; with `body=False` a table reaches its edges."""
    return _render(
        "card",
        {
            "content": content,
            "title": title,
            "kind": kind,
            "url": url,
            "url_label": url_label,
            "body": body,
        },
    )


@register.inclusion_tag("components/empty_state.html")
def empty_state(icon: str, title: str, text: str = "", action_url: str = "", action_label: str = "") -> dict[str, Any]:
    """Shown in place of an empty list: what will appear here, and the first step towards it."""
    return {"icon": icon, "title": title, "text": text, "action_url": action_url, "action_label": action_label}


@register.simple_block_tag
def form_actions(
    content: str,
    submit: str,
    cancel_url: str = "",
    kind: str = "primary",
    name: str = "",
    value: str = "",
    cancel_label: str = "",
) -> SafeString:
    """The end of a form: the submit button, other buttons as the block's content, and a link back, which says «cancel» where
    nothing else is given.
    """
    return _render(
        "form_actions",
        {
            "content": content,
            "submit": submit,
            "cancel_url": cancel_url,
            "cancel_label": cancel_label,
            "kind": kind,
            "name": name,
            "value": value,
        },
    )


@register.simple_tag
def status_badge(label: str | Promise, kind: str = "neutral", icon: str = "") -> SafeString:
    """A badge: a word with an icon; kind is ok, wait, attention, danger or neutral."""
    drawing = _decoration(icon or STATUS_ICONS[_kind(kind)])
    return format_html('<span class="state state-{}">{}{}</span>', _kind(kind), drawing, label)


@register.inclusion_tag("components/figure_tile.html")
def figure_tile(
    label: str,
    value: int | str,
    denominator: int | None = None,
    change: str = "",
    url: str = "",
    sparkline: str = "",
    kind: str = "",
) -> dict[str, Any]:
    """A large figure with its denominator; `url` leads to its rows, `sparkline` comes from documents.charts."""
    return {
        "label": label,
        "value": count(value) if isinstance(value, int) else value,
        "denominator": denominator,
        "share": percent(value, denominator) if denominator and isinstance(value, int) else "",
        "change": change,
        "url": url,
        "sparkline": mark_safe(sparkline),  # noqa: S308 - drawn by documents.charts
        "kind": kind,
    }


@register.simple_block_tag
def chart(content: str, svg: str, question: str, id: str = "chart") -> SafeString:
    """A chart under the question that it answers; the block's content is its table, on a second tab."""
    drawing = mark_safe(svg)  # noqa: S308 - drawn by documents.charts
    return _render("chart", {"table": content, "svg": drawing, "question": question, "id": id})


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[TimelineEntry]) -> dict[str, Any]:
    rows = [{"entry": entry, "icon": STATUS_ICONS[_kind(entry.kind)]} for entry in entries]
    return {"rows": rows}


@register.simple_block_tag(takes_context=True)
def confirm_dialog(
    context: template.Context,
    content: str,
    url: str,
    label: str,
    title: str,
    submit: str = "",
    kind: str = "danger",
    button: str = "btn",
    icon: str = "",
) -> SafeString:
    """A button with a confirmation dialog that says what will happen and to whom; its form posts to `url`.

    Without JavaScript the button is a link: the view answers GET with components/confirm_page.html.
    """
    return _render(
        "confirm_dialog",
        {
            "id": f"dialog-{crc32(f'{url} {label}'.encode()):08x}",
            "content": content,
            "url": url,
            "label": label,
            "title": title,
            "submit": submit or label,
            "kind": kind,
            "button": button,
            "icon": icon,
            "csrf_token": context.get("csrf_token"),
        },
    )


@register.inclusion_tag("components/steps.html")
def steps(current: int, total: int, label: str = "") -> dict[str, Any]:
    """Progress of a form in steps: «2/5»."""
    return {"current": current, "total": total, "label": label, "numbers": range(1, total + 1)}


@register.simple_block_tag
def data_table(content: str, caption: str = "", stack: bool = True, wide: bool = False) -> SafeString:
    """A table with a sticky head. `stack`: rows become cards on a phone (`data-label` on each td);
    `wide`: more columns than a screen, so it scrolls in its own frame."""
    return _render("data_table", {"content": content, "caption": caption, "stack": stack, "wide": wide})


@register.inclusion_tag("components/count_tabs.html", takes_context=True)
def count_tabs(context: template.Context, tabs: Sequence[CountTab], param: str = "status") -> dict[str, Any]:
    """Counts by status; a tab changes one parameter of the address and drops the page's number."""
    request = context["request"]
    # A page that opens on another tab than the first says so by its `status`.
    chosen = request.GET.get(param, "") or context.get(param, "")
    rows = []
    for tab in tabs:
        query = request.GET.copy()
        query.pop("page", None)
        query[param] = tab.value
        if not tab.value:
            del query[param]
        rows.append({"tab": tab, "href": f"?{query.urlencode()}", "active": tab.value == chosen})
    return {"rows": rows}


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(context: template.Context, form: Form, keep: str = "status") -> dict[str, Any]:
    """A GET form in one line whose values stay in the address; `keep` names other parameters that stay, space-separated."""
    request = context["request"]
    kept = [(name, value) for name in keep.split() for value in request.GET.getlist(name) if name not in form.fields]
    active = any(request.GET.get(field.html_name) for field in form)
    for field in form.fields.values():
        if isinstance(field, ModelChoiceField) and field.empty_label == BLANK_CHOICE_DASH[0][1]:
            field.empty_label = _("all")
        if isinstance(field.widget, CheckboxInput):
            looks = "form-check-input"
        else:
            looks = "form-select" if isinstance(field.widget, Select) else "form-control"
        field.widget.attrs.setdefault("class", looks)
    return {"form": form, "kept": kept, "active": active, "path": request.path}


@register.simple_tag(takes_context=True)
def nav_tab(context: template.Context, to: str, label: str, name: str) -> SafeString:
    """A link of an area's tabs (`<nav class="nav nav-tabs">`) to the view `to`; lit where the page says `here=name`."""
    lit = mark_safe(' active" aria-current="page') if context.get("here") == name else ""
    return format_html('<a class="nav-link{}" href="{}">{}</a>', lit, reverse(to), label)


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context: template.Context, column: BoundColumn) -> dict[str, Any]:
    """The heading of a column of `web.tables`: one that is orderable sorts by `?sort=name`, then `?sort=-name`."""
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    query.pop("page", None)
    query["sort"] = f"-{column.name}" if now == column.name else column.name
    order = {column.name: "ascending", f"-{column.name}": "descending"}.get(now, "")
    return {"column": column, "href": f"?{query.urlencode()}", "order": order}


@register.simple_tag
def totalled(totals: dict[str, str], name: str) -> str:
    """The sum of the column of that name, or nothing."""
    return totals.get(name, "")


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page_obj: Page) -> dict[str, Any]:
    """Pages of a list; the address's other parameters stay."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    prefix = f"?{query.urlencode()}&" if query else "?"
    numbers = list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1))
    query.pop("per", None)
    sizes = f"?{query.urlencode()}&per=" if query else "?per="
    return {"page_obj": page_obj, "numbers": numbers, "prefix": f"{prefix}page=", "sizes": sizes}


@register.simple_block_tag
def action_bar(content: str) -> SafeString:
    """Buttons for the selected rows; stands in the same form as the checkboxes (class `row-select`)."""
    return _render("action_bar", {"content": content})


@register.simple_tag
def cached_part(name: str) -> SafeString:
    """A part of every page that depends only on the language; cached briefly."""
    return cached_briefly(f"part:{name}:{get_language()}", lambda: mark_safe(render_to_string(name)))  # noqa: S308 - our template


@register.inclusion_tag("components/export_button.html", takes_context=True)
def export_button(context: template.Context, fields: str = "") -> dict[str, Any]:
    """The list on the screen as a workbook; its view answers with web.exporting. Stands outside other forms.

    `fields` names what leaves, space-separated, where the page's `table` does not say it.
    """
    taken = fields.split() or list(getattr(context.get("table"), "taken", SENSITIVE))
    return {"csrf_token": context.get("csrf_token"), "asks": needs_reason(taken), "reasons": REASONS}


@register.inclusion_tag("components/signature.html")
def signature(field: BoundField, label: str = "") -> dict[str, Any]:
    """A field for a finger; the hidden input receives a PNG as data URL, empty without JavaScript."""
    return {"field": field, "label": label}


@register.inclusion_tag("components/autosave.html")
def autosave() -> dict[str, Any]:
    """Says that what was entered is kept; static/js/app.js follows the requests of htmx."""
    return {}
