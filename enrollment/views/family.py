"""The guardian's sitting: letter, days, collectors, signature, in one page and one look before signing."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enrollment.children import children_of, guardianships_of, may_go_alone, own_family, siblings
from enrollment.family_tasks import tasks_of
from enrollment.forms.family import ChoicesForm, SignForm
from enrollment.forms.office import STATUS_KIND
from enrollment.merging import merge, merge_facts, privacy_template
from enrollment.models import Application, Collector, Receipt, ServiceOption
from enrollment.option_sheets import OptionSheet, option_sheet
from enrollment.services import answer_letter, mark_read, submit_application
from enrollment.services.applying import Choices
from enrollment.services.collecting import who_collects
from enrollment.services.signing import signs_at_once
from school.access import role_required
from school.inbox import grouped, tasks_for
from school.models import Guardianship, SchoolSettings, Student
from web.caching import cached_briefly

SENT = {"csrfmiddlewaretoken", "step", "versions", "read", "name", "signature", "pupil_signature"}


@role_required("guardian")
def family_tasks(request: HttpRequest) -> HttpResponse:
    """What waits for the family, child by child: offers to answer, texts to sign, and what is under way."""
    text = privacy_template()
    context = {
        "rows": tasks_of(list(children_of(request)), text),
        "kinds": STATUS_KIND,
        "groups": grouped(tasks_for(request.user)),
        "has_text": text is not None,
    }
    return render(request, "enrollment/family_tasks.html", context)


def choices_form(
    sheet: OptionSheet, student: Student, family: list[Guardianship], data: Any, **initial: Any
) -> ChoicesForm:
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
    sheet = option_sheet(pk)
    if sheet is None or not sheet.option.is_open:
        raise Http404
    if request.POST.get("answer") == "decline":
        return decline(request, sheet.option, student)
    # Who sends is told by the constraint; before that nobody should fill in a form for nothing.
    step = request.POST.get("step")
    first = Application.objects.open().filter(option=sheet.option, student=student).first() if step != "send" else None
    if first is not None:
        return redirect(f"{first.get_absolute_url()}?taken=1")
    if request.method == "POST":
        form = choices_form(sheet, student, family, request.POST)
        if step != "edit" and form.is_valid():
            return sign(request, sheet, student, form.choices())
    else:
        mark_read(letter=sheet.option.letter, student=student)
        form = choices_form(sheet, student, family, None, **like(request, student))
    context = {"sheet": sheet, "letter": letter_part(sheet), "student": student, "form": form}
    return render(request, "enrollment/apply.html", context)


def letter_part(sheet: OptionSheet) -> SafeString:
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
    there = who_collects(theirs.student_id, found["starts_on"])
    collectors = [c for c in there if c.kind == Collector.Kind.AUTHORISED]
    known = {g.guardian_id for g in guardianships_of(student)}
    found["guardians"] = [c.guardian_id for c in collectors if c.guardian_id in known]
    other = next((c for c in collectors if c.guardian_id is None), None)
    if other is not None:
        found |= {"other_name": other.name, "other_relation": other.relation, "other_phone": other.phone}
    return found


def facts_to_sign(request: HttpRequest, sheet: OptionSheet, student: Student, choices: Choices) -> dict[str, str]:
    """What stands in the texts for this child, as it would be signed now."""
    preview = Application(
        option=sheet.option,
        student=student,
        weekdays=sorted(choices.weekdays),
        starts_on=choices.starts_on,
        applicant=request.user.name,
    )
    return merge_facts(preview, choices, student.class_today(), sheet.times)


def sign(request: HttpRequest, sheet: OptionSheet, student: Student, choices: Choices) -> HttpResponse:
    """What was chosen is repeated, both texts are read and signed, and the application is sent."""
    settings = SchoolSettings.load()
    sign_now, sent = signs_at_once(settings), request.POST.get("step") == "send"
    form = SignForm(request.POST if sent and sign_now else None, pupil_signs=settings.pupil_signs)
    refusal: ValidationError | None = None
    try:
        if sent and (application := submitted(request, sheet, student, choices, form)):
            return redirect("enrollment:applied", application.pk)
    except ValidationError as error:
        refusal = error
    facts = facts_to_sign(request, sheet, student, choices)
    context = {
        "sheet": sheet,
        "student": student,
        "form": form,
        "refusal": refusal,
        "choices": choices,
        "facts": facts,
        "kept": [(name, value) for name, values in request.POST.lists() if name not in SENT for value in values],
        "texts": [(template.title, merge(template.body, facts)) for template in sheet.templates],
        "sign_now": sign_now,
    }
    return render(request, "enrollment/apply_sign.html", context)


def submitted(
    request: HttpRequest, sheet: OptionSheet, student: Student, choices: Choices, form: SignForm
) -> Application | None:
    """The application, with the signatures of a form that is bound; None where that has to be filled in once more."""
    if request.POST.get("versions") != sheet.versions:
        raise ValidationError(_("The school has changed a text meanwhile. Please read it once more and sign."))
    if form.is_bound and not form.is_valid():
        return None
    device = request.headers.get("User-Agent", "")
    return submit_application(
        option=sheet.option,
        student=student,
        choices=choices,
        signing=form.signing(request.user, device) if form.is_bound else None,
        pupil_signing=form.pupil_signing(student, device) if form.is_bound else None,
        by=request.user,
    )


@role_required("guardian")
def applied(request: HttpRequest, pk: int) -> HttpResponse:
    """The confirmation: what was sent, what happens next, and the same for a brother or sister."""
    own = Application.objects.filter(student__in=Student.objects.of_guardian(request.user))
    application = get_object_or_404(own.select_related("student"), pk=pk)
    sheet = option_sheet(application.option_id)
    context = {"application": application, "sheet": sheet, "siblings": siblings(request, application)}
    return render(request, "enrollment/applied.html", context)
