"""The guardian's sitting: letter, days, collectors, signature, in one page and one look before signing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.forms.family import ChoicesForm, SignForm
from enrollment.forms.office import STATUS_KIND
from enrollment.models import Alternative, Application, ChangeRequest, Consent, Enrolment, Receipt, ServiceOption
from enrollment.services import answer_letter, mark_read, submit_application
from enrollment.services.applying import Choices, check_alone
from enrollment.services.signing import (
    fee_words,
    hours_of,
    latest_templates,
    merge,
    merge_facts,
    privacy_template,
)
from school.access import role_required
from school.models import Guardianship, SchoolSettings, Student
from school.models.calendar import school_year_of
from school.models.places import class_label
from school.notices import tasks_for

STEPS = 4
SENT = {"csrfmiddlewaretoken", "step", "versions", "read", "name", "signature", "pupil_signature"}


def children_of(request: HttpRequest):  # type: ignore[no-untyped-def]
    """The signed-in guardian's children, each with its class today."""
    own = Student.objects.filter(guardianships__guardian__user=request.user, guardianships__barred=False)
    return own.distinct().with_class(timezone.localdate())


def own_child(request: HttpRequest, pk: int) -> Student:
    """The signed-in guardian's child; anybody else's is not found."""
    return get_object_or_404(children_of(request), pk=pk)


def grade_of(student: Student) -> int:
    """The grade today from the annotations of with_class(); 0 outside a class."""
    entry_year = getattr(student, "entry_year", None)
    return school_year_of(timezone.localdate()) - entry_year + 1 if entry_year else 0


@role_required("guardian")
def family_tasks(request: HttpRequest) -> HttpResponse:
    """What waits for the family, child by child: offers to answer, texts to sign, and what is under way."""
    today = timezone.localdate()
    children = list(children_of(request))
    options = list(ServiceOption.objects.open_at(timezone.now()).select_related("letter", "term"))
    applications = list(
        Application.objects.filter(student__in=children).select_related("option", "student").order_by("-submitted_at")
    )
    answers = {(r.letter_id, r.student_id): r for r in Receipt.objects.filter(student__in=children)}
    enrolments = list(Enrolment.objects.filter(student__in=children, ends_on__gte=today).select_related("option"))
    waiting = {c.enrolment_id: c for c in ChangeRequest.objects.waiting().filter(enrolment__in=enrolments)}
    offers = {a.application_id: a for a in Alternative.objects.filter(application__in=applications, state="offered")}
    consents = Consent.objects.latest_of(children)
    text = privacy_template()
    rows = []
    for child in children:
        own = [a for a in applications if a.student_id == child.pk]
        taken = {a.option_id for a in own if a.status in Application.OPEN}
        open_options = [
            (option, answers.get((option.letter_id, child.pk)))
            for option in options
            if option.pk not in taken and option.grade_from <= grade_of(child) <= option.grade_to
        ]
        consent = consents.get(child.pk)
        rows.append(
            {
                "child": child,
                "options": open_options,
                "applications": [(a, offers.get(a.pk)) for a in own],
                "enrolments": [(e, waiting.get(e.pk)) for e in enrolments if e.student_id == child.pk],
                "consent": consent,
                "consent_is_due": text is not None and (consent is None or consent.template_id != text.pk),
            }
        )
    context = {"rows": rows, "kinds": STATUS_KIND, "tasks": tasks_for(request.user), "has_text": text is not None}
    return render(request, "enrollment/family_tasks.html", context)


def guardianships_of(student: Student) -> list[Guardianship]:
    return list(Guardianship.objects.filter(student=student, barred=False).select_related("guardian"))


def may_go_alone(student: Student) -> bool:
    try:
        check_alone(grade_of(student))
    except ValidationError:
        return False
    return True


def choices_form(
    request: HttpRequest, option: ServiceOption, student: Student, data: Any, **initial: Any
) -> ChoicesForm:
    periods = list(option.periods.all())
    return ChoicesForm(
        option,
        guardianships_of(student),
        data,
        initial=initial or None,
        periods=periods,
        alone_allowed=may_go_alone(student),
    )


