"""Sheets for those who write and coordinate them: the day's list, one class's sheet, the steps to the board."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from homework.forms.entering import DecisionForm, ReleaseForm, ReturnForm
from homework.models import (
    ClassSheet,
    HomeworkItem,
    HomeworkSettings,
    Rectification,
    ReleaseRequest,
    ResponsibilityLetter,
    SheetAction,
    SheetStage,
    SheetVersion,
)
from homework.rows import STAFF, WRITERS, collects, coordinates, hand_of, writable_classes
from homework.rulebook import Rulebook
from homework.services import decide_release, pass_class, pass_sheet, release_minutes, return_sheet
from homework.services.entering import release_possible
from homework.services.planning import planned_for
from homework.services.sheets import turn_of
from homework.views.common import classes_of_year, read_day, staff_of
from school.access import may_enter, role_required
from school.models import Lesson, SchoolClass, SchoolDay, Teaching, User
from web.addresses import read_number
from web.templatetags.components import CountTab, TimelineEntry
from web.templatetags.formats import cn_datetime


@dataclass
class Row:
    """One class of the list: its sheet, whether it is one's own, whose turn it is, what is still missing."""

    school_class: SchoolClass
    sheet: ClassSheet | None
    own: bool
    turn: str = ""
    turn_pk: int | None = None
    mine: bool = False
    """Whether this person can take the step, be it in another's stead."""
    waits: bool = False
    """Whether the step is this person's own."""
    missing: list[str] = field(default_factory=list)

    @property
    def filed(self) -> bool:
        """Passed on by whoever coordinates the class."""
        return self.sheet is not None and self.sheet.status in (ClassSheet.Status.REVIEW, ClassSheet.Status.PUBLISHED)

    @property
    def published(self) -> bool:
        return self.sheet is not None and self.sheet.is_published


@role_required(*STAFF)
def sheet_list(request: HttpRequest) -> HttpResponse:
    """The day's sheets, class by class: one's own first; what is not filed or waits for the reader has a tab."""
    day = read_day(request.GET.get("day"))
    everything = rows_of(request.user, day)
    parts = {
        "": [row for row in everything if row.own],
        "turn": [row for row in everything if row.waits],
        "unfiled": [row for row in everything if not row.filed],
        "open": [row for row in everything if not row.published],
        "all": everything,
    }
    labels = {
        "": _("My classes"),
        "turn": _("Waiting for me"),
        "unfiled": _("Not filed"),
        "open": _("Not published"),
        "all": _("All classes"),
    }
    # Who has no class of her own looks at all of them.
    status = request.GET.get("status", "" if parts[""] else "all")
    settings = HomeworkSettings.load()
    now = timezone.localtime()
    context = {
        "day": day,
        "status": status,
        "rows": parts.get(status, parts[""]),
        "tabs": [CountTab(key, labels[key], len(part)) for key, part in parts.items()],
        "unfiled": len(parts["unfiled"]),
        "gather_by": settings.gather_by,
        "past_gathering": day < now.date() or (day == now.date() and now.time() > settings.gather_by),
        "may_enter": request.user.has_role(*WRITERS),
        "waiting": waiting_for(request),
        "school_day": SchoolDay.objects.filter(day=day).first(),
    }
    return render(request, "homework/sheet_list.html", context)


