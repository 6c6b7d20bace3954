"""Children, the adults who answer for them, and staff."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.access import rows_for
from school.history import track
from school.models.accounts import User
from school.models.calendar import school_year_of
from school.models.dated import Dated, DatedQuerySet, on_day, ordered_days
from school.models.names import NamedQuerySet, name_key
from school.models.places import ClassMembership, SchoolClass, class_label
from school.student_numbers import validate_student_number  # also for the migrations, which name it here
from web.fields import CleanColumn, MobileColumn

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class StudentQuerySet(NamedQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(rows_for("school.Student", user))

    def of_guardian(self, user: User) -> Self:
        """The children whose guardian this person is, and not barred."""
        own = Guardianship.objects.filter(guardian__user=user, barred=False)
        return self.filter(pk__in=own.values("student"))

    def on_roll(self, day: dt.date) -> Self:
        """Children who belong to a class on that day."""
        members = ClassMembership.objects.filter(on_day(day)).values("student")
        return self.filter(pk__in=members)

    def to_come(self, day: dt.date) -> Self:
        """Children in no class on the day who come to one later: before a term begins, or a new child before its first day."""
        later = ClassMembership.objects.filter(starts_on__gt=day).values("student")
        return self.filter(pk__in=later).exclude(pk__in=ClassMembership.objects.on(day).values("student"))

    def of_the_school(self, day: dt.date) -> Self:
        """Children who belong to a class on the day, or come to one later: whom a school writes to in summer."""
        return self.filter(pk__in=ClassMembership.objects.held_or_to_come(day).values("student"))

    def with_class_to_come(self, day: dt.date) -> Self:
        """The annotations of with_class(); a child in no class yet has those of the class it comes to."""
        row = ClassMembership.objects.held_or_next(day, "pk")
        return self.annotate(
            class_year=models.Value(school_year_of(day)),
            class_id=models.Subquery(row.values("school_class")[:1]),
            entry_year=models.Subquery(row.values("school_class__entry_year")[:1]),
            class_number=models.Subquery(row.values("school_class__number")[:1]),
        )

    def with_class(self, day: dt.date) -> Self:
        """Annotates class_id, entry_year and class_number of the class on that day, and class_year, the school year of the day;
        see Student.class_label().
        """
        # At most one row: constraint classmembership_one_a_day.
        held = models.FilteredRelation("class_memberships", condition=on_day(day, "class_memberships__"))
        return self.annotate(held_on_day=held).annotate(
            class_year=models.Value(school_year_of(day)),
            class_id=models.F("held_on_day__school_class_id"),
            entry_year=models.F("held_on_day__school_class__entry_year"),
            class_number=models.F("held_on_day__school_class__number"),
        )


@track()
class Student(models.Model):
    class Sex(models.IntegerChoices):
        UNKNOWN = 0, _("unknown")
        MALE = 1, _("male")
        FEMALE = 2, _("female")
        NOT_STATED = 9, _("not stated")

    number = models.CharField(
        _("student number"), max_length=19, null=True, blank=True, unique=True, validators=[validate_student_number]
    )
    name = CleanColumn(_("name"), max_length=50)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    sex = models.PositiveSmallIntegerField(_("sex"), choices=Sex, default=Sex.UNKNOWN)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    health_note = models.CharField(_("health note"), max_length=200, blank=True)
    guardians: models.ManyToManyField = models.ManyToManyField(
        "school.Guardian", through="school.Guardianship", related_name="students", verbose_name=_("guardians")
    )
    special_groups: models.ManyToManyField = models.ManyToManyField(
        "school.SpecialGroup",
        through="school.SpecialGroupMembership",
        related_name="students",
        verbose_name=_("special groups"),
    )

    objects = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("student")
        verbose_name_plural = _("students")
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)

    def has_guardian(self, user: User) -> bool:
        """Whether this person is a guardian of the child, and not barred."""
        return self.guardianships.filter(guardian__user=user, barred=False).exists()

    @property
    def class_label(self) -> str:
        """三(2)班, from the annotations of with_class(day), in the school year of that day; empty outside a class."""
        entry_year = getattr(self, "entry_year", None)
        if entry_year is None:
            return self.__dict__.get("_class_label", "")
        return class_label(self._class_year - entry_year + 1, self.class_number)  # type: ignore[attr-defined]

    @class_label.setter
    def class_label(self, label: str) -> None:
        self.__dict__["_class_label"] = label

    @property
    def _class_year(self) -> int:
        """The school year of the day that was asked for, else of today."""
        return self.__dict__.get("class_year") or school_year_of(timezone.localdate())

    def class_today(self) -> tuple[int, str] | None:
        """(grade, label) of the class today or of that it comes to, None without one; asks nothing after with_class() or
        with_class_to_come(), whose day then is the one that counts.
        """
        today = timezone.localdate()
        if "entry_year" not in self.__dict__:
            found = self.class_or_next(today)
            return (found.grade(today), found.label(today)) if found else None
        if self.entry_year is None:  # type: ignore[attr-defined]
            return None
        return self._class_year - self.entry_year + 1, self.class_label  # type: ignore[attr-defined]

    def class_on(self, day: dt.date) -> SchoolClass | None:
        membership = self.class_memberships.on(day).select_related("school_class").first()
        return membership.school_class if membership else None

    def class_or_next(self, day: dt.date) -> SchoolClass | None:
        """The class on that day, or the first one that the child comes to: in summer a school knows it by that."""
        membership = self.class_memberships.from_day(day).order_by("starts_on").select_related("school_class").first()
        return membership.school_class if membership else None


@track()
class Guardian(models.Model):
    """An adult of a family. A phone is one login; another adult with the same phone is a contact without a login."""

    name = CleanColumn(_("name"), max_length=50)
    name_key = models.CharField(max_length=200, editable=False)
    phone = MobileColumn(_("mobile phone"), max_length=11)
    other_phone = MobileColumn(
        _("second phone"), max_length=11, blank=True, help_text=_("To call where the first is not answered.")
    )
    contact_only = models.BooleanField(_("contact without a login"), default=False)
    user = models.OneToOneField(
        "school.User", models.SET_NULL, null=True, blank=True, related_name="guardian", verbose_name=_("login")
    )

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardian")
        verbose_name_plural = _("guardians")
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="guardian_one_login_a_phone",
                fields=["phone"],
                condition=Q(contact_only=False),
                violation_error_message=_("Another guardian signs in with this phone."),
            ),
            models.UniqueConstraint(
                name="guardian_once",
                fields=["phone", "name"],
                violation_error_message=_("This guardian exists already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)


@track()
class Guardianship(models.Model):
    """An adult's relation to a child, and what the adult may do. A barred adult stays on file."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="guardianships", verbose_name=_("student"))
    guardian = models.ForeignKey(Guardian, models.CASCADE, related_name="guardianships", verbose_name=_("guardian"))
    relation = models.CharField(_("relation"), max_length=20)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    barred = models.BooleanField(
        _("barred"), default=False, help_text=_("May neither see nor collect the child; needs a document.")
    )
    barred_note = models.CharField(_("document behind it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("guardianship")
        verbose_name_plural = _("guardianships")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="guardianship_once",
                fields=["student", "guardian"],
                violation_error_message=_("This adult is a guardian of the child already."),
            ),
            models.CheckConstraint(
                name="guardianship_bar_needs_document",
                condition=Q(barred=False) | ~Q(barred_note=""),
                violation_error_message=_("Name the document that bars this adult."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian.name} · {self.relation}"


class SpecialGroup(models.Model):
    """A group of children (disabled, left behind, in difficulty …); only few people see who belongs to one."""

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40, unique=True)
    has_priority = models.BooleanField(_("comes first when places are short"), default=True)

    class Meta:
        verbose_name = _("special group")
        verbose_name_plural = _("special groups")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class SpecialGroupMembershipQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(rows_for("school.SpecialGroupMembership", user))


@track()
class SpecialGroupMembership(models.Model):
    student = models.ForeignKey(Student, models.CASCADE, related_name="group_memberships")
    group = models.ForeignKey(SpecialGroup, models.PROTECT, related_name="memberships")

    objects = SpecialGroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("special group membership")
        verbose_name_plural = _("special group memberships")
        constraints = [models.UniqueConstraint(name="specialgroupmembership_once", fields=["student", "group"])]

    def __str__(self) -> str:
        return f"{self.student} · {self.group}"


class StaffQuerySet(NamedQuerySet):
    def active(self, day: dt.date) -> Self:
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day))

    def of_user(self, user: "User | AnonymousUser") -> Self:
        """The member of staff this person is today, if any; nobody once the last day is over. What somebody may see or do as
        staff is asked of this, never of the login: a parent who taught here keeps the login.
        """
        return self.active(timezone.localdate()).filter(user=user.pk)


