"""What the pages of this app share: a family's children, the round a club is in, numbers in the address."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import ChoiceRound, Club
from clubs.models.catalogue import ClubQuerySet
from clubs.services.giving import Given
from school.models import Term

OFFICE = ("service_office", "academic_office")
STAFF = (*OFFICE, "principal", "duty_leader", "teacher")


def this_term() -> Term | None:
    return Term.objects.current(timezone.localdate())


def clubs_with_slots() -> ClubQuerySet:
    rows: ClubQuerySet = Club.objects.select_related("room", "instructor", "assistant", "rain_room").prefetch_related(
        "slots__period"
    )
    return rows


def rounds_of(term: Term | None) -> dict[int, ChoiceRound]:
    """Club pk → the round that decides about its places now: one that is open or to come rather than one that is over."""
    now = timezone.now()
    found: dict[int, ChoiceRound] = {}
    rounds = ChoiceRound.objects.announced().filter(term=term).prefetch_related("clubs")
    for one in sorted(rounds, key=lambda r: (r.closes_at > now, -abs((r.opens_at - now).total_seconds()))):
        found |= dict.fromkeys((club.pk for club in one.clubs.all()), one)
    return found


def put_errors(form: Any, error: ValidationError) -> None:
    """A service's refusal on the form: beside the fields it names, else above it."""
    if hasattr(error, "error_dict"):
        for field, sentences in error.message_dict.items():
            form.add_error(field if field in form.fields else None, sentences)
    else:
        form.add_error(None, error.messages)


def tell(request: HttpRequest, given: Given) -> None:
    messages.success(request, _("%d places given out; families see them now.") % given.places)
    for sentence in given.not_given[:20]:
        messages.warning(request, _("Not given: %s") % sentence)
