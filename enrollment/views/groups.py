"""Care groups, their lists for the wall, and the weekly duty table."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from enrollment import group_papers as papers
from enrollment.duty_table import duties_held, duty_names, duty_table
from enrollment.forms.groups import ProposalForm
from enrollment.models import (
    CareGroup,
    CareGroupAdult,
    CareGroupMember,
    DutyChange,
    GroupProposal,
    GroupPublication,
)
from enrollment.publications import day_shown, out_of_place, without_group
from enrollment.services import assign_duties, form_groups
from enrollment.tables.groups import GroupTable
from school.access import role_required
from school.models import Period, SchoolSettings, Staff, Student, Term
from school.models.calendar import Weekday
from school.models.places import grade_name
from school.rows import homeroom_children
from school.views.papers import print_paper
from web.addresses import read_day
from web.tables import WHOLE, Link, list_page
from web.templatetags.formats import cn_date

OFFICE = ("service_office", "academic_office")
NAMED = 30  # children without a group are named up to here, and counted beyond


@role_required(*OFFICE, "duty_leader")
def group_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    term = Term.objects.current(today)
    day = day_shown(term, today)
    groups = CareGroup.objects.filter(term=term)
    grades = sorted(set(groups.values_list("grade", flat=True)))
    may_form, waiting = request.user.has_role(*OFFICE), without_group(term, today)
    table = GroupTable(groups.with_rooms().with_counts(day), day=day)
    table.subtitle = str(term or "") if day == today else f"{term or ''} · {cn_date(day)}"
    first = max(today + dt.timedelta(days=1), term.starts_on) if term else today
    return list_page(
        request,
        table,
        template="enrollment/group_list.html",
        links=links_for(there=bool(grades), may_form=may_form),
        per_page=WHOLE,
        today=today,
        waiting=waiting.values("student").distinct().count(),
        waiting_first=waiting.select_related("student").order_by("student__name_key", "starts_on")[:NAMED],
        may_form=may_form,
        proposing=ProposalForm(term, initial={"day": first}) if term else None,
        proposal=GroupProposal.objects.filter(term=term, published_at=None).first(),
        publications=GroupPublication.objects.filter(term=term).select_related("by")[:5],
        out_of_place=out_of_place(term, day) if term else [],
        grades=[(grade, grade_name(grade)) for grade in grades],
    )


def links_for(*, there: bool, may_form: bool) -> list[Link]:
    """Lists are printed and published once groups are there."""
    links = [Link(_("Print all lists"), reverse("enrollment:group_print"), "printer")] if there else []
    if there and may_form:
        links.append(Link(_("Publish the lists"), f"{reverse('enrollment:group_publish')}?of=lists", "send"))
    return [*links, Link(_("Duty table"), reverse("enrollment:duty_table"), "table")]


@role_required(*OFFICE)
@require_POST
def group_form(request: HttpRequest) -> HttpResponse:
    """Forms groups by the rule, or places late joiners in those that exist."""
    today = timezone.localdate()
    term = Term.objects.current(today)
    day = term.nearest(today) if term else today
    groups = form_groups(term=term, day=day, by=request.user)
    if waiting := without_group(term, today).values("student").distinct().count():
        sentence = ngettext(
            "%(groups)d care groups; %(n)d child still has none: it is in no class on its first day.",
            "%(groups)d care groups; %(n)d children still have none: they are in no class on their first day.",
            waiting,
        )
        messages.warning(request, sentence % {"groups": len(groups), "n": waiting})
    else:
        messages.success(request, _("%d care groups; every child who takes part has a place.") % len(groups))
    return redirect("enrollment:group_list")


@role_required(*OFFICE)
@require_POST
def duty_assign(request: HttpRequest) -> HttpResponse:
    term = Term.objects.current(timezone.localdate())
    try:
        missing = assign_duties(term=term, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if missing:
            messages.warning(request, _("%d duties are still open: nobody is free then.") % missing)
        else:
            messages.success(request, _("Every group has its adults on every weekday and period."))
    return redirect("enrollment:duty_table")


@role_required(*OFFICE, "duty_leader", "homeroom_teacher")
def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One group's list; with ?print a list for the wall, names as the school shows them there."""
    groups = CareGroup.objects.select_related("term").with_rooms()
    if not request.user.has_role(*OFFICE, "duty_leader"):
        own = Student.objects.visible_to(request.user).values("pk")
        groups = groups.filter(pk__in=CareGroupMember.objects.filter(student__in=own).values("group"))
    group = get_object_or_404(groups, pk=pk)
    today = day_shown(group.term, timezone.localdate())
    members = group.members.on(today).select_related("student").order_by("student__name_key")
    duties = duties_held(group.term, today, group=group)
    if "print" in request.GET:
        full = request.GET["print"] == "roll"
        return print_paper(request, papers.GROUP_ROLL if full else papers.GROUP_LIST, group, today)
    context = {
        "group": group,
        "room": group.room_on(today),
        "members": members,
        "duties": duties,
        "earlier": group.members.filter(ends_on__lt=today).select_related("student").order_by("-ends_on")[:25],
        "adults": Staff.objects.filter(care_groups__in=CareGroupAdult.objects.on(today).filter(group=group)).order_by(
            "name_key"
        ),
        "may_move": request.user.has_role(*OFFICE),
    }
    return render(request, "enrollment/group_detail.html", context)


