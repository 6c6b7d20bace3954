"""Students, classes and staff. Sensitive fields stay shut until somebody opens them, which is logged."""

import datetime as dt

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import role_required
from school.forms import LastDayForm, StaffFilter, StudentFilter
from school.models import AccessLog, ClassMembership, Guardianship, Post, SchoolClass, Staff, Student
from school.models.dated import on_day
from school.parts import parts_of
from school.rows import classes_led, may_see_groups, opens_sensitive
from school.services import codes_issuable_by, end_staff, log_access
from school.tables import ClassTable, StaffTable, StudentTable
from school.vetting import standing_of
from web.editing import saved
from web.tables import Link, list_page
from web.templatetags.components import CountTab
from web.templatetags.formats import cn_date

OFFICE = ("service_office", "academic_office")
SEES_STUDENTS = (*OFFICE, "principal", "duty_leader", "homeroom_teacher", "grade_head")
# A school of 2,000 children has some sixty classes: one page.
ALL_CLASSES = 120
SENSITIVE = ["number", "birth_date", "health_note", "phones"]


@role_required(*SEES_STUDENTS)
def student_list(request: HttpRequest) -> HttpResponse:
    """Children on roll, by class; search finds by name, pinyin or student number."""
    today = timezone.localdate()
    visible = Student.objects.visible_to(request.user)
    on_roll, to_come = visible.on_roll(today), visible.to_come(today)
    left = visible.exclude(pk__in=on_roll.values("pk")).exclude(pk__in=to_come.values("pk"))
    status = request.GET.get("status", "")
    rows = {"left": left, "to_come": to_come}.get(status, on_roll)
    form = StudentFilter(request.user, request.GET)
    tabs = [CountTab("", _("On roll"), on_roll.count())]
    if coming := to_come.count():
        tabs.append(CountTab("to_come", _("To come"), coming))
    tabs.append(CountTab("left", _("Not on roll"), left.count()))
    office = request.user.has_role(*OFFICE)
    links = [Link(_("Classes"), reverse("school:class_list"), "school")]
    if office:
        links.insert(0, Link(_("Add a child"), reverse("school:student_add"), "plus", primary=True))
    table = StudentTable(form.narrowed(rows, today).order_by("-entry_year", "class_number", "name_key"))
    return list_page(request, table, form=form, tabs=tabs, links=links, may_take=office)


@role_required(*SEES_STUDENTS)
def student_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One child; number, birth date, phones, health and groups are masked until opened by POST."""
    today = timezone.localdate()
    student = get_object_or_404(Student.objects.visible_to(request.user).with_class_to_come(today), pk=pk)
    may_open = Student.objects.filter(opens_sensitive(request.user), pk=pk).exists()
    opened = request.method == "POST"
    if opened and not may_open:
        raise PermissionDenied
    sees_groups = may_see_groups(request.user, student)
    codes_of = codes_issuable_by(request.user)["guardians"].filter(guardianships__student=student)
    if opened:
        log_access(user=request.user, student=student, fields=SENSITIVE + ["special_groups"] * sees_groups)
    context = {
        "student": student,
        "opened": opened,
        "may_open": may_open,
        "guardianships": student.guardianships.select_related("guardian__user"),
        "memberships": student.class_memberships.select_related("school_class"),
        "may_see_groups": sees_groups,
        "may_tell": sees_groups or request.user.has_role("duty_leader"),
        "groups": student.special_groups.all() if opened and sees_groups else [],
        "log": AccessLog.objects.filter(student=student).select_related("user")[:10],
        "given_codes": set(codes_of.values_list("pk", flat=True)),
        "may_edit": request.user.has_role(*OFFICE),
        "parts": parts_of(student, request.user),
    }
    return render(request, "school/student_detail.html", context)


@role_required(*SEES_STUDENTS)
def class_list(request: HttpRequest) -> HttpResponse:
    """The classes and how many children each has; before the term begins, on its first day."""
    today = ClassMembership.objects.day_shown(timezone.localdate())
    classes = (
        SchoolClass.objects.visible_to(request.user)
        .filter(graduated_on=None)
        .select_related("room")
        .annotate(children=Count("memberships", filter=on_day(today, "memberships__"), distinct=True))
    )
    links = []
    if request.user.has_role(*OFFICE):
        links = [
            Link(_("Add a class"), reverse("school:class_add"), "plus"),
            Link(_("The year's turn"), reverse("school:year_turn"), "rotate-clockwise"),
        ]
    return list_page(request, ClassTable(classes), links=links, per_page=ALL_CLASSES)


@role_required(*SEES_STUDENTS)
def class_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One class: its children, and which guardians have signed in at least once."""
    today = timezone.localdate()
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user), pk=pk)
    day = school_class.memberships.day_shown(today)
    students = list(
        Student.objects.visible_to(request.user)
        .filter(class_memberships__in=school_class.memberships.on(day))
        .order_by("name_key")
    )
    adults: dict[int, list[Guardianship]] = {}
    for guardianship in Guardianship.objects.filter(student__in=students, barred=False).select_related("guardian"):
        adults.setdefault(guardianship.student_id, []).append(guardianship)
    context = {
        "school_class": school_class,
        "parts": parts_of(school_class, request.user),
        "rows": [(student, adults.get(student.pk, [])) for student in students],
        "may_issue": request.user.has_role(*OFFICE)
        or SchoolClass.objects.filter(classes_led(request.user, today), pk=pk).exists(),
        "may_edit": request.user.has_role(*OFFICE),
    }
    return render(request, "school/class_detail.html", context)


