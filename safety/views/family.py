"""The guardian's page «今天»: all children, where each is, who has them, leave and proxies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import RainDay
from enrollment.children import entered_by, own_child
from safety.families import afternoons_of, children_today
from safety.forms import LeaveForm, ProxyForm
from safety.models import Leave
from safety.services import ask_leave, cancel_leave, name_proxy
from safety.views.telling import ENTERS
from school.access import role_required
from school.inbox import count_for
from school.models import SchoolDay, SchoolSettings, Student
from web.caching import drawn_between_changes
from web.templatetags.formats import cn_date


@role_required("guardian")
def family_today(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()

    def context() -> dict[str, Any]:
        return {
            "today": today,
            "school_day": SchoolDay.objects.of(today),
            "rain": RainDay.objects.standing(today),
            "rows": afternoons_of(children_today(request.user, today), today),
            "waiting": count_for(request.user),
            "office_phone": SchoolSettings.load().office_phone,
        }

    content = drawn_between_changes(request, "safety/_family_today.html", today, context)
    return render(request, "safety/family_today.html", {"content": content})


@role_required("guardian")
def leave_ask(request: HttpRequest, student_pk: int) -> HttpResponse:
    student = own_child(request, student_pk)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_leave(student=student, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%s is on leave that day; the teacher sees it on the roll.") % student.name)
            return redirect("safety:family_today")
    return render(request, "safety/leave_ask.html", {"student": student, "form": form})


@role_required("guardian", *ENTERS)
def leave_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """By the family, or by those who enter what it told."""
    own = Student.objects.of_guardian(request.user)
    seen = Q(student__in=own) | Q(student__in=entered_by(request.user))
    leave = get_object_or_404(Leave.objects.filter(seen).select_related("student"), pk=pk)
    if request.method == "POST":
        try:
            cancel_leave(leave=leave, by=request.user)
            messages.success(request, _("Taken back."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    elif leave.student.has_guardian(request.user):
        context = {
            "title": _("Take leave back"),
            "text": _("%(child)s is on leave on %(day)s.") % {"child": leave.student.name, "day": cn_date(leave.day)},
            "submit": _("Take back"),
            "cancel_url": reverse("safety:family_today"),
            "cancel_label": _("Keep the leave"),
            "kind": "primary",
        }
        return render(request, "components/confirm_page.html", context)
    if leave.student.has_guardian(request.user):
        return redirect("safety:family_today")
    return redirect("safety:told", leave.student_id)


@role_required("guardian")
def proxy_name(request: HttpRequest, student_pk: int) -> HttpResponse:
    student = own_child(request, student_pk)
    form = ProxyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name_proxy(proxy=form.save(commit=False), student=student, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Noted. The teacher compares name and phone before handing the child over."))
            return redirect("safety:family_today")
    return render(request, "safety/proxy_name.html", {"student": student, "form": form})
