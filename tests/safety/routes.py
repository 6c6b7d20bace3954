"""Rows of those who are away and who stand in (tests/test_routes.py, tests/test_queries.py)."""

from django.utils import timezone

from safety.models import Absence, Session, Substitution, SubstitutionAsk
from safety.services import report_absence
from tests.conftest import TODAY, make_staff


def add_rows(cast):
    """周婷 cannot come in the second period; 段平 is asked."""
    cast.asked = make_staff("T851", "段平", subject=cast.maths)
    session = Session.objects.on(TODAY).get(meeting__club=cast.club)
    cast.absence = report_absence(
        staff=cast.homeroom, day=TODAY, reason="事假", by=cast.homeroom.user, sessions={session.pk}
    )
    cast.substitution = cast.absence.substitutions.get()
    cast.stand_in_ask = SubstitutionAsk.objects.get()


DECIDERS = ["office", "academic", "duty_leader"]
TABLE = {
    "safety:absence_withdraw": (lambda c: [c.absence.pk], ["homeroom", *DECIDERS], ["mother", "gate"]),
    "safety:substitution_detail": (
        lambda c: [c.substitution.pk],
        ["homeroom", "asked", "principal", *DECIDERS],
        ["mother", "gate"],
    ),
    "safety:ask_answer": (lambda c: [c.stand_in_ask.pk], ["asked"], ["mother", "gate"]),
    "safety:missing_confirm": (lambda c: [c.child.pk], ["duty_leader"], ["mother", "gate", "homeroom", "office"]),
}
OTHERS = [
    ("safety:absence_withdraw", lambda c: [c.absence.pk], "teacher"),
    ("safety:substitution_detail", lambda c: [c.substitution.pk], "teacher"),
    ("safety:ask_answer", lambda c: [c.stand_in_ask.pk], "office"),
    ("safety:ask_answer", lambda c: [c.stand_in_ask.pk], "teacher"),
]
POSTED_BY_OTHERS = [
    ("safety:absence_withdraw", lambda c: [c.absence.pk], "teacher", 404),
    ("safety:substitution_detail", lambda c: [c.substitution.pk], "homeroom", 403),
    ("safety:ask_answer", lambda c: [c.stand_in_ask.pk], "teacher", 404),
]
PAGES = [
    ("safety:substitution_list", [], "office"),
    ("safety:substitution_list", [], "homeroom"),
    ("safety:absence_add", [], "homeroom"),
    ("safety:where", [], "office"),
]


def more_rows(cast, person):
    """One more absence with what was asked; settled, so that the day goes on."""
    session = Session.objects.on(TODAY).filter(substitutions=None).order_by("-pk").first()
    absence = Absence.objects.create(staff=person, day=TODAY, reason="病假", by=person.user)
    if session:
        substitution = Substitution.objects.create(absence=absence, session=session)
        SubstitutionAsk.objects.create(
            substitution=substitution, staff=cast.teacher, why="轮到", answer_by=timezone.now(), answer="declined"
        )