def waiting_for(request: HttpRequest) -> list[tuple[str, str]]:
    """(sentence, address) of what waits for this person beside the sheets: a letter to sign, a notice to answer."""
    staff = staff_of(request)
    if staff is None:
        return []
    found = []
    hand = hand_of(request.user)
    asked = ReleaseRequest.objects.filter(state=ReleaseRequest.State.WAITING).select_related("sheet__school_class")
    for request_ in asked.select_related("teacher")[:50]:
        if not hand.office and hand.coordinates(request_.sheet.school_class_id):
            facts = {"class": request_.sheet.school_class.label(request_.sheet.day), "who": request_.teacher.name}
            address = reverse("homework:release_decide", args=[request_.pk])
            found.append((_("%(who)s asks for minutes on top of the cap of %(class)s.") % facts, address))
    letter = ResponsibilityLetter.objects.filter(published_at__isnull=False).first()
    if letter and not letter.signatures.filter(staff=staff).exists():
        address = reverse("homework:responsibility_detail", args=[letter.pk])
        found.append((_("Please read and sign: %s.") % letter.title, address))
    for notice in Rectification.objects.filter(teacher=staff, state=Rectification.State.TALKED)[:5]:
        address = reverse("homework:rectification_detail", args=[notice.pk])
        found.append((_("Please answer rectification notice %s.") % notice, address))
    return [(sentence, address) for sentence, address in found if may_enter(request.user, address)]


def rows_of(user: User, day: dt.date) -> list[Row]:
    """All classes with their sheet of the day, in a handful of queries."""
    mine = set(SchoolClass.objects.filter(writable_classes(user)).values_list("pk", flat=True))
    hand = hand_of(user)
    sheets = ClassSheet.objects.visible_to(user).on(day).select_related("stage").annotate(entries=Count("items"))
    by_class = {sheet.school_class_id: sheet for sheet in sheets}
    missing = missing_subjects(day)
    rows = []
    for school_class in classes_of_year(day):
        row = Row(school_class, by_class.get(school_class.pk), school_class.pk in mine)
        if row.sheet and (turn := turn_of(row.sheet)):
            row.turn = f"{turn.get_step_display()} · {turn.get_who_display()}"
            row.turn_pk = turn.pk
            begun = row.sheet.entries or row.sheet.status == ClassSheet.Status.REVIEW  # type: ignore[attr-defined]
            row.mine = bool(begun) and hand.takes(turn, school_class)
            row.waits = row.mine and hand.office == (turn.who == SheetStage.Who.OFFICE)
        row.missing = [] if row.filed else missing.get(school_class.pk, [])
        rows.append(row)
    return rows


def missing_subjects(day: dt.date) -> dict[int, list[str]]:
    """Class → subjects that its timetable has today and that nobody has entered anything for, with their teachers."""
    weekday = SchoolDay.objects.filter(day=day).values_list("follows_weekday", flat=True).first()
    if weekday is None:
        return {}
    cells = Lesson.objects.on(weekday).values_list("school_class", "subject", "subject__name", "number")
    entered = set(HomeworkItem.objects.filter(sheet__day=day).values_list("sheet__school_class", "subject"))
    teachers = {
        (row.school_class_id, row.subject_id): row.staff.name
        for row in Teaching.objects.on(day).select_related("staff")
    }
    found: dict[int, list[str]] = {}
    for class_pk, subject_pk, name, _number in cells.order_by("number"):
        words = f"{name} {teachers.get((class_pk, subject_pk), '')}".strip()
        if (class_pk, subject_pk) not in entered and words not in found.setdefault(class_pk, []):
            found[class_pk].append(words)
    return found


