"""Rooms, classes, subjects, periods, and who teaches what: what the office keeps up to date."""

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import role_required
from school.forms import ClassForm, PeriodForm, RoomForm, SubjectForm, TeachingEndForm, TeachingFilter, TeachingForm
from school.models import Period, PeriodTime, PolicyRule, Room, SchoolClass, Subject, Teaching
from school.parts import parts_of
from school.services import save_period
from school.tables import RoomTable, SubjectTable, TeachingTable
from web.editing import edit_row
from web.tables import Link, list_page

OFFICE = ("service_office", "academic_office")
# With the tabs of what the office keeps.
LIST = "school/office_list.html"


@role_required(*OFFICE)
def room_list(request: HttpRequest) -> HttpResponse:
    table = RoomTable(Room.objects.prefetch_related("classes"))
    links = [Link(_("Add a room"), reverse("school:room_add"), "plus", primary=True)]
    return list_page(request, table, template=LIST, here="rooms", links=links)


@role_required(*OFFICE, "principal", "duty_leader")
def room_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One room: what is held there today and in the week, whose classroom it is."""
    room = get_object_or_404(Room, pk=pk)
    context = {"room": room, "parts": parts_of(room, request.user), "may_edit": request.user.has_role(*OFFICE)}
    return render(request, "school/room_detail.html", context)


@role_required(*OFFICE)
def room_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    room = get_object_or_404(Room, pk=pk) if pk else None
    return edit_row(
        request,
        RoomForm(request.POST or None, instance=room),
        template="school/room_edit.html",
        title=room.name if room else _("Add a room"),
        back=reverse("school:room_detail", args=[pk]) if pk else reverse("school:room_list"),
    )


@role_required(*OFFICE)
def class_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    school_class = get_object_or_404(SchoolClass, pk=pk) if pk else None
    return edit_row(
        request,
        ClassForm(request.POST or None, instance=school_class),
        template="school/class_edit.html",
        title=school_class.label() if school_class else _("Add a class"),
        back=reverse("school:class_list"),
        note=_("The grade follows from the year of entry: it rises by itself each August."),
    )


@role_required(*OFFICE)
def subject_list(request: HttpRequest) -> HttpResponse:
    table = SubjectTable(Subject.objects.annotate(teachers=Count("staff")).order_by("order", "pk"))
    links = [Link(_("Add a subject"), reverse("school:subject_add"), "plus", primary=True)]
    return list_page(request, table, template=LIST, here="subjects", links=links)


@role_required(*OFFICE)
def subject_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    subject = get_object_or_404(Subject, pk=pk) if pk else None
    return edit_row(
        request,
        SubjectForm(request.POST or None, instance=subject),
        template="school/subject_edit.html",
        title=subject.name if subject else _("Add a subject"),
        back=reverse("school:subject_list"),
    )


@role_required(*OFFICE)
def period_list(request: HttpRequest) -> HttpResponse:
    """The slots of the afternoon with their times in both seasons; an end that is too early says so."""
    today = timezone.localdate()
    periods = list(Period.objects.prefetch_related(Prefetch("period_times", PeriodTime.objects.from_day(today))))
    rows = [
        (
            period,
            period.times(PeriodTime.Season.SUMMER, today),
            period.times(PeriodTime.Season.WINTER, today),
            [times for times in period.period_times.all() if times.is_exception or not times.holds_on(today)],
        )
        for period in periods
    ]
    return render(
        request, "school/period_list.html", {"periods": rows, "warnings": early_ends(periods), "today": today}
    )


def early_ends(periods: list[Period]) -> list[str]:
    """A sentence for each season whose service ends before the time that S1 names, for all or for an exception."""
    today = timezone.localdate()
    rule = PolicyRule.objects.effective("S1", day=today, measure="end_time")
    if rule is None:
        return []
    later = [t for period in periods for t in period.period_times.all() if t.is_exception or not t.holds_on(today)]
    found: dict[str, None] = {}
    for season in PeriodTime.Season:
        for row in [PeriodTime(season=season), *(t for t in later if t.season == season)]:
            day = max(row.starts_on or today, today)
            held = [p.times(season, day, grade=row.grade_from, weekday=row.weekday) for p in periods]
            last = max((times.ends_at for times in held if times), default=None)
            if last and f"{last:%H:%M}" < str(rule.value):
                of = f"{season.label} · {row.whom()}" if row.is_exception else season.label
                facts = {"season": of, "end": f"{last:%H:%M}", "limit": rule.value, "source": rule.source}
                sentence = _("%(season)s: the service ends at %(end)s, before %(limit)s (%(source)s). Is that meant?")
                found[sentence % facts] = None
    return list(found)


@role_required(*OFFICE)
def period_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    period = get_object_or_404(Period, pk=pk) if pk else None
    form = PeriodForm(request.POST or None, instance=period)

    def save() -> None:
        save_period(period=form.instance, times=form.times(), from_day=form.cleaned_data.get("from_day"))

    return edit_row(
        request,
        form,
        template="school/period_edit.html",
        title=period.name if period else _("Add a period"),
        back=reverse("school:period_list"),
        note=_("Which days have winter times stands in the term. Without times in a season it is not held in it."),
        save=save,
    )


@role_required(*OFFICE)
def teaching_list(request: HttpRequest) -> HttpResponse:
    """Who teaches what in which class today; a class can be picked."""
    form = TeachingFilter(request.GET)
    rows = Teaching.objects.on(timezone.localdate()).select_related("school_class", "subject", "staff")
    if form.is_valid() and form.cleaned_data["school_class"]:
        rows = rows.filter(school_class=form.cleaned_data["school_class"])
    rows = rows.order_by("-school_class__entry_year", "school_class__number", "subject__order", "pk")
    links = [Link(_("Add a teaching assignment"), reverse("school:teaching_add"), "plus", primary=True)]
    return list_page(request, TeachingTable(rows), template=LIST, here="teaching", form=form, links=links)


@role_required(*OFFICE)
def teaching_add(request: HttpRequest) -> HttpResponse:
    return edit_row(
        request,
        TeachingForm(request.POST or None, initial={"school_class": request.GET.get("school_class")}),
        template="school/teaching_add.html",
        title=_("Add a teaching assignment"),
        back=reverse("school:teaching_list"),
    )


@role_required(*OFFICE)
def teaching_end(request: HttpRequest, pk: int) -> HttpResponse:
    teaching = get_object_or_404(Teaching.objects.select_related("school_class", "subject", "staff"), pk=pk)
    return edit_row(
        request,
        TeachingEndForm(request.POST or None, instance=teaching),
        template="school/teaching_end.html",
        title=f"{teaching.school_class} {teaching.subject} {teaching.staff}",
        back=reverse("school:teaching_list"),
        note=_("After the last day this class's homework is no longer this teacher's to enter."),
    )
