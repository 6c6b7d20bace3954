"""Surveys of the school: list, and one survey with its progress."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import role_required
from school.notices import classes_to_notify, progress
from surveys import notice
from surveys.forms import SurveyFilter
from surveys.models import Question, Survey
from surveys.services.building import what_is_missing
from surveys.tables import SurveyTable
from web.tables import Link, list_page
from web.templatetags.components import CountTab

OFFICE = ("service_office", "academic_office")
READERS = (*OFFICE, "principal", "homeroom_teacher", "grade_head")
PAGE = 25


def seen_survey(request: HttpRequest, pk: int) -> Survey:
    return get_object_or_404(Survey.objects.visible_to(request.user).select_related("term"), pk=pk)


def by_status(rows: QuerySet[Survey]) -> dict[str, QuerySet[Survey]]:
    now = timezone.now()
    return {
        "open": rows.filter(status=Survey.Status.PUBLISHED, closes_at__gt=now),
        "draft": rows.filter(status=Survey.Status.DRAFT),
        "closed": rows.filter(Q(status=Survey.Status.CLOSED) | Q(status=Survey.Status.PUBLISHED, closes_at__lte=now)),
    }


@role_required(*READERS)
def survey_list(request: HttpRequest) -> HttpResponse:
    rows = Survey.objects.visible_to(request.user)
    sorts = by_status(rows)
    labels = {"open": _("Taking answers"), "draft": _("Being prepared"), "closed": _("Closed")}
    tabs = [CountTab("", _("All"), rows.count())]
    tabs += [CountTab(key, labels[key], found.count()) for key, found in sorts.items()]
    form = SurveyFilter(request.GET)
    rows = form.apply(sorts.get(request.GET.get("status", ""), rows)).select_related("term")
    rows = rows.annotate(answered=Count("participations")).order_by("-pk")
    may_edit = request.user.has_role(*OFFICE)
    add = Link(_("New survey"), reverse("surveys:survey_add"), "plus", primary=True)
    return list_page(
        request,
        SurveyTable(rows),
        template="surveys/survey_list.html",
        form=form,
        tabs=tabs,
        links=[add] if may_edit else [],
        may_edit=may_edit,
    )


@role_required(*READERS)
def survey_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with its questions to arrange; a published one with how far the answers are, class by class."""
    survey = seen_survey(request, pk)
    may_edit = request.user.has_role(*OFFICE)
    context: dict[str, Any] = {
        "survey": survey,
        "may_edit": may_edit,
        "sections": survey.sections.prefetch_related("questions__options"),
        "has_demand": Question.objects.filter(section__survey=survey).exclude(meaning="").exists(),
    }
    if survey.is_draft:
        return render(request, "surveys/survey_detail.html", context | {"missing": what_is_missing(survey)})
    sent = notice.load(survey.pk)
    rows = progress(sent, classes_to_notify(request.user)) if sent else []
    addressed, outstanding = sum(r.addressed for r in rows), sum(r.outstanding for r in rows)
    context |= {"rows": rows, "addressed": addressed, "answered": addressed - outstanding, "outstanding": outstanding}
    return render(request, "surveys/survey_detail.html", context)
