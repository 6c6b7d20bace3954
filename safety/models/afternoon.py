"""Sessions, roll calls, the custody ledger and releases: where each child is and who is responsible."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.access import rows_for
from school.history import track
from web.templatetags.formats import bracketed

if TYPE_CHECKING:
    from school.models import Room, Student, Term, User


# The advisory lock of a day, with the day counted from 2000-01-01: shared by what opens, moves or ends custody, exclusive for
# closing the day. The triggers take it as well, so that two transactions that commit at once see each other.
DAY_LOCK = 7_291

# Checked at commit: a child who is present and not released has an open custody row.
NOBODY_ANSWERS = """
    IF NOT EXISTS (SELECT 1 FROM safety_custody c
                   WHERE c.student_id = {student} AND c.day = {day} AND c.until IS NULL)
       AND NOT EXISTS (SELECT 1 FROM safety_release e WHERE e.student_id = {student} AND e.day = {day}) THEN
        RAISE EXCEPTION 'nobody answers for student % on %', {student}, {day} USING ERRCODE = 'check_violation';
    END IF;
"""


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("safety.Session", user))

    def on(self, day: dt.date) -> Self:
        return self.filter(day=day).held()

    def with_places(self) -> Self:
        """With what their titles, rooms and adults are read from; two queries more, however many."""
        rows = self.select_related("care_group", "meeting__club", "meeting__room", "period", "staff")
        return rows.prefetch_related("care_group__rooms__room").with_gaps()

    def with_gaps(self) -> Self:
        """Each with `has_gap`: its adult is away, and nobody stands in yet."""
        substitutions: Any = Session._meta.get_field("substitutions").related_model
        return self.annotate(has_gap=Exists(substitutions.objects.open().filter(session=OuterRef("pk"))))

    def held(self) -> Self:
        """Sessions that are held: neither cancelled nor merged into another one."""
        return self.filter(merged_into__isnull=True).exclude(meeting__cancelled=True)


@track()
class Session(models.Model):
    """A care group or a club's meeting on a day and period, and the adult who answers for it (课次)."""

    day = models.DateField(_("day"), db_index=True)
    period = models.ForeignKey("school.Period", models.PROTECT, related_name="+", verbose_name=_("period"))
    care_group = models.ForeignKey(
        "enrollment.CareGroup", models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    meeting = models.OneToOneField("clubs.Meeting", models.PROTECT, null=True, blank=True, related_name="session")
    staff = models.ForeignKey(
        "school.Staff", models.PROTECT, related_name="sessions", verbose_name=_("responsible adult")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("joined with")
    )
    roll_taken_at = models.DateTimeField(_("roll called"), null=True, blank=True)
    roll_taken_by = models.ForeignKey("school.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["day", "period__number", "pk"]
        constraints = [
            models.UniqueConstraint(name="session_group_once", fields=["care_group", "day", "period"]),
            models.CheckConstraint(
                name="session_of_one_thing",
                condition=Q(care_group__isnull=False, meeting__isnull=True)
                | Q(care_group__isnull=True, meeting__isnull=False),
            ),
            models.UniqueConstraint(
                name="session_staff_one_place",
                fields=["day", "period", "staff"],
                condition=Q(merged_into__isnull=True),
                violation_error_message=_("This person answers for another session then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.day:%Y-%m-%d}"

    @property
    def title(self) -> str:
        return self.care_group.name if self.care_group else self.meeting.club.name  # type: ignore[union-attr]

    @property
    def adult(self) -> str:
        """Who answers for it; of one who is away and for whom nobody stands in yet (`with_gaps`) that too."""
        return self.staff.name + (bracketed(_("away, nobody stands in yet")) if getattr(self, "has_gap", False) else "")

    @property
    def room(self) -> "Room | None":
        """The meeting's room, or the group's on that day (from its prefetched `rooms`)."""
        return self.care_group.room_on(self.day) if self.care_group else self.meeting.room  # type: ignore[union-attr]

    @property
    def grade(self) -> int:
        """The grade whose times apply: the group's, or the youngest of the club."""
        return self.care_group.grade if self.care_group else self.meeting.club.grade_from  # type: ignore[union-attr]


# Of the calls of a child: that of the latest period first, of two rolls of it the later one.
LATEST = ("-session__period__number", "-at", "-pk")


class RollCallQuerySet(models.QuerySet):
    def of_child(self, student: "Student", term: "Term") -> Self:
        """A child's calls of the term up to today at sessions whose list it was on."""
        days = (term.starts_on, timezone.localdate())
        return self.filter(student=student, expected=True, session__day__range=days)

    def present(self, day: dt.date) -> Self:
        """Calls «here» of the day, of children on the list."""
        return self.filter(session__day=day, status=RollCall.Status.PRESENT, expected=True)

    def taken_on(self, day: dt.date) -> Self:
        """Calls «here» of children who were on no list of the day that called them here."""
        return self.filter(session__day=day, status=RollCall.Status.PRESENT, expected=False).exclude(
            student__in=self.present(day).values("student")
        )

    def here(self, day: dt.date) -> "RollCallQuerySet":
        """Calls «here» of the day, one a child and period: where two rolls of a period have a child, it is at the later one."""
        rows = self.filter(session__day=day, status=RollCall.Status.PRESENT)
        rows = rows.order_by("student_id", "session__period_id", "-at", "-pk").distinct(
            "student_id", "session__period_id"
        )
        return RollCall.objects.filter(pk__in=rows.values("pk"))

    def missing(self, day: dt.date) -> Self:
        """Calls «missing» of the day that still hold: no later roll says where the child is, and nobody has taken it on or
        handed it over since.
        """
        found_later = RollCall.objects.filter(
            student=OuterRef("student"),
            session__day=day,
            session__period__number__gt=OuterRef("session__period__number"),
            status__in=[RollCall.Status.PRESENT, RollCall.Status.LEFT, RollCall.Status.LEAVE],
        )
        child = {"student": OuterRef("student"), "day": day}
        taken_on = Custody.objects.open().filter(**child, since__gt=OuterRef("at"))
        gone = Release.objects.filter(**child)
        rows = self.filter(session__day=day, status=RollCall.Status.ABSENT)
        return rows.exclude(Exists(found_later) | Exists(taken_on) | Exists(gone))

    def last_of_each(self) -> "RollCallQuerySet":
        """One of these calls a child: that of the latest period, of two rolls of it the later one."""
        rows = self.order_by("student_id", *LATEST).distinct("student_id")
        return RollCall.objects.filter(pk__in=rows.values("pk"))

    def missing_children(self, day: dt.date) -> "RollCallQuerySet":
        """One of these calls a child: the one that the duty leader confirmed, else the first at which it was missed."""
        first = self.missing(day).order_by("student_id", F("confirmed_at").asc(nulls_last=True), "at")
        first = first.distinct("student_id")
        return RollCall.objects.filter(pk__in=first.values("pk"))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RollCall(models.Model):
    """One child at one session: the attendance fact behind fee, pay and refund (点名).

    The row is the record; only corrections are kept as history, inserts are not written twice.
    """

    class Status(models.TextChoices):
        PRESENT = "present", _("here")
        ABSENT = "absent", _("missing")
        LEAVE = "leave", _("on leave")
        LEFT = "left", _("left earlier")

    session = models.ForeignKey(Session, models.PROTECT, related_name="roll_calls", verbose_name=_("session"))
    student = models.ForeignKey("school.Student", models.PROTECT, related_name="roll_calls", verbose_name=_("student"))
    status = models.CharField(_("status"), max_length=10, choices=Status)
    expected = models.BooleanField(_("was on the list"), default=True)
    late_entry = models.BooleanField(_("entered later"), default=False)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed missing"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )

    objects = RollCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("roll call")
        verbose_name_plural = _("roll calls")
        constraints = [
            models.UniqueConstraint(name="rollcall_once", fields=["session", "student"]),
            models.CheckConstraint(
                name="rollcall_only_missing_is_confirmed",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, status="absent"),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="present_has_custodian",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__status="present"),
                declare=[("that_day", "date")],
                func=f"""
                    SELECT day INTO that_day FROM safety_session WHERE id = NEW.session_id;
                    {NOBODY_ANSWERS.format(student="NEW.student_id", day="that_day")}
                    RETURN NULL;
                """,  # noqa: S608  # constants only
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.get_status_display()}"


class CustodyQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(until__isnull=True)

    def at(self, moment: dt.datetime) -> Self:
        """The custody rows at an instant: one per child who was in the school's care then."""
        return self.filter(since__lte=moment).filter(Q(until__isnull=True) | Q(until__gt=moment))


class Custody(models.Model):
    """The ledger: from `since` to `until` this adult answered for this child (当前负责教师).

    A row changes once, `until` from empty to a time; triggers hold that, and that no child who is present and not
    released is ever without an open row.
    """

    student = models.ForeignKey("school.Student", models.PROTECT, related_name="custodies")
    day = models.DateField(_("day"))
    staff = models.ForeignKey(
        "school.Staff", models.PROTECT, related_name="custodies", verbose_name=_("responsible adult")
    )
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="custodies")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    late_entry = models.BooleanField(_("entered later"), default=False)

    objects = CustodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("custody")
        verbose_name_plural = _("custody ledger")
        ordering = ["day", "student", "since"]
        indexes = [models.Index(name="custody_day_student", fields=["day", "student"])]
        constraints = [
            models.UniqueConstraint(
                name="custody_one_open_a_day", fields=["student", "day"], condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(
                name="custody_times_in_order",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="opened_as_it_was", fields=["student", "day", "staff", "session", "since"]),
            pgtrigger.Protect(
                name="closed_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__until__isnull=False)
            ),
            pgtrigger.Trigger(
                name="no_gap",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=f"""
                    IF EXISTS (
                        SELECT 1 FROM safety_rollcall r JOIN safety_session s ON s.id = r.session_id
                        WHERE r.student_id = NEW.student_id AND s.day = NEW.day AND r.status = 'present'
                    ) THEN
                        {NOBODY_ANSWERS.format(student="NEW.student_id", day="NEW.day")}
                    END IF;
                    RETURN NULL;
                """,  # noqa: S608  # constants only
            ),
            pgtrigger.Trigger(
                name="not_on_a_closed_day",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__until__isnull=True),
                func=f"""
                    PERFORM pg_advisory_xact_lock_shared({DAY_LOCK}, NEW.day - DATE '2000-01-01');
                    IF (SELECT kind FROM safety_dayclose c WHERE c.day = NEW.day ORDER BY id DESC LIMIT 1) = 'closed'
                       AND EXISTS (SELECT 1 FROM safety_custody o WHERE o.id = NEW.id AND o.until IS NULL) THEN
                        RAISE EXCEPTION '% is closed', NEW.day USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,  # noqa: S608  # constants only
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} {self.day} {self.staff_id}"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def of_children_here(self) -> Self:
        """Those of children whom a roll of the day still calls «here»: where it was corrected since, the hand-over was a mistake.

        The row stays on file; it is not counted.
        """
        here = RollCall.objects.filter(
            session__day=models.OuterRef("day"), student=models.OuterRef("student"), status=RollCall.Status.PRESENT
        )
        return self.filter(models.Exists(here))


class Release(models.Model):
    """A child left the school's care: to whom, how, when, released by whom (放学交接). Append-only."""

    class How(models.TextChoices):
        COLLECTED = "collected", _("collected")
        PROXY = "proxy", _("collected by a proxy")
        ALONE = "alone", _("went home alone")

    student = models.ForeignKey("school.Student", models.PROTECT, related_name="releases", verbose_name=_("student"))
    day = models.DateField(_("day"))
    custody = models.OneToOneField(Custody, models.PROTECT, related_name="release")
    how = models.CharField(_("how"), max_length=10, choices=How)
    collector = models.ForeignKey(
        "enrollment.Collector", models.PROTECT, null=True, blank=True, related_name="releases"
    )
    to_name = models.CharField(_("to whom"), max_length=80)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    late_entry = models.BooleanField(_("entered later"), default=False)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["day", "at"]
        constraints = [
            models.UniqueConstraint(name="release_once_a_day", fields=["student", "day"]),
            models.CheckConstraint(
                name="release_to_a_collector_or_alone",
                condition=Q(how="alone", collector__isnull=True) | (~Q(how="alone") & Q(collector__isnull=False)),
            ),
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.student} → {self.to_name}"
