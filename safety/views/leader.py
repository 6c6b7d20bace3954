"""The duty leader's and the office's afternoon: where everybody is, what is missing, closing the day."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clubs.models import RainDay
from clubs.placing import service_over
from enrollment.services.collecting import refusals_on
from safety.afternoons import afternoon_of, in_care
from safety.forms import CloseForm, ReopenForm
from safety.models import RollCall
from safety.rolls import rolls_to_call
from safety.services import close_day, confirm_missing, make_up_day, reopen_day
from safety.services.day import not_planned
from safety.tables import InCareTable
from safety.views.teacher import ensure_planned
from safety.whereabouts import Status, whereabouts
from school.access import role_required
from school.inbox import tasks_in
from school.models import Student
from web.addresses import read_day
from web.editing import edit_row
from web.tables import paged
from web.templatetags.formats import cn_date

PLANNERS = ("duty_leader", "service_office")
GATE_SHOWS = 12
LEADERS = ("duty_leader", "service_office", "academic_office", "principal")


@role_required(*LEADERS)
def day(request: HttpRequest) -> HttpResponse:
    """Every session with its roll, every child still in the school's care; and the button that closes the day."""
    that_day = read_day(request.GET.get("day"))
    if that_day == timezone.localdate():
        ensure_planned(that_day)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and request.user.has_role("duty_leader"):
        try:
            close_day(day=that_day, by=request.user, note=form.cleaned_data["note"])
            messages.success(request, closed_how(that_day))
            return redirect(request.get_full_path())
        except ValidationError as error:
            form.add_error(None, error)
    context = afternoon_of(that_day) | {
        "may_plan": not_planned(that_day) and request.user.has_role(*PLANNERS),
        "in_care": paged(request, InCareTable(in_care(that_day))),
        "over": service_over(that_day, timezone.now()),
        "form": form,
        "tasks": [task for task in tasks_in(request.user, "today") if task.url != request.path],
        "may_confirm": that_day == timezone.localdate() and request.user.has_role("duty_leader"),
    }
    return render(request, "safety/day.html", context)


def closed_how(day: dt.date) -> str:
    """What is true of the day that was closed: of a roll that nobody called it is not known that every child went home."""
    if n := rolls_to_call(day).count():
        return (
            ngettext(
                "The day is closed; the roll of %d session was never called.",
                "The day is closed; the rolls of %d sessions were never called.",
                n,
            )
            % n
        )
    if RollCall.objects.missing_children(day).exists():
        return _("The day is closed; what became of who was missing stands in the note.")
    return _("The day is closed: every child has been handed over.")


@role_required(*PLANNERS)
@require_POST
def day_plan(request: HttpRequest) -> HttpResponse:
    """The sessions of a day that is over, so that its rolls can be made up."""
    that_day = read_day(request.GET.get("day"))
    try:
        made = make_up_day(day=that_day)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if made:
            messages.success(request, _("%d sessions; make up their rolls.") % made)
        else:
            messages.warning(request, _("No session is added: no group had a duty and no club met on that day."))
    return redirect(f"{reverse('safety:day')}?day={that_day:%Y-%m-%d}")


@role_required("duty_leader")
@require_POST
def missing_confirm(request: HttpRequest, student_pk: int) -> HttpResponse:
    """The duty leader has looked for the child: its family is told now, not after ten minutes."""
    student = get_object_or_404(Student, pk=student_pk)
    try:
        confirm_missing(student=student, day=timezone.localdate(), by=request.user)
        messages.success(
            request, _("Confirmed: the family of %s sees it now, with the office's number.") % student.name
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("safety:day")


@role_required("duty_leader")
def day_reopen(request: HttpRequest) -> HttpResponse:
    """Opens a closed day again, to correct it; the reason stays with the day."""
    that_day = read_day(request.GET.get("day"))
    form = ReopenForm(request.POST or None)
    return edit_row(
        request,
        form,
        template="school/_edit.html",
        title=_("Open %s again") % cn_date(that_day),
        back=f"{reverse('safety:day')}?day={that_day:%Y-%m-%d}",
        note=_("Rolls and releases can be corrected until you close the day again. The reason stays with the day."),
        save=lambda: reopen_day(day=that_day, by=request.user, **form.cleaned_data),
    )


@role_required("gate", "duty_leader", "service_office")
def gate(request: HttpRequest) -> HttpResponse:
    """The gate finds a child by name: is it released, to whom. No phone numbers, no reasons."""
    today = timezone.localdate()
    words = request.GET.get("q", "").strip()
    rows, more = [], False
    if words:
        found = list(Student.objects.on_roll(today).search(words).with_class(today).best_first(words)[: GATE_SHOWS + 1])
        found, more = found[:GATE_SHOWS], len(found) > GATE_SHOWS
        refusals = refusals_on(today, [student.pk for student in found])
        rows = [
            (where, where.status != Status.LEFT and refusals.needs_leader(where.student.pk))
            for where in whereabouts(found, today)
        ]
    names = [where.student.name for where, _ask in rows]
    namesakes = {name for name in names if names.count(name) > 1}
    context = {
        "rows": rows,
        "namesakes": namesakes,
        "more": more,
        "q": words,
        "today": today,
        "rain": RainDay.objects.standing(today),
    }
    if request.headers.get("HX-Request"):
        return render(request, "safety/_gate_found.html", context)
    return render(request, "safety/gate.html", context)
