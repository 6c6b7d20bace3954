"""Ranking choices, and reading afterwards why each was or was not met."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.fitting import facts_of, why_not
from clubs.forms.family import ChoicesForm
from clubs.models import ChoiceRound, ChoiceSheet, Club, DrawLine, Offer
from clubs.outcomes import told
from clubs.services import accept_offer, refuse_offer
from clubs.services.choosing import save_choices
from clubs.views.common import put_errors
from clubs.views.family import menu_url
from enrollment.children import children_of, own_child
from school.access import public, role_required
from school.models import Student
from web.editing import show_refusal


@role_required("guardian")
def choices_edit(request: HttpRequest, round_pk: int, student_pk: int) -> HttpResponse:
    """The child's wishes in order, changed as often as one likes until choosing ends."""
    child = own_child(request, student_pk)
    rounds = ChoiceRound.objects.announced().exclude(way=ChoiceRound.Way.FIRST_COME).select_related("term")
    one = get_object_or_404(rounds, pk=round_pk)
    if not one.is_choosable(timezone.now()):
        return redirect("clubs:choices_result", one.pk, child.pk)
    sheet = sheet_of(one, child)
    form = ChoicesForm(one, fitting_clubs(one, child), sheet, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_choices(round=one, student=child, by=request.user, **form.facts())
        except ValidationError as error:
            put_errors(form, error)
            renew_version(form, sheet_of(one, child))
        else:
            count = saved.choices.count()
            said = _("Saved: %d choices.") % count if count else _("Saved: no choice any more.")
            messages.success(request, said)
            return redirect("clubs:choices_result", one.pk, child.pk)
    context = {"round": one, "child": child, "form": form, "sheet": sheet, "back": menu_url(child)}
    return render(request, "clubs/choices_edit.html", context)


def renew_version(form: ChoicesForm, sheet: ChoiceSheet | None) -> None:
    """What was typed stays; saving it again now knows what the other guardian chose."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["version"] = str(sheet.version if sheet else 0)
    form.data = data


def sheet_of(one: ChoiceRound, child: Student) -> ChoiceSheet | None:
    return one.sheets.filter(student=child).prefetch_related("choices__club").select_related("chosen_by").first()


def fitting_clubs(one: ChoiceRound, child: Student) -> list[Club]:
    facts = facts_of([child], one.term)[child.pk]
    clubs = one.clubs.filter(status=Club.Status.PUBLISHED).select_related("room").prefetch_related("slots__period")
    return [club for club in clubs if not why_not(club, facts)]


@role_required("guardian")
def choices_result(request: HttpRequest, round_pk: int, student_pk: int) -> HttpResponse:
    """Before the draw: what is chosen and what happens next. Afterwards: why each choice was or was not met."""
    child = own_child(request, student_pk)
    one = get_object_or_404(ChoiceRound.objects.announced().select_related("term"), pk=round_pk)
    sheet = sheet_of(one, child)
    line = None
    if sheet and one.state == ChoiceRound.State.PUBLISHED:
        line = DrawLine.objects.filter(draw__rehearsal=False, sheet=sheet).select_related("draw").first()
    context = {
        "round": one,
        "child": child,
        "sheet": sheet,
        "line": line,
        "children": line.draw.summary["all"]["children"] if line else 0,
        "results": told(line, sheet) if line and sheet else [],
        "choosable": one.is_choosable(timezone.now()),
        "back": menu_url(child),
    }
    return render(request, "clubs/choices_result.html", context)


@public
def offer_answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of an offer: it names no child. Anybody who has it can refuse; taking the place needs the guardian's sign-in."""
    rows = Offer.objects.select_related("club__room", "club__term", "waiting__student").prefetch_related(
        "club__slots__period"
    )
    offer = get_object_or_404(rows, secret=secret)
    own = request.user.is_authenticated and children_of(request).filter(pk=offer.waiting.student_id).exists()
    if request.method == "POST":
        said = request.POST.get("answer")
        if said == "accept" and not own:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        return answer(request, offer, said) if said in ("accept", "refuse") else redirect("clubs:offer_answer", secret)
    context = {
        "offer": offer,
        "own": own,
        "in_the_way": in_the_way(offer) if own else "",
        "over": offer.answered_at is not None or offer.expires_at <= timezone.now(),
        "sign_in": f"{reverse('account_login')}?next={request.path}",
    }
    return render(request, "clubs/offer_answer.html", context)


def in_the_way(offer: Offer) -> str:
    """What keeps the child from taking the place, said before the tap."""
    student, club = offer.waiting.student, offer.club
    return why_not(club, facts_of([student], club.term)[student.pk])


def answer(request: HttpRequest, offer: Offer, said: str) -> HttpResponse:
    try:
        if said == "accept":
            accept_offer(offer=offer, by=request.user)
            names = {"child": offer.waiting.student.name, "club": offer.club.name}
            messages.success(request, _("%(child)s has a place in %(club)s.") % names)
            return redirect(menu_url(offer.waiting.student))
        if refuse_offer(offer=offer):
            messages.success(request, _("The place goes to the next child. Thank you for answering."))
    except ValidationError as error:
        show_refusal(request, error)
    return redirect("clubs:offer_answer", offer.secret)
