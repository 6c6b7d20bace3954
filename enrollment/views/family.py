"""The guardian's sitting: letter, days, collectors, signature; and what became of it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.forms import STATUS_KIND, CollectorsForm, DaysForm, SignForm, collector_entries
from enrollment.models import Agreement, Application, Receipt, ReviewStep, ServiceOption
from enrollment.services import answer_letter, sign_application, submit_application, withdraw_application
from enrollment.services.applying import Choices, check_alone
from enrollment.services.signing import latest_templates, merged_text
from school.access import role_required
from school.models import SchoolSettings, Student
from school.models.calendar import school_year_of
from school.templatetags.components import TimelineEntry
from school.templatetags.formats import cn_datetime

STEPS = 4


def own_child(request: HttpRequest, pk: int) -> Student:
    """The signed-in guardian's child; anybody else's is not found."""
    children = Student.objects.filter(guardianships__guardian__user=request.user, guardianships__barred=False)
    return get_object_or_404(children.distinct(), pk=pk)


@role_required("guardian")
def family_tasks(request: HttpRequest) -> HttpResponse:
    """What waits for the family, child by child: offers to answer, texts to sign, and what is under way."""
    today = timezone.localdate()
    children = (
        Student.objects.filter(guardianships__guardian__user=request.user, guardianships__barred=False)
        .distinct()
        .with_class(today)
    )
    options = list(ServiceOption.objects.open_at(timezone.now()).select_related("letter", "term"))
    applications = list(
        Application.objects.filter(student__in=children).select_related("option", "student").order_by("-submitted_at")
    )
    answers = {(r.letter_id, r.student_id): r for r in Receipt.objects.filter(student__in=children)}
    rows = []
    for child in children:
        own = [a for a in applications if a.student_id == child.pk]
        taken = {a.option_id for a in own if a.status in Application.OPEN}
        entry_year = getattr(child, "entry_year", None)
        grade = school_year_of(today) - entry_year + 1 if entry_year else 0
        open_options = [
            (option, answers.get((option.letter_id, child.pk)))
            for option in options
            if option.pk not in taken and option.grade_from <= grade <= option.grade_to
        ]
        rows.append({"child": child, "options": open_options, "applications": own})
    return render(request, "enrollment/family_tasks.html", {"rows": rows, "kinds": STATUS_KIND})


def draft_key(option: ServiceOption, student: Student) -> str:
    return f"application-{option.pk}-{student.pk}"


def start(request: HttpRequest, pk: int, student_pk: int) -> tuple[ServiceOption, Student, dict[str, Any]]:
    """Option, child and what was entered so far; 404 for an option that is not open or a child that is not one's own."""
    student = own_child(request, student_pk)
    option = get_object_or_404(ServiceOption.objects.select_related("letter", "term"), pk=pk)
    if not option.is_open:
        raise Http404
    return option, student, request.session.get(draft_key(option, student), {})


def keep(request: HttpRequest, option: ServiceOption, student: Student, **entered: Any) -> None:
    key = draft_key(option, student)
    request.session[key] = request.session.get(key, {}) | entered


