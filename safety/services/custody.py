"""The custody ledger: who answers for a child, from roll call to release, without a gap."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.placing import weekday_of
from enrollment.models import Collector, LeavesAlone
from enrollment.services.collecting import check_not_barred, refusals_on
from enrollment.services.telling import Telling, keep_telling
from safety.exits import exits_of
from safety.models import Custody, Release, RollCall, Session
from safety.services.day import check_takes_part, hold_open, is_late_entry, share_day
from school.models import PolicyRule, Staff, Student, User


def take_custody(*, students: list[int], session: Session, at: dt.datetime, late: bool) -> None:
    """The session's adult answers for these children from `at`; whoever did so before no longer does."""
    hold_open(session.day)
    open_rows = Custody.objects.open().filter(day=session.day, student__in=students)
    with_me = set(open_rows.filter(staff=session.staff_id).values_list("student", flat=True))
    open_rows.exclude(staff=session.staff_id).update(until=at)
    gone = set(Release.objects.filter(day=session.day, student__in=students).values_list("student", flat=True))
    Custody.objects.bulk_create(
        Custody(student_id=pk, day=session.day, staff_id=session.staff_id, session=session, since=at, late_entry=late)
        for pk in students
        if pk not in with_me and pk not in gone
    )


def give_back(*, students: list[int], session: Session, at: dt.datetime) -> None:
    """Undoes a mark «here»: this session's custody ends, and the previous adult is responsible again."""
    hold_open(session.day)
    rows = Custody.objects.open().filter(day=session.day, session=session, student__in=students)
    closed = list(rows.values_list("student", flat=True))
    rows.update(until=at)
    earlier = (
        RollCall.objects.filter(session__day=session.day, student__in=closed, status=RollCall.Status.PRESENT)
        .exclude(session=session)
        .select_related("session")
        .order_by("student_id", "-session__period__number")
        .distinct("student_id")
    )
    Custody.objects.bulk_create(
        Custody(
            student_id=call.student_id, day=session.day, staff_id=call.session.staff_id, session=call.session, since=at
        )
        for call in earlier
    )


@transaction.atomic
def release_line(*, session: Session, except_for: set[int], by: User, at: dt.datetime | None = None) -> int:
    """Hands the whole line to the usual collectors; exceptions and `except_for` (student pks) stay. Returns how many.

    A child whom somebody else releases meanwhile is left out. A constant number of queries.
    """
    share_day(session.day)
    now = timezone.now()
    at = at or now
    # Locked in the order of their keys, then read again: who is still here is what the exits are computed from.
    in_care = Custody.objects.open().filter(day=session.day, staff=session.staff_id).order_by("pk")
    custodies = {custody.student_id: custody for custody in in_care.select_for_update(of=["self"])}
    line = [
        leaving
        for leaving in exits_of(session)
        if not leaving.exception and leaving.student.pk in custodies.keys() - except_for
    ]
    Custody.objects.filter(pk__in=[custodies[leaving.student.pk].pk for leaving in line]).update(until=at)
    Release.objects.bulk_create(
        new_release(custodies[leaving.student.pk], collector=leaving.collector, by=by, at=at, now=now)
        for leaving in line
    )
    return len(line)


@transaction.atomic
def release_child(
    *,
    student: Student,
    day: dt.date,
    collector: Collector | None,
    from_care_of: Staff | None = None,
    by: User,
    at: dt.datetime | None = None,
) -> Release:
    """One child leaves with `collector`, or alone when it is None. Written once.

    Raises ValidationError for a stranger, a barred adult, a child that may not go alone (T9), one not in the
    school's care, one in the care of somebody else than `from_care_of` (where given), and one released already.
    """
    now = timezone.now()
    at = at or now
    share_day(day)
    custody = Custody.objects.select_for_update(of=["self"]).open().filter(student=student, day=day).first()
    if custody is None:
        raise ValidationError(why_not_here(student, day))
    if from_care_of is not None and custody.staff_id != from_care_of.pk:
        facts = {"child": student.name, "who": custody.staff.name}
        raise ValidationError(_("%(child)s is in the care of %(who)s now, who hands the child over.") % facts)
    if collector is None:
        check_may_go_alone(student, day)
    else:
        check_may_collect(collector, student, day)
    custody.until = at
    custody.save(update_fields=["until"])
    release = new_release(custody, collector=collector, by=by, at=at, now=now)
    release.save(force_insert=True)
    return release


