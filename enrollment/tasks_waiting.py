"""What of the sign-up and of fetching waits for somebody."""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from enrollment.family_tasks import tasks_of
from enrollment.merging import privacy_template
from enrollment.models import Application, CareGroup, ChangeRequest, Concern, LeavesAlone, Receipt, ReviewStage
from enrollment.publications import without_group
from school.inbox import WATCHERS, Task, waiting_rows, watches
from school.models import Role, Student, Term, User

CODE = Role.Code


def waiting_for(user: User) -> Iterator[Task]:
    if user.has_role(CODE.GUARDIAN):
        yield from family_waiting(user)
    yield from applications_waiting(user)
    if watches(user, CODE.SERVICE_OFFICE):
        yield from waiting_rows(
            ChangeRequest.objects.waiting(),
            ngettext_lazy("%(n)d change of days", "%(n)d changes of days", "n"),
            reverse("enrollment:change_list"),
            since="requested_at",
            role=CODE.SERVICE_OFFICE,
            action=_("Decide"),
        )
        # Before the groups of a term are formed its preparation says so.
        term = Term.objects.current(timezone.localdate())
        if term is not None and CareGroup.objects.filter(term=term).exists():
            yield from waiting_rows(
                Student.objects.filter(pk__in=without_group(term, timezone.localdate()).values("student")),
                ngettext_lazy(
                    "%(n)d child who takes part has no care group",
                    "%(n)d children who take part have no care group",
                    "n",
                ),
                reverse("enrollment:group_list"),
                role=CODE.SERVICE_OFFICE,
                action=_("Put into a group"),
            )
        yield from waiting_rows(
            LeavesAlone.objects.waiting(),
            ngettext_lazy("%(n)d consent to go home alone", "%(n)d consents to go home alone", "n"),
            reverse("enrollment:collector_all"),
            since="agreement__created_at",
            role=CODE.SERVICE_OFFICE,
            action=_("Confirm"),
        )
    if watches(user, CODE.DUTY_LEADER):
        yield from waiting_rows(
            Concern.objects.waiting().filter(day=timezone.localdate()),
            ngettext_lazy("%(n)d concern about who fetches a child", "%(n)d concerns about who fetches a child", "n"),
            reverse("enrollment:concern_list"),
            since="reported_at",
            role=CODE.DUTY_LEADER,
            action=_("Decide"),
        )


def family_waiting(user: User) -> Iterator[Task]:
    """Sign-ups to answer, texts to sign, other places to answer: child by child. What was answered is not asked again."""
    children = list(Student.objects.of_guardian(user).with_class_to_come(timezone.localdate()))
    for row in tasks_of(children, privacy_template()):
        applied = {application.option_id for application, _offer in row.applications}
        for option, answer in row.options:
            if option.pk not in applied and not (answer and answer.answer == Receipt.Answer.DECLINE):
                url = reverse("enrollment:apply", args=[option.pk, row.child.pk])
                yield Task(option.name, url, option.closes_at, row.child, _("Sign up"))
        for application, offer in row.applications:
            name = application.option.name
            if application.status == Application.Status.TO_SIGN:
                url = reverse("enrollment:application_sign", args=[application.pk])
                yield Task(name, url, student=row.child, action=_("Read and sign"))
            if offer:
                url = reverse("enrollment:alternative_answer", args=[offer.pk])
                yield Task(_("Another place is offered: %s") % name, url, student=row.child, action=_("Answer"))
        if row.consent_is_due:
            url = reverse("enrollment:consent_edit", args=[row.child.pk])
            yield Task(_("Your child's data"), url, student=row.child, action=_("Read and decide"))


def applications_waiting(user: User) -> Iterator[Task]:
    """For those who look after the school each step with its owner; for others the applications whose next step is theirs."""
    if not user.has_role(*WATCHERS):
        url = f"{reverse('enrollment:application_list')}?status=mine"
        title = ngettext_lazy("%(n)d application to review", "%(n)d applications to review", "n")
        waiting = Application.objects.waiting_for(user)
        yield from waiting_rows(waiting, title, url, since="submitted_at", action=_("Review"))
        return
    status = Application.Status
    owners = {status(code): stage.role for code, stage in ReviewStage.next_stages().items()}
    owners |= dict.fromkeys((status.OFFERED, status.TO_SIGN), CODE.GUARDIAN)
    steps = Application.objects.filter(status__in=owners).order_by().values_list("status")
    counted = {code: (n, oldest) for code, n, oldest in steps.annotate(n=Count("pk"), oldest=Min("submitted_at"))}
    for code, role in owners.items():
        if code in counted:
            n, oldest = counted[code]
            text = ngettext("%(n)d application: %(step)s", "%(n)d applications: %(step)s", n)
            yield Task(
                text % {"n": n, "step": code.label},
                f"{reverse('enrollment:application_list')}?status={'mine' if role in user.role_codes else code}",
                since=timezone.localdate(oldest),
                role=role,
                action=_("Review"),
            )
