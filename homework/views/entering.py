"""Entering homework: one entry by phone, all subjects on one screen, changing and cutting; the bar of what is left."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homework.forms.entering import AllForm, CutForm, EntryForm, ItemForm, RowForm
from homework.limits import heaviest_path, used_by
from homework.load import Estimate, usual_factor
from homework.models import (
    BankItem,
    ClassSheet,
    Declaration,
    HomeworkItem,
    HomeworkSettings,
    ReleaseRequest,
    WeekPlanItem,
)
from homework.rows import WRITERS, coordinates, may_change, writable_classes
from homework.rulebook import WRITTEN, Rulebook
from homework.services import (
    NeedsConfirmation,
    cut_minutes,
    declare,
    enter_homework,
    enter_sheet,
    remove_item,
    request_release,
    set_item,
)
from homework.services.entering import STATEMENT, entered_twice
from homework.services.planning import as_item, planned_for
from homework.services.sheets import next_school_day
from homework.views.common import read_day, staff_of
from school.access import role_required
from school.models import Lesson, PolicyRule, SchoolClass, SchoolDay, Staff, Subject, Teaching, User
from school.models.calendar import school_year_of
from web.addresses import read_number
from web.editing import show_refusal


def classes_for(user: User, day: dt.date) -> QuerySet[SchoolClass]:
    classes: QuerySet[SchoolClass] = SchoolClass.objects.in_year(school_year_of(day))
    return classes.filter(writable_classes(user)).order_by("-entry_year", "number")


@dataclass(frozen=True)
class Next:
    """A lesson of today's timetable that is this teacher's: the entry it leads to is half filled in."""

    lesson: Lesson
    done: bool
    """Something is entered for it already."""


def lessons_of(staff: Staff | None, day: dt.date) -> list[Next]:
    """The teacher's lessons of the day in order; none where the school keeps no timetable."""
    weekday = SchoolDay.objects.filter(day=day).values_list("follows_weekday", flat=True).first()
    if staff is None or weekday is None:
        return []
    rows = Lesson.objects.on(weekday).taught_by(staff, day).select_related("school_class", "subject")
    entered = set(
        HomeworkItem.objects.filter(sheet__day=day, teacher=staff).values_list("sheet__school_class", "subject")
    )
    return [Next(row, (row.school_class_id, row.subject_id) in entered) for row in rows.order_by("number")]


@role_required(*WRITERS)
def item_add(request: HttpRequest) -> HttpResponse:
    """The quick entry: next lesson first, content and minutes, done; what is left stands above, also while typing."""
    day, staff = read_day(request.GET.get("day")), staff_of(request)
    if staff is None:
        raise PermissionDenied
    classes = classes_for(request.user, day)
    lessons = lessons_of(staff, day)
    declared = Declaration.objects.filter(staff=staff, day=day).exists()
    sample, initial = prefilled(request, day, staff, lessons, classes)
    form = EntryForm(staff, request.POST or None, instance=sample, initial=initial, classes=classes, declared=declared)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        item = form.save(commit=False)
        item.teacher = staff
        done, context = enter(request, form, item, day)
        if done:
            return redirect(f"{reverse('homework:item_add')}?day={day.isoformat()}")
    chosen = form["classes"].value() or []
    context |= {
        "form": form,
        "day": day,
        "lessons": lessons,
        "planned": planned_mine(classes, staff, day),
        "bars": bars(SchoolClass.objects.filter(pk__in=[str(pk) for pk in chosen if read_number(str(pk))]), day, []),
        "settings": HomeworkSettings.load(),
        "asked": [
            (one, one.sheet.school_class.label(day))
            for one in ReleaseRequest.objects.filter(teacher=staff, sheet__day=day).select_related(
                "sheet__school_class"
            )
        ],
        "mine": HomeworkItem.objects.filter(teacher=staff, sheet__day=day).select_related(
            "sheet__school_class", "subject"
        ),
        "source": read_number(request.GET.get("bank")) or read_number(request.GET.get("plan")),
    }
    return render(request, "homework/item_add.html", context)


