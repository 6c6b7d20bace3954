"""Who collects a child: the family's page on the phone, and its parts that the office shares."""

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.uploads import upload_response
from enrollment import papers
from enrollment.children import may_go_alone, own_child
from enrollment.forms.collectors import CollectorForm, ConcernForm, PeopleForm
from enrollment.models import Collector, InstitutionPerson, LeavesAlone, PickUpCard
from enrollment.services.collecting import (
    authorise_collector,
    card_of,
    choose_people,
    end_alone,
    end_collecting,
    refusals_on,
    report_concern,
    revoke_card,
)
from enrollment.services.signing import has_consent
from school.access import role_required
from school.models import Student, Term
from school.services import log_access
from school.views.papers import print_paper
from web.editing import edit_row

OFFICE = ("service_office", "academic_office")
FAMILY_AND_OFFICE = ("guardian", *OFFICE)
FORM = "enrollment/collector_form.html"


def child_for(request: HttpRequest, pk: int) -> Student:
    """Any child for the office, one's own for a guardian; others are not found."""
    if request.user.has_role(*OFFICE):
        return get_object_or_404(Student.objects.with_class_to_come(timezone.localdate()), pk=pk)
    return own_child(request, pk)


def collector_for(request: HttpRequest, pk: int) -> Collector:
    """A row that the family or the office may change; bars are the office's, a proxy the homeroom teacher's as well."""
    rows = Collector.objects.editable_by(request.user).select_related("student", "person__institution", "guardian")
    return get_object_or_404(rows, pk=pk)


def list_of(student: Student) -> str:
    return reverse("enrollment:collector_list", args=[student.pk])


def back_of(request: HttpRequest, student: Student) -> str:
    """The list for the family and the office, what the family told for the homeroom teacher."""
    if request.user.has_role(*OFFICE) or is_family(request, student):
        return list_of(student)
    return reverse("safety:told", args=[student.pk])


@role_required(*FAMILY_AND_OFFICE)
def collector_list(request: HttpRequest, student_pk: int) -> HttpResponse:
    """Everybody who may collect the child, now and later; for the office the bars too."""
    student = child_for(request, student_pk)
    today = timezone.localdate()
    rows = Collector.objects.from_today().filter(student=student)
    rows = rows.select_related("person__institution", "entered_by", "told_by")
    is_office = request.user.has_role(*OFFICE)
    refusals = refusals_on(today, [student.pk])
    shown = [c for c in rows if c.kind != Collector.Kind.BARRED and not refusals.bars(student.pk, c)]
    allowed = set(Collector.objects.allowed(today).filter(student=student).values_list("pk", flat=True))
    editable = set(rows.editable_by(request.user).values_list("pk", flat=True))
    context = {
        "student": student,
        "today": today,
        "rows": [(c, c.pk in allowed or c.starts_on > today, c.pk in editable) for c in shown],
        "bars": [c for c in rows if c.kind == Collector.Kind.BARRED] if is_office else [],
        "family_bars": student.guardianships.filter(barred=True).select_related("guardian") if is_office else [],
        "alone": LeavesAlone.objects.from_today().filter(student=student).select_related("agreement"),
        "card": PickUpCard.objects.filter(student=student, revoked_at=None).first(),
        "has_consent": has_consent(student),
        "is_office": is_office,
        "may_alone": not is_office and may_go_alone(student),
    }
    return render(request, "enrollment/collector_list.html", context)


@role_required(*FAMILY_AND_OFFICE)
def collector_add(request: HttpRequest, student_pk: int) -> HttpResponse:
    student = child_for(request, student_pk)
    term = Term.objects.current(timezone.localdate())
    initial = {"ends_on": term.ends_on if term else None}
    return edit_collector(request, Collector(student=student), student, _("An adult who may collect"), initial)


@role_required(*FAMILY_AND_OFFICE)
def collector_edit(request: HttpRequest, pk: int) -> HttpResponse:
    collector = collector_for(request, pk)
    if collector.kind != Collector.Kind.AUTHORISED or collector.ended_at:
        raise Http404
    if not is_family(request, collector.student):
        log_access(user=request.user, student=collector.student, fields=["phones"])
    return edit_collector(request, collector, collector.student, collector.name)


def edit_collector(
    request: HttpRequest, collector: Collector, student: Student, title: str, initial: dict | None = None
) -> HttpResponse:
    consent = has_consent(student)
    form = CollectorForm(
        request.POST or None, request.FILES or None, instance=collector, initial=initial, may_have_photo=consent
    )
    note = "" if consent else _("A photo can be added once you consented to the processing of your child's data.")

    def save() -> Collector:
        photo = form.cleaned_data.get("photo_file")
        return authorise_collector(collector=form.save(commit=False), student=student, photo=photo, by=request.user)

    return edit_row(
        request, form, template=FORM, title=f"{student.name} · {title}", back=list_of(student), note=note, save=save
    )


