"""The office's rounds: prepared, rehearsed, announced, drawn, published; and the instructors' auditions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clubs.forms.rounds import ExtendForm, RehearsalForm, RoundForm, VerdictForm
from clubs.models import Choice, ChoiceRound, Club, Draw
from clubs.services.choosing import announce_round, cancel_round, record_verdicts
from clubs.services.drawing import draw_round
from clubs.services.giving import Given, publish_auditions, publish_draw
from clubs.services.rehearsing import rehearse
from clubs.tables.catalogue import ROUND_KINDS, RoundTable
from clubs.views.common import OFFICE, put_errors, tell, this_term
from school.access import role_required
from school.models import Student, grade_name
from web.editing import show_refusal
from web.tables import Link, list_page

READERS = (*OFFICE, "principal")


@role_required(*READERS)
def round_list(request: HttpRequest) -> HttpResponse:
    """All rounds, this term's on top, with how many have chosen."""
    rows = ChoiceRound.objects.select_related("term").annotate(
        chosen=Count("sheets", filter=Q(sheets__choices__rank=1), distinct=True),
        club_count=Count("clubs", distinct=True),
    )
    rows = rows.order_by("-opens_at", "-pk")  # counting groups, and groups forget the model's order
    links = []
    if request.user.has_role(*OFFICE):
        links = [
            Link(_("Prepare a round"), reverse("clubs:round_add"), "plus", primary=True),
            Link(_("Settings"), reverse("clubs:club_settings"), "settings"),
        ]
    return list_page(
        request, RoundTable(rows), template="clubs/office_list.html", links=links, per_page=20, here="rounds"
    )


@role_required(*OFFICE)
def round_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Everything until it is announced; afterwards only a later end."""
    one = get_object_or_404(ChoiceRound, pk=pk) if pk else ChoiceRound(term=this_term(), made_by=request.user)
    kind = RoundForm if one.state == ChoiceRound.State.DRAFT else ExtendForm
    if one.state not in (ChoiceRound.State.DRAFT, ChoiceRound.State.ANNOUNCED):
        raise PermissionDenied
    form = kind(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved."))
        return redirect("clubs:round_detail", saved.pk)
    return render(request, "clubs/round_edit.html", {"form": form, "round": one if pk else None})


@role_required(*READERS)
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One round with its figures, its rehearsals, its draw, and the next step."""
    one = get_object_or_404(ChoiceRound.objects.select_related("term", "made_by"), pk=pk)
    now = timezone.now()
    context = {
        "round": one,
        "kind": ROUND_KINDS[one.state],
        "clubs": one.wished_clubs().order_by("category", "name")[:200],
        "chosen": one.sheets.filter(choices__rank=1).count(),
        "memberships": one.memberships.count(),
        "draw": one.draws.real().first(),
        "rehearsals": one.draws.filter(rehearsal=True)[:10],
        "form": RehearsalForm(),
        "not_given": Choice.objects.not_given_in(one)[:50],
        "closed": one.closes_at <= now,
        "open": one.is_choosable(now),
        "may_edit": request.user.has_role(*OFFICE),
    }
    return render(request, "clubs/round_detail.html", context)