def prefilled(
    request: HttpRequest, day: dt.date, staff: Staff, lessons: list[Next], classes: QuerySet[SchoolClass]
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


def planned_mine(classes: Iterable[SchoolClass], staff: Staff, day: dt.date) -> list[tuple[SchoolClass, WeekPlanItem]]:
    """Planned entries of the subjects that this teacher teaches, class by class, that are not on the sheet yet."""
    taught = set(Teaching.objects.on(day).filter(staff=staff).values_list("school_class", "subject"))
    own = [one for one in classes if one.pk in {class_pk for class_pk, _subject in taught}]
    planned = planned_for(own, day)
    return [(one, item) for one in own for item in planned[one.pk] if (one.pk, item.plan.subject_id) in taught]


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


# --- what is left ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    """A class's written minutes of the day, with what is being typed on top."""

    school_class: SchoolClass
    used: int
    more: int
    cap: int
    rule: PolicyRule
    who: str
    warns: bool

    @property
    def after(self) -> int:
        return self.used + self.more

    @property
    def left(self) -> int:
        return max(self.cap - self.after, 0)

    @property
    def over(self) -> int:
        return max(self.after - self.cap, 0)


def bars(classes: Iterable[SchoolClass], day: dt.date, typed: list[HomeworkItem]) -> list[Bar]:
    """What each class has used and has left; three queries, however many classes there are."""
    rules = Rulebook(day)
    sheets = ClassSheet.objects.on(day).filter(school_class__in=list(classes))
    by_class = {s.school_class_id: s for s in sheets.prefetch_related("items__subject", "items__teacher")}
    found = []
    for school_class in classes:
        rule, sheet = rules.cap(school_class.grade(day)), by_class.get(school_class.pk)
        cap, items = int(rule.value), list(sheet.items.all()) if sheet else []
        used, after = heaviest_path(items, cap), heaviest_path([*items, *typed], cap)
        allowed = cap + (sheet.released if sheet else 0)
        warns = bool(rule.warn_percent and allowed and after * 100 >= allowed * rule.warn_percent)
        found.append(Bar(school_class, used, after - used, allowed, rule, used_by(items, cap), warns))
    return found


@role_required(*WRITERS)
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """The bar alone, asked for while typing and every few seconds: colleagues' entries show too."""
    day = read_day(request.GET.get("day"))
    chosen = [pk for pk in request.GET.getlist("classes") if read_number(pk)]
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


# --- all subjects on one screen ----------------------------------------------------------------------------------


@role_required(*WRITERS)
def sheet_all(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """The homeroom teacher enters what the subject teachers told her: a row each, saved together or not at all."""
    date, staff = read_day(day), staff_of(request)
    school_class = get_object_or_404(SchoolClass, pk=class_pk)
    if staff is None or not coordinates(request.user, school_class.pk):
        raise PermissionDenied
    lines = lines_of(request, school_class, date)
    declared = Declaration.objects.filter(staff=staff, day=date).exists()
    form = AllForm(request.POST or None)
    if declared:
        del form.fields["declared"]
    context: dict[str, Any] = {"to_confirm": []}
    if request.method == "POST" and form.is_valid() and all(row.is_valid() for _s, _t, row in lines):
        items = [made for subject, teacher, row in lines if (made := item_of(row, subject, teacher or staff))]
        confirmed = form.cleaned_data["confirmed"]
        try:
            if not confirmed and (twice := entered_twice([school_class], date, items)):
                raise NeedsConfirmation(twice)
            enter_sheet(school_class=school_class, day=date, items=items, by=request.user, confirmed=confirmed)
        except NeedsConfirmation as error:
            context["to_confirm"] = error.messages
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            declare(staff=staff, day=date)
            messages.success(request, _("%d entries made.") % len(items))
            return redirect("homework:sheet_detail", class_pk, date.isoformat())
    context |= {"school_class": school_class, "day": date, "lines": lines, "form": form, "statement": STATEMENT}
    context["bars"] = bars([school_class], date, [])
    entered = HomeworkItem.objects.filter(sheet__school_class=school_class, sheet__day=date)
    context["entered"] = entered.select_related("subject", "teacher")
    return render(request, "homework/sheet_all.html", context)


Line = tuple[Subject, Staff | None, RowForm]


def lines_of(request: HttpRequest, school_class: SchoolClass, day: dt.date) -> list[Line]:
    """A row for each subject that is taught in the class, filled in with what the week's plan foresees."""
    taught = Teaching.objects.on(day).filter(school_class=school_class).select_related("subject", "staff")
    teachers = {row.subject: row.staff for row in taught.order_by("subject__order", "pk")}
    subjects: dict[Subject, Staff | None] = {**teachers}
    if not subjects:
        subjects = dict.fromkeys(Subject.objects.all(), None)
    planned = {item.plan.subject_id: item for item in planned_for([school_class], day)[school_class.pk]}
    # Where nothing written may be taken home (H1) most entries are done in after-school care.
    place = "home" if Rulebook(day).cap(school_class.grade(day)).value else "service"
    lines = []
    for subject, teacher in subjects.items():
        initial: dict[str, Any] = {"kind": "written", "place": place, "tier": "all"}
        if item := planned.get(subject.pk):
            initial = {name: getattr(item, name) for name in ("content", "minutes", "kind", "place", "tier")}
            initial["plan_item"] = item.pk
        lines.append((subject, teacher, RowForm(request.POST or None, prefix=f"s{subject.pk}", initial=initial)))
    return lines


def item_of(row: RowForm, subject: Subject, teacher: Staff) -> HomeworkItem | None:
    data = dict(row.cleaned_data)
    planned = WeekPlanItem.objects.filter(pk=data.pop("plan_item") or 0, plan__subject=subject).first()
    if not data["content"]:
        return None
    return HomeworkItem(subject=subject, teacher=teacher, plan_item=planned, **data)


# --- changing ----------------------------------------------------------------------------------------------------


def own_item(request: HttpRequest, pk: int) -> HomeworkItem:
    item = get_object_or_404(HomeworkItem.objects.select_related("sheet__school_class", "teacher", "subject"), pk=pk)
    if not may_change(request.user, item):
        raise PermissionDenied
    return item


@role_required(*WRITERS)
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = own_item(request, pk)
    sheet = item.sheet
    form = ItemForm(staff_of(request), request.POST or None, instance=item)
    context: dict[str, Any] = {"form": form, "item": item, "sheet": sheet}
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        try:
            set_item(
                school_class=sheet.school_class,
                day=sheet.day,
                item=changed,
                by=request.user,
                confirmed=form.cleaned_data["confirmed"],
            )
        except NeedsConfirmation as error:
            context["to_confirm"] = error.messages
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("homework:sheet_detail", sheet.school_class_id, sheet.day.isoformat())
    return render(request, "homework/item_edit.html", context)


@role_required(*WRITERS)
@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = own_item(request, pk)
    sheet = item.sheet
    try:
        remove_item(item=item, by=request.user)
    except ValidationError as error:
        show_refusal(request, error)
    else:
        messages.success(request, _("Removed."))
    return redirect("homework:sheet_detail", sheet.school_class_id, sheet.day.isoformat())


@role_required(*WRITERS)
def item_cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Who coordinates the class shortens a colleague's entry, with a note."""
    item = own_item(request, pk)
    if not coordinates(request.user, item.sheet.school_class_id):
        raise PermissionDenied
    form = CutForm(request.POST or None, initial={"minutes": item.minutes})
    if request.method == "POST" and form.is_valid():
        try:
            cut_minutes(item=item, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Cut. The note stands on the sheet."))
            return redirect("homework:sheet_detail", item.sheet.school_class_id, item.sheet.day.isoformat())
    return render(request, "homework/item_cut.html", {"form": form, "item": item, "sheet": item.sheet})
