"""The board of care groups: a draft moved by hand, its broken rules, undo, publication; and transfers in mid-term."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enrollment import group_papers as papers
from enrollment.forms.groups import MoveForm, ProposalForm
from enrollment.models import CareGroup, CareGroupMember, GroupProposal, GroupPublication
from enrollment.planning import PlanGroup
from enrollment.proposals import (
    Facts,
    alone_below_threshold,
    groups_in,
    load_facts,
    name_of,
    problems,
    shortage,
    unplaced,
)
from enrollment.services.proposing import edit_proposal, housing, moving, propose_groups, staffing, undo_edit
from enrollment.services.publishing import move_child, publish_lists, publish_proposal
from enrollment.views.groups import OFFICE
from school.access import role_required
from school.models import Student, Term
from school.models.places import grade_name
from school.views.papers import print_paper
from web.addresses import read_numbers
from web.editing import edit_row

FORM = "enrollment/collector_form.html"


def open_proposal() -> GroupProposal | None:
    term = Term.objects.current(timezone.localdate())
    return GroupProposal.objects.filter(term=term, published_at=None).select_related("term", "made_by").first()


@role_required(*OFFICE)
@require_POST
def group_propose(request: HttpRequest) -> HttpResponse:
    """A new draft; the one that was open goes."""
    term = Term.objects.current(timezone.localdate())
    form = ProposalForm(term, request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(message for errors in form.errors.values() for message in errors))
        return redirect("enrollment:group_list")
    try:
        propose_groups(term=term, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("enrollment:group_list")
    return redirect("enrollment:group_board")


@role_required(*OFFICE)
def group_board(request: HttpRequest) -> HttpResponse:
    """The draft, grade by grade, a column for each group."""
    proposal = open_proposal()
    if proposal is None:
        messages.info(request, _("There is no draft of groups: begin one here, then it is rearranged on the board."))
        return redirect("enrollment:group_list")
    return render(request, "enrollment/group_board.html", board_of(request, proposal))


def board_of(request: HttpRequest, proposal: GroupProposal, error: str = "") -> dict[str, Any]:
    facts = load_facts(proposal.term, proposal.day)
    groups = groups_in(proposal, facts)
    waiting = unplaced(groups, facts)
    grades = sorted({child_class.grade for child_class in facts.classes.values()} | {g.grade for g in groups})
    asked = request.GET.get("grade") or request.POST.get("grade") or ""
    grade = grade_asked(asked, grades)
    columns = [column_of(group, groups, facts) for group in groups if group.grade == grade]
    broken = {g: sum(1 for group in groups if group.grade == g and problems(group, groups, facts)) for g in grades}
    return {
        "proposal": proposal,
        "columns": columns,
        "waiting": [(e, facts.students[e]) for e in waiting if facts.grade(e) == grade],
        "waiting_all": len(waiting),
        "grade": grade,
        "grades": [(g, grade_name(g), broken[g]) for g in grades],
        "rooms": sorted(facts.rooms.values(), key=lambda room: room.name),
        "staff": list(facts.staff.values()),
        "shortage": shortage(proposal.term, groups, facts),
        "may_undo": bool(proposal.undo),
        "error": error,
    }


def grade_asked(asked: str, grades: list[int]) -> int:
    """The grade in the address, else the first that has children."""
    found = int(asked) if asked.isascii() and asked.isdigit() else 0
    return found if found in grades or not grades else grades[0]


def column_of(group: PlanGroup, groups: list[PlanGroup], facts: Facts) -> dict[str, Any]:
    classes: dict[int, list[tuple[int, Student]]] = {}
    for enrolment in group.children:
        classes.setdefault(facts.children[enrolment].school_class, []).append((enrolment, facts.students[enrolment]))
    children = [facts.children[enrolment] for enrolment in group.children]
    return {
        "group": group,
        "name": name_of(group, facts),
        "classes": [(pk, facts.labels[pk], rows) for pk, rows in sorted(classes.items())],
        "adults": [facts.staff[pk] for pk in group.adults if pk in facts.staff],
        "problems": problems(group, groups, facts),
        "remark": alone_below_threshold(group, facts),
        "special": sum(child.special for child in children),
        "attention": sum(child.attention for child in children),
    }


@role_required(*OFFICE)
@require_POST
def group_edit(request: HttpRequest) -> HttpResponse:
    """One change by hand: `action` is move, room, adults or undo. By htmx the board comes back, else the page."""
    proposal = open_proposal()
    if proposal is None:
        return redirect("enrollment:group_list")
    error = ""
    try:
        proposal = change(request, proposal)
    except ValidationError as refusal:
        error = " ".join(refusal.messages)
    if request.headers.get("HX-Request"):
        context = board_of(request, proposal, error)
        return render(request, "enrollment/_group_board.html", context, status=422 if error else 200)
    if error:
        messages.error(request, error)
    return redirect(f"{reverse('enrollment:group_board')}?grade={request.POST.get('grade', '')}")


def change(request: HttpRequest, proposal: GroupProposal) -> GroupProposal:
    action, key = request.POST.get("action", ""), request.POST.get("group", "")
    if action == "undo":
        return undo_edit(proposal=proposal, by=request.user)
    if action == "room":
        edit = housing(key, next(iter(numbers(request, "room")), None))
    elif action == "adults":
        edit = staffing(key, numbers(request, "adult"))
    else:
        edit = moving(numbers(request, "child"), request.POST.get("to", ""))
    return edit_proposal(proposal=proposal, edit=edit, by=request.user)


def numbers(request: HttpRequest, name: str) -> list[int]:
    """The numbers posted under a name; several may stand in one value («3,5,8»)."""
    return read_numbers(",".join(request.POST.getlist(name)).split(","))


@role_required(*OFFICE)
def group_publish(request: HttpRequest) -> HttpResponse:
    """The draft comes into force and hangs on the wall; without a draft, the lists as they are now."""
    proposal = open_proposal() if request.GET.get("of") != "lists" else None
    note = request.POST.get("note", "")[:200]
    term = Term.objects.current(timezone.localdate())
    cancel = reverse("enrollment:group_board" if proposal else "enrollment:group_list")
    if request.method == "POST":
        try:
            if proposal:
                made = publish_proposal(proposal=proposal, note=note, by=request.user)
            else:
                made = publish_lists(term=term, day=timezone.localdate(), note=note, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(cancel)
        messages.success(request, _("Published: list no. %d. Print it for the wall.") % made.number)
        return redirect("enrollment:group_changes", made.pk)
    context = {"proposal": proposal, "term": term, "cancel_url": cancel}
    return render(request, "enrollment/group_publish.html", context)


@role_required(*OFFICE, "duty_leader", "principal")
def group_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from one publication to the next: moved in and out, rooms, adults."""
    made = get_object_or_404(GroupPublication.objects.select_related("term", "by"), pk=pk)
    if "print" in request.GET:
        return print_paper(request, papers.GROUP_CHANGES, made)
    before, changes = papers.changes_of(made)
    return render(request, "enrollment/group_changes.html", {"made": made, "before": before, "changes": changes})


@role_required(*OFFICE)
def group_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One child to another group of the grade in mid-term."""
    today = timezone.localdate()
    rows = CareGroupMember.objects.on(today).select_related("student", "group__term")
    place = get_object_or_404(rows, pk=pk)
    school_class = place.student.class_on(today)
    grade = school_class.grade(today) if school_class else place.group.grade
    groups = CareGroup.objects.filter(term=place.group.term_id, grade=grade).exclude(pk=place.group_id)
    if not groups:
        messages.info(
            request, _("%s has no other care group. Add one on the list of groups first.") % grade_name(grade)
        )
        return redirect("enrollment:group_detail", place.group_id)
    form = MoveForm(groups, request.POST or None)
    return edit_row(
        request,
        form,
        template=FORM,
        title=_("%(child)s: from %(group)s to another group") % {"child": place.student, "group": place.group},
        back=reverse("enrollment:group_detail", args=[place.group_id]),
        note=_("The place there ends the day before and stays on file. Publish the lists afterwards."),
        save=lambda: move_child(student=place.student, by=request.user, **form.cleaned_data),
    )
