"""Substitutions for absent staff: requested in fair turn, assigned, or solved by merging sessions.

Whoever stands in becomes the session's adult (and the meeting's instructor) in one transaction, and takes over the
children who are in the absent adult's care by then, so that no child is without an adult for a second.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.models import ClubSettings, Meeting
from safety.candidates import candidates
from safety.models import Absence, Custody, RollCall, Session, Substitution, SubstitutionAsk
from safety.rolls import ends_at, expected_students
from safety.services.custody import take_custody
from safety.services.day import check_open, share_day
from safety.services.roll import check_held
from safety.services.sessions import plan_day, reopen_if_incomplete
from school.models import SchoolSettings, Staff, User
from school.vetting import check_may_work
from web.caching import as_of_now

State = Substitution.State
# The hours in which somebody is expected to answer; the schedule of follow-ups runs in the same (safety.schedule).
ASKED_FROM, ASKED_UNTIL = dt.time(7), dt.time(19)
Answer = SubstitutionAsk.Answer


@transaction.atomic
def report_absence(*, staff: Staff, day: dt.date, reason: str, by: User, sessions: set[int] | None = None) -> Absence:
    """Opens a substitution for each of the person's sessions that day (or for those named), and asks the first for each.

    Raises ValidationError for a day that is over or closed, and when nothing of hers is held that day.
    """
    if day < timezone.localdate():
        raise ValidationError(_("That day is over."))
    check_open(day)
    plan_day(day=day)
    rows = Session.objects.select_for_update(of=["self"]).on(day).filter(staff=staff)
    if sessions is not None and not sessions:
        raise ValidationError(_("Tick the sessions that somebody else has to take."))
    if sessions is not None:
        rows = rows.filter(pk__in=sessions)
    chosen = list(rows.select_related("period", "care_group", "meeting__club"))
    if not chosen:
        raise ValidationError(_("%(who)s has no session that day.") % {"who": staff.name})
    check_not_over(chosen)
    absence, _made = Absence.objects.get_or_create(
        staff=staff, day=day, withdrawn_at=None, defaults={"reason": reason.strip()[:100], "by": by}
    )
    for session in chosen:
        substitution, made = Substitution.objects.get_or_create(session=session, state=State.OPEN, absence=absence)
        if made:
            ask_next(substitution, timezone.now())
    return absence


def check_not_over(sessions: list[Session]) -> None:
    """Somebody who was there until the end was not away."""
    ends = {session: ends_at(session) for session in sessions}
    over = [session.title for session, end in ends.items() if end is not None and end <= timezone.now()]
    if over:
        raise ValidationError(_("These sessions are over: %s.") % "、".join(over))


@transaction.atomic
def withdraw_absence(*, absence: Absence, by: User) -> Absence:
    """Withdraws an absence: open substitutions are closed; settled ones stay."""
    absence = Absence.objects.select_for_update(of=["self"]).get(pk=absence.pk)
    now = timezone.now()
    for substitution in absence.substitutions.select_for_update(of=["self"]).filter(state=State.OPEN):
        _close_asks(substitution, now)
        substitution.state, substitution.settled_by, substitution.settled_at = State.WITHDRAWN, by, now
        substitution.save()
    if absence.withdrawn_at is None:
        absence.withdrawn_at = now
        absence.save()
    return absence


def direct_since(day: dt.date) -> dt.datetime:
    """From this moment the office assigns without asking."""
    return timezone.make_aware(dt.datetime.combine(day, ClubSettings.load().direct_from))


def working_time(now: dt.datetime) -> dt.datetime:
    """Now, or at night the next morning: nobody has to answer before seven or after seven in the evening."""
    local = timezone.localtime(now)
    if local.time() < ASKED_FROM:
        return local.replace(hour=ASKED_FROM.hour, minute=0, second=0, microsecond=0)
    if local.time() >= ASKED_UNTIL:
        morning = local + dt.timedelta(days=1)
        return morning.replace(hour=ASKED_FROM.hour, minute=0, second=0, microsecond=0)
    return now


def ask_next(substitution: Substitution, now: dt.datetime) -> SubstitutionAsk | None:
    """Asks the first candidate; None if nobody is left or the office assigns directly by now."""
    until = direct_since(substitution.session.day)
    if now >= until or substitution.asks.open().exists():
        return None
    # People without an account cannot answer; the office can still assign them.
    first = next((one for one in candidates(substitution, unasked=True) if one.staff.user_id), None)
    if first is None:
        return None
    answer_by = min(working_time(now) + dt.timedelta(minutes=ClubSettings.load().answer_minutes), until)
    return SubstitutionAsk.objects.create(
        substitution=substitution,
        staff=first.staff,
        why="；".join(first.reasons)[:200],
        asked_at=now,
        answer_by=answer_by,
    )


@as_of_now()
def follow_up(*, now: dt.datetime) -> int:
    """Closes requests that were not answered in time and asks the next candidate; run by schedule and by page views."""
    late = SubstitutionAsk.objects.overdue(now).filter(substitution__state=State.OPEN)
    count = 0
    for pk in list(late.values_list("substitution", flat=True)):
        count += _follow_up_one(pk, now)
    return count


@transaction.atomic
def _follow_up_one(pk: int, now: dt.datetime) -> int:
    substitution = _locked_substitution(pk)
    if substitution.state != State.OPEN:
        return 0
    passed = substitution.asks.overdue(now).update(answer=Answer.EXPIRED, answered_at=now)
    if passed:
        ask_next(substitution, now)
    return passed


@transaction.atomic
def answer_ask(*, ask: SubstitutionAsk, accept: bool, by: User) -> Substitution:
    """Records the answer. Yes makes the person the session's adult at once; no asks the next candidate."""
    now = timezone.now()
    substitution = _locked_substitution(ask.substitution_id)
    ask = SubstitutionAsk.objects.select_for_update(of=["self"]).select_related("staff").get(pk=ask.pk)
    if ask.answer in (Answer.ACCEPTED, Answer.DECLINED):
        raise ValidationError(_("You have answered already: %s.") % ask.get_answer_display())
    if ask.answer == Answer.WITHDRAWN or substitution.state != State.OPEN:
        raise ValidationError(_("Thank you; somebody else has been found meanwhile, or the time was over."))
    if ask.answer or ask.answer_by <= now:
        raise ValidationError(_("The time to answer was over at %s.") % f"{timezone.localtime(ask.answer_by):%H:%M}")
    ask.answer, ask.answered_at = (Answer.ACCEPTED if accept else Answer.DECLINED), now
    ask.save()
    if accept:
        return _settle(substitution, ask.staff, State.ACCEPTED, by, now)
    ask_next(substitution, now)
    return substitution


