"""Applications that came on paper: the children who have none yet, one paper, or a pile of them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrollment.children import entered_by, guardianships_of, may_go_alone
from enrollment.forms.family import ChoicesForm
from enrollment.forms.office import PaperFilter, PaperForm
from enrollment.forms.papers import PapersForm
from enrollment.models import Application, ServiceOption
from enrollment.services import enter_application
from enrollment.tables.applications import PaperTable
from school.access import role_required
from school.models import Guardianship, Student, Term
from web.addresses import read_numbers
from web.tables import Batch, list_page

STAFF_ENTRY = ("homeroom_teacher", "service_office", "academic_office")
AT_ONCE = 60  # papers of one pile: a class and more


def paper_options() -> QuerySet[ServiceOption]:
    """What can be applied for on paper now: of the current term, and of one that is being prepared."""
    today = timezone.localdate()
    current = Term.objects.current(today)
    there = Q(term=current) | Q(term__starts_on__gt=today)
    return ServiceOption.objects.filter(there, letter__published_at__isnull=False).select_related("term")


@role_required(*STAFF_ENTRY)
def paper_list(request: HttpRequest) -> HttpResponse:
    """Children without an application, to enter one from paper: search by name, one's own class first."""
    today = timezone.localdate()
    form = PaperFilter(request.user, paper_options(), request.GET)
    option = form.option_asked()
    back = reverse("enrollment:application_list")
    if option is None:
        return list_page(request, PaperTable([]), template="enrollment/paper_list.html", back=back)
    applied = Application.objects.open().filter(option=option).values("student")
    there = entered_by(request.user)
    rows = there.on_roll(today) | there.to_come(today)
    rows = rows.exclude(pk__in=applied).search(request.GET.get("q", ""))
    years = option.entry_years(max(today, option.starts_on))
    rows = rows.with_class_to_come(today).filter(entry_year__range=years).annotate(option_pk=Value(option.pk))
    if form.is_valid() and (school_class := form.cleaned_data.get("school_class")):
        rows = rows.filter(class_id=school_class.pk)
    table = PaperTable(rows.order_by("-entry_year", "class_number", "name_key"))
    shown: dict[str, Any] = {"form": form, "option": option, "back": back}
    batch = [Batch("enter", _("Enter the selected together"), partial(pile_of, option), "files")]
    # A page holds as many as one pile: thirty are ticked with one press and the shift key.
    return list_page(request, table, template="enrollment/paper_list.html", batch=batch, per_page=AT_ONCE, **shown)


def pile_of(option: ServiceOption, request: HttpRequest, keys: list[int]) -> HttpResponse:
    """The page on which those that were ticked are entered."""
    rows = "&".join(f"row={pk}" for pk in keys[:AT_ONCE])
    return redirect(f"{reverse('enrollment:paper_many', args=[option.pk])}?{rows}")


@role_required(*STAFF_ENTRY)
def paper_enter(request: HttpRequest, pk: int, student_pk: int) -> HttpResponse:
    """An application that came on paper, with its signature: for families without a smartphone, and late joiners."""
    option = get_object_or_404(ServiceOption.objects.select_related("letter", "term"), pk=pk)
    student = get_object_or_404(entered_by(request.user).with_class_to_come(timezone.localdate()), pk=student_pk)
    there = Application.objects.open().filter(option=option, student=student).first()
    if there is not None:
        messages.info(request, _("%s has an application for this already.") % student.name)
        return redirect(there)
    data, guardianships, periods = request.POST or None, guardianships_of(student), list(option.periods.all())
    alone = may_go_alone(student)
    form = ChoicesForm(option, guardianships, data, periods=periods, alone_allowed=alone, any_day=True)
    paper = PaperForm(guardianships, data, request.FILES or None)
    if request.method == "POST" and form.is_valid() and paper.is_valid():
        try:
            application = enter_application(
                option=option, student=student, choices=form.choices(), signing=paper.signing(), by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Entered; it goes the same way as those from the phone."))
            return redirect(application)
    context = {"option": option, "student": student, "form": form, "paper": paper}
    return render(request, "enrollment/paper_enter.html", context)


@role_required(*STAFF_ENTRY)
def paper_many(request: HttpRequest, pk: int) -> HttpResponse:
    """A pile of papers with the same days: one form, a line a child. What is refused stays on the page with its reason."""
    option = get_object_or_404(paper_options().select_related("letter", "term"), pk=pk)
    there = Application.objects.open().filter(option=option).values("student")
    children = entered_by(request.user).with_class_to_come(timezone.localdate()).exclude(pk__in=there)
    rows = read_numbers(request.GET.getlist("row"))[:AT_ONCE]
    families = families_of(list(children.filter(pk__in=rows).order_by("-entry_year", "class_number", "name_key")))
    if not families:
        messages.info(request, _("Choose at least one child."))
        return redirect("enrollment:paper_list")
    form = PapersForm(option, families, request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = enter_pile(option, form, request)
        if entered:
            messages.success(
                request, ngettext("%d application entered.", "%d applications entered.", entered) % entered
            )
        if not form.errors:
            return redirect("enrollment:paper_list")
    return render(request, "enrollment/paper_many.html", {"option": option, "form": form})


def families_of(students: list[Student]) -> list[tuple[Student, list[Guardianship]]]:
    """Each child with the guardians who may have signed; two queries."""
    rows = Guardianship.objects.filter(student__in=students, barred=False).select_related("guardian")
    found: dict[int, list[Guardianship]] = {student.pk: [] for student in students}
    for row in rows.order_by("order", "pk"):
        found[row.student_id].append(row)
    return [(student, found[student.pk]) for student in students]


def enter_pile(option: ServiceOption, form: PapersForm, request: HttpRequest) -> int:
    """Enters each paper that has a signer; how many. A refusal is written at its child, who stays in the form."""
    entered = 0
    for student, choices, signing in form.papers():
        try:
            enter_application(option=option, student=student, choices=choices, signing=signing, by=request.user)
        except ValidationError as error:
            form.add_error(form.name_of(student), error.messages)
        else:
            form.leave_out(student)
            entered += 1
    return entered