@role_required(*FAMILY_AND_OFFICE, "homeroom_teacher")
def collector_end(request: HttpRequest, pk: int) -> HttpResponse:
    """From this moment on the adult is not handed the child."""
    collector = collector_for(request, pk)
    if request.method == "POST":
        end_collecting(collector=collector, reason=request.POST.get("reason", "")[:200], by=request.user)
        messages.success(request, _("%s: ended.") % collector.name)
        return redirect(back_of(request, collector.student))
    names = {"who": collector.name, "child": collector.student.name}
    text = _("From this moment on %(who)s is not handed %(child)s. The entry stays on file.") % names
    if collector.kind == Collector.Kind.BARRED:
        text = _("The restriction on %(who)s is lifted: as a guardian this adult sees %(child)s again.") % names
    back = back_of(request, collector.student)
    context = {"title": collector.name, "text": text, "submit": _("End"), "cancel_url": back}
    return render(request, "components/confirm_page.html", context)


@role_required(*FAMILY_AND_OFFICE, "duty_leader", "gate", "teacher", "homeroom_teacher", "grade_head")
def collector_photo(request: HttpRequest, pk: int) -> FileResponse:
    """The picture, for the family, the adult on duty, gate, leader and office; staff's looking is logged."""
    rows = Collector.objects.visible_to(request.user).select_related("student", "person")
    collector = get_object_or_404(rows, pk=pk)
    picture = collector.picture()
    if not picture or (collector.person is None and not has_consent(collector.student)):
        raise Http404
    if not is_family(request, collector.student):
        log_access(user=request.user, student=collector.student, fields=["collector photo"])
    return upload_response(picture)


def is_family(request: HttpRequest, student: Student) -> bool:
    return student.has_guardian(request.user)


@role_required(*FAMILY_AND_OFFICE)
def collector_people(request: HttpRequest, student_pk: int) -> HttpResponse:
    """The people of care institutions whom the family lets collect this child."""
    student = child_for(request, student_pk)
    today = timezone.localdate()
    rows = InstitutionPerson.objects.select_related("institution")
    people = [person for person in rows if person.works_on(today)]
    held = Collector.objects.from_today().filter(student=student, person__in=people).values_list("person", flat=True)
    form = PeopleForm(people, request.POST if request.method == "POST" else None, initial={"people": list(held)})
    term = Term.objects.current(today)
    until = term.ends_on if term else today
    note = _("Only those you tick. Somebody new there collects after you have ticked that name, too.")
    if not people:
        note = _("The office has entered no care institution whose licence is valid. Please ask the office.")
    return edit_row(
        request,
        form,
        template=FORM,
        title=_("%s: care institutions") % student.name,
        back=list_of(student),
        note=note,
        save=lambda: choose_people(
            student=student, offered=people, chosen=form.cleaned_data["people"], ends_on=until, by=request.user
        ),
    )


@role_required(*FAMILY_AND_OFFICE)
@require_POST
def collector_alone_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The child is handed over again, from now on."""
    alone = get_object_or_404(LeavesAlone.objects.select_related("student"), pk=pk)
    student = child_for(request, alone.student_id)
    end_alone(alone=alone, by=request.user)
    messages.success(request, _("From now on %s is handed to an adult only.") % student.name)
    return redirect(list_of(student))


@role_required("guardian", "teacher", "homeroom_teacher", "grade_head", "gate", "duty_leader", *OFFICE)
def collector_concern(request: HttpRequest, student_pk: int) -> HttpResponse:
    """A guardian or a teacher is worried: until the duty leader has decided, the child stays."""
    seen = Q(pk__in=Student.objects.visible_to(request.user).values("pk"))
    if request.user.has_role("gate"):
        seen = Q()
    student = get_object_or_404(Student.objects.filter(seen), pk=student_pk)
    form = ConcernForm(request.POST or None)
    return edit_row(
        request,
        form,
        template=FORM,
        title=_("%s: a concern") % student.name,
        back=reverse("home"),
        note=_("Teacher and gate only read that the duty leader is to be called, never what you write here."),
        save=lambda: report_concern(student=student, by=request.user, **form.cleaned_data),
        done=_("The duty leader sees it now and decides for today."),
    )


@role_required(*FAMILY_AND_OFFICE)
def pass_card(request: HttpRequest, student_pk: int) -> HttpResponse:
    """The card to print (接送卡): A6, with a code that only people on duty can open."""
    student = child_for(request, student_pk)
    card = card_of(student, by=request.user)
    return print_paper(request, papers.PICK_UP_CARD, student, card, request.build_absolute_uri)


@role_required(*FAMILY_AND_OFFICE)
@require_POST
def pass_revoke(request: HttpRequest, student_pk: int) -> HttpResponse:
    student = child_for(request, student_pk)
    revoke_card(student=student, by=request.user)
    messages.success(request, _("The card is no longer valid. The next one you print carries a new code."))
    return redirect(list_of(student))
