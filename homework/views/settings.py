"""The settings of homework: hours, steps, coordinators, words to watch for, times for marking."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homework.forms.settings import (
    GROUPS,
    CoordinatorEndForm,
    CoordinatorForm,
    HomeworkSettingsForm,
    MarkingTimeForm,
    StageForm,
    WordForm,
)
from homework.models import Coordinator, HomeworkSettings, MarkingTime, SheetStage, WatchWord
from school.access import role_required
from school.models import PolicyRule, SchoolSettings
from web.caching import forget
from web.editing import edit_row

OFFICE = ("academic_office", "service_office")


def back() -> str:
    return reverse("homework:homework_settings")


@role_required(*OFFICE)
def homework_settings(request: HttpRequest) -> HttpResponse:
    """Everything on one page: the settings' form, then the lists that belong to it."""
    form = HomeworkSettingsForm(request.POST or None, instance=HomeworkSettings.fresh())
    if request.method == "POST" and form.is_valid():
        form.save()
        forget("homework settings")
        messages.success(request, _("Saved."))
        return redirect("homework:homework_settings")
    titles = {
        "hours": _("Hours and entries"),
        "board": _("Board"),
        "records": _("Record sheets"),
        "checks": _("Witnesses and checks"),
    }
    today = timezone.localdate()
    context = {
        "form": form,
        "groups": [(titles[key], [form[name] for name in names]) for key, names in GROUPS.items()],
        "stages": SheetStage.objects.all(),
        "coordinators": Coordinator.objects.on(today).select_related("staff", "school_class"),
        "words": WatchWord.objects.all(),
        "times": MarkingTime.objects.all(),
        "rules": PolicyRule.objects.on(today)
        .filter(key__startswith="H")
        .up_to_grade(SchoolSettings.load().top_grade)
        .prefetch_related("subjects"),
    }
    return render(request, "homework/homework_settings.html", context)


def edit(request: HttpRequest, form: Any, title: str, *kept: str, note: str = "") -> HttpResponse:
    """A row of a list; what processes keep of the list is forgotten."""

    def save() -> None:
        form.save()
        for key in kept:
            forget(key)

    return edit_row(
        request, form, template="homework/settings_edit.html", title=title, back=back(), note=note, save=save
    )


@role_required(*OFFICE)
def stage_edit(request: HttpRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(SheetStage, pk=pk)
    note = _("The academic office can stand in for every step.")
    return edit(request, StageForm(request.POST or None, instance=stage), str(stage), "homework steps", note=note)


@role_required(*OFFICE)
def coordinator_add(request: HttpRequest) -> HttpResponse:
    form = CoordinatorForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    return edit(
        request, form, _("Name a coordinator"), note=_("Balances a class's subjects beside its homeroom teacher.")
    )


@role_required(*OFFICE)
def coordinator_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Coordinator.objects.select_related("staff", "school_class"), pk=pk)
    return edit(request, CoordinatorEndForm(request.POST or None, instance=row), str(row))


@role_required(*OFFICE)
def word_add(request: HttpRequest) -> HttpResponse:
    note = _("What a hit does is the severity of the rule, under «Policy rules».")
    return edit(request, WordForm(request.POST or None), _("Add a word to watch for"), "watch words", note=note)


@role_required(*OFFICE)
@require_POST
def word_remove(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(WatchWord, pk=pk).delete()
    forget("watch words")
    messages.success(request, _("Removed."))
    return redirect("homework:homework_settings")


@role_required(*OFFICE)
def marking_time_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(MarkingTime, pk=pk) if pk else None
    form = MarkingTimeForm(request.POST or None, instance=row)
    return edit(
        request,
        form,
        _("Time for marking"),
        note=_("From the day the work is handed in; 0 is the same day."),
    )


@role_required(*OFFICE)
@require_POST
def marking_time_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Work of this kind is no longer collected."""
    get_object_or_404(MarkingTime, pk=pk).delete()
    messages.success(request, _("Removed."))
    return redirect("homework:homework_settings")