@role_required(*OFFICE, "principal")
def staff_list(request: HttpRequest) -> HttpResponse:
    """Colleagues with their posts, which say what each may see and do; those who left on a tab of their own."""
    today, form = timezone.localdate(), StaffFilter(request.GET)
    active = Staff.objects.active(today)
    rows = form.narrowed(Staff.objects.exclude(pk__in=active) if request.GET.get("status") == "left" else active, today)
    tabs = [
        CountTab("", _("At the school"), active.count()),
        CountTab("left", _("Left"), Staff.objects.count() - active.count()),
    ]
    links = []
    if request.user.has_role(*OFFICE):
        links = [
            Link(_("Add a member of staff"), reverse("school:staff_add"), "plus", primary=True),
            Link(_("Papers"), reverse("school:credential_list"), "certificate"),
        ]
    held = Prefetch("posts", Post.objects.from_day(today).select_related("school_class").order_by("starts_on"))
    return list_page(
        request,
        StaffTable(rows.select_related("subject", "user").prefetch_related(held)),
        form=form,
        tabs=tabs,
        links=links,
    )


def tell_unled_classes(request: HttpRequest, staff: Staff, last_day: dt.date) -> None:
    """Says which classes have nobody who leads them once the colleague has left."""
    day = last_day + dt.timedelta(days=1)
    led = SchoolClass.objects.filter(posts__staff=staff, posts__ends_on=last_day).distinct()
    gaps = Post.objects.homeroom_gaps([one.pk for one in led], day, day)
    if labels := [one.label(day) for one in led if one.pk in gaps]:
        facts = {"classes": "、".join(labels), "day": cn_date(day)}
        messages.warning(request, _("%(classes)s has no homeroom teacher from %(day)s on. Enter one.") % facts)


@role_required(*OFFICE, "principal")
def staff_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One member of staff: posts with their days, papers, and the last day that ends the login; the principal reads."""
    may_edit = request.user.has_role(*OFFICE)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    staff = get_object_or_404(Staff.objects.select_related("subject", "user"), pk=pk)
    form = LastDayForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: end_staff(staff=staff, **form.cleaned_data))
    ):
        messages.success(request, _("Entered. The login of %s ends with that day.") % staff.name)
        tell_unled_classes(request, staff, form.cleaned_data["last_day"])
        return redirect("school:staff_detail", pk)
    context = {
        "staff": staff,
        "may_edit": may_edit,
        "posts": staff.posts.select_related("school_class").order_by("-starts_on"),
        "teachings": staff.teachings.select_related("school_class", "subject"),
        "credentials": [(paper, paper.validity(timezone.localdate())) for paper in staff.credentials.all()],
        "standing": standing_of(staff, timezone.localdate()),
        "exceptions": staff.credential_exceptions.on(timezone.localdate()),
        "form": form,
        "parts": parts_of(staff, request.user),
        "has_factor": staff.user is not None and is_mfa_enabled(staff.user),
        # What is still held from the day after the last one is handed over first.
        "first_without": form.cleaned_data["last_day"] + dt.timedelta(days=1)
        if form.errors and form.cleaned_data
        else None,
    }
    return render(request, "school/staff_detail.html", context)
