"""The hub of what happens in term, for staff and for families; theme months."""

from django.core.paginator import Paginator
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.certificates import LAST_WEEKS, issued_from, last_day_of
from clubs.forms.activities import ThemeForm
from clubs.models import CampusZone, ClubSettings, Lecture, Membership, Show, ThemeMonth, Visit, VisitChild
from clubs.placing import weekday_of
from clubs.records import held_meetings, led_by
from clubs.tables.activities import ThemeTable
from clubs.views.common import OFFICE, STAFF, this_term
from enrollment.children import children_of
from school.access import role_required
from web.editing import edit_row
from web.tables import Link, list_page

READERS = (*STAFF, "homeroom_teacher", "grade_head")


@role_required(*READERS)
def activity_list(request: HttpRequest) -> HttpResponse:
    """A card for each, with what waits."""
    today, term = timezone.localdate(), this_term()
    meetings = held_meetings(term, today).filter(record=None)
    whole = request.user.has_role(*OFFICE, "principal", "duty_leader")
    visits = Visit.objects.visible_to(request.user)
    context = {
        "term": term,
        "theme": ThemeMonth.objects.of(term, today),
        "whole": whole,
        "without": (meetings if whole else meetings.filter(led_by(request.user))).count(),
        "planned": visits.filter(state=Visit.State.PLANNED, day__gte=today).count(),
        "next_visit": visits.filter(state=Visit.State.APPROVED, day__gte=today).order_by("day").first(),
        "last_show": Show.objects.visible_to(request.user).filter(term=term, day__lte=today).first(),
        "lectures_offered": Lecture.objects.visible_to(request.user).filter(state=Lecture.State.OFFERED).count(),
        "zones": CampusZone.objects.filter(term=term, weekday=weekday_of(today)).select_related("school_class")[:30],
    }
    return render(request, "clubs/activity_list.html", context)


@role_required("guardian")
def family_activities(request: HttpRequest) -> HttpResponse:
    """A family's side: visits to answer, what it says of its clubs, certificates."""
    today, term = timezone.localdate(), this_term()
    children = children_of(request)
    visits = VisitChild.objects.filter(student__in=children).exclude(visit__state=Visit.State.CALLED_OFF)
    rows = Membership.objects.filter(student__in=children, club__term=term).select_related(
        "club__term", "student", "enrolment", "evaluation"
    )
    page = Paginator(rows.order_by("student__name_key", "club__name"), 25).get_page(request.GET.get("page"))
    from_days = issued_from(page)
    for row in page:
        stayed = last_day_of(row) >= row.club.term.ends_on - LAST_WEEKS
        row.certificate_from = from_days[row.pk] if stayed else None  # type: ignore[attr-defined]
    settings = ClubSettings.load()
    context = {
        "term": term,
        "visits": visits.filter(visit__day__gte=today).select_related("visit", "student").order_by("visit__day")[:30],
        "page_obj": page,
        "today": today,
        "may_evaluate": settings.family_evaluations and term is not None and today <= term.ends_on,
        "shows": Show.objects.visible_to(request.user).filter(term=term).select_related("club")[:30],
        "lectures": Lecture.objects.filter(offered_by=request.user).select_related("period", "room")[:30],
    }
    return render(request, "clubs/family_activities.html", context)


@role_required(*READERS)
def theme_list(request: HttpRequest) -> HttpResponse:
    office = request.user.has_role(*OFFICE)
    rows = ThemeMonth.objects.filter(term=this_term()).annotate(may_edit=Value(office)).order_by("month")
    add = Link(_("Add a theme"), reverse("clubs:theme_add"), "plus", primary=True)
    return list_page(request, ThemeTable(rows), links=[add] if office else [], back=reverse("clubs:activity_list"))


@role_required(*OFFICE)
def theme_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    theme = get_object_or_404(ThemeMonth, pk=pk) if pk else ThemeMonth(term=this_term())
    form = ThemeForm(request.POST or None, instance=theme)
    title, back = _("Theme of a month"), reverse("clubs:theme_list")
    return edit_row(request, form, template="clubs/theme_edit.html", title=title, back=back)