@role_required(*STAFF)
def sheet_detail(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """One class's sheet of a day: entries against the cap, what is asked and planned, the next step, what was done."""
    school_class = get_object_or_404(SchoolClass, pk=class_pk)
    return render(request, "homework/sheet_detail.html", sheet_context(request, school_class, read_day(day)))


def sheet_context(request: HttpRequest, school_class: SchoolClass, day: dt.date) -> dict[str, Any]:
    rules = Rulebook(day)
    rule = rules.cap(school_class.grade(day))
    sheet = (
        ClassSheet.objects.filter(school_class=school_class, day=day).select_related("published_by", "stage").first()
    )
    if sheet is None:
        sheet = ClassSheet(school_class=school_class, day=day, cap=int(rule.value), cap_source=rule.source)
    sheet.school_class = school_class
    hand, turn = hand_of(request.user), turn_of(sheet)
    balances = hand.coordinates(school_class.pk)
    writes = SchoolClass.objects.filter(writable_classes(request.user), pk=school_class.pk).exists()
    items = list(sheet.items.select_related("subject", "teacher")) if sheet.pk else []
    open_to = balances or not sheet.is_published
    # The rule as it is now; a published sheet keeps the cap under which it was published.
    sheet.cap = sheet.cap if sheet.is_published else int(rule.value)
    ceiling = sheet.cap + sheet.released
    return {
        "school_class": school_class,
        "day": day,
        "day_text": day.isoformat(),
        "school_day": SchoolDay.objects.filter(day=day).first(),
        "sheet": sheet,
        "items": [(item, open_to and (balances or item.teacher.user_id == request.user.pk)) for item in items],
        "rule": rule,
        "cap": ceiling,
        "left": max(ceiling - sheet.minutes, 0),
        "warns": bool(rule.warn_percent and ceiling and sheet.minutes * 100 >= ceiling * rule.warn_percent),
        "turn": turn,
        "may_pass": bool(turn and hand.takes(turn, school_class)),
        "may_return": bool(
            sheet.pk and sheet.status == sheet.Status.REVIEW and turn and hand.takes(turn, school_class)
        ),
        "balances": balances,
        "may_write": writes and open_to,
        "keeps_records": HomeworkSettings.load().records_on(day) and collects(request.user, school_class.pk),
        "may_release": balances and release_possible(sheet, rules),
        "requests": sheet.requests.filter(state="waiting").select_related("teacher") if sheet.pk else [],
        "planned": planned_for([school_class], day)[school_class.pk] if writes and open_to else [],
        "returned": sheet.actions.filter(kind=SheetAction.Kind.RETURNED).select_related("by").last()
        if sheet.status == sheet.Status.RETURNED
        else None,
        "done": timeline_of(sheet) if sheet.pk else [],
    }


def timeline_of(sheet: ClassSheet) -> list[TimelineEntry]:
    kinds = {"published": "ok", "passed": "ok", "returned": "attention", "reopened": "attention"}
    return [
        TimelineEntry(
            f"{action.get_kind_display()}{' · ' + action.get_ground_display() if action.ground else ''}",
            cn_datetime(action.at),
            action.by.name,
            action.note,
            kinds.get(action.kind, "neutral"),
        )
        for action in sheet.actions.select_related("by")
    ]


def page_of(sheet: ClassSheet, *, done: bool = False) -> HttpResponse:
    """Back to the sheet. `done` says what was done from the address: a message in the session would cost a write."""
    address = reverse("homework:sheet_detail", args=[sheet.school_class_id, sheet.day.isoformat()])
    return redirect(f"{address}?done" if done else address)


@role_required(*WRITERS)
@require_POST
def sheet_pass(request: HttpRequest, class_pk: int, day: str) -> HttpResponse:
    """Takes the step whose turn it is; a class without homework is passed on empty."""
    if not hand_of(request.user).coordinates(class_pk):
        raise PermissionDenied
    seen = read_number(request.POST.get("turn"))
    try:
        sheet = pass_class(class_pk=class_pk, day=read_day(day), by=request.user, seen=seen)
    except SchoolClass.DoesNotExist as missing:
        raise Http404 from missing
    return page_of(sheet, done=True)


@role_required(*WRITERS)
@require_POST
def sheet_pass_many(request: HttpRequest) -> HttpResponse:
    """The chosen sheets each take the step whose turn it is."""
    # «sheet» or «sheet-step»: a second tap finds another step waiting and takes nothing.
    rows = [one.partition("-") for one in request.POST.getlist("row")]
    seen = {pk: read_number(step) for sheet, _sign, step in rows if (pk := read_number(sheet))}
    chosen = ClassSheet.objects.visible_to(request.user).filter(pk__in=seen)
    count = 0
    for sheet in chosen.select_related("school_class").order_by("pk"):
        try:
            pass_sheet(sheet=sheet, by=request.user, seen=seen[sheet.pk])
        except PermissionDenied:
            messages.error(request, _("%s waits for somebody else.") % sheet.school_class.label(sheet.day))
        else:
            count += 1
    messages.success(request, ngettext("%d sheet passed on.", "%d sheets passed on.", count) % count)
    day = read_day(request.POST.get("day"))
    return redirect(f"{reverse('homework:sheet_list')}?day={day.isoformat()}&status={request.POST.get('status', '')}")


def own_sheet(request: HttpRequest, pk: int) -> ClassSheet:
    """A sheet whose class this person coordinates."""
    sheet = get_object_or_404(ClassSheet.objects.visible_to(request.user).select_related("school_class"), pk=pk)
    if not coordinates(request.user, sheet.school_class_id):
        raise PermissionDenied
    return sheet


@role_required(*WRITERS)
def sheet_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to be coordinated, with a ground that is counted."""
    sheet = own_sheet(request, pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return_sheet(sheet=sheet, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Returned."))
            return page_of(sheet)
    return render(request, "homework/sheet_return.html", {"form": form, "sheet": sheet})


@role_required(*WRITERS)
def sheet_release(request: HttpRequest, pk: int) -> HttpResponse:
    """The homeroom teacher lifts the school's tighter cap for the day, with a reason; counted."""
    sheet = own_sheet(request, pk)
    form = ReleaseForm(request.POST or None, initial={"minutes": sheet.released, "reason": sheet.release_reason})
    if request.method == "POST" and form.is_valid():
        try:
            release_minutes(sheet=sheet, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return page_of(sheet)
    return render(request, "homework/sheet_release.html", {"form": form, "sheet": sheet})


@role_required(*WRITERS)
def release_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A teacher asked for more than the cap: granted, and entered in the same act, or refused with a sentence."""
    asked = get_object_or_404(ReleaseRequest.objects.select_related("sheet__school_class", "teacher"), pk=pk)
    if not coordinates(request.user, asked.sheet.school_class_id):
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_release(
                request=asked, grant=request.POST.get("decision") == "grant", by=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            return page_of(asked.sheet)
    return render(request, "homework/release_decide.html", {"form": form, "asked": asked, "sheet": asked.sheet})


@role_required(*STAFF)
def sheet_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What stood on the board from when to when, and what each version changed."""
    sheet = get_object_or_404(ClassSheet.objects.visible_to(request.user).select_related("school_class"), pk=pk)
    versions = list(sheet.versions.select_related("by"))
    before: SheetVersion | None = None
    rows = []
    for version in versions:
        rows.append((version, differences(before, version)))
        before = version
    context = {
        "sheet": sheet,
        "rows": rows[::-1],
        "kinds": dict(HomeworkItem.Kind.choices),
        "places": dict(HomeworkItem.Place.choices),
        "tiers": dict(HomeworkItem.Tier.choices),
    }
    return render(request, "homework/sheet_versions.html", context)


@dataclass(frozen=True)
class Difference:
    kind: str
    """added, removed or changed."""
    entry: dict[str, Any]
    old: dict[str, Any] | None = None


def differences(before: SheetVersion | None, version: SheetVersion) -> list[Difference]:
    """What a version changed against the one before; for the first one everything stands as it is."""
    old = {entry["item"]: entry for entry in before.entries} if before else {}
    new = {entry["item"]: entry for entry in version.entries}
    if before is None:
        return [Difference("same", entry) for entry in new.values()]
    rows = [Difference("removed", entry) for key, entry in old.items() if key not in new]
    for key, entry in new.items():
        if key not in old:
            rows.append(Difference("added", entry))
        elif entry != old[key]:
            rows.append(Difference("changed", entry, old[key]))
        else:
            rows.append(Difference("same", entry))
    return rows
