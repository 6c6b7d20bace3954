"""Candidates for a substitution: free, with papers, not exempt; those who know the children or the craft first, in fair turn."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.models import Club, Meeting, StaffSkill
from clubs.placing import weekday_of
from enrollment.models import CareDuty, CareGroupMember
from safety.models import Absence, Session, Substitution, SubstitutionAsk
from school.access import WHOLE_SCHOOL
from school.models import ClassMembership, Post, Staff, Teaching, Term
from school.models.dated import on_day
from school.models.staffing import exempt_staff
from school.vetting import standings
from web.templatetags.formats import cn_date

NO_TURNS = (*WHOLE_SCHOOL, "gate")


@dataclass(frozen=True)
class Candidate:
    """Somebody who could stand in, with the reasons as people read them."""

    staff: Staff
    there: bool
    able: str
    times: int
    last: dt.date | None
    papers_until: dt.date | None = None
    """The day on which papers end that end soon."""
    asked: str = ""
    """What came of asking before."""

    @property
    def reasons(self) -> list[str]:
        found = [_("is there as second adult")] if self.there else []
        if self.able:
            found.append(self.able)
        if self.times:
            times = ngettext("stood in %d time this term", "stood in %d times this term", self.times) % self.times
            found.append(f"{times}, {_('last on %s') % cn_date(self.last)}")
        else:
            found.append(_("has not stood in this term"))
        if self.is_outside:
            found.append(_("from outside"))
        if self.papers_until:
            found.append(_("papers end on %s") % cn_date(self.papers_until))
        return found

    @property
    def is_outside(self) -> bool:
        return self.staff.kind != Staff.Kind.EMPLOYEE

    @property
    def order(self) -> tuple:
        """The sort key: not asked yet, own staff before people from outside, valid papers.

        Then those at school already, then those able; among them the fewest substitutions, then the longest ago.
        """
        turn = (self.times, self.last or dt.date.min, self.staff.number)
        return (bool(self.asked), self.is_outside, bool(self.papers_until), not self.there, not self.able, *turn)


def candidates(substitution: Substitution, *, unasked: bool = False) -> list[Candidate]:
    """The best first; a fixed number of queries whatever the number of staff. `unasked`: nobody who was asked before."""
    session = substitution.session
    people = {person.pk: person for person in _free(session)}
    asked = {ask.staff_id: ask.get_answer_display() for ask in substitution.asks.all()}
    if unasked:
        people = {pk: person for pk, person in people.items() if pk not in asked}
    found = standings(people.values(), session.day)
    able, there, turns = able_for(session), second_adults(session), turns_of(session.day)
    rows = [
        Candidate(
            person,
            pk in there,
            able.get(pk, ""),
            *turns.get(pk, (0, None)),
            papers_until=found[pk].until if found[pk].ends_soon(session.day) else None,
            asked=asked.get(pk, ""),
        )
        for pk, person in people.items()
        if found[pk].may_work
    ]
    return sorted(rows, key=lambda one: one.order)


def _free(session: Session) -> Iterator[Staff]:
    """At school that day, neither exempt nor away, nowhere else then, without an office of their own."""
    day, period, weekday = session.day, session.period_id, weekday_of(session.day)
    busy = set(Session.objects.on(day).filter(period=period).values_list("staff", flat=True))
    meetings = Meeting.objects.on(day).filter(period=period, cancelled=False).exclude(session=session)
    for pair in meetings.values_list("instructor", "assistant"):
        busy.update(pk for pk in pair if pk)
    duties = CareDuty.objects.on(day).filter(weekday=weekday, period=period).exclude(group=session.care_group_id)
    busy.update(duties.values_list("staff", flat=True))
    busy.update(Absence.objects.filter(day=day, withdrawn_at=None).values_list("staff", flat=True))
    asked = SubstitutionAsk.objects.open().filter(substitution__session__day=day, substitution__session__period=period)
    busy.update(asked.exclude(substitution__session=session).values_list("staff", flat=True))
    busy |= exempt_staff(day)
    offices = Post.objects.filter(on_day(day), role__in=NO_TURNS).values("staff")
    people = Staff.objects.active(day).exclude(kind=Staff.Kind.VOLUNTEER).exclude(pk__in=busy | {session.staff_id})
    return people.exclude(pk__in=offices).iterator()


def second_adults(session: Session) -> set[int]:
    if session.meeting_id:
        assistant = session.meeting.assistant_id  # type: ignore[union-attr]
        return {assistant} if assistant else set()
    duties = CareDuty.objects.on(session.day).filter(
        group=session.care_group_id, weekday=weekday_of(session.day), period=session.period_id
    )
    return set(duties.values_list("staff", flat=True))


def able_for(session: Session) -> dict[int, str]:
    """Staff → why they know this: the club's craft, or the children of the group."""
    if session.meeting_id:
        return _skilled(session.meeting.club)  # type: ignore[union-attr]
    children = CareGroupMember.objects.filter(on_day(session.day), group=session.care_group_id).values("student")
    classes = ClassMembership.objects.on(session.day).filter(student__in=children).values("school_class")
    words = _("knows the children")
    found = dict.fromkeys(
        Teaching.objects.on(session.day).filter(school_class__in=classes).values_list("staff", flat=True), words
    )
    posts = Post.objects.on(session.day).filter(school_class__in=classes).values_list("staff", flat=True)
    return found | dict.fromkeys(posts, words)


def _skilled(club: Club) -> dict[int, str]:
    """Who leads a club of the same category, and over that who has a skill of it on file."""
    others = Club.objects.published().filter(term=club.term_id, category=club.category).exclude(pk=club.pk)
    found = {pk: _("leads %s") % name for pk, name in others.values_list("instructor", "name")}
    skills = StaffSkill.objects.filed().filter(skill__category=club.category).values_list("staff", "skill__name")
    return found | {pk: _("skill on file: %s") % name for pk, name in skills}


def turns_of(day: dt.date) -> dict[int, tuple[int, dt.date]]:
    """Staff → how often they have stood in this term, and when last."""
    term = Term.objects.current(day)
    if term is None:
        return {}
    done = Substitution.objects.filter(
        Q(state__in=[Substitution.State.ACCEPTED, Substitution.State.ASSIGNED]),
        session__day__range=(term.starts_on, term.ends_on),
    )
    rows = done.order_by().values_list("substitute").annotate(times=Count("pk"), last=Max("session__day"))
    return {pk: (times, last) for pk, times, last in rows}