def why_not_here(student: Student, day: dt.date) -> str:
    """The sentence for a child who is not in the school's care: gone with whom and when, or never here."""
    gone = Release.objects.filter(student=student, day=day).first()
    if gone is None:
        return _("%s is not in the school's care now.") % student.name
    return told_gone(gone)


def told_gone(release: Release) -> str:
    facts = {
        "child": release.student.name,
        "time": f"{timezone.localtime(release.at):%H:%M}",
        "whom": release.to_name,
    }
    return _("%(child)s left at %(time)s with %(whom)s.") % facts


def new_release(
    custody: Custody, *, collector: Collector | None, by: User, at: dt.datetime, now: dt.datetime
) -> Release:
    """An unsaved release that ends this custody."""
    return Release(
        student_id=custody.student_id,
        day=custody.day,
        custody=custody,
        how=_how(collector),
        collector=collector,
        to_name=f"{collector.name}（{collector.relation}）" if collector else _("alone"),
        at=at,
        by=by,
        late_entry=is_late_entry(custody.day, at, now),
    )


def _how(collector: Collector | None) -> str:
    if collector is None:
        return Release.How.ALONE
    return Release.How.PROXY if collector.kind == Collector.Kind.PROXY else Release.How.COLLECTED


def check_may_collect(collector: Collector, student: Student, day: dt.date) -> None:
    """Only adults authorised for this child on this day; a barred or held adult is refused by name, without a reason."""
    refusals = refusals_on(day, [student.pk])
    if refusals.bars(student.pk, collector) or refusals.holds(student.pk, collector.name):
        raise ValidationError(
            _("%(who)s may not collect %(child)s. Call the duty leader.")
            % {"who": collector.name, "child": student.name}
        )
    if not Collector.objects.allowed(day).filter(pk=collector.pk, student=student).exists():
        raise ValidationError(
            _("%(who)s is not authorised to collect %(child)s today. A guardian can name a proxy on the phone.")
            % {"who": collector.name, "child": student.name}
        )


def check_may_go_alone(student: Student, day: dt.date) -> None:
    school_class = student.class_on(day)
    grade = school_class.grade(day) if school_class else None
    rule = PolicyRule.objects.blocking("T9", day=day, grade=grade)
    if rule:
        raise rule.refusal(_("%s is handed over in person, to an authorised adult only.") % student.name)
    if refusals_on(day, [student.pk]).holds(student.pk, ""):
        raise ValidationError(_("%s does not leave before the duty leader has decided.") % student.name)
    signed = LeavesAlone.objects.on(day).filter(
        student=student, weekdays__contains=[weekday_of(day)], agreement__in_force_at__isnull=False
    )
    if not signed.exists():
        raise ValidationError(_("No guardian has signed that %s goes home alone today.") % student.name)


@transaction.atomic
def name_proxy(*, proxy: Collector, student: Student, by: User, telling: Telling | None = None) -> Collector:
    """A guardian lets another adult collect the child on one day, or told it to the colleague who enters it.

    A barred adult cannot be named, nor name one. Raises ValidationError for a day on which the child does not take part, unless
    it is in the school's care then; a day that is not in the calendar yet can be named.
    """
    if not Custody.objects.open().filter(student=student, day=proxy.starts_on).exists():
        check_takes_part(student, proxy.starts_on)
    proxy.student, proxy.entered_by, proxy.kind = student, by, Collector.Kind.PROXY
    keep_telling(proxy, telling, student)
    check_not_barred(proxy, student, proxy.starts_on)
    proxy.ends_on = proxy.starts_on
    proxy.save()
    return proxy