@role_required(*OFFICE, "duty_leader")
def group_print(request: HttpRequest) -> HttpResponse:
    """The lists of a grade or of all groups as one PDF, each on a new sheet."""
    term = Term.objects.current(timezone.localdate())
    today = day_shown(term, timezone.localdate())
    grade = {"grade": int(request.GET["grade"])} if request.GET.get("grade", "").isdigit() else {}
    rows = papers.groups_with_children(today, term=term, **grade)
    if not rows:
        raise Http404
    return print_paper(request, papers.GROUP_LISTS, term, rows, today)


@role_required("guardian", "homeroom_teacher")
def group_mine(request: HttpRequest) -> HttpResponse:
    """The care group of each child of the family, or of the class one leads: where, and with whom. No other child's name."""
    today = day_shown(Term.objects.current(timezone.localdate()), timezone.localdate())
    own = Student.objects.of_guardian(request.user)
    mine = Student.objects.filter(homeroom_children(request.user))
    members = CareGroupMember.objects.on(today).filter(Q(student__in=own) | Q(student__in=mine))
    members = members.select_related("student", "group").prefetch_related("group__rooms__room")
    rows = list(members.order_by("group__name", "student__name_key"))
    adults = duty_names({row.group for row in rows}, today)
    context = {
        "rows": [(row, row.group.room_on(today), adults.get(row.group_id, [])) for row in rows],
        "today": today,
    }
    return render(request, "enrollment/group_mine.html", context)


@role_required(*OFFICE, "duty_leader", "principal")
def duty_week(request: HttpRequest) -> HttpResponse:
    """课后服务安排表: groups down, weekdays and periods across; with ?print as a list for the wall."""
    day = read_day(request.GET.get("day"))
    term = Term.objects.current(day)
    day = term.nearest(day) if term else day
    if "print" in request.GET and term:
        return print_paper(request, papers.DUTY_TABLE, term, day)
    rows = duty_table(term, day) if term else []
    context: dict[str, Any] = {
        "term": term,
        "day": day,
        "weekdays": Weekday.choices[:5],
        "periods": list(Period.objects.all()),
        "rows": rows,
        "wanted": SchoolSettings.load().adults_at_once,
        "short": sum(cell.short for _group, cells in rows for cell in cells),
        "may_change": request.user.has_role(*OFFICE),
        "changes": DutyChange.objects.filter(term=term).select_related("by", "undone_by")[:10],
    }
    return render(request, "enrollment/duty_table.html", context)
