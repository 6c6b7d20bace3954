"""What the enrolment knows of a child (service and days, group, who may fetch it, what was signed) and of an adult (duties)."""

from django.db.models import Count, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrollment.duty_table import duties_held
from enrollment.models import (
    Agreement,
    Application,
    CareGroupMember,
    ChangeRequest,
    Collector,
    Enrolment,
    LeavesAlone,
)
from enrollment.participation import goes_on
from school.models import ClassMembership, Room, SchoolClass, Staff, Student, Term, User
from school.models.dated import goes_on_after
from school.parts import Line, Part
from web.templatetags.formats import cn_date, cn_span, leaving, weekdays

SHOWN = 8


def service_of(user: User, student: Student) -> Part:
    """Services of today and to come with their days, the care group, changes that wait."""
    today = timezone.localdate()
    lines = []
    rows = Enrolment.objects.visible_to(user).filter(student=student).from_day(today).select_related("option")
    for row in rows.order_by("starts_on")[:SHOWN]:
        days = "；".join(filter(None, [weekdays(row.weekdays), leaving(row.leaves_after)]))
        lines.append(Line(f"{row.option.name} · {days}", cn_span(row)))
    places = CareGroupMember.objects.filter(student=student).from_day(today).select_related("group")
    for place in places.prefetch_related("group__rooms__room").order_by("starts_on")[:SHOWN]:
        room = place.group.room_on(max(today, place.starts_on))
        url = reverse("enrollment:group_detail", args=[place.group_id])
        lines.append(Line(place.group.name, " · ".join(filter(None, [str(room or ""), cn_span(place)])), url))
    waiting = ChangeRequest.objects.visible_to(user).waiting().filter(enrolment__student=student)
    for change in waiting[:SHOWN]:
        text = f"{change.get_kind_display()} · {cn_date(change.effective_on)}"
        lines.append(Line(text, url=reverse("enrollment:change_list"), badge=change.get_state_display(), kind="wait"))
    return Part(_("Service and group"), lines, empty=_("Takes part in nothing."))


def papers_of(user: User, student: Student) -> Part | None:
    """Applications and agreements of the child, the newest first."""
    seen = Application.objects.visible_to(user).filter(student=student).select_related("option")
    lines = [
        Line(
            one.option.name,
            cn_date(one.submitted_at),
            reverse("enrollment:application_detail", args=[one.pk]),
            one.get_status_display(),
        )
        for one in seen.order_by("-submitted_at")[:SHOWN]
    ]
    for agreement in Agreement.objects.visible_to(user).filter(application__student=student)[:SHOWN]:
        url = reverse("enrollment:agreement_pdf", args=[agreement.pk])
        lines.append(Line(agreement.get_kind_display(), cn_date(agreement.created_at), url, str(agreement.state.label)))
    return Part(_("Applications and agreements"), lines) if lines else None


def collectors_of(user: User, student: Student) -> Part | None:
    """Who may fetch the child, goes home alone, and who is barred; phones stand on the page of collectors."""
    if not user.has_role("service_office", "academic_office", "duty_leader"):
        return None
    today = timezone.localdate()
    rows = Collector.objects.visible_to(user).filter(student=student).from_today().select_related("person__institution")
    lines = [
        Line(
            f"{one.name} · {one.relation}",
            cn_span((one.starts_on, one.until)),
            badge=one.get_kind_display() if one.until is None or one.until >= today else _("may not collect now"),
            kind="danger" if one.kind == Collector.Kind.BARRED else "ok" if one.holds_on(today) else "neutral",
        )
        for one in rows.order_by("kind", "name")[:20]
    ]
    for alone in LeavesAlone.objects.filter(student=student).from_today():
        lines.append(Line(_("Goes home alone: %s") % weekdays(alone.weekdays), cn_span(alone)))
    return Part(
        _("Who may fetch the child"),
        lines,
        empty=_("Nobody is named."),
        url=reverse("enrollment:collector_list", args=[student.pk]),
        url_label=_("Collectors"),
    )


def duties_of(user: User, staff: Staff) -> Part | None:
    """The weekly duties of the running term, or of one to come: weekday, period, group and room."""
    today = timezone.localdate()
    term = Term.objects.current(today)
    if term is None:
        return None
    day = term.nearest(today)
    duties = duties_held(term, day, staff=staff)
    prefetch_related_objects(duties, "group__rooms__room")
    lines = [
        Line(
            f"{duty.get_weekday_display()} {duty.period} · {duty.group.name}",
            str(duty.group.room_on(day) or ""),
            reverse("enrollment:group_detail", args=[duty.group_id]),
        )
        for duty in sorted(duties, key=lambda duty: (duty.weekday, duty.period.number))
    ]
    url = reverse("enrollment:duty_table")
    return Part(_("Duties in the week"), lines, empty=_("No duty."), url=url, url_label=_("Duty table"))


def class_of(user: User, school_class: SchoolClass) -> Part:
    """How many of the class take part, in which groups they are, and what of their applications waits."""
    today = timezone.localdate()
    day = school_class.memberships.day_shown(today)
    members = school_class.memberships.on(day).values("student")
    on_roll = school_class.memberships.filter(goes_on_after(ClassMembership.objects.all(), day)).values("student")
    here = Enrolment.objects.visible_to(user).after_school().on(day).filter(student__in=members)
    going_on = here.filter(goes_on(Enrolment.objects.all(), day, "option"), student__in=on_roll)
    n, of = going_on.values("student").distinct().count(), on_roll.count()
    lines = [Line(_("%(n)d of %(of)d take part") % {"n": n, "of": of})]
    if last := here.values("student").distinct().count() - n:
        lines.append(
            Line(ngettext("%d child is here for the last day", "%d children are here for the last day", last) % last)
        )
    groups = CareGroupMember.objects.on(day).filter(student__in=members).order_by()
    for group, name, n in groups.values_list("group", "group__name").annotate(Count("pk")).order_by("group__name"):
        url = reverse("enrollment:group_detail", args=[group])
        lines.append(Line(name, ngettext("%d child", "%d children", n) % n, url))
    waiting = Application.objects.visible_to(user).filter(student__in=members, status__in=Application.UNDECIDED)
    if n := waiting.count():
        words = ngettext("%d application is not decided", "%d applications are not decided", n) % n
        lines.append(Line(words, url=reverse("enrollment:application_list"), badge=_("waits"), kind="wait"))
    return Part(_("After-school service"), lines)


def groups_in(user: User, room: Room) -> Part:
    """The care groups that are in the room, from now on."""
    rows = room.care_groups.from_day(timezone.localdate()).select_related("group__term").order_by("starts_on")
    lines = [
        Line(one.group.name, cn_span(one), reverse("enrollment:group_detail", args=[one.group_id]))
        for one in rows[:SHOWN]
    ]
    return Part(_("Care groups"), lines, empty=_("No care group is in this room."))
