"""Hands a person's care duties and clubs to a colleague from a day on; the colleague may give duties back in exchange."""

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import Club, ClubSlot, Meeting
from clubs.services.changing import has_begun
from clubs.services.meeting import date_what_was, make_meetings
from enrollment.models import CareDuty, DutyChange
from enrollment.services.duty_changes import DutyEdit, exchange, undo_duty_change
from school.access import staff_busy
from school.models import Staff, Term, User
from school.vetting import check_may_work

logger = logging.getLogger(__name__)

ROLES = ("instructor", "assistant")


@transaction.atomic
def hand_over(
    *,
    giver: Staff,
    taker: Staff,
    term: Term,
    day: dt.date,
    duties: Iterable[CareDuty] = (),
    clubs: Iterable[Club] = (),
    back: Iterable[CareDuty] = (),
    by: User,
) -> DutyChange:
    """`duties` and `clubs` pass from `giver` to `taker` from the day on, `back` from `taker` to `giver`.

    Meetings before the day stay with whom they are. Raises ValidationError where nothing is chosen, for a day that is over, and
    for an adult who is elsewhere at one of the times, exempt or without the papers. All or nothing.
    """
    given, led, returned = list(duties), list(clubs), list(back)
    if giver == taker:
        raise ValidationError(_("Choose somebody else."))
    if not (given or led or returned):
        raise ValidationError(_("Tick what is handed over."))
    edit = DutyEdit(term, day)
    # Dated with the adult of now, before the week's plan names another one.
    make_meetings(term=term, first=timezone.localdate(), last=day - dt.timedelta(days=1))
    exchange(edit, given, taker, returned, giver)
    edit.done["clubs"] = [pass_club(club, giver, taker, day) for club in led]
    facts = {
        "giver": giver.name,
        "taker": taker.name,
        "what": "、".join([*(str(duty.group) for duty in _once(given)), *(club.name for club in led)]),
    }
    text = _("%(giver)s to %(taker)s: %(what)s") % facts
    if returned:
        text += _("; in exchange %s") % "、".join(str(duty.group) for duty in _once(returned))
    return edit.keep(text, by)


def _once(duties: list[CareDuty]) -> list[CareDuty]:
    """One duty a group, in order."""
    return list({duty.group_id: duty for duty in duties}.values())


def pass_club(club: Club, giver: Staff, taker: Staff, day: dt.date) -> dict[str, Any]:
    """The taker stands where the giver stood, in the week's plan and in the meetings from the day on; returns what was done.

    The week's plan follows on the day itself (carry_out_hand_overs): until then the giver leads the club, on every page.
    """
    role = next((role for role in ROLES if getattr(club, f"{role}_id") == giver.pk), "")
    if not role:
        raise ValidationError(_("%(who)s does not lead %(club)s any more.") % {"who": giver.name, "club": club.name})
    check_may_work(taker, day)
    slots = list(ClubSlot.objects.filter(club=club, **{role: giver}).select_related("period"))
    for slot in slots:
        if taker.pk in staff_busy(club.term, slot.weekday, slot.period_id, day):
            facts = {"who": taker.name, "day": slot.get_weekday_display(), "period": slot.period}
            raise ValidationError(_("%(who)s is elsewhere on %(day)s, %(period)s.") % facts)
    meetings = Meeting.objects.filter(club=club, day__gte=day, cancelled=False, **{role: giver}).order_by("pk")
    moved = [meeting for meeting in meetings.select_for_update(of=["self"]) if not has_begun(meeting)]
    pending = day > timezone.localdate()
    put_adult(club, [] if pending else [club, *slots], moved, role, taker)
    return {
        "pending": pending,
        "club": club.pk,
        "role": role,
        "giver": giver.pk,
        "taker": taker.pk,
        "slots": [slot.pk for slot in slots],
        "meetings": [meeting.pk for meeting in moved],
    }


def put_adult(
    club: Club, planned: Iterable[Club | ClubSlot], meetings: Iterable[Meeting], role: str, person: Staff
) -> None:
    date_what_was([club.pk])
    try:
        with transaction.atomic():
            for row in (*planned, *meetings):
                setattr(row, role, person)
                row.save(update_fields=[role])
    except IntegrityError as error:
        raise ValidationError(
            _("%(who)s leads or helps elsewhere at a time of %(club)s.") % {"who": person.name, "club": club.name}
        ) from error


@transaction.atomic
def carry_out_hand_overs(today: dt.date) -> int:
    """Hand-overs whose day has come reach the week's plan; returns how many clubs. Run twice it changes nothing.

    A club that has another adult by now keeps that one. One whose taker leads elsewhere at that time by now stays as it is,
    which is logged, and is tried again on the next morning.
    """
    carried = 0
    due = DutyChange.objects.filter(day__lte=today, undone_at=None, done__contains={"clubs": [{"pending": True}]})
    for change in due.select_for_update(of=["self"]).order_by("day", "pk"):
        for done in change.done["clubs"]:
            if done.get("pending"):
                try:
                    carried += carry_out(done)
                    done["pending"] = False
                except ValidationError as error:
                    logger.warning("Hand-over %s waits: %s", change.pk, " ".join(error.messages))
        change.save(update_fields=["done"])
    return carried


def carry_out(done: dict[str, Any]) -> bool:
    """Whether the club passed to its taker. Raises ValidationError where the taker leads elsewhere at that time."""
    club, role = Club.objects.select_for_update(of=["self"]).get(pk=done["club"]), done["role"]
    if getattr(club, f"{role}_id") != done["giver"]:
        return False
    slots = ClubSlot.objects.filter(pk__in=done["slots"], **{role: done["giver"]})
    put_adult(club, [club, *slots], [], role, Staff.objects.get(pk=done["taker"]))
    return True


@transaction.atomic
def undo_hand_over(*, change: DutyChange, by: User) -> DutyChange:
    """Puts duties and clubs back as they were. Raises ValidationError once the first day is over or all has changed since."""
    change = undo_duty_change(change=change, by=by)
    for done in change.done.get("clubs", []):
        club, role = Club.objects.select_for_update(of=["self"]).get(pk=done["club"]), done["role"]
        pending = done.get("pending", False)
        if not pending and getattr(club, f"{role}_id") != done["taker"]:
            raise ValidationError(_("These duties have been changed again since. Make a new change instead."))
        taker = {role: done["taker"]}
        slots = ClubSlot.objects.filter(pk__in=done["slots"], **taker)
        meetings = Meeting.objects.filter(pk__in=done["meetings"], **taker)
        moved = [meeting for meeting in meetings.order_by("pk") if not has_begun(meeting)]
        put_adult(club, [] if pending else [club, *slots], moved, role, Staff.objects.get(pk=done["giver"]))
    return change


def held_from(staff: Staff, term: Term, day: dt.date) -> "tuple[QuerySet[CareDuty], QuerySet[Club]]":
    """The care duties and clubs that a person has from the day on."""
    duties = CareDuty.objects.filter(term=term, staff=staff).from_day(day).select_related("group", "period", "staff")
    clubs = Club.objects.filter(term=term).filter(Q(instructor=staff) | Q(assistant=staff))
    clubs = clubs.exclude(status=Club.Status.CANCELLED)
    return duties, clubs.order_by("name")
