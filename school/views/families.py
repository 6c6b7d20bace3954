"""A child's guardians, and the special groups: who belongs to one is seen by few."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import role_required
from school.forms import (
    ChangeClassForm,
    GuardianForm,
    GuardianshipForm,
    LastDayForm,
    NewGuardianForm,
    NewStudentForm,
    SpecialGroupForm,
    StudentForm,
    StudentGroupsForm,
)
from school.models import ClassMembership, Guardian, Guardianship, SchoolClass, SpecialGroup, Student
from school.models.calendar import school_year_of
from school.rows import may_see_groups
from school.services import (
    add_guardian,
    admit_student,
    change_class,
    change_guardianship,
    end_student,
    log_access,
    log_accesses,
    save_adult,
    set_groups,
)
from school.tables import SpecialGroupTable
from web.editing import edit_row
from web.tables import Link, list_page

OFFICE = ("service_office", "academic_office")


def page_of(student_pk: int) -> str:
    return reverse("school:student_detail", args=[student_pk])


@role_required(*OFFICE)
def student_add(request: HttpRequest) -> HttpResponse:
    """A child who comes in the middle of the year; whole classes come with the import."""
    form = NewStudentForm(request.POST or None)

    def save() -> Student:
        data = form.cleaned_data
        guardian = {"name": data["guardian"], "phone": data["phone"], "relation": data["relation"]}
        return admit_student(
            student=form.instance,
            school_class=data["school_class"],
            day=data["starts_on"],
            guardian=guardian if data["guardian"] else None,
            by=request.user,
        )

    papers = f"{reverse('enrollment:paper_list')}?{urlencode({'q': request.POST.get('name', '')})}"
    back = papers if "apply" in request.POST else reverse("school:student_list")
    return edit_row(
        request,
        form,
        template="school/student_add.html",
        title=_("Add a child"),
        back=back,
        note=_("Further guardians are added on the child's page afterwards."),
        save=save,
    )


@role_required(*OFFICE)
def student_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, birth date and number as they are on paper; opening the page is logged."""
    student = get_object_or_404(Student.objects.visible_to(request.user), pk=pk)
    log_access(user=request.user, student=student, fields=["number", "birth_date", "health_note"])
    return edit_row(
        request,
        StudentForm(request.POST or None, instance=student),
        template="school/student_edit.html",
        title=student.name,
        back=page_of(student.pk),
    )


