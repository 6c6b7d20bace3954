"""What the pages of the fees share: the term, the chosen month, the child with its class, one shape of a list."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from fees.forms import ListFilter
from fees.services.months import month_of
from school.models import ClassMembership, Student, Term

OFFICE = ("service_office",)
READERS = ("service_office", "principal")
PAGE = 25


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


def students_asked(request: HttpRequest) -> "QuerySet[Student] | None":
    """The children that name and class of the filter leave; None where neither was given."""
    form = ListFilter(request.GET)
    if not form.is_valid():
        return None
    words, school_class = form.cleaned_data["q"], form.cleaned_data["school_class"]
    if not words and not school_class:
        return None
    students = Student.objects.search(words)
    if school_class:
        members = ClassMembership.objects.on(timezone.localdate()).filter(school_class=school_class)
        students = students.filter(pk__in=members.values("student"))
    return students


def page(request: HttpRequest, rows: Any) -> Page:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def say(request: HttpRequest, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)
