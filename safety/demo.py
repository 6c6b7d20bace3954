"""Two of the demonstration's teachers cannot come on the next school day: one has found somebody, for one somebody is asked."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone

from safety.models import Session, SubstitutionAsk
from safety.services import answer_ask, plan_day, report_absence
from school.models import SchoolDay, Term, User

WEEK = dt.timedelta(days=7)
NOON = 12


def make_absences(term: Term, office: User) -> None:
    """Nothing outside the term, or where no school day is near. From noon on it is another day: today's sessions end then."""
    now = timezone.localtime()
    today = now.date() if now.hour < NOON else now.date() + dt.timedelta(days=1)
    days = SchoolDay.objects.teaching().of_term(term).filter(day__range=(today, today + WEEK))
    day = days.order_by("day").values_list("day", flat=True).first()
    if day is None:
        return
    plan_day(day=day)
    sessions = Session.objects.on(day).select_related("staff").order_by("-meeting", "period__number", "pk")
    people = list({session.staff_id: session.staff for session in sessions}.values())[:2]
    for n, person in enumerate(people):
        absence = report_absence(staff=person, day=day, reason=("外出教研", "事假")[n], by=office)
        if n:
            continue
        for ask in SubstitutionAsk.objects.open().filter(substitution__absence=absence).select_related("staff__user"):
            try:
                answer_ask(ask=ask, accept=True, by=ask.staff.user or office)
            except ValidationError:
                continue  # the same person was asked for two sessions of one period
