"""Leave and proxies that a family told by telephone, by chat or in person: the homeroom teacher or the office enters them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.children import guardianships_of
from enrollment.models import Collector
from safety.forms import ToldLeaveForm, ToldProxyForm
from safety.models import Leave
from safety.rows import children_told_of
from safety.services import ask_leave, name_proxy
from school.access import role_required
from school.models import Student
from web.editing import edit_row

ENTERS = ("homeroom_teacher", "service_office", "academic_office", "duty_leader")
FORM = "enrollment/collector_form.html"


def child_told_of(request: HttpRequest, pk: int) -> Student:
    return get_object_or_404(children_told_of(request.user).with_class(timezone.localdate()), pk=pk)


@role_required(*ENTERS)
def told(request: HttpRequest, student_pk: int) -> HttpResponse:
    """Leave and proxies of a child that are ahead, who said so, and the way to enter one or take it back."""
    student = child_told_of(request, student_pk)
    leaves = Leave.objects.filter(student=student, day__gte=timezone.localdate()).order_by("day")
    proxies = Collector.objects.from_today().filter(student=student, kind=Collector.Kind.PROXY).order_by("starts_on")
    context = {
        "student": student,
        "leaves": leaves.select_related("by", "told_by")[:20],
        "proxies": proxies.select_related("entered_by", "told_by")[:20],
    }
    return render(request, "safety/told.html", context)


@role_required(*ENTERS)
def leave_enter(request: HttpRequest, student_pk: int) -> HttpResponse:
    student = child_told_of(request, student_pk)
    form = ToldLeaveForm(guardianships_of(student), request.POST or None)

    def save() -> Leave:
        data = form.cleaned_data
        return ask_leave(
            student=student, day=data["day"], reason=data["reason"], telling=form.telling(), by=request.user
        )

    return edit_row(
        request,
        form,
        template=FORM,
        title=_("%s: enter leave") % student.name,
        back=reverse("safety:told", args=[student.pk]),
        note=_("For what a guardian told you. It stays on file who said it, how and when, and that you entered it."),
        save=save,
        done=_("%s is on leave that day; the teacher sees it on the roll.") % student.name,
    )


@role_required(*ENTERS)
def proxy_enter(request: HttpRequest, student_pk: int) -> HttpResponse:
    student = child_told_of(request, student_pk)
    form = ToldProxyForm(guardianships_of(student), request.POST or None)
    return edit_row(
        request,
        form,
        template=FORM,
        title=_("%s: somebody else collects") % student.name,
        back=reverse("safety:told", args=[student.pk]),
        note=_("For what a guardian told you. It stays on file who said it, how and when, and that you entered it."),
        save=lambda: name_proxy(
            proxy=form.save(commit=False), student=student, telling=form.telling(), by=request.user
        ),
        done=_("Noted. The teacher compares name and phone before handing the child over."),
    )