@role_required("guardian")
def apply(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """The whole sitting at one address: the choices, then what was chosen with both texts to sign, then sent."""
    student = own_child(request, student_pk)
    option = get_object_or_404(ServiceOption.objects.select_related("letter", "term"), pk=pk)
    if not option.is_open:
        raise Http404
    if request.method == "POST" and request.POST.get("answer") == "decline":
        return decline(request, option, student)
    first = Application.objects.filter(option=option, student=student, status__in=Application.OPEN).first()
    if first is not None:
        return redirect(f"{first.get_absolute_url()}?taken=1")
    if request.method == "POST":
        form = choices_form(request, option, student, request.POST)
        if request.POST.get("step") != "edit" and form.is_valid():
            return sign(request, option, student, form.choices())
    else:
        mark_read(letter=option.letter, student=student)
        form = choices_form(request, option, student, None, **like(request, student))
    context = {
        "option": option,
        "letter": option.letter,
        "student": student,
        "form": form,
        "fee": fee_words(option),
        "steps_total": STEPS,
    }
    return render(request, "enrollment/apply.html", context)


def decline(request: HttpRequest, option: ServiceOption, student: Student) -> HttpResponse:
    answer_letter(letter=option.letter, student=student, answer=Receipt.Answer.DECLINE, by=request.user)
    return render(request, "enrollment/apply_declined.html", {"option": option, "student": student})


def like(request: HttpRequest, student: Student) -> dict[str, Any]:
    """What was chosen for a brother or sister, as a beginning (?like=application)."""
    number = request.GET.get("like", "")
    if not number.isdigit():
        return {}
    theirs = Application.objects.filter(pk=int(number), student__in=children_of(request).values("pk")).first()
    if theirs is None:
        return {}
    found: dict[str, Any] = {"weekdays": theirs.weekdays, "starts_on": max(theirs.starts_on, timezone.localdate())}
    found |= {f"leaves_{day}": number for day, number in theirs.leaves_after.items()}
    collectors = theirs.student.collectors.filter(kind="authorised")
    known = {g.guardian_id for g in guardianships_of(student)}
    found["guardians"] = [c.guardian_id for c in collectors if c.guardian_id in known]
    other = next((c for c in collectors if c.guardian_id is None), None)
    if other is not None:
        found |= {"other_name": other.name, "other_relation": other.relation, "other_phone": other.phone}
    return found


def sign(request: HttpRequest, option: ServiceOption, student: Student, choices: Choices) -> HttpResponse:
    """What was chosen is repeated, both texts are read and signed, and the application is sent."""
    settings = SchoolSettings.load()
    sign_now = settings.sign_when == SchoolSettings.SignWhen.WITH_APPLICATION
    templates = latest_templates()
    versions = ",".join(str(template.pk) for template in templates)
    sent = request.POST.get("step") == "send"
    form = SignForm(request.POST if sent and sign_now else None, pupil_signs=settings.pupil_signs)
    error: ValidationError | None = None
    if sent and request.POST.get("versions") != versions:
        error = ValidationError(_("The school has changed a text meanwhile. Please read it once more and sign."))
    elif sent and (not sign_now or form.is_valid()):
        device = request.headers.get("User-Agent", "")
        try:
            application = submit_application(
                option=option,
                student=student,
                choices=choices,
                signing=form.signing(request.user, device) if sign_now else None,
                pupil_signing=form.pupil_signing(student, device) if sign_now else None,
                by=request.user,
            )
        except ValidationError as refusal:
            error = refusal
        else:
            return redirect(f"{application.get_absolute_url()}?sent=1")
    label = class_label(grade_of(student), student.class_number) if grade_of(student) else ""  # type: ignore[attr-defined]
    preview = Application(
        option=option,
        student=student,
        weekdays=sorted(choices.weekdays),
        starts_on=choices.starts_on,
        submitted_by=request.user,
    )
    facts = merge_facts(preview, choices, label, hours_of(option))
    context = {
        "option": option,
        "student": student,
        "form": form,
        "refusal": error,
        "choices": choices,
        "facts": facts,
        "kept": [(name, value) for name, values in request.POST.lists() if name not in SENT for value in values],
        "texts": [(template.title, merge(template.body, facts)) for template in templates],
        "versions": versions,
        "sign_now": sign_now,
        "steps_total": STEPS,
    }
    return render(request, "enrollment/apply_sign.html", context)
