"""Who cannot come, who stands in: for the teacher who reports it, the one who is asked, and the office."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safety.candidates import candidates
from safety.forms import AbsenceForm, AbsenceWho
from safety.models import Absence, Session, Substitution, SubstitutionAsk
from safety.rolls import children_by_session, expected_students, times_of
from safety.services import (
    answer_ask,
    assign_substitute,
    follow_up,
    merge_sessions,
    report_absence,
    withdraw_absence,
)
from safety.services.standing_in import capacity_of, direct_since, may_decide
from safety.tables import SubstitutionTable
from safety.views.teacher import STAFF, ensure_planned
from school.access import role_required
from school.models import Staff
from web.addresses import read_numbers
from web.tables import Link, list_page
from web.templatetags.components import CountTab

DECIDERS = ("service_office", "academic_office", "duty_leader")
SHOWN = 10


@role_required(*STAFF)
def absence_add(request: HttpRequest) -> HttpResponse:
    """Whoever cannot come says so herself, or the office does; the sessions of the day are listed, all ticked."""
    decides = request.user.has_role(*DECIDERS)
    who = AbsenceWho(request.GET or None, decides=decides)
    own = Staff.objects.of_user(request.user).first()
    valid = who.is_bound and who.is_valid()
    day = who.cleaned_data.get("day") if valid else timezone.localdate()
    staff = (who.cleaned_data.get("staff") if valid else None) if decides else own
    sessions = sessions_of(staff, day) if staff and day else []
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and staff:
        chosen = set(read_numbers(request.POST.getlist("session")))
        try:
            report_absence(staff=staff, day=day, reason=form.cleaned_data["reason"], by=request.user, sessions=chosen)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Entered. Somebody is being asked to stand in."))
            return redirect("safety:substitution_list")
    context = {"who": who, "form": form, "sessions": sessions, "staff": staff, "day": day, "decides": decides}
    return render(request, "safety/absence_add.html", context)


def sessions_of(staff: Staff, day: dt.date) -> list[Session]:
    if day < timezone.localdate():
        return []
    ensure_planned(day)
    rows = Session.objects.on(day).filter(staff=staff)
    return list(rows.select_related("period", "care_group", "meeting__club"))


@role_required(*STAFF)
def absence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """She comes after all."""
    rows = Absence.objects.all()
    if not request.user.has_role(*DECIDERS):
        rows = rows.filter(staff__in=Staff.objects.of_user(request.user))
    absence = get_object_or_404(rows.select_related("staff"), pk=pk)
    if request.method != "POST":
        context = {
            "title": _("%(who)s comes after all?") % {"who": absence.staff.name},
            "text": _("Open sessions of that day need nobody then. Who has been found stays."),
            "submit": _("Take it back"),
            "cancel_url": reverse("safety:substitution_list"),
            "kind": "primary",
        }
        return render(request, "components/confirm_page.html", context)
    withdraw_absence(absence=absence, by=request.user)
    messages.success(request, _("Taken back. Who has been found already stays; please talk to them."))
    return redirect("safety:substitution_list")


@role_required(*STAFF)
def substitution_list(request: HttpRequest) -> HttpResponse:
    """From today on, sessions without an adult first; a teacher sees her own and those she was asked for."""
    follow_up(now=timezone.now())
    today = timezone.localdate()
    visible = Substitution.objects.visible_to(request.user)
    coming = visible.filter(session__day__gte=today)
    parts = {
        "": coming.filter(state=Substitution.State.OPEN),
        "found": coming.exclude(state__in=["open", "withdrawn"]),
        "past": visible.filter(session__day__lt=today),
    }
    labels = {"": _("Nobody yet"), "found": _("Settled"), "past": _("Past days")}
    status = request.GET.get("status", "")
    rows = parts.get(status, parts[""]).with_session().with_open_asks()
    if status == "past":
        rows = rows.order_by("-session__day", "session__period__number")
    away = _("Somebody cannot come") if request.user.has_role(*DECIDERS) else _("I cannot come")
    return list_page(
        request,
        SubstitutionTable(rows),
        tabs=[CountTab(key, labels[key], part.count()) for key, part in parts.items()],
        links=[Link(away, reverse("safety:absence_add"), "user-off", primary=True)],
    )


@role_required(*STAFF)
def substitution_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who could stand in and why, who was asked; the office assigns or joins two sessions here."""
    follow_up(now=timezone.now())
    substitution = get_object_or_404(Substitution.objects.visible_to(request.user).with_session(), pk=pk)
    decides = request.user.has_role(*DECIDERS)
    if request.method == "POST":
        return decide(request, substitution)
    is_open = substitution.state == Substitution.State.OPEN
    context = {
        "substitution": substitution,
        "session": substitution.session,
        "asks": substitution.asks.select_related("staff"),
        "decides": decides,
        "candidates": candidates(substitution)[:SHOWN] if is_open and decides else [],
        "others": others_of(substitution.session) if is_open and decides else [],
        "direct_since": direct_since(substitution.session.day),
        "may_decide": may_decide(substitution, timezone.now()),
        "may_withdraw": is_open and (decides or substitution.absence.staff.user_id == request.user.pk),
    }
    return render(request, "safety/substitution_detail.html", context)