@track()
class Staff(models.Model):
    """Teachers and others of the school; outside instructors and volunteers are staff of another kind."""

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", _("employee")
        OUTSIDE = "outside", _("outside instructor")
        VOLUNTEER = "volunteer", _("volunteer")

    number = models.CharField(_("staff number"), max_length=20, unique=True)
    name = CleanColumn(_("name"), max_length=50)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    sex = models.PositiveSmallIntegerField(_("sex"), choices=Student.Sex, default=Student.Sex.UNKNOWN)
    phone = MobileColumn(_("mobile phone"), max_length=11, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EMPLOYEE)
    subject = models.ForeignKey(
        "school.Subject", models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("subject")
    )
    title = models.CharField(_("position"), max_length=30, blank=True, help_text=_("As the school writes it."))
    organisation = models.CharField(
        _("organisation"), max_length=60, blank=True, help_text=_("Of an outside instructor who is sent by one.")
    )
    barred_note = models.CharField(
        _("barred from working with children"),
        max_length=200,
        blank=True,
        help_text=_("The document behind it: a bad record, or a training institution. No exception lifts it."),
    )
    hours_fixed = models.BooleanField(
        _("working hours cannot be shifted"), default=False, help_text=_("Compensated by post pay instead.")
    )
    left_on = models.DateField(_("last day"), null=True, blank=True)
    user = models.OneToOneField(
        "school.User", models.SET_NULL, null=True, blank=True, related_name="staff", verbose_name=_("login")
    )

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="staff_one_phone",
                fields=["phone"],
                condition=~Q(phone=""),
                violation_error_message=_("Another member of staff has this phone."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)

    def has_left(self, day: dt.date) -> bool:
        """Whether the last day is over on `day`; StaffQuerySet.active() selects the others."""
        return self.left_on is not None and self.left_on < day


