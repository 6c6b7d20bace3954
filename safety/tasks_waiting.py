"""Tasks of staff this afternoon: requests to stand in, sessions without an adult."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety.models import Substitution, SubstitutionAsk
from safety.rolls import times_of
from school.models import Staff, User
from school.notices import Task
from web.templatetags.formats import cn_date, times

OFFICE = ("service_office", "academic_office", "duty_leader")


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
    if user.has_role(*OFFICE):
        waiting = Substitution.objects.open().filter(session__day__gte=timezone.localdate()).count()
        if waiting:
            title = ngettext("%d session has nobody yet", "%d sessions have nobody yet", waiting) % waiting
            yield Task(title, reverse("safety:substitution_list"))