@role_required(*OFFICE)
def student_class(request: HttpRequest, pk: int) -> HttpResponse:
    """The child changes to another class of its grade; whole grades are regrouped by a workbook."""
    student = get_object_or_404(Student.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    now = student.class_on(ClassMembership.objects.filter(student=student).day_shown(today))
    classes = SchoolClass.objects.in_year(school_year_of(today)).exclude(pk=now.pk if now else None)
    others = classes.filter(entry_year=now.entry_year) if now else classes.none()
    if not others:
        messages.info(request, _("%s has no other class in its grade.") % student.name)
        return redirect(page_of(student.pk))
    form = ChangeClassForm(others, request.POST or None)
    return edit_row(
        request,
        form,
        template="school/_edit.html",
        title=_("%s changes class") % student.name,
        back=page_of(student.pk),
        note=_(
            "Until the day before, the child is in %(class)s, and all that happened there stays. Clubs and care group go on; "
            "where groups follow the classes, the office changes the group on its page."
        )
        % {"class": now},
        save=lambda: change_class(student=student, **form.cleaned_data),
    )


@role_required(*OFFICE)
def student_leave(request: HttpRequest, pk: int) -> HttpResponse:
    student = get_object_or_404(Student.objects.visible_to(request.user), pk=pk)
    form = LastDayForm(request.POST or None)

    def save() -> None:
        for ended in end_student(student=student, last_day=form.cleaned_data["last_day"], by=request.user):
            messages.info(request, ended)

    return edit_row(
        request,
        form,
        template="school/student_leave.html",
        title=_("%s leaves the school") % student.name,
        back=page_of(student.pk),
        note=_(
            "After the last day the child is on no class list. Its after-school care, clubs, collectors and fees end with "
            "that day, too; what was ended is shown."
        ),
        save=save,
    )


@role_required(*OFFICE)
def guardianship_add(request: HttpRequest, student_pk: int) -> HttpResponse:
    """Another adult of the child; a barred one with the document behind it."""
    student = get_object_or_404(Student.objects.visible_to(request.user), pk=student_pk)
    form = NewGuardianForm(request.POST or None)

    def save() -> Guardianship:
        data = form.cleaned_data
        note = data["barred_note"].strip() if data["barred"] else ""
        return add_guardian(
            student=student,
            name=data["name"],
            phone=data["phone"],
            relation=data["relation"],
            barred_note=note,
            by=request.user,
        )

    return edit_row(
        request,
        form,
        template="school/guardianship_add.html",
        title=_("Add a guardian of %s") % student.name,
        back=page_of(student.pk),
        save=save,
    )


@role_required(*OFFICE)
def guardianship_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the adult is to the child; barring one needs its document."""
    rows = Guardianship.objects.select_related("guardian", "student")
    guardianship = get_object_or_404(rows.filter(student__in=Student.objects.visible_to(request.user)), pk=pk)
    return edit_row(
        request,
        GuardianshipForm(request.POST or None, instance=guardianship),
        template="school/guardianship_edit.html",
        title=f"{guardianship.student.name} · {guardianship.guardian.name}",
        back=page_of(guardianship.student_id),
        save=lambda: change_guardianship(guardianship=guardianship, by=request.user),
        note=_("A barred adult sees nothing of the child from now on, and is refused by name at the hand-over."),
    )


@role_required(*OFFICE)
def guardian_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A new phone number is a new login name; the password stays. The page shows the number in full, which is logged."""
    guardian = get_object_or_404(Guardian.objects.select_related("user"), pk=pk)
    child = guardian.guardianships.first()
    log_accesses(user=request.user, students=guardian.students.all(), fields=["phones"])
    form = GuardianForm(request.POST or None, instance=guardian)
    return edit_row(
        request,
        form,
        template="school/guardian_edit.html",
        title=guardian.name,
        back=page_of(child.student_id) if child else reverse("school:student_list"),
        note=_("With a new phone number this adult signs in with the new number; the password stays."),
        save=lambda: save_adult(adult=form.instance),
    )


@role_required(*OFFICE)
def special_group_list(request: HttpRequest) -> HttpResponse:
    """The groups a school keeps, with the number of children; their names stand on each child's page."""
    groups = SpecialGroup.objects.annotate(children=Count("memberships")).order_by("pk")
    links = [Link(_("Add a special group"), reverse("school:special_group_add"), "plus", primary=True)]
    return list_page(request, SpecialGroupTable(groups), template="school/office_list.html", here="groups", links=links)


@role_required(*OFFICE)
def special_group_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    group = get_object_or_404(SpecialGroup, pk=pk) if pk else None
    return edit_row(
        request,
        SpecialGroupForm(request.POST or None, instance=group),
        template="school/special_group_edit.html",
        title=group.name if group else _("Add a special group"),
        back=reverse("school:special_group_list"),
    )


@role_required(*OFFICE, "homeroom_teacher")
def student_groups(request: HttpRequest, student_pk: int) -> HttpResponse:
    """Which special groups a child belongs to: the offices, and the homeroom teacher of the class. Opening it is logged."""
    student = get_object_or_404(Student.objects.visible_to(request.user), pk=student_pk)
    if not may_see_groups(request.user, student):
        raise Http404
    now = SpecialGroup.objects.filter(memberships__student=student)
    form = StudentGroupsForm(request.POST or None, initial={"groups": now})
    log_access(user=request.user, student=student, fields=["special_groups"])
    return edit_row(
        request,
        form,
        template="school/student_groups.html",
        title=_("Special groups of %s") % student.name,
        back=page_of(student.pk),
        save=lambda: set_groups(student=student, groups=form.cleaned_data["groups"], by=request.user),
    )
