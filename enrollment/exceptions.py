"""Which applications somebody should look at before agreeing, and the places that are left. Reads only."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import (
    Alternative,
    Application,
    ServiceOption,
    Signature,
)
from enrollment.services.signing import signs_at_once
from school.models import ClassMembership, SchoolSettings


def places_taken(option: ServiceOption) -> int:
    taken = (Application.Status.TO_SIGN, Application.Status.APPROVED)
    return Application.objects.filter(option=option, status__in=taken).count()


def exceptions_of(applications: Iterable[Application]) -> dict[int, list[str]]:
    """Application pk → the reasons to look at it before agreeing; applications without an entry can be approved in bulk.

    Five queries whatever their number. Eligibility (R012): on roll, and of the grades the option is for.
    """
    rows = list(applications)
    today = timezone.localdate()
    classes = {
        m.student_id: m.school_class
        for m in ClassMembership.objects.held_or_to_come(today)
        .filter(student__in=[a.student_id for a in rows])
        .select_related("school_class")
    }
    settings = SchoolSettings.load()
    parties = [Signature.Party.GUARDIAN] + [Signature.Party.PUPIL] * settings.pupil_signs
    unsigned = set()
    if signs_at_once(settings):
        needed = 2 * len(parties)
        signatures = Count("agreements__signatures", filter=Q(agreements__signatures__party__in=parties))
        counted = Application.objects.filter(pk__in=[a.pk for a in rows]).annotate(n=signatures)
        unsigned = set(counted.filter(n__lt=needed).values_list("pk", flat=True))
    answered = set(
        Alternative.objects.filter(application__in=rows, state=Alternative.State.DECLINED).values_list(
            "application", flat=True
        )
    )
    left = _places_left(rows)
    found: dict[int, list[str]] = {}
    for application in rows:
        reasons = _reasons(application, classes.get(application.student_id), today)
        if application.pk in unsigned:
            reasons.append(_("a signature is missing"))
        if application.pk in answered:
            reasons.append(_("the family did not want the other place"))
        if application.option_id in left:
            left[application.option_id] -= 1
            if left[application.option_id] < 0:
                reasons.append(_("no place left"))
        if reasons:
            found[application.pk] = reasons
    return found


def _reasons(application: Application, school_class, today) -> list[str]:  # type: ignore[no-untyped-def]
    option, reasons = application.option, []
    if school_class is None:
        reasons.append(_("not on the school's roll"))
    elif not option.grade_from <= school_class.grade(today) <= option.grade_to:
        reasons.append(_("not of the grades"))
    if application.note:
        reasons.append(_("the family wrote a note"))
    # A colleague enters papers when they come in, some after the end of the sign-up.
    if not application.on_paper and option.closes_at and application.submitted_at > option.closes_at:
        reasons.append(_("after the sign-up had closed"))
    return reasons


def _places_left(rows: list[Application]) -> dict[int, int]:
    """Option pk → places left, for options that have a limit."""
    options = {a.option_id: a.option for a in rows if a.option.capacity is not None}
    taken = dict(
        Application.objects.filter(option__in=options, status__in=["to_sign", "approved"])
        .order_by()
        .values_list("option")
        .annotate(n=Count("pk"))
    )
    return {pk: (option.capacity or 0) - taken.get(pk, 0) for pk, option in options.items()}
