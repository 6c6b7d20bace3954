"""Rounds: announcing them, and what families choose in them."""

import secrets
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.fitting import facts_of, why_not
from clubs.models import Choice, ChoiceRound, ChoiceSheet, Club
from school.models import Student, User
from web.templatetags.formats import cn_datetime


@transaction.atomic
def announce_round(*, round: ChoiceRound, by: User) -> ChoiceRound:
    """Families see it from now on, and with it the SHA-256 of the seed. Raises ValidationError while something is missing."""
    round = ChoiceRound.objects.select_for_update().get(pk=round.pk)
    if round.state != ChoiceRound.State.DRAFT:
        raise ValidationError(_("%s is announced already.") % round.name)
    clubs = list(round.clubs.prefetch_related("slots"))
    if not clubs:
        raise ValidationError(_("Choose the clubs whose places are given out."))
    hidden = [club.name for club in clubs if club.status != Club.Status.PUBLISHED]
    if hidden:
        raise ValidationError(_("Not in the catalogue yet: %s. Publish them, or leave them out.") % "、".join(hidden))
    timeless = [club.name for club in clubs if not club.slots.all()]
    if timeless:
        raise ValidationError(_("Without a time in the week: %s. Families need to know when.") % "、".join(timeless))
    elsewhere = ChoiceRound.objects.running(timezone.now()).filter(clubs__in=clubs).exclude(pk=round.pk)
    if other := elsewhere.distinct().first():
        raise ValidationError(_("Some of these clubs are in «%s», which still runs.") % other.name)
    if round.closes_at <= timezone.now():
        raise ValidationError(_("Choosing would end before it is announced."))
    round.state, round.announced_at = ChoiceRound.State.ANNOUNCED, timezone.now()
    round.save()
    return round


@transaction.atomic
def cancel_round(*, round: ChoiceRound, by: User) -> ChoiceRound:
    """Called off before places were given out; the choices stay on file."""
    round = ChoiceRound.objects.select_for_update().get(pk=round.pk)
    if round.state == ChoiceRound.State.PUBLISHED or round.memberships.exists():
        raise ValidationError(_("Places of %s are given out; it cannot be called off any more.") % round.name)
    round.state = ChoiceRound.State.CANCELLED
    round.save()
    return round


@transaction.atomic
def save_choices(
    *, round: ChoiceRound, student: Student, clubs: Sequence[Club], places_wanted: int, version: int, by: User
) -> ChoiceSheet:
    """Saves a family's choices by rank; can be repeated until choosing ends. An empty list withdraws them.

    `clubs` have their slots and periods at hand, `version` is the one that was seen (0 for none). Raises ValidationError when
    choosing is not open, a club does not fit, or the other guardian chose meanwhile.
    """
    if not round.is_choosable(timezone.now()):
        raise ValidationError(_("Choosing is open from %(first)s to %(last)s.") % spoken(round))
    if len(clubs) > round.most_choices:
        raise ValidationError(_("At most %d choices.") % round.most_choices)
    if not 1 <= places_wanted <= round.most_places:
        raise ValidationError(_("One to %d places.") % round.most_places)
    facts = facts_of([student], round.term)[student.pk]
    refused = [reason for club in clubs if (reason := why_not(club, facts))]
    if refused:
        raise ValidationError(refused)
    Student.objects.select_for_update(of=["self"]).get(pk=student.pk)  # the other guardian's request waits here
    sheet = ChoiceSheet.objects.select_for_update(of=["self"]).filter(round=round, student=student).first()
    if sheet is None:
        sheet = ChoiceSheet(round=round, student=student, number=new_number(round), version=0)
    if sheet.version != version:
        facts_ = {"name": sheet.chosen_by.name, "at": cn_datetime(sheet.chosen_at)}
        raise ValidationError(
            _("%(name)s chose at %(at)s while this page was open. Yours is still here: look, and save again.") % facts_,
            code="changed",
        )
    sheet.version += 1
    sheet.places_wanted, sheet.chosen_by, sheet.chosen_at = places_wanted, by, timezone.now()
    sheet.save()
    sheet.choices.all().delete()
    Choice.objects.bulk_create(Choice(sheet=sheet, rank=n, club=club) for n, club in enumerate(clubs, start=1))
    return sheet


def spoken(round: ChoiceRound) -> dict[str, str]:
    return {"first": cn_datetime(round.opens_at), "last": cn_datetime(round.closes_at)}


def new_number(round: ChoiceRound) -> str:
    """Eight characters that tell nothing about the child."""
    while True:
        number = secrets.token_hex(4)
        if not ChoiceSheet.objects.filter(round=round, number=number).exists():
            return number


@transaction.atomic
def record_verdicts(*, round: ChoiceRound, club: Club, verdicts: dict[int, tuple[str, str]], by: User) -> int:
    """{choice pk: (Choice.Verdict, note)} of an audition; again until the office publishes. Returns how many are accepted.

    Raises ValidationError when more are accepted than there are places, or the round is not by audition and announced.
    """
    round = ChoiceRound.objects.select_for_update().get(pk=round.pk)
    if round.way != ChoiceRound.Way.AUDITION or round.state != ChoiceRound.State.ANNOUNCED:
        raise ValidationError(_("The list of %s is settled.") % club.name)
    choices = list(Choice.objects.filter(pk__in=verdicts, club=club, sheet__round=round))
    for choice in choices:
        choice.verdict, choice.verdict_note = verdicts[choice.pk]
    others = Choice.objects.filter(club=club, sheet__round=round).exclude(pk__in=verdicts)
    accepted = sum(c.verdict == Choice.Verdict.YES for c in choices) + others.filter(verdict="yes").count()
    if accepted > club.places_left:
        raise ValidationError(
            _("%(n)d accepted, but %(club)s has %(free)d places.")
            % {"n": accepted, "club": club.name, "free": club.places_left}
        )
    Choice.objects.bulk_update(choices, ["verdict", "verdict_note"])
    return accepted
