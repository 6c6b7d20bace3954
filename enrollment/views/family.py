"""The guardian's sitting: letter, days, collectors, signature, in one page and one look before signing."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, FilteredRelation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enrollment.forms.family import ChoicesForm, SignForm
from enrollment.forms.office import STATUS_KIND
from enrollment.models import Alternative, Application, ChangeRequest, Consent, Enrolment, Receipt, ServiceOption
from enrollment.services import answer_letter, mark_read, submit_application
from enrollment.services.applying import Choices, check_alone
from enrollment.services.offering import Sheet, sheet_of
from enrollment.services.signing import merge, merge_facts, privacy_template
from school.access import role_required
from school.models import Guardianship, SchoolSettings, Student
from school.models.calendar import school_year_of
from school.models.dated import on_day
from school.notices import tasks_for
from web.caching import cached_briefly

STEPS = 4
SENT = {"csrfmiddlewaretoken", "step", "versions", "read", "name", "signature", "pupil_signature"}


def children_of(request: HttpRequest):  # type: ignore[no-untyped-def]
    """The signed-in guardian's children, each with its class today."""
    return Student.objects.of_guardian(request.user).with_class(timezone.localdate())


def own_child(request: HttpRequest, pk: int) -> Student:
    """The signed-in guardian's child; anybody else's is not found."""
    return get_object_or_404(children_of(request), pk=pk)


def own_family(request: HttpRequest, pk: int) -> tuple[Student, list[Guardianship]]:
    """The signed-in guardian's child with its class, and its guardians who are not barred; one query."""
    today = timezone.localdate()
    held = FilteredRelation("student__class_memberships", condition=on_day(today, "student__class_memberships__"))
    rows: list[Any] = list(
        Guardianship.objects.filter(student=pk)
        .select_related("guardian", "student")
        .annotate(held=held)
        .annotate(year=F("held__school_class__entry_year"), number=F("held__school_class__number"))
    )
    family = [g for g in rows if not g.barred]
    if not any(g.guardian.user_id == request.user.pk for g in family):
        raise Http404
    student: Student = family[0].student
    student.entry_year, student.class_number = family[0].year, family[0].number  # type: ignore[attr-defined]
    return student, family


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


def choices_form(sheet: Sheet, student: Student, family: list[Guardianship], data: Any, **initial: Any) -> ChoicesForm:
    return ChoicesForm(
        sheet.option,
        family,
        data,
        initial=initial or None,
        periods=sheet.periods,
        alone_allowed=may_go_alone(student),
    )


@role_required("guardian")
def apply(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """The whole sitting at one address: the choices, then what was chosen with both texts to sign, then sent."""
    student, family = own_family(request, student_pk)
    sheet = sheet_of(pk)
    if sheet is None or not sheet.option.is_open:
        raise Http404
    option, step = sheet.option, request.POST.get("step")
    if request.POST.get("answer") == "decline":
        return decline(request, option, student)
    # Who sends is told by the constraint; before that nobody should fill in a form for nothing.
    if step != "send":
        first = Application.objects.filter(option=option, student=student, status__in=Application.OPEN).first()
        if first is not None:
            return redirect(f"{first.get_absolute_url()}?taken=1")
    if request.method == "POST":
        form = choices_form(sheet, student, family, request.POST)
        if step != "edit" and form.is_valid():
            return sign(request, sheet, student, form.choices())
    else:
        mark_read(letter=option.letter, student=student)
        form = choices_form(sheet, student, family, None, **like(request, student))
    context = {
        "sheet": sheet,
        "letter": letter_part(sheet),
        "option": option,
        "student": student,
        "form": form,
        "steps_total": STEPS,
    }
    return render(request, "enrollment/apply.html", context)


def letter_part(sheet: Sheet) -> SafeString:
    """The letter as it stands on the page: the same for every family."""
    draw = partial(render_to_string, "enrollment/_letter.html", {"sheet": sheet})
    return cached_briefly(f"letter:{sheet.option.pk}:{get_language()}", draw)


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


def facts_to_sign(request: HttpRequest, sheet: Sheet, student: Student, choices: Choices) -> dict[str, str]:
    """What stands in the texts for this child, as it would be signed now."""
    preview = Application(
        option=sheet.option,
        student=student,
        weekdays=sorted(choices.weekdays),
        starts_on=choices.starts_on,
        submitted_by=request.user,
    )
    return merge_facts(preview, choices, student.class_label, sheet.hours)


def sign(request: HttpRequest, sheet: Sheet, student: Student, choices: Choices) -> HttpResponse:
    """What was chosen is repeated, both texts are read and signed, and the application is sent."""
    settings = SchoolSettings.load()
    sign_now = settings.sign_when == SchoolSettings.SignWhen.WITH_APPLICATION
    sent = request.POST.get("step") == "send"
    form = SignForm(request.POST if sent and sign_now else None, pupil_signs=settings.pupil_signs)
    error: ValidationError | None = None
    if sent and request.POST.get("versions") != sheet.versions:
        error = ValidationError(_("The school has changed a text meanwhile. Please read it once more and sign."))
    elif sent and (not sign_now or form.is_valid()):
        device = request.headers.get("User-Agent", "")
        try:
            application = submit_application(
                option=sheet.option,
                student=student,
                choices=choices,
                signing=form.signing(request.user, device) if sign_now else None,
                pupil_signing=form.pupil_signing(student, device) if sign_now else None,
                by=request.user,
            )
        except ValidationError as refusal:
            error = refusal
        else:
            return redirect("enrollment:applied", application.pk)
    facts = facts_to_sign(request, sheet, student, choices)
    context = {
        "sheet": sheet,
        "option": sheet.option,
        "student": student,
        "form": form,
        "refusal": error,
        "choices": choices,
        "facts": facts,
        "kept": [(name, value) for name, values in request.POST.lists() if name not in SENT for value in values],
        "texts": [(template.title, merge(template.body, facts)) for template in sheet.templates],
        "sign_now": sign_now,
        "steps_total": STEPS,
    }
    return render(request, "enrollment/apply_sign.html", context)


@role_required("guardian")
def applied(request: HttpRequest, pk: int) -> HttpResponse:
    """The confirmation: what was sent, what happens next, and the same for a brother or sister."""
    own = Application.objects.filter(student__in=Student.objects.of_guardian(request.user))
    application = get_object_or_404(own.select_related("student"), pk=pk)
    sheet = sheet_of(application.option_id)
    context = {"application": application, "sheet": sheet, "siblings": siblings(request, application)}
    return render(request, "enrollment/applied.html", context)


def siblings(request: HttpRequest, application: Application) -> list[Student]:
    """The guardian's other children who could take part in the same and have not applied yet."""
    sheet = sheet_of(application.option_id)
    if sheet is None or not sheet.option.is_open:
        return []
    applied_for = Application.objects.filter(option=sheet.option.pk, status__in=Application.OPEN).values("student")
    others = children_of(request).exclude(pk=application.student_id).exclude(pk__in=applied_for)
    return [child for child in others if sheet.option.grade_from <= grade_of(child) <= sheet.option.grade_to]