def decide(request: HttpRequest, substitution: Substitution) -> HttpResponse:
    """The office joins the session with another, or says who stands in."""
    if not request.user.has_role(*DECIDERS):
        raise PermissionDenied
    try:
        if "merge" in request.POST:
            target = get_object_or_404(Session.objects.on(substitution.session.day), pk=request.POST["merge"])
            merge_sessions(substitution=substitution, target=target, by=request.user)
        else:
            staff = get_object_or_404(Staff, pk=request.POST.get("staff"))
            by_telephone = request.POST.get("how") == "telephone"
            assign_substitute(substitution=substitution, staff=staff, by_telephone=by_telephone, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Settled: the roll is with the adult of that session now."))
    return redirect("safety:substitution_detail", substitution.pk)


def others_of(session: Session) -> list[tuple[Session, int, int]]:
    """(session, children together, places) of those held at the same time with room for all, the emptiest first."""
    rows = Session.objects.on(session.day).filter(period=session.period_id).exclude(pk=session.pk)
    rows = rows.with_places()
    rows = rows.exclude(pk__in=Substitution.objects.open().values("session"))
    children = children_by_session(session.day)
    # A club that nobody comes to does not meet; a care group's adult is there though its children are elsewhere.
    rows = rows.filter(Q(meeting=None) | Q(pk__in=children))
    own = children.get(session.pk, set())
    found = [(one, len(own | children.get(one.pk, set())), capacity_of(one)) for one in rows]
    fitting = [row for row in found if row[1] <= row[2]]
    return sorted(fitting, key=lambda row: (row[1] - row[2], row[1]))[:SHOWN]


@role_required(*STAFF)
def ask_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Two buttons for a thumb: yes, or not today."""
    asks = SubstitutionAsk.objects.filter(staff__in=Staff.objects.of_user(request.user)).with_session()
    ask = get_object_or_404(asks, pk=pk)
    answer = request.POST.get("answer")
    if request.method == "POST" and answer not in ("yes", "no"):
        messages.error(request, _("Choose «Yes, I stand in» or «Not today»; nothing was answered yet."))
    elif request.method == "POST":
        accept = answer == "yes"
        try:
            answer_ask(ask=ask, accept=accept, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            said = _("Thank you: the roll is yours now.") if accept else _("Noted; the next is asked.")
            messages.success(request, said)
        return redirect("safety:my_day")
    session = ask.substitution.session
    context = {"ask": ask, "session": session, "times": times_of(session), "children": len(expected_students(session))}
    context["open"] = not ask.answer and ask.answer_by > timezone.now()
    return render(request, "safety/ask_answer.html", context)
