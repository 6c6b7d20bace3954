"""What of the homework waits for somebody: a request, a letter to sign, a notice to answer, reports to read."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext

from homework.models import ParentReport, Rectification, ReleaseRequest, ResponsibilityLetter, SpotCheckClass
from homework.rows import hand_of
from school.access import may_enter
from school.inbox import Task, waiting_rows
from school.models import Role, Staff, User

CODE = Role.Code
TEACHERS = (CODE.TEACHER, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD)


def waiting_for(user: User) -> Iterator[Task]:
    yield from own_tasks(user)
    yield from checks_waiting(user)


def own_tasks(user: User) -> Iterator[Task]:
    """What waits for a member of staff beside the sheets."""
    staff = Staff.objects.of_user(user).first() if user.has_role(*TEACHERS) else None
    if staff is None:
        return
    found = [*releases_for(user), *letters_for(staff)]
    for notice in Rectification.objects.filter(teacher=staff, state=Rectification.State.TALKED)[:5]:
        address = reverse("homework:rectification_detail", args=[notice.pk])
        since = timezone.localdate(notice.issued_at)
        found.append(
            Task(_("Please answer rectification notice %s.") % notice, address, action=_("Answer"), since=since)
        )
    yield from (task for task in found if may_enter(user, task.url))


def releases_for(user: User) -> Iterator[Task]:
    """Minutes on top of the cap that teachers of a class ask for, for whoever coordinates the class."""
    hand = hand_of(user)
    asked = ReleaseRequest.objects.filter(state=ReleaseRequest.State.WAITING).select_related("sheet__school_class")
    for one in asked.select_related("teacher")[:50]:
        if not hand.office and hand.coordinates(one.sheet.school_class_id):
            facts = {"class": one.sheet.school_class.label(one.sheet.day), "who": one.teacher.name}
            title = _("%(who)s asks for minutes on top of the cap of %(class)s.") % facts
            address, since = reverse("homework:release_decide", args=[one.pk]), timezone.localdate(one.asked_at)
            yield Task(title, address, action=_("Decide"), since=since)


def letters_for(staff: Staff) -> Iterator[Task]:
    letter = ResponsibilityLetter.objects.filter(published_at__isnull=False).first()
    if letter and not letter.signatures.filter(staff=staff).exists():
        address = reverse("homework:responsibility_detail", args=[letter.pk])
        yield Task(_("Please read and sign: %s.") % letter.title, address, action=_("Sign"))


def checks_waiting(user: User) -> Iterator[Task]:
    """Reports to read, results of spot checks to enter, answers to recheck: the academic office's."""
    if not user.has_role(CODE.ACADEMIC_OFFICE, CODE.PRINCIPAL):
        return
    for rows, title, page, since, action in (
        (
            ParentReport.objects.waiting(),
            ngettext_lazy("%(n)d report of homework to read", "%(n)d reports of homework to read", "n"),
            "homework:report_list",
            "day",
            pgettext("button", "Read"),
        ),
        (
            SpotCheckClass.objects.filter(result=SpotCheckClass.Result.OPEN),
            ngettext_lazy("%(n)d result of a spot check to enter", "%(n)d results of spot checks to enter", "n"),
            "homework:spot_list",
            "spot_check__day",
            _("Enter"),
        ),
        (
            Rectification.objects.filter(state__in=[Rectification.State.ISSUED, Rectification.State.ANSWERED]),
            ngettext_lazy("%(n)d rectification to go on with", "%(n)d rectifications to go on with", "n"),
            "homework:rectification_list",
            "day",
            _("Look"),
        ),
    ):
        yield from waiting_rows(rows, title, reverse(page), since=since, role=CODE.ACADEMIC_OFFICE, action=action)