class CredentialQuerySet(DatedQuerySet):
    def expired(self, day: dt.date) -> Self:
        return self.filter(ends_on__lt=day)

    def expiring(self, day: dt.date) -> Self:
        """Those that hold on the day and end within Credential.SOON."""
        return self.on(day).filter(ends_on__lte=day + Credential.SOON)


@track()
class Credential(Dated):
    """A paper that expires: qualification, record check, contract, insurance. Source: S10–S12."""

    SOON = dt.timedelta(days=30)

    class Kind(models.TextChoices):
        QUALIFICATION = "qualification", _("qualification")
        RECORD_CHECK = "record_check", _("record check")
        CONTRACT = "contract", _("contract")
        INSURANCE = "insurance", _("insurance")
        LICENCE = "licence", _("licence of the organisation")

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="credentials", verbose_name=_("member of staff"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.CharField(_("number"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["staff", "kind", "-starts_on"]
        constraints = [ordered_days("credential")]

    def __str__(self) -> str:
        return f"{self.staff} · {self.get_kind_display()}"

    def validity(self, day: dt.date) -> str:
        """«expired», «soon», «valid» or «later», as of the day."""
        if self.ends_on is not None and self.ends_on < day:
            return "expired"
        if self.starts_on > day:
            return "later"
        return "soon" if self.ends_on is not None and self.ends_on <= day + self.SOON else "valid"
