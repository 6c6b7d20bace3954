"""The duty leader's and the office's afternoon: where everybody is, what is missing, closing the day."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.changes import latest_changes
from clubs.models import RainDay
from enrollment.models import Concern
from enrollment.services.collecting import refusals_on
from safety.forms import CloseForm
from safety.models import Custody, DayClose, Release, RollCall, Session
from safety.services import close_day
from safety.views.teacher import ensure_planned
from school.access import role_required
from school.models import SchoolDay, Student
from school.notices import tasks_for
from web.addresses import read_day

LEADERS = ("duty_leader", "service_office", "academic_office", "principal")


@role_required(*LEADERS)
def day(request: HttpRequest) -> HttpResponse:
    """Every session with its roll, every child still in the school's care; and the button that closes the day."""
    that_day = read_day(request.GET.get("day"))
    if that_day == timezone.localdate():
        ensure_planned(that_day)
    present = Count("roll_calls", filter=Q(roll_calls__status=RollCall.Status.PRESENT))
    absent = Count("roll_calls", filter=Q(roll_calls__status=RollCall.Status.ABSENT))
    sessions = (
        Session.objects.on(that_day)
        .select_related("care_group", "meeting__club", "period", "staff")
        .annotate(here=present, missing=absent)
        .order_by("period__number", "pk")
    )
    waiting = Custody.objects.open().filter(day=that_day).select_related("student", "staff", "session__care_group")
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and request.user.has_role("duty_leader"):
        try:
            close_day(day=that_day, by=request.user, note=form.cleaned_data["note"])
            messages.success(request, _("The day is closed: every child has been handed over."))
            return redirect(request.get_full_path())
        except ValidationError as error:
            form.add_error(None, error)
    context = {
        "day": that_day,
        "school_day": SchoolDay.objects.filter(day=that_day).first(),
        "sessions": sessions,
        "rolls_open": sum(1 for session in sessions if session.roll_taken_at is None),
        "present": RollCall.objects.filter(session__day=that_day, status="present")
        .values("student")
        .distinct()
        .count(),
        "waiting_count": waiting.count(),
        "page_obj": Paginator(waiting.order_by("since"), 25).get_page(request.GET.get("page")),
        "released": Release.objects.filter(day=that_day).count(),
        "closed": DayClose.objects.filter(day=that_day).select_related("by").first(),
        "form": form,
        "concerns": Concern.objects.waiting().filter(day=that_day).count(),
        "tasks": tasks_for(request.user),
        "changes": latest_changes(that_day, that_day),
        "rain": RainDay.objects.standing(that_day),
    }
    return render(request, "safety/day.html", context)


@role_required("gate", "duty_leader", "service_office")
def gate(request: HttpRequest) -> HttpResponse:
    """The gate finds a child by name: is it released, to whom. No phone numbers, no reasons."""
    today = timezone.localdate()
    words = request.GET.get("q", "").strip()
    rows = []
    if len(words) >= 2:
        found = list(Student.objects.search(words).with_class(today)[:10])
        releases = {r.student_id: r for r in Release.objects.filter(day=today, student__in=found)}
        custodies = Custody.objects.open().filter(day=today, student__in=found).select_related("staff")
        with_whom = {custody.student_id: custody for custody in custodies}
        refusals = refusals_on(today, [student.pk for student in found])
        rows = [
            (student, releases.get(student.pk), with_whom.get(student.pk), refusals.needs_leader(student.pk))
            for student in found
        ]
    context = {"rows": rows, "q": words, "today": today, "rain": RainDay.objects.standing(today)}
    return render(request, "safety/gate.html", context)
