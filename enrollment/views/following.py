"""What a family does after it has applied: sign, answer another offer, change the days, stop, decide on the child's data."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.children import children_of, own_child
from enrollment.forms.family import ChangeForm, ConsentForm, SignForm, StopForm
from enrollment.merging import (
    ServiceTimes,
    fee_words,
    latest_templates,
    merge,
    merge_facts,
    privacy_template,
    privacy_text,
)
from enrollment.models import Alternative, Application, ChangeRequest, Consent, Enrolment
from enrollment.services import (
    answer_alternative,
    cancel_change,
    decide_consent,
    request_change,
    sign_application,
    withdraw_application,
)
from enrollment.services.changing import change_for_family
from enrollment.services.reviewing import choices_instead
from enrollment.services.signing import signs_at_once
from school.access import lost_by_days, role_required
from school.models import SchoolSettings

OFFICE = ("service_office", "academic_office")


def own_application(request: HttpRequest, pk: int, *statuses: str) -> Application:
    own = Application.objects.filter(student__in=children_of(request).values("pk"), status__in=statuses)
    return get_object_or_404(own.select_related("student", "option__term"), pk=pk)


def device(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")


@role_required("guardian")
def application_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Signing after approval, where the school has it so."""
    application = own_application(request, pk, Application.Status.TO_SIGN)
    form = SignForm(request.POST or None, pupil_signs=SchoolSettings.load().pupil_signs)
    if request.method == "POST" and form.is_valid():
        try:
            sign_application(
                application=application,
                signing=form.signing(request.user, device(request)),
                pupil_signing=form.pupil_signing(application.student, device(request)),
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Signed. %s takes part now.") % application.student.name)
            return redirect("enrollment:application_detail", pk)
    texts = [(a.template.title, a.text) for a in application.agreements.select_related("template")]
    return render(
        request, "enrollment/application_sign.html", {"application": application, "form": form, "texts": texts}
    )


def confirm(request: HttpRequest, title: str, text: str, back: str) -> HttpResponse:
    context = {"title": title, "text": text, "submit": title, "cancel_url": back}
    return render(request, "components/confirm_page.html", context)


@role_required("guardian")
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    own = Application.objects.filter(student__in=children_of(request).values("pk"))
    application = get_object_or_404(own.select_related("student"), pk=pk)
    if request.method != "POST":
        text = _("The application for %(name)s ends; you can apply again while sign-up is open.")
        return confirm(
            request,
            _("Withdraw the application"),
            text % {"name": application.student.name},
            application.get_absolute_url(),
        )
    try:
        withdraw_application(application=application, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The application is withdrawn."))
    return redirect("enrollment:application_detail", pk)


@role_required("guardian")
def alternative_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The other place that the school offers: take it and sign, or decline."""
    own = Alternative.objects.filter(application__student__in=children_of(request).values("pk"))
    rows = own.select_related("application__student", "application__option", "option__term", "option__letter")
    alternative = get_object_or_404(rows, pk=pk)
    if alternative.state != Alternative.State.OFFERED:
        messages.info(request, _("This offer has been answered already."))
        return redirect(alternative.application)
    settings = SchoolSettings.load()
    accept, sign_now = request.POST.get("answer") == "accept", signs_at_once(settings)
    form = SignForm(request.POST if accept and sign_now else None, pupil_signs=settings.pupil_signs)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            result = answered(request, alternative, accept, form)
        except ValidationError as error:
            form.add_error(None, error) if form.is_bound else messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Your answer is with the school."))
            return redirect(result)
    context = {"alternative": alternative, "application": alternative.application, "form": form, "sign_now": sign_now}
    context |= {"texts": texts_for(alternative, request), "fee": fee_words(alternative.option)}
    return render(request, "enrollment/alternative_answer.html", context)


def answered(request: HttpRequest, alternative: Alternative, accept: bool, form: SignForm) -> Application:
    """The application that goes on, with the signatures of a form that is bound."""
    student = alternative.application.student
    return answer_alternative(
        alternative=alternative,
        accept=accept,
        signing=form.signing(request.user, device(request)) if form.is_bound else None,
        pupil_signing=form.pupil_signing(student, device(request)) if form.is_bound else None,
        by=request.user,
    )


def texts_for(alternative: Alternative, request: HttpRequest) -> list[tuple[str, str]]:
    """Both texts as they would be signed for the place offered."""
    application, option, choices = alternative.application, alternative.option, choices_instead(alternative)
    preview = Application(
        option=option,
        student=application.student,
        weekdays=choices.weekdays,
        starts_on=choices.starts_on,
        applicant=request.user.name,
    )
    facts = merge_facts(preview, choices, application.student.class_today(), ServiceTimes(option))
    return [(template.title, merge(template.body, facts)) for template in latest_templates()]


def own_enrolment(request: HttpRequest, pk: int, *, of_office: bool = False) -> Enrolment:
    """A running participation of one's own child; with `of_office` any for the office, for a family without a phone."""
    running = Enrolment.objects.filter(ends_on__gte=timezone.localdate()).select_related("student", "option")
    if not (of_office and request.user.has_role(*OFFICE)):
        running = running.filter(student__in=children_of(request).values("pk"))
    return get_object_or_404(running, pk=pk)


@role_required("guardian", *OFFICE)
def enrolment_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other weekdays or leaving times from a day on. The office carries it out; what it enters itself is done at once."""
    enrolment = own_enrolment(request, pk, of_office=True)
    for_family = not enrolment.student.has_guardian(request.user)
    periods = list(enrolment.option.periods.all())
    form = ChangeForm(enrolment, periods, request.POST or None, for_family=for_family)
    back = reverse("enrollment:enrolment_list" if for_family else "enrollment:family_tasks")
    if request.method == "POST" and form.is_valid():
        change = {"enrolment": enrolment, "by": request.user, "leaves_after": form.leaves_after()} | form.asked()
        try:
            (change_for_family if for_family else request_change)(kind=ChangeRequest.Kind.DAYS, **change)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, told_changed(for_family))
            return redirect(back)
    # Without any day the child has none of them left.
    context = {"form": form, "enrolment": enrolment, "back": back, "held": lost_by_days(enrolment.student, [], {})}
    return render(request, "enrollment/enrolment_change.html", context)


def told_changed(for_family: bool) -> str:
    if for_family:
        return _("Carried out. The family sees the new days on its page.")
    return _("Sent to the office. Until it has answered, the days stay as they are.")


@role_required("guardian")
def enrolment_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops taking part after a day; nobody has to agree."""
    enrolment = own_enrolment(request, pk)
    form = StopForm(enrolment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_change(
                enrolment=enrolment,
                kind=ChangeRequest.Kind.STOP,
                effective_on=form.cleaned_data["last_day"] + dt.timedelta(days=1),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Noted. The lists, meals and fees of the following days and months follow."))
            return redirect("enrollment:family_tasks")
    return render(request, "enrollment/enrolment_stop.html", {"form": form, "enrolment": enrolment})


@role_required("guardian")
def change_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    own = ChangeRequest.objects.filter(enrolment__student__in=children_of(request).values("pk"))
    change = get_object_or_404(own, pk=pk)
    if request.method != "POST":
        back = reverse("enrollment:family_tasks")
        return confirm(request, _("Take the change back"), _("The days stay as they are now."), back)
    try:
        cancel_change(change=change, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The change is taken back; the days stay as they are."))
    return redirect("enrollment:family_tasks")


@role_required("guardian")
def consent_edit(request: HttpRequest, student_pk: int) -> HttpResponse:
    """The separate consent to the processing of the child's data: give, refuse, or withdraw it."""
    student = own_child(request, student_pk)
    template = privacy_template()
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_consent(student=student, device=device(request), by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your decision is kept. You can change it here at any time."))
            return redirect("enrollment:family_tasks")
    context = {
        "student": student,
        "template": template,
        "text": privacy_text(template, student) if template else "",
        "history": Consent.objects.filter(student=student).select_related("template", "by")[:20],
        "newest": Consent.objects.latest_of([student]).get(student.pk),
        "form": form,
    }
    return render(request, "enrollment/consent_edit.html", context)
