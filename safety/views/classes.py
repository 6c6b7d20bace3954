"""Where the children are: of a class now, of all whom one sees on a day and period."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.placing import places_on
from clubs.views.common import STAFF
from enrollment.models import Enrolment
from safety.forms import WhereFilter
from safety.models import RollCall
from safety.places import DayPlaces
from safety.services.sessions import date_meetings
from safety.tables import AttendanceTable, WhereTable
from safety.whereabouts import whereabouts
from school.access import role_required
from school.models import Period, SchoolClass, Student, Term
from school.models.dated import on_day
from school.rows import with_children
from web.tables import list_page
from web.templatetags.components import CountTab
from web.templatetags.formats import cn_date

SEES_CLASSES = ("homeroom_teacher", "grade_head", "service_office", "academic_office", "duty_leader", "principal")


@role_required(*STAFF, "homeroom_teacher", "grade_head")
def where(request: HttpRequest) -> HttpResponse:
    """Who has which place on a day and period, substitutions included, and today where each is now; the children one sees."""
    last = Period.objects.order_by("-number").first()
    form = WhereFilter(
        request.user,
        {"day": timezone.localdate(), "period": last and last.pk} | {k: v for k, v in request.GET.items() if v},
    )
    wanted = form.cleaned_data if form.is_valid() else {}
    day, period = wanted.get("day") or timezone.localdate(), wanted.get("period") or last
    if day >= timezone.localdate():
        date_meetings(day)
    places = DayPlaces(day)
    rows: Any = Enrolment.objects.none()
    if period is not None:
        rows = places_on(day, period, weekday=places.weekday)
        rows = rows.filter(student__in=Student.objects.visible_to(request.user)).order_by("student__name_key", "pk")
    if school_class := wanted.get("school_class"):
        here = on_day(day, "student__class_memberships__")
        rows = rows.filter(here, student__class_memberships__school_class=school_class)
    table = WhereTable(with_children(rows, day), places=places, period=period, now=day == timezone.localdate())
    facts = {"day": cn_date(day), "period": period, "total": rows.count()}
    table.subtitle = _("%(day)s · %(period)s · %(total)s children") % facts
    return list_page(request, table, template="clubs/office_list.html", form=form, here="where")


@role_required(*SEES_CLASSES)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Each roll call of a child this term, the last one first; the tabs are the counts of the child's page."""
    today = timezone.localdate()
    student = get_object_or_404(Student.objects.visible_to(request.user).with_class(today), pk=pk)
    term = Term.objects.current(today)
    calls = RollCall.objects.of_child(student, term) if term else RollCall.objects.none()
    counted = calls.aggregate(all=Count("pk"), **{code: Count("pk", filter=Q(status=code)) for code in RollCall.Status})
    tabs = [CountTab("", _("All"), counted["all"])]
    tabs += [CountTab(code, label, counted[code]) for code, label in RollCall.Status.choices if counted[code]]
    status = request.GET.get("status", "")
    rows = calls.filter(status=status) if status in RollCall.Status.values else calls
    rows = rows.select_related("session__care_group", "session__meeting__club", "session__period")
    table = AttendanceTable(rows.order_by("-session__day", "-session__period__number", "-pk"))
    table.subtitle = f"{student.name} {student.class_label}"
    return list_page(request, table, tabs=tabs, back=reverse("school:student_detail", args=[pk]))


@role_required(*SEES_CLASSES)
def class_now(request: HttpRequest, pk: int) -> HttpResponse:
    """One line a child: its status of now, and where or with whom."""
    today = timezone.localdate()
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user), pk=pk)
    students = list(
        Student.objects.visible_to(request.user)
        .filter(class_memberships__in=school_class.memberships.on(today))
        .order_by("name_key")
    )
    context = {"school_class": school_class, "today": today, "rows": whereabouts(students, today)}
    return render(request, "safety/class_now.html", context)
