"""The quick entry by phone, and the bar of what is left while typing."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from homework.entering import Next, bars, lessons_of, planned_mine
from homework.forms.entering import EntryForm
from homework.load import Estimate, usual_factor
from homework.models import BankItem, Declaration, HomeworkItem, HomeworkSettings, ReleaseRequest, WeekPlanItem
from homework.plans import as_item
from homework.rows import WRITERS
from homework.rulebook import WRITTEN
from homework.services import NeedsConfirmation, declare, enter_homework, request_release
from homework.services.entering import entered_twice
from homework.services.sheets import next_school_day
from homework.views.common import classes_for, read_day, staff_of
from school.access import role_required
from school.models import PolicyRule, SchoolClass
from web.addresses import read_number, read_numbers


@role_required(*WRITERS)
def item_add(request: HttpRequest) -> HttpResponse:
    """The quick entry: next lesson first, content and minutes, done; what is left stands above, also while typing."""
    day, staff = read_day(request.GET.get("day")), staff_of(request)
    if staff is None:
        raise PermissionDenied
    classes, lessons = classes_for(request.user, day), lessons_of(staff, day)
    declared = Declaration.objects.filter(staff=staff, day=day).exists()
    sample, initial = prefilled(request, day, lessons, classes)
    form = EntryForm(staff, request.POST or None, instance=sample, initial=initial, classes=classes, declared=declared)
    context: dict[str, Any] = {"form": form, "day": day, "lessons": lessons, "settings": HomeworkSettings.load()}
    if request.method == "POST" and form.is_valid():
        item = form.save(commit=False)
        item.teacher = staff
        done, refusal = enter(request, form, item, day)
        if done:
            return redirect(f"{reverse('homework:item_add')}?day={day.isoformat()}")
        context |= refusal
    context |= {
        "planned": planned_mine(classes, staff, day),
        "bars": bars(form.ticked(), day, []),
        "asked": ReleaseRequest.objects.filter(teacher=staff, sheet__day=day).select_related("sheet__school_class"),
        "mine": HomeworkItem.objects.filter(teacher=staff, sheet__day=day).with_classes(),
        "source": read_number(request.GET.get("bank")) or read_number(request.GET.get("plan")),
    }
    return render(request, "homework/item_add.html", context)


def prefilled(
    request: HttpRequest, day: dt.date, lessons: list[Next], classes: QuerySet[SchoolClass]
) -> tuple[HomeworkItem, dict[str, Any]]:
    """What the address (a lesson, a class, a bank or planned item) or the timetable says before anything is typed."""
    sample = HomeworkItem()
    initial: dict[str, Any] = {"due_on": next_school_day(day)}
    bank, plan = read_number(request.GET.get("bank")), read_number(request.GET.get("plan"))
    if plan and (planned := WeekPlanItem.objects.select_related("plan__subject").filter(pk=plan).first()):
        sample = as_item(planned, planned.plan.subject)
    elif bank and (kept := BankItem.objects.select_related("subject").filter(pk=bank).first()):
        sample = HomeworkItem(
            subject=kept.subject, content=kept.content, kind=kept.kind, tier=kept.tier, minutes=kept.minutes
        )
        sample.place, sample.bank_item = kept.place, kept
    asked, given = read_number(request.GET.get("lesson")), read_number(request.GET.get("class"))
    lesson = next((n.lesson for n in lessons if n.lesson.pk == asked), None)
    if lesson is None and not asked and not given and not bank and not plan:
        lesson = next((n.lesson for n in lessons if not n.done), None)
    if lesson:
        initial |= {"classes": [lesson.school_class_id], "subject": lesson.subject_id, "lesson": lesson.number}
    elif given:
        initial["classes"] = [given]
    elif len(only := list(classes[:2])) == 1:
        initial["classes"] = [only[0].pk]
    return sample, initial


def enter(request: HttpRequest, form: EntryForm, item: HomeworkItem, day: dt.date) -> tuple[bool, dict[str, Any]]:
    """Enters, or asks for a release; (done, what the page shows beside the refusal)."""
    chosen = list(form.cleaned_data["classes"])
    if request.POST.get("action") == "ask":
        return ask(request, form, item, chosen, day), {"may_ask": True}
    if not form.cleaned_data["confirmed"] and (twice := entered_twice(chosen, day, [item])):
        return False, {"to_confirm": twice}
    try:
        entered = enter_homework(
            classes=chosen, day=day, item=item, by=request.user, confirmed=form.cleaned_data["confirmed"]
        )
    except NeedsConfirmation as error:
        return False, {"to_confirm": error.messages}
    except ValidationError as error:
        form.add_error(None, error)
        codes = {one.code for one in getattr(error, "error_list", [])}
        return False, {"may_ask": len(chosen) == 1 and asks_for(codes, day)}
    declare(staff=item.teacher, day=day)
    names = "、".join(one.sheet.school_class.label(day) for one in entered)
    facts = {"classes": names, "subject": item.subject, "minutes": item.minutes}
    messages.success(request, _("Entered for %(classes)s: %(subject)s, %(minutes)d minutes.") % facts)
    return True, {}


def asks_for(codes: set[str | None], day: dt.date) -> bool:
    """Whether nothing but a cap refused, and the school lets teachers ask."""
    caps = set(PolicyRule.objects.filter(measure=WRITTEN).values_list("key", flat=True))
    return bool(codes) and codes <= caps and HomeworkSettings.load().over_cap == HomeworkSettings.OverCap.ASK


def ask(request: HttpRequest, form: EntryForm, item: HomeworkItem, chosen: list[SchoolClass], day: dt.date) -> bool:
    if len(chosen) != 1:
        form.add_error("classes", _("Ask for one class at a time."))
        return False
    try:
        request_release(school_class=chosen[0], day=day, item=item, reason=form.cleaned_data["reason"])
    except ValidationError as error:
        form.add_error("reason", error.messages)
        return False
    declare(staff=item.teacher, day=day)
    messages.success(request, _("Asked. The homeroom teacher decides; the entry is made when it is granted."))
    return True


@role_required(*WRITERS)
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """The bar alone, asked for while typing and every few seconds: colleagues' entries show too."""
    day = read_day(request.GET.get("day"))
    chosen = read_numbers(request.GET.getlist("classes"))
    classes = classes_for(request.user, day).filter(pk__in=chosen[:60])
    minutes, subject = read_number(request.GET.get("minutes")), read_number(request.GET.get("subject"))
    typed = []
    if minutes and minutes <= 240:
        kind = request.GET.get("kind") or HomeworkItem.Kind.WRITTEN
        place = request.GET.get("place") or HomeworkItem.Place.HOME
        tier = request.GET.get("tier") or HomeworkItem.Tier.ALL
        typed = [HomeworkItem(minutes=minutes, kind=kind, place=place, tier=tier, subject_id=subject or 0)]
    context = {"bars": bars(classes, day, typed), "usual": usual(request, subject, day) if subject else None}
    return render(request, "homework/_left.html", context)


def usual(request: HttpRequest, subject: int, day: dt.date) -> Estimate | None:
    staff = staff_of(request)
    return usual_factor(staff_pk=staff.pk, subject_pk=subject, until=day) if staff else None
