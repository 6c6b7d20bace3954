"""Going home alone in mid-term: the guardian signs on the phone, the office countersigns."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enrollment.children import own_child
from enrollment.forms.family import AloneForm
from enrollment.models import LeavesAlone
from enrollment.services.going_alone import alone_text, begin_alone, confirm_alone, enrolment_of
from enrollment.views.collectors import OFFICE, list_of
from enrollment.views.following import device
from school.access import role_required
from school.models import SchoolSettings
from school.models.calendar import Weekday


@role_required("guardian")
def collector_alone(request: HttpRequest, student_pk: int) -> HttpResponse:
    """First the weekdays, then the text as it stands for them, read and signed."""
    student = own_child(request, student_pk)
    enrolment = enrolment_of(student, timezone.localdate())
    held = enrolment.weekdays if enrolment else []
    chosen = [int(day) for day in request.GET.getlist("weekday") if day in map(str, held)]
    form = AloneForm(request.POST or None, pupil_signs=SchoolSettings.load().pupil_signs)
    weekdays = [(day, Weekday(day).label) for day in held]
    context = {"student": student, "form": form, "back": list_of(student), "chosen": chosen, "weekdays": weekdays}
    try:
        if chosen or not held:
            _enrolment, template, text = alone_text(student=student, weekdays=chosen, name=request.user.name)
            context["texts"] = [(template.title, text)]
        if request.method == "POST" and form.is_valid():
            mine = form.signing(request.user, device(request))
            pupils = form.pupil_signing(student, device(request))
            begin_alone(student=student, weekdays=chosen, signing=mine, pupil_signing=pupils, by=request.user)
            messages.success(request, _("Signed. It holds as soon as the school has signed, too."))
            return redirect(list_of(student))
    except ValidationError as error:
        context["error"] = " ".join(error.messages)
    return render(request, "enrollment/collector_alone.html", context)


@role_required(*OFFICE)
@require_POST
def collector_alone_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    alone = get_object_or_404(LeavesAlone.objects.select_related("student"), pk=pk)
    try:
        confirm_alone(alone=alone, by=request.user)
        messages.success(request, _("Signed. %s goes home alone on these days.") % alone.student.name)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("enrollment:collector_all")
