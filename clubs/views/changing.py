"""A day's meetings, what is changed about them, and the button for rain."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.changes import history_of
from clubs.forms.changing import MoveForm, ReasonForm
from clubs.models import ClubSettings, Meeting, RainDay
from clubs.services import cancel_meeting, make_meetings, move_meeting, restore_meeting, start_rain, stop_rain
from clubs.services.changing import MeetingPlace
from clubs.services.raining import clubs_without_plan, rain_moves
from clubs.tables.places import MeetingTable
from school.access import role_required
from school.models import Term
from web.addresses import read_day
from web.tables import Link, list_page
from web.templatetags.formats import cn_date

CHANGERS = ("service_office", "academic_office", "duty_leader")
ALREADY = {
    "cancel": gettext_lazy("It has been called off already; nothing was changed."),
    "restore": gettext_lazy("It takes place already; nothing was changed."),
    "move": gettext_lazy("It is there already; nothing was changed."),
}
READERS = (*CHANGERS, "principal", "teacher", "homeroom_teacher")


@role_required(*READERS)
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The clubs of one day: where each is, who leads it, and what is different from the plan."""
    day = read_day(request.GET.get("day"))
    term = Term.objects.filter(starts_on__lte=day, ends_on__gte=day).first()
    if term and day >= timezone.localdate():
        make_meetings(term=term, first=day, last=day)
    rows = Meeting.objects.on(day).select_related("club", "period", "room", "instructor", "assistant")
    today = timezone.localdate()
    may_change = request.user.has_role(*CHANGERS) and day >= today
    rain_link = Link(_("Rain"), reverse("clubs:rain"), "cloud-rain")
    table = MeetingTable(rows.order_by("period__number", "club__name"), exclude=() if may_change else ("actions",))
    table.subtitle = cn_date(day)
    return list_page(
        request,
        table,
        template="clubs/meeting_list.html",
        links=[rain_link] if may_change and day == today else [],
        back=reverse("clubs:club_list"),
        day=day,
        rain=RainDay.objects.standing(day),
    )


@role_required(*CHANGERS)
def meeting_change(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting is called off, moved, or takes place after all. What was typed stays when it is refused."""
    rows = Meeting.objects.select_related("club__term", "period", "room", "instructor", "assistant")
    meeting = get_object_or_404(rows, pk=pk)
    what = request.POST.get("what", "")
    forms = {
        "cancel": ReasonForm(request.POST if what == "cancel" else None, prefix="cancel"),
        "restore": ReasonForm(request.POST if what == "restore" else None, prefix="restore"),
        "move": MoveForm(request.POST if what == "move" else None, prefix="move", meeting=meeting),
    }
    if request.method == "POST" and what in forms and forms[what].is_valid():
        lines = meeting.changes.count()
        try:
            now = change(meeting, what, forms[what].cleaned_data, request)
        except ValidationError as error:
            forms[what].add_error(None, error)
        else:
            if meeting.changes.count() > lines:
                messages.success(request, _("Done. Families and the staff of the day see it at once."))
            else:
                messages.info(request, ALREADY[what])
            return redirect(f"{reverse('clubs:meeting_list')}?day={now.day}")
    context = {"meeting": meeting, "log": history_of(meeting), "asked": what, **forms}
    return render(request, "clubs/meeting_change.html", context)


def change(meeting: Meeting, what: str, data: dict[str, Any], request: HttpRequest) -> Meeting:
    if what == "cancel":
        return cancel_meeting(meeting=meeting, reason=data["reason"], by=request.user)
    if what == "restore":
        return restore_meeting(meeting=meeting, reason=data["reason"], by=request.user)
    return move_meeting(
        meeting=meeting,
        place=MeetingPlace(data["day"], data["period"], data["room"]),
        reason=data["reason"],
        without_absent=data["without_absent"],
        by=request.user,
    )


@role_required(*CHANGERS)
def rain(request: HttpRequest) -> HttpResponse:
    """What the button would do, club by club; pressed, it is done for everybody at once."""
    today = timezone.localdate()
    if request.method == "POST":
        return announce_rain(request, today)
    standing = RainDay.objects.standing(today)
    term = Term.objects.current(today)
    context = {
        "today": today,
        "rain": standing,
        "moves": [] if standing else rain_moves(today),
        "done": standing.changes.with_places().order_by("pk") if standing else [],
        "point": ClubSettings.load().rain_point,
        "unplanned": clubs_without_plan(term) if term else [],
    }
    return render(request, "clubs/rain.html", context)


def announce_rain(request: HttpRequest, day: dt.date) -> HttpResponse:
    before = RainDay.objects.standing(day)
    try:
        start_rain(day=day, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if before:
            messages.info(request, _("Rain has been announced already; nothing was changed."))
        else:
            messages.success(request, _("Rain: clubs, teachers, the gate and families see it now."))
    return redirect("clubs:rain")


@role_required(*CHANGERS)
def rain_stop(request: HttpRequest, pk: int) -> HttpResponse:
    standing = get_object_or_404(RainDay, pk=pk)
    if request.method != "POST":
        context = {
            "title": _("No rain after all?"),
            "text": _("Every club goes back to where it was. That is possible until a roll has been called."),
            "submit": _("Take it back"),
            "cancel_url": reverse("clubs:rain"),
        }
        return render(request, "components/confirm_page.html", context)
    if standing.ended_at is not None:
        messages.info(request, _("It has been taken back already; nothing was changed."))
        return redirect("clubs:rain")
    try:
        stop_rain(rain=standing, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back: every club is where it was."))
    return redirect("clubs:rain")
