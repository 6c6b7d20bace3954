"""The demonstration's accounts, one of each role, and what to try first in each."""

import hashlib
import hmac
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.placing import weekday_of
from enrollment.models import Application, Enrolment
from homework.models import ClassSheet
from safety.models import Custody, RollCall, Substitution
from safety.rolls import rolls_to_call
from school.models import Guardian, Role, SchoolSettings, Staff
from surveys.models import Participation, Survey


class Account(NamedTuple):
    role: str
    name: str
    login: str
    password: str
    first: str
    """What to try first."""

    @property
    def try_first(self) -> str:
        return _("First try: %s") % self.first

    @property
    def line(self) -> str:
        return "\t".join((*self[:-1], self.try_first))


def demo_password() -> str:
    """The demonstration accounts' password: different in every installation, because it derives from SECRET_KEY."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"demonstration accounts", hashlib.sha256).hexdigest()
    return f"demo-{digest[:8]}"


def accounts() -> list[Account]:
    """One account of each role, the password as it was given out (a changed one is the person's own).

    A school's own office has none.
    """
    if not SchoolSettings.fresh().is_demonstration:
        return []
    password = demo_password()
    found = []
    for code, choose in WHO.items():
        who, first = choose()
        if who is not None and who.user is not None:
            label = str(Role.Code(code).label)
            found.append(Account(label, who.name, who.user.username, password, first or _("what waits for you")))
    return found


def with_post(role: str) -> "QuerySet[Staff]":
    return Staff.objects.filter(posts__role=role, posts__ends_on=None, user__isnull=False).select_related("user")


Chosen = tuple[Staff | Guardian | None, str]


def guardian() -> Chosen:
    """Of two children who are here now, with a survey to answer; else of any child that takes part."""
    day = timezone.localdate()
    adults = Guardian.objects.filter(user__isnull=False, contact_only=False).select_related("user").order_by("pk")
    open_survey = (
        Survey.objects.filter(kind=Survey.Kind.INTENTION, status=Survey.Status.PUBLISHED).order_by("-pk").first()
    )
    answered = Participation.objects.filter(survey=open_survey).values("student")
    asked = Custody.objects.open().filter(day=day).exclude(student__in=answered).values("student")
    here = Count("students", distinct=True, filter=Q(students__in=asked))
    if one := adults.annotate(here=here).filter(here=2).first():
        return one, _("where your two children are now; then answer the survey that is open")
    return adults.filter(students__enrolments__isnull=False).first(), _("where your children are now")


def teacher() -> Chosen:
    """Without a post or a club, with a roll of the second period to call."""
    plain = Staff.objects.filter(title="教师", posts=None, clubs=None, user__isnull=False)
    plain = plain.select_related("user").order_by("number")
    rolls = rolls_to_call(timezone.localdate()).filter(staff__in=plain, care_group__isnull=False)
    session = rolls.exclude(substitutions__state=Substitution.State.OPEN).order_by("-period__number", "pk").first()
    if session is None:
        return plain.first(), ""
    return plain.get(pk=session.staff_id), _("call the roll of %s, which begins now") % session.title


def homeroom_teacher() -> Chosen:
    """Of a class with an application to review."""
    today = timezone.localdate()
    waiting = Application.objects.filter(status=Application.Status.SUBMITTED).select_related("student").order_by("pk")
    for application in waiting:
        school_class = application.student.class_on(today)
        if found := with_post("homeroom_teacher").filter(posts__school_class=school_class).first():
            return found, _("review the application for %s, then see where your class is") % application.student.name
    return with_post("homeroom_teacher").order_by("number").first(), _("where your class is now")


def service_office() -> Chosen:
    open_ones = (
        Substitution.objects.open()
        .filter(session__day=timezone.localdate())
        .select_related("session__staff", "session__care_group", "session__meeting__club")
    )
    gap = open_ones.first()
    facts = {"who": gap.session.staff.name, "session": gap.session.title} if gap else {}
    first = _("%(who)s had to leave: find somebody for %(session)s") % facts if gap else ""
    return with_post("service_office").first(), first


def academic_office() -> Chosen:
    n = ClassSheet.objects.on(timezone.localdate()).filter(status=ClassSheet.Status.REVIEW).count()
    first = ngettext("review the homework sheet that waits", "review the %d homework sheets that wait", n)
    return with_post("academic_office").first(), (first % n if "%d" in first else first) if n else ""


def duty_leader() -> Chosen:
    """Who is that and nothing else, where somebody is."""
    calls = RollCall.objects.missing_children(timezone.localdate()).order_by("at")
    names = "、".join(calls.values_list("student__name", flat=True))
    leaders = with_post("duty_leader").annotate(n=Count("posts")).order_by("n", "number")
    return leaders.first(), _("missing: %s. Look into it, then confirm it or correct the roll") % names if names else ""


def gate() -> Chosen:
    child = uncollected().select_related("student").first()
    first = _("look up %s: nobody has come for the child yet") % child.student.name if child else ""
    return with_post("gate").first(), first


def uncollected() -> "QuerySet[Custody]":
    """Children who go home after the first period and are still here."""
    today = timezone.localdate()
    early = Enrolment.objects.taking_part_on(today, weekday_of(today)).leaving_early(weekday_of(today), 1)
    return Custody.objects.open().filter(day=today, student__in=early.values("student")).order_by("pk")


def principal() -> Chosen:
    return with_post("principal").first(), _("the counts of this afternoon; open «missing» to see who it is")


WHO: dict[str, Callable[[], Chosen]] = {
    Role.Code.GUARDIAN: guardian,
    Role.Code.TEACHER: teacher,
    Role.Code.HOMEROOM_TEACHER: homeroom_teacher,
    Role.Code.SERVICE_OFFICE: service_office,
    Role.Code.ACADEMIC_OFFICE: academic_office,
    Role.Code.DUTY_LEADER: duty_leader,
    Role.Code.GATE: gate,
    Role.Code.PRINCIPAL: principal,
}
