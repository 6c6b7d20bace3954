"""Who waits, who moves, who has no club: the lists about places."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.forms.places import ChangeForm, ClassFilter, MoveForm, PlaceForm, SettingsForm
from clubs.models import ClubSettings, Membership, Offer, Waiting, WaitingMove
from clubs.placing import without_club
from clubs.services import change_club, leave_club, move_in_line, place_child
from clubs.services.seating import first_day_in
from clubs.tables.places import NoClubTable, WaitingTable
from clubs.views.common import OFFICE, clubs_with_slots, put_errors, this_term
from enrollment.models import Enrolment
from school.access import role_required
from school.models import Student
from school.rows import with_children
from web.addresses import read_number
from web.caching import forget
from web.editing import show_refusal
from web.tables import list_page, paged


@role_required(*OFFICE)
def waiting_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The line of one club, its offers with the sentence to send, and every change of order with its reason."""
    club = get_object_or_404(clubs_with_slots(), pk=pk)
    line = with_children(Waiting.objects.in_line().with_position().filter(club=club))
    offers = Offer.objects.filter(club=club).select_related("waiting__student").order_by("-offered_at")
    context = {
        "club": club,
        "table": paged(request, WaitingTable(line), 50),
        "offers": [
            (o, request.build_absolute_uri(reverse("clubs:offer_answer", args=[o.secret]))) for o in offers[:30]
        ],
        "moves": WaitingMove.objects.filter(waiting__club=club).select_related("waiting__student", "by")[:20],
    }
    return render(request, "clubs/waiting_list.html", context)


@role_required(*OFFICE)
def waiting_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another position, with a reason that stays on file."""
    rows = Waiting.objects.in_line().with_position().select_related("student", "club")
    waiting = get_object_or_404(rows, pk=pk)
    form = MoveForm(request.POST or None, initial={"position": waiting.position})  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            move_in_line(waiting=waiting, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("%s has another position now; the reason is on file.") % waiting.student.name)
            return redirect("clubs:waiting_list", waiting.club_id)
    return render(request, "clubs/waiting_move.html", {"form": form, "waiting": waiting})


@role_required(*OFFICE)
def place_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The office puts a child into the club: search by name, then one tap."""
    club = get_object_or_404(clubs_with_slots().select_related("term"), pk=pk)
    if request.method == "POST":
        student = get_object_or_404(Student, pk=read_number(request.POST.get("student")))
        try:
            place_child(
                club=club, student=student, first_day=first_day_in(club), how=Membership.How.PLACED, by=request.user
            )
        except ValidationError as error:
            show_refusal(request, error)
        else:
            messages.success(
                request, _("%(child)s has a place in %(club)s.") % {"child": student.name, "club": club.name}
            )
            return redirect("clubs:club_detail", club.pk)
    form = PlaceForm(request.GET or None)
    day = club.term.nearest(timezone.localdate())
    there = Student.objects.of_the_school(day).with_class_to_come(day)
    found = there.search(form.cleaned_data["q"])[:20] if form.is_valid() else []
    return render(request, "clubs/place_add.html", {"club": club, "form": form, "found": found})


@role_required(*OFFICE)
def membership_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Into another club, or out, from a day on and with a reason."""
    rows = Membership.objects.filter(ends_on=None).select_related("club__term", "student")
    membership = get_object_or_404(rows, pk=pk)
    form = ChangeForm(membership.club, request.POST or None)
    if request.method == "POST" and form.is_valid():
        club, last, reason = (form.cleaned_data[name] for name in ("club", "last_day", "reason"))
        try:
            if club:
                first = last + dt.timedelta(days=1)
                change_club(membership=membership, club=club, first_day=first, reason=reason, by=request.user)
            else:
                leave_club(membership=membership, last_day=last, reason=reason, by=request.user)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("clubs:club_detail", membership.club_id)
    return render(request, "clubs/membership_change.html", {"form": form, "membership": membership})


@role_required(*OFFICE, "principal", "homeroom_teacher", "grade_head")
def no_club(request: HttpRequest) -> HttpResponse:
    """Children who take part in care and are in no club (R113), by class."""
    term = this_term()
    today = Enrolment.objects.filter(option__term=term).day_shown(timezone.localdate())
    rows = without_club(term, today).visible_to(request.user) if term else Student.objects.none()
    rows = rows.with_class(today).order_by("name_key", "pk")
    form = ClassFilter(request.user, request.GET or None)
    if form.is_valid() and (school_class := form.cleaned_data["school_class"]):
        rows = rows.filter(class_id=school_class.pk)
    table = NoClubTable(rows)
    total = rows.count()
    table.subtitle = ngettext("%(n)s child", "%(n)s children", total) % {"n": total}
    return list_page(request, table, template="clubs/office_list.html", form=form, here="no_club")


@role_required(*OFFICE)
def club_settings(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=ClubSettings.fresh())
    if request.method == "POST" and form.is_valid():
        form.save()
        forget("club settings")
        messages.success(request, _("Saved."))
        return redirect("clubs:club_settings")
    return render(request, "clubs/club_settings.html", {"form": form})