@transaction.atomic
def assign_substitute(
    *, substitution: Substitution, staff: Staff, by_telephone: bool = False, by: User
) -> Substitution:
    """The office decides: from the hour of the settings, when nobody is left to ask, or once the person agreed by telephone."""
    now = timezone.now()
    substitution = _open(substitution.pk)
    if not by_telephone:
        _check_nobody_is_asked(substitution, now)
    if staff.pk not in {one.staff.pk for one in candidates(substitution)}:
        raise ValidationError(_("%s is not free then, is exempt, or lacks a paper.") % staff.name)
    return _settle(substitution, staff, State.ASSIGNED, by, now)


@transaction.atomic
def merge_sessions(*, substitution: Substitution, target: Session, by: User) -> Substitution:
    """Merges a session into another of the same time, whose adult calls both rolls.

    Raises ValidationError when the room does not hold all of them, and once the roll of the one that joins is called.
    """
    now = timezone.now()
    _lock_sessions(substitution.session_id, target.pk)
    substitution = _open(substitution.pk)
    _check_nobody_is_asked(substitution, now)
    source = substitution.session
    same_time = Session.objects.on(source.day).filter(period=source.period_id).exclude(pk=source.pk)
    found = same_time.with_places().filter(pk=target.pk).first()
    if found is None:
        raise ValidationError(_("That session is not held at this time."))
    target = found
    check_held(source)
    if RollCall.objects.filter(session=source).exists():
        raise ValidationError(_("The roll of %s has been called. Somebody has to take it over.") % source.title)
    if target.substitutions.open().exists():
        raise ValidationError(_("%s has nobody itself.") % target.title)
    together, holds = len({*expected_students(source), *expected_students(target)}), capacity_of(target)
    if together > holds:
        raise ValidationError(
            _("Together they are %(n)d children; %(place)s holds %(holds)d.")
            % {"n": together, "place": target.title, "holds": holds}
        )
    source.merged.update(merged_into=target)
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    reopen_if_incomplete(target)
    _close_asks(substitution, now)
    substitution.state, substitution.settled_by, substitution.settled_at = State.MERGED, by, now
    substitution.save()
    return substitution