@role_required(*OFFICE)
@require_POST
def round_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce, call off, draw, publish: each once, whoever presses twice."""
    one = get_object_or_404(ChoiceRound, pk=pk)
    acts: dict[str, tuple[Any, str]] = {
        "announce": (announce_round, _("Announced: families see it now.")),
        "cancel": (cancel_round, _("Called off.")),
        "draw": (draw_round, _("Drawn. Look at the report, then publish it.")),
        "publish": (publish_draw if one.way == ChoiceRound.Way.DRAW else publish_auditions, ""),
    }
    act, told = acts.get(request.POST.get("act", ""), (None, ""))
    try:
        done = act(round=one, by=request.user) if act else None
    except ValidationError as error:
        show_refusal(request, error)
    else:
        if isinstance(done, Given):
            tell(request, done)
        elif done:
            messages.success(request, told)
    return redirect("clubs:round_detail", pk)


@role_required(*OFFICE)
@require_POST
def round_rehearse(request: HttpRequest, pk: int) -> HttpResponse:
    """Runs a rule on wishes that are known; nothing but the report is kept."""
    one = get_object_or_404(ChoiceRound.objects.select_related("term"), pk=pk)
    form = RehearsalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose where the wishes come from, and the rule."))
        return redirect("clubs:round_detail", pk)
    try:
        draw = rehearse(round=one, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        show_refusal(request, error)
        return redirect("clubs:round_detail", pk)
    return redirect("clubs:draw_report", draw.pk)


@role_required(*READERS)
def draw_report(request: HttpRequest, pk: int) -> HttpResponse:
    """How content families are, by grade and group; which clubs overflow, which come about, which do not."""
    draw = get_object_or_404(Draw.objects.select_related("round__term", "by").defer("data"), pk=pk)
    summary = draw.summary
    for club in summary["clubs"]:
        club["size"] = club["given"] + club.get("there", 0)  # reports of before know only what they gave
    clubs = sorted(
        summary["clubs"], key=lambda c: (-(c["first"] / c["places"]) if c["places"] else -c["first"], c["name"])
    )
    context = {
        "draw": draw,
        "all": summary["all"],
        "grades": [(grade_name(grade) if grade else _("no class"), part) for grade, part in summary["grades"]],
        "groups": [((_("first in line") if n == 0 else _("all others")), part) for n, part in summary["tiers"]],
        "clubs": clubs,
        "overflow": [club for club in clubs if club["first"] > club["places"]],
        "few": [club for club in clubs if club["size"] < club["least"] or not club["size"]],
    }
    return render(request, "clubs/draw_report.html", context)


@role_required(*OFFICE, "teacher", "homeroom_teacher", "grade_head")
def audition(request: HttpRequest, pk: int, club_pk: int) -> HttpResponse:
    """The instructor's list: who is accepted, who waits, who not this time."""
    one = get_object_or_404(ChoiceRound.objects.announced().filter(way=ChoiceRound.Way.AUDITION), pk=pk)
    clubs = one.clubs.all() if request.user.has_role(*OFFICE) else one.clubs.filter(pk__in=own_clubs(request))
    club = get_object_or_404(clubs, pk=club_pk)
    choices = list(Choice.objects.to_hear(one, club)[:300])
    heard = Student.objects.filter(choice_sheets__choices__in=choices).with_class_to_come(timezone.localdate())
    children = {student.pk: student for student in heard}
    forms = [VerdictForm(choice, request.POST or None) for choice in choices]
    valid = [form.is_valid() for form in forms]  # each is asked, so that each shows what is wrong
    if request.method == "POST" and all(valid):
        verdicts = {f.choice.pk: (f.cleaned_data["verdict"], f.cleaned_data["note"]) for f in forms}
        try:
            accepted = record_verdicts(round=one, club=club, verdicts=verdicts, by=request.user)
        except ValidationError as error:
            put_errors(forms[0], error)
        else:
            messages.success(request, _("Saved: %d accepted.") % accepted)
            return redirect("clubs:audition", pk, club_pk)
    rows = [(form, children[form.choice.sheet.student_id]) for form in forms]
    return render(request, "clubs/audition.html", {"round": one, "club": club, "rows": rows})


def own_clubs(request: HttpRequest) -> Any:
    return Club.objects.led_by(request.user)


@role_required("teacher", "homeroom_teacher", "grade_head")
def audition_list(request: HttpRequest) -> HttpResponse:
    """The auditions of one's own clubs."""
    mine = set(own_clubs(request).values_list("pk", flat=True))
    rows = [
        (one, club)
        for one in ChoiceRound.objects.announced()
        .filter(way=ChoiceRound.Way.AUDITION, clubs__in=own_clubs(request))
        .distinct()
        .prefetch_related("clubs__instructor")[:20]
        for club in one.clubs.all()
        if club.pk in mine
    ]
    return render(request, "clubs/audition_list.html", {"rows": rows})
