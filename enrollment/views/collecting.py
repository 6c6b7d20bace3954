"""Who collects, for the office, the duty leader and the gate: all entries, bars, concerns, institutions, cards."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.uploads import upload_response
from enrollment import papers
from enrollment.forms.collectors import (
    BarForm,
    CollectorFilter,
    ConcernDecisionForm,
    InstitutionForm,
    PersonForm,
)
from enrollment.gate import gate_rows
from enrollment.models import (
    Collector,
    Concern,
    Institution,
    InstitutionPerson,
    LeavesAlone,
    PickUpCard,
)
from enrollment.services.collecting import bar_adult, decide_concern, may_collect, refusals_on, save_person
from enrollment.services.signing import has_consent
from enrollment.tables.collectors import CollectorTable, ConcernTable
from enrollment.views.collectors import FORM, OFFICE, list_of
from school.access import role_required
from school.models import Student
from school.services import log_access
from school.views.papers import print_paper
from web.addresses import read_day
from web.editing import edit_row
from web.tables import Link, list_page
from web.templatetags.components import CountTab
from web.templatetags.formats import cn_datetime

PAGE = 25
ON_DUTY = ("gate", "duty_leader", *OFFICE)


@role_required(*OFFICE)
def collector_all(request: HttpRequest) -> HttpResponse:
    """Every entry that holds today or later, with search and tabs by kind; Excel out."""
    words = request.GET.get("q", "").strip()
    rows = Collector.objects.from_today().search(words).select_related("student", "person__institution", "entered_by")
    counts = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    tabs = [CountTab("", _("All"), sum(counts.values()))]
    tabs += [CountTab(code, label, counts.get(code, 0)) for code, label in Collector.Kind.choices]
    kind = request.GET.get("status", "")
    if kind in Collector.Kind.values:
        rows = rows.filter(kind=kind)
    return list_page(
        request,
        CollectorTable(rows.order_by("student__name_key", "student", "kind", "pk")),
        template="enrollment/collector_all.html",
        form=CollectorFilter(request.GET),
        tabs=tabs,
        links=[Link(_("Care institutions"), reverse("enrollment:institution_list"), "building")],
        found=Student.objects.search(words).with_class(timezone.localdate())[:10] if words else [],
        alone=LeavesAlone.objects.waiting().select_related("student")[:PAGE],
    )


@role_required(*OFFICE)
def collector_bar(request: HttpRequest, student_pk: int) -> HttpResponse:
    """A restriction, with the document behind it."""
    student = get_object_or_404(Student, pk=student_pk)
    form = BarForm(request.POST or None, request.FILES or None)
    return edit_row(
        request,
        form,
        template=FORM,
        title=_("%s: bar an adult") % student.name,
        back=list_of(student),
        note=_(
            "It closes at once: collecting, proxies this adult named, leave this adult asked for, and every page about "
            "the child. Teacher and gate only read that the duty leader is to be called."
        ),
        save=lambda: bar_adult(student=student, by=request.user, **form.cleaned_data),
    )


@role_required(*OFFICE)
def collector_document(request: HttpRequest, pk: int) -> FileResponse:
    """The document behind a bar; the opening is logged."""
    bar = get_object_or_404(Collector.objects.select_related("student"), pk=pk, kind=Collector.Kind.BARRED)
    if not bar.document_file:
        raise Http404
    log_access(user=request.user, student=bar.student, fields=["document of a bar"])
    return upload_response(bar.document_file)


@role_required("duty_leader", *OFFICE)
def concern_list(request: HttpRequest) -> HttpResponse:
    """What waits for the duty leader, the oldest first; decided ones below their tabs."""
    counts = dict(Concern.objects.order_by().values_list("state").annotate(n=Count("pk")))
    tabs = [
        CountTab("" if code == Concern.State.WAITING else code, label, counts.get(code, 0))
        for code, label in Concern.State.choices
    ]
    state = request.GET.get("status") or Concern.State.WAITING
    rows = Concern.objects.filter(state=state).select_related("student", "reported_by", "decided_by")
    words = request.GET.get("q", "").strip()
    if words:
        rows = rows.filter(Q(about__icontains=words) | Q(student__in=Student.objects.search(words).values("pk")))
    table = ConcernTable(rows.order_by("-day", "pk"))
    return list_page(request, table, form=CollectorFilter(request.GET), tabs=tabs)


@role_required("duty_leader")
def concern_decide(request: HttpRequest, pk: int) -> HttpResponse:
    concern = get_object_or_404(Concern.objects.select_related("student", "reported_by"), pk=pk)
    form = ConcernDecisionForm(request.POST or None)
    about = concern.about or _("everybody")
    return edit_row(
        request,
        form,
        template=FORM,
        title=f"{concern.student.name} · {about}",
        back=reverse("enrollment:concern_list"),
        note=f"{concern.words} · {concern.reported_by.name} {cn_datetime(concern.reported_at)}",
        save=lambda: decide_concern(concern=concern, by=request.user, **form.cleaned_data),
        done=_("Decided, for today."),
    )


@role_required(*OFFICE)
def institution_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = Institution.objects.prefetch_related("people").annotate(
        children=Count(
            "people__collecting__student",
            filter=Q(people__collecting__ended_at=None, people__collecting__ends_on__gte=today),
            distinct=True,
        )
    )
    rows = rows.order_by("name")
    page_obj = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page_obj, "rows": [(row, row.works_on(today)) for row in page_obj], "today": today}
    return render(request, "enrollment/institution_list.html", context)


@role_required(*OFFICE)
def institution_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    institution = get_object_or_404(Institution, pk=pk) if pk else None
    form = InstitutionForm(request.POST or None, instance=institution)
    title = institution.name if institution else _("Add a care institution")
    return edit_row(request, form, template=FORM, title=title, back=reverse("enrollment:institution_list"))


@role_required(*OFFICE)
def person_add(request: HttpRequest, institution_pk: int) -> HttpResponse:
    institution = get_object_or_404(Institution, pk=institution_pk)
    return edit_person(request, InstitutionPerson(institution=institution), institution)


@role_required(*OFFICE)
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(InstitutionPerson.objects.select_related("institution"), pk=pk)
    return edit_person(request, person, person.institution)


def edit_person(request: HttpRequest, person: InstitutionPerson, institution: Institution) -> HttpResponse:
    form = PersonForm(request.POST or None, request.FILES or None, instance=person)
    return edit_row(
        request,
        form,
        template=FORM,
        title=f"{institution.name} · {person.name or _('a person who collects')}",
        back=reverse("enrollment:institution_list"),
        save=lambda: save_person(
            person=form.save(commit=False), photo=form.cleaned_data["photo_file"], by=request.user
        ),
    )


@role_required(*ON_DUTY)
def collector_gate(request: HttpRequest) -> HttpResponse:
    """Institution → its people → the children they may fetch that day; with ?print for the gate's desk."""
    day = read_day(request.GET.get("day"))
    context = {"day": day, "institutions": gate_rows(day)}
    if "print" not in request.GET:
        return render(request, "enrollment/collector_gate.html", context)
    return print_paper(request, papers.COLLECTOR_GATE, day, context["institutions"])


@role_required(*ON_DUTY, "teacher", "homeroom_teacher", "grade_head")
def pass_check(request: HttpRequest, code: str) -> HttpResponse:
    """What the code on a card opens, for people on duty: who may collect the child today. A revoked card says so."""
    card = get_object_or_404(PickUpCard.objects.select_related("student"), code=code)
    student = get_object_or_404(Student.objects.with_class(timezone.localdate()), pk=card.student_id)
    seen = Collector.objects.visible_to(request.user).filter(student=student)
    if not request.user.has_role(*ON_DUTY) and not seen.exists():
        raise Http404
    today = timezone.localdate()
    context = {"card": card, "student": student, "today": today}
    if card.revoked_at is None:
        refusals = refusals_on(today, [student.pk])
        context |= {
            "collectors": may_collect(student, today),
            "needs_leader": refusals.needs_leader(student.pk),
            "has_consent": has_consent(student),
        }
    return render(request, "enrollment/pass_check.html", context)
