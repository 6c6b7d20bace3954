"""What the pages of the fees share: the term, the chosen month, tabs by state."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fees.months import month_of
from school.models import Term
from web.templatetags.components import CountTab

OFFICE = ("service_office",)
READERS = ("service_office", "principal")
LIST = "fees/list.html"


def term_asked(request: HttpRequest) -> Term:
    """The term in the address (?term=), else the current one."""
    term = Term.objects.asked(request.GET.get("term"), timezone.localdate())
    if term is None:
        raise Http404
    return term


def current_term() -> Term:
    term = Term.objects.current(timezone.localdate())
    if term is None:
        raise Http404
    return term


def month_asked(text: str) -> dt.date | None:
    """2026-11 → its first day."""
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def chosen_month(request: HttpRequest) -> dt.date:
    """The month in the address, else the current one (the term's last, after it)."""
    term = current_term()
    today = min(timezone.localdate(), term.ends_on)
    return month_asked(request.GET.get("month", "")) or month_of(max(today, term.starts_on))


def state_tabs(rows: QuerySet[Any], states: dict[str, tuple[str | Promise, Q]]) -> list[CountTab]:
    """All rows, and how many are in each state."""
    counts = rows.aggregate(all=Count("pk"), **{code: Count("pk", filter=q) for code, (_label, q) in states.items()})
    return [
        CountTab("", _("All"), counts["all"]),
        *(CountTab(code, label, counts[code]) for code, (label, _q) in states.items()),
    ]


def in_state(states: dict[str, tuple[str | Promise, Q]], code: str) -> Q:
    """The rows of a tab; all of them under any other."""
    return states[code][1] if code in states else Q()


def say(request: HttpRequest, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)
