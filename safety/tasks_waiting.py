"""What waits this afternoon: rolls to call, children who are missing, requests to stand in, sessions without an adult."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from safety.models import RollCall, Substitution, SubstitutionAsk
from safety.rolls import begins_at, ends_at, rolls_to_call, times_of
from school.inbox import Task, waiting_rows, watches
from school.models import Staff, User
from web.templatetags.formats import cn_date, times

OFFICE = ("service_office", "academic_office", "duty_leader")


def waiting_for(user: User) -> Iterator[Task]:
    yield from asks_waiting(user)
    yield from rolls_waiting(user)
    yield from missing_waiting(user)


def rolls_waiting(user: User) -> Iterator[Task]:
    """The rolls of one's own sessions of today that have begun and are not called to the end."""
    if not user.has_role("teacher", "homeroom_teacher"):
        return
    today, now = timezone.localdate(), timezone.now()
    mine = rolls_to_call(today).filter(staff__in=Staff.objects.of_user(user))
    for session in mine.select_related("care_group", "meeting__club", "period"):
        begins = begins_at(session)
        if begins is not None and begins <= now:
            title = _("The roll of %(session)s is not called to the end") % {"session": session.title}
            yield Task(title, reverse("safety:roll", args=[session.pk]), closes_at=ends_at(session), action=_("Call"))


def missing_waiting(user: User) -> Iterator[Task]:
    """Children of today who are missing and of whom the duty leader has not said that they are."""
    if watches(user, "duty_leader"):
        unconfirmed = RollCall.objects.missing_children(timezone.localdate()).filter(confirmed_at=None)
        title = ngettext_lazy("%(n)d child is missing: look for it", "%(n)d children are missing: look for them", "n")
        yield from waiting_rows(
            unconfirmed, title, reverse("safety:day"), since="at", role="duty_leader", action=_("Confirm")
        )


def asks_waiting(user: User) -> Iterator[Task]:
    now = timezone.now()
    asks = SubstitutionAsk.objects.open().filter(staff__in=Staff.objects.of_user(user), answer_by__gt=now)
    for ask in asks.select_related(
        "substitution__session__care_group",
        "substitution__session__meeting__club",
        "substitution__session__period",
        "substitution__absence__staff",
    ):
        session = ask.substitution.session
        facts = {
            "day": f"{cn_date(session.day)} {times(times_of(session))}".strip(),
            "session": session.title,
            "who": ask.substitution.absence.staff.name,
        }
        title = _("Stand in for %(who)s? %(day)s, %(session)s") % facts
        yield Task(title, reverse("safety:ask_answer", args=[ask.pk]), closes_at=ask.answer_by)
    own = user.has_role(*OFFICE)
    if own or watches(user, "service_office"):
        waiting = Substitution.objects.open().filter(session__day__gte=timezone.localdate())
        waiting = waiting.order_by("session__day", "session__period__number", "pk").select_related(
            "session__care_group", "session__meeting__club", "session__period"
        )
        if (n := waiting.count()) and (first := waiting.first()):
            title = ngettext("%d session has nobody yet", "%d sessions have nobody yet", n) % n
            role, url = "" if own else "service_office", reverse("safety:substitution_list")
            yield Task(title, url, role=role, closes_at=begins_at(first.session), action=_("Assign"))
