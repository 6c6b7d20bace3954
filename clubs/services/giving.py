"""Gives out a round's places: the result of a draw or audition becomes memberships, in one transaction."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.fitting import ChildFacts, facts_of, why_not
from clubs.models import Choice, ChoiceRound, Club, ClubSlot, Membership, Seat, Waiting
from clubs.services.catalogue import cancel_club
from clubs.services.offering import offer_places, order_of
from clubs.services.seating import Place, answer_by_place, first_days_in, kept_places, trial_end
from enrollment.models import Enrolment
from school.models import Student, Term, User


@dataclass
class Given:
    """The number of places given, and those not given with the reason, for the office."""

    places: int = 0
    not_given: list[str] = field(default_factory=list)


@transaction.atomic
def publish_draw(*, round: ChoiceRound, by: User) -> Given:
    """Puts a draw into effect: memberships, dropped clubs, waiting lists in the order of the draw.

    Raises ValidationError where nothing waits to be published. A child that left since the draw is skipped and named.
    """
    round = ChoiceRound.objects.select_for_update(of=["self"]).select_related("term").get(pk=round.pk)
    if round.state != ChoiceRound.State.DRAWN:
        raise ValidationError(_("%s has no draw that waits to be published.") % round.name)
    draw = round.draws.real().get()
    lines = list(draw.lines.select_related("sheet__student").order_by("place"))
    for club in round.clubs.filter(
        pk__in=[club["id"] for club in draw.summary["clubs"] if club["dropped"] is not None]
    ):
        reason = _("Fewer than %d children wanted to come.") % club.least
        cancel_club(club=club, reason=reason, by=by)
    wins = [(line.sheet.student, result["club"]) for line in lines for result in line.results if result["is"] == "got"]
    given = give_places(term=round.term, wins=wins, how=Membership.How.DRAWN, by=by, round=round)
    put_in_line(
        [
            (result["club"], line.sheet.student_id, line.place)
            for line in lines
            if line.got < line.sheet.places_wanted
            for result in line.results
            if result["is"] == "full"
        ],
        by,
    )
    finish(round)
    return given


@transaction.atomic
def publish_auditions(*, round: ChoiceRound, by: User) -> Given:
    """Puts the instructors' lists into effect; of two clubs at one time a child gets the one it ranked higher.

    Raises ValidationError while families still choose or somebody was not heard.
    """
    round = ChoiceRound.objects.select_for_update(of=["self"]).select_related("term").get(pk=round.pk)
    if round.way != ChoiceRound.Way.AUDITION or round.state != ChoiceRound.State.ANNOUNCED:
        raise ValidationError(_("%s has no lists that wait to be published.") % round.name)
    if round.closes_at > timezone.now():
        raise ValidationError(_("Families still choose; the lists are published after the end of choosing."))
    choices = Choice.objects.filter(sheet__round=round).select_related("sheet__student", "club").order_by("rank", "pk")
    silent = {choice.club.name for choice in choices if choice.verdict == Choice.Verdict.NONE}
    if silent:
        raise ValidationError(_("Not everybody has been heard yet: %s.") % "、".join(sorted(silent)))
    accepted = [choice for choice in choices if choice.verdict == Choice.Verdict.YES]
    wins = [(choice.sheet.student, choice.club_id) for choice in accepted]
    given = give_places(term=round.term, wins=wins, how=Membership.How.AUDITION, by=by, round=round)
    reserve = [choice for choice in choices if choice.verdict == Choice.Verdict.RESERVE]
    start = order_of(timezone.now())
    put_in_line([(c.club_id, c.sheet.student_id, start + n) for n, c in enumerate(reserve)], by)
    finish(round)
    return given


@transaction.atomic
def place_everybody(*, club: Club, by: User) -> Given:
    """All children of a required club's grades who take part on its days and are not in it yet, in the order of names.

    Raises ValidationError for an elective club and for one outside the catalogue. Who does not fit is named with the reason.
    """
    if club.part != Club.Part.REQUIRED or club.status != Club.Status.PUBLISHED:
        raise ValidationError(_("%s is not a required club of the catalogue.") % club.name)
    today = max(timezone.localdate(), club.term.starts_on)
    there = Enrolment.objects.on(today).filter(option__term=club.term).values("student")
    students = Student.objects.filter(pk__in=there).with_class_to_come(today)
    inside = set(Membership.objects.filter(club=club, ends_on=None).values_list("student", flat=True))
    in_grades = [s for s in students if s.pk not in inside and fits_grade(club, s)]
    wins = [(student, club.pk) for student in in_grades]
    return give_places(term=club.term, wins=wins, how=Membership.How.PLACED, by=by)


def fits_grade(club: Club, student: Student) -> bool:
    today = student.class_today()
    return today is not None and club.grade_from <= today[0] <= club.grade_to


def give_places(
    *, term: Term, wins: list[tuple[Student, int]], how: str, by: User, round: ChoiceRound | None = None
) -> Given:
    """Memberships, seats and counters in bulk, in the order given; the club rows locked in the order of their keys."""
    offered = kept_places([(student.pk, club) for student, club in wins])
    clubs = {
        club.pk: club
        for club in Club.objects.select_for_update(of=["self"])
        .filter(pk__in={club for _student, club in wins})
        .prefetch_related("slots__period")
        .order_by("pk")
    }
    facts = facts_of(list({student.pk: student for student, _club in wins}.values()), term)
    begins = first_days_in(term, clubs)
    left = {pk: club.places_left for pk, club in clubs.items()}
    given, rows = Given(), []
    missed: dict[tuple[int, int], str] = {}
    kept: dict[int, int] = Counter()
    for student, club_pk in wins:
        club, fact = clubs[club_pk], facts[student.pk]
        refused = why_not(club, fact)
        if not refused and round and kept[student.pk] >= round.most_places:
            refused = _("%s has as many places as the round gives.") % student.name
        is_kept = (student.pk, club_pk) in offered
        if not refused and left[club_pk] <= 0 and not is_kept:
            refused = _("The last place in %s has just been taken.") % club.name
        if refused:
            given.not_given.append(refused)
            missed[student.pk, club_pk] = refused
            continue
        left[club_pk] -= not is_kept
        kept[student.pk] += 1
        fact.seats |= {(slot.weekday, slot.period_id): club.name for slot in club.slots.all()}
        rows.append(membership_of(club, fact, begins[club_pk], how, by, round))
    memberships = Membership.objects.bulk_create(rows, batch_size=1000)
    seat_all(memberships, list(clubs.values()))
    count_places(memberships, offered)
    given.places = len(memberships)
    if round:
        keep_reasons(round, missed)
    return given


def count_places(memberships: list[Membership], offered: dict[Place, int]) -> None:
    """The counters of the clubs, with the places that were kept for these children."""
    counts = Counter(membership.club_id for membership in memberships)
    used = answer_by_place([(membership.student_id, membership.club_id) for membership in memberships], offered)
    for pk in sorted(counts):
        Club.objects.filter(pk=pk).update(taken=F("taken") + counts[pk], held=F("held") - used[pk])


def keep_reasons(round: ChoiceRound, missed: dict[tuple[int, int], str]) -> None:
    """Stores (student, club) → why the place was not given, for the family and the office."""
    choices = Choice.objects.filter(sheet__round=round, club__in={club for _student, club in missed}).select_related(
        "sheet"
    )
    told = [choice for choice in choices if (choice.sheet.student_id, choice.club_id) in missed]
    for choice in told:
        choice.not_given = missed[choice.sheet.student_id, choice.club_id][:200]
    Choice.objects.bulk_update(told, ["not_given"])


def membership_of(
    club: Club, facts: ChildFacts, first: dt.date, how: str, by: User, round: ChoiceRound | None
) -> Membership:
    weekdays = {slot.weekday for slot in club.slots.all()}
    enrolment = next(e for e in facts.enrolments if weekdays <= set(e.weekdays))
    begins = max(first, enrolment.starts_on)
    return Membership(
        club=club,
        student=facts.student,
        enrolment=enrolment,
        how=how,
        round=round,
        joined_by=by,
        starts_on=begins,
        trial_until=trial_end(begins),
    )


def seat_all(memberships: list[Membership], clubs: list[Club]) -> None:
    slots: dict[int, list[ClubSlot]] = defaultdict(list)
    for club in clubs:
        slots[club.pk] = list(club.slots.all())
    Seat.objects.bulk_create(
        (
            Seat(
                membership=membership,
                student_id=membership.student_id,
                term_id=slot.term_id,
                weekday=slot.weekday,
                period_id=slot.period_id,
            )
            for membership in memberships
            for slot in slots[membership.club_id]
        ),
        batch_size=2000,
    )


def put_in_line(waiting: list[tuple[int, int, int]], by: User) -> None:
    """Adds (club, student, order) to the waiting lists; existing entries keep their position."""
    Waiting.objects.bulk_create(
        (Waiting(club_id=club, student_id=student, order=order, asked_by=by) for club, student, order in waiting),
        batch_size=1000,
        ignore_conflicts=True,
    )


def finish(round: ChoiceRound) -> None:
    """Places that nobody got, or that were kept for who has one now, go to who waits."""
    round.state = ChoiceRound.State.PUBLISHED
    round.save()
    line = Waiting.objects.in_line().filter(club__in=round.clubs.all(), state=Waiting.State.WAITING)
    for club_pk in sorted(set(line.values_list("club", flat=True))):
        offer_places(club_pk=club_pk)
