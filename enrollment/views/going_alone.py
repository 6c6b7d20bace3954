"""Going home alone in mid-term: the guardian signs on the phone, the office countersigns."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enrollment.forms.family import SignForm
from enrollment.models import LeavesAlone
from enrollment.services.going_alone import alone_text, begin_alone, confirm_alone, enrolment_of
from enrollment.views.collectors import OFFICE, list_of
from enrollment.views.family import own_child
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
    weekdays = [int(day) for day in request.GET.getlist("weekday") if day in map(str, held)]
    form = SignForm(request.POST or None, pupil_signs=SchoolSettings.load().pupil_signs)
    form.fields["read"].label = _("I have read the text and agree.")
    context = {"student": student, "form": form, "back": list_of(student), "chosen": weekdays}
    context["weekdays"] = [(day, Weekday(day).label) for day in held]
    try:
        if weekdays or not held:
            _enrolment, template, text = alone_text(student=student, weekdays=weekdays, name=request.user.name)
            context["texts"] = [(template.title, text)]
        if request.method == "POST" and form.is_valid():
            begin_alone(
                student=student,
                weekdays=weekdays,
                signing=form.signing(request.user, device(request)),
                pupil_signing=form.pupil_signing(student, device(request)),
                by=request.user,
            )
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