@role_required("guardian")
def apply_letter(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """Step 1: the letter with its eight facts, and the answer."""
    option, student, _draft = start(request, pk, student_pk)
    if request.method == "POST":
        answer = Receipt.Answer.JOIN if request.POST.get("answer") == "join" else Receipt.Answer.DECLINE
        answer_letter(letter=option.letter, student=student, answer=answer, by=request.user)
        if answer == Receipt.Answer.JOIN:
            return redirect("enrollment:apply_days", pk, student_pk)
        messages.success(
            request, _("Noted: %s does not take part. You can change your mind while sign-up is open.") % student.name
        )
        return redirect("enrollment:family_tasks")
    return render(
        request, "enrollment/apply_letter.html", {"option": option, "student": student, "step": 1, "steps_total": STEPS}
    )


def may_go_alone(student: Student) -> bool:
    school_class = student.class_on(timezone.localdate())
    try:
        check_alone(school_class.grade() if school_class else 0)
    except ValidationError:
        return False
    return True


@role_required("guardian")
def apply_days(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """Step 2: weekdays and the first day."""
    option, student, draft = start(request, pk, student_pk)
    initial = {k: draft[k] for k in ("weekdays", "starts_on", "alone", "note") if k in draft}
    form = DaysForm(option, request.POST or None, initial=initial or None, alone_allowed=may_go_alone(student))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        keep(
            request,
            option,
            student,
            weekdays=data["weekdays"],
            starts_on=data["starts_on"].isoformat(),
            alone=data.get("alone", []),
            note=data["note"],
        )
        return redirect("enrollment:apply_collectors", pk, student_pk)
    context = {"option": option, "student": student, "form": form, "step": 2, "steps_total": STEPS}
    return render(request, "enrollment/apply_days.html", context)


@role_required("guardian")
def apply_collectors(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """Step 3: who collects the child."""
    option, student, draft = start(request, pk, student_pk)
    if "weekdays" not in draft:
        return redirect("enrollment:apply_days", pk, student_pk)
    form = CollectorsForm(student, request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep(request, option, student, collectors=form.entries())
        return redirect("enrollment:apply_sign", pk, student_pk)
    context = {"option": option, "student": student, "form": form, "step": 3, "steps_total": STEPS}
    return render(request, "enrollment/apply_collectors.html", context)


def choices_of(draft: dict[str, Any], student: Student) -> Choices:
    return Choices(
        weekdays=draft["weekdays"],
        starts_on=dt.date.fromisoformat(draft["starts_on"]),
        collectors=collector_entries(draft["collectors"], student),
        alone_weekdays=draft.get("alone", []),
        note=draft.get("note", ""),
    )


@role_required("guardian")
def apply_sign(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """Step 4: what was chosen is repeated, both texts are read and signed, and the application is sent."""
    option, student, draft = start(request, pk, student_pk)
    if "collectors" not in draft:
        return redirect("enrollment:apply_collectors", pk, student_pk)
    choices = choices_of(draft, student)
    sign_now = SchoolSettings.load().sign_when == SchoolSettings.SignWhen.WITH_APPLICATION
    form = SignForm(request.POST or None, initial={"name": ""})
    if request.method == "POST" and (form.is_valid() or not sign_now):
        signing = form.signing(request.user, request.headers.get("User-Agent", "")) if sign_now else None
        try:
            application = submit_application(
                option=option, student=student, choices=choices, signing=signing, by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            request.session.pop(draft_key(option, student), None)
            messages.success(request, _("Sent. The homeroom teacher reviews next; you see the outcome here."))
            return redirect("enrollment:application_detail", application.pk)
    preview = Application(
        option=option,
        student=student,
        weekdays=choices.weekdays,
        starts_on=choices.starts_on,
        submitted_by=request.user,
    )
    texts = [(template.title, merged_text(template, preview, choices)) for template in latest_templates()]
    context = {
        "option": option,
        "student": student,
        "form": form,
        "choices": choices,
        "texts": texts,
        "sign_now": sign_now,
        "step": 4,
        "steps_total": STEPS,
    }
    return render(request, "enrollment/apply_sign.html", context)


@role_required("guardian")
def application_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Signing after approval, where the school has it so."""
    own = Student.objects.filter(guardianships__guardian__user=request.user, guardianships__barred=False)
    application = get_object_or_404(
        Application.objects.filter(student__in=own).select_related("student", "option"),
        pk=pk,
        status=Application.Status.TO_SIGN,
    )
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_application(
                application=application,
                signing=form.signing(request.user, request.headers.get("User-Agent", "")),
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


@role_required("guardian")
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    own = Student.objects.filter(guardianships__guardian__user=request.user, guardianships__barred=False)
    application = get_object_or_404(Application.objects.filter(student__in=own), pk=pk)
    if request.method != "POST":
        context = {
            "title": _("Withdraw the application for %s?") % application.student.name,
            "text": _("The school will not go on with it. You can apply again while sign-up is open."),
            "submit": _("Withdraw"),
            "cancel_url": application.get_absolute_url(),
        }
        return render(request, "components/confirm_page.html", context)
    try:
        withdraw_application(application=application, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("enrollment:application_detail", pk)


def timeline_of(application: Application, agreements: list[Agreement]) -> list[TimelineEntry]:
    entries = [
        TimelineEntry(
            _("Applied"), cn_datetime(application.submitted_at), application.submitted_by.name, application.note, "ok"
        )
    ]
    for step in application.steps.select_related("by"):
        kind = "ok" if step.decision == ReviewStep.Decision.APPROVE else "danger"
        title = f"{step.get_step_display()} · {step.get_decision_display()}"
        entries.append(TimelineEntry(title, cn_datetime(step.at), step.by.name, step.opinion, kind))
    in_force = [a.in_force_at for a in agreements if a.in_force_at]
    if in_force:
        entries.append(TimelineEntry(_("Agreement in force"), cn_datetime(max(in_force)), "", "", "ok"))
    return entries