def may_decide(substitution: Substitution, now: dt.datetime) -> bool:
    """Whether the office may decide: nobody is being asked, or it is too late to wait for an answer."""
    return now >= direct_since(substitution.session.day) or not substitution.asks.open().exists()


def _check_nobody_is_asked(substitution: Substitution, now: dt.datetime) -> None:
    if not may_decide(substitution, now):
        raise ValidationError(
            _("Somebody is being asked; from %s on the office assigns directly.")
            % f"{ClubSettings.load().direct_from:%H:%M}"
        )


def capacity_of(session: Session) -> int:
    """The capacity of a session's room; without a room, that of a care group."""
    room = session.room
    return room.capacity if room else SchoolSettings.load().group_capacity


def _locked_substitution(pk: int) -> Substitution:
    _lock_sessions(Substitution.objects.values_list("session", flat=True).get(pk=pk))
    return Substitution.objects.select_for_update(of=["self"]).with_session().get(pk=pk)


def _lock_sessions(*pks: int) -> None:
    """The day, meetings, sessions, then substitutions: the order in which everything locks that changes a day."""
    for day in Session.objects.filter(pk__in=pks).order_by().values_list("day", flat=True).distinct():
        share_day(day)
    meetings = Meeting.objects.select_for_update(of=["self"]).filter(session__in=pks).order_by("pk")
    list(meetings.values_list("pk", flat=True))
    sessions = Session.objects.select_for_update(of=["self"]).filter(pk__in=pks).order_by("pk")
    list(sessions.values_list("pk", flat=True))


def _open(pk: int) -> Substitution:
    substitution = _locked_substitution(pk)
    if substitution.state != State.OPEN:
        raise ValidationError(_("This is settled already: %s.") % settled_words(substitution))
    return substitution


def settled_words(substitution: Substitution) -> str:
    if substitution.substitute:
        return _("%s stands in") % substitution.substitute.name
    return str(substitution.get_state_display())


def _close_asks(substitution: Substitution, now: dt.datetime) -> None:
    substitution.asks.open().update(answer=Answer.WITHDRAWN, answered_at=now)


def _settle(substitution: Substitution, staff: Staff, state: str, by: User, now: dt.datetime) -> Substitution:
    """The session's adult becomes `staff`; children already in the absent adult's care go over in the same moment."""
    session = substitution.session
    check_open(session.day)
    check_held(session)
    check_may_work(staff, session.day)
    away = session.staff_id
    session.staff = staff
    try:
        with transaction.atomic():
            session.save(update_fields=["staff"])
            if session.meeting_id:
                _lead_meeting(session, staff)
    except IntegrityError as error:
        raise ValidationError(_("%s answers for another session by now.") % staff.name) from error
    hand_over(session, away, now)
    _close_asks(substitution, now)
    substitution.state, substitution.substitute = state, staff
    substitution.settled_by, substitution.settled_at = by, now
    substitution.save()
    return substitution


def _lead_meeting(session: Session, staff: Staff) -> None:
    meeting = Meeting.objects.get(pk=session.meeting_id)
    meeting.instructor = staff
    if meeting.assistant_id == staff.pk:
        meeting.assistant = None
    meeting.save()


def hand_over(session: Session, away: int, now: dt.datetime) -> None:
    """Children called here on this roll who are in the care of the adult who goes."""
    called = RollCall.objects.filter(session=session, status=RollCall.Status.PRESENT).values("student")
    rows = Custody.objects.open().filter(day=session.day, staff=away)
    students = list(rows.filter(Q(session=session) | Q(student__in=called)).values_list("student", flat=True))
    if students:
        take_custody(students=students, session=session, at=now, late=False)
