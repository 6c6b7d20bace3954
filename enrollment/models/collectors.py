"""Adults who may or may not collect a child, children who go home alone, and concerns for the duty leader."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.uploads import PHOTO_SIDE, DocumentColumn, PictureColumn
from enrollment.models.agreements import new_code
from enrollment.models.applications import Application
from enrollment.models.telling import Told, told_whole
from school.access import rows_for
from school.history import track
from school.models import Student, Weekday
from school.models.dated import Dated, DatedQuerySet, on_day, ordered_days
from school.rows import homeroom_children
from web.fields import CleanColumn, MobileColumn
from web.templatetags.formats import bracketed

if TYPE_CHECKING:
    from school.models import User


class EndableQuerySet(DatedQuerySet):
    """Dated rows that can also end in the middle of a day."""

    def on(self, day: dt.date) -> Self:
        return self.filter(on_day(day)).filter(Q(ended_at__isnull=True) | Q(ended_at__date__gt=day))

    def from_today(self) -> Self:
        """Rows that hold today or later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()), ended_at__isnull=True)


class Endable(Dated):
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: dt.date) -> bool:
        ended = self.ended_at is not None and timezone.localtime(self.ended_at).date() <= day
        return super().holds_on(day) and not ended


@track()
class Institution(models.Model):
    """A care institution outside the school (校外托管) that fetches children."""

    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60, unique=True)
    address = models.CharField(_("address"), max_length=120)
    contact = CleanColumn(_("person to ask for"), max_length=50)
    phone = CleanColumn(_("phone"), max_length=20)
    licence_number = models.CharField(_("licence number"), max_length=60)
    licence_until = models.DateField(_("licence valid until"))
    ended_on = models.DateField(_("no longer collects from"), null=True, blank=True)

    class Meta:
        verbose_name = _("care institution")
        verbose_name_plural = _("care institutions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: dt.date) -> bool:
        return day <= self.licence_until and (self.ended_on is None or day < self.ended_on)


@track()
class InstitutionPerson(models.Model):
    """A person of the institution who collects children, known by name."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="people", verbose_name=_("care institution")
    )
    name = CleanColumn(_("name"), max_length=50)
    phone = MobileColumn(_("mobile phone"), max_length=11)
    document_end = models.CharField(_("last four of the identity document"), max_length=4)
    photo = PictureColumn(_("photo"), side=PHOTO_SIDE, upload_to="collectors/%Y/%m/", blank=True)
    removed_on = models.DateField(_("no longer collects from"), null=True, blank=True)

    class Meta:
        verbose_name = _("person of a care institution")
        verbose_name_plural = _("people of care institutions")
        ordering = ["institution", "name"]
        constraints = [
            models.UniqueConstraint(
                name="institutionperson_once",
                fields=["institution", "name", "phone"],
                violation_error_message=_("This person stands on the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: dt.date) -> bool:
        return (self.removed_on is None or day < self.removed_on) and self.institution.works_on(day)


class CollectorQuerySet(EndableQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("enrollment.Collector", user))

    def editable_by(self, user: "User") -> Self:
        """Rows that a person may change or end: the offices all; a family its own child's, but those that name a guardian only
        that guardian; the homeroom teacher proxies of her class. Bars are the offices'.
        """
        if user.has_role("service_office", "academic_office"):
            return self
        family = Q(student__in=Student.objects.of_guardian(user)) & (Q(guardian=None) | Q(guardian__user=user))
        told = Q(student__in=Student.objects.filter(homeroom_children(user)), kind=Collector.Kind.PROXY)
        return self.filter(family & ~Q(kind=Collector.Kind.BARRED) | told)

    def search(self, words: str) -> Self:
        """By the adult's name, the child's, or the whole phone number."""
        if not words:
            return self
        children = Student.objects.search(words).values("pk")
        return self.filter(Q(name__icontains=words) | Q(student__in=children) | Q(phone=words))

    def allowed(self, day: dt.date) -> Self:
        """Authorised on the day; people of an institution only while its licence and their own employment hold."""
        of_institution = Q(kind=Collector.Kind.OUTSIDE)
        working = (
            Q(person__institution__licence_until__gte=day)
            & (Q(person__institution__ended_on__isnull=True) | Q(person__institution__ended_on__gt=day))
            & (Q(person__removed_on__isnull=True) | Q(person__removed_on__gt=day))
        )
        return self.on(day).exclude(kind=Collector.Kind.BARRED).filter(~of_institution | working)


@track()
class Collector(Endable, Told):
    """An adult and a child: authorised for the term, a proxy for a day, one of an institution, or barred.

    A bar takes precedence.
    """

    class Kind(models.TextChoices):
        AUTHORISED = "authorised", _("authorised")
        PROXY = "proxy", _("proxy for a day")
        OUTSIDE = "outside", _("care institution")
        BARRED = "barred", _("barred")

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="collectors", verbose_name=_("student"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.AUTHORISED)
    name = CleanColumn(_("name"), max_length=50)
    relation = models.CharField(_("relation"), max_length=20)
    phone = MobileColumn(_("mobile phone"), max_length=11, blank=True)
    guardian = models.ForeignKey(
        "school.Guardian", models.CASCADE, null=True, blank=True, related_name="collecting", verbose_name=_("guardian")
    )
    person = models.ForeignKey(
        InstitutionPerson, models.PROTECT, null=True, blank=True, related_name="collecting", verbose_name=_("person")
    )
    photo = PictureColumn(_("photo"), side=PHOTO_SIDE, upload_to="collectors/%Y/%m/", blank=True)
    document = models.CharField(_("document behind it"), max_length=200, blank=True)
    document_file = DocumentColumn(_("document as a file"), upload_to="collectors/bars/%Y/%m/", blank=True)
    entered_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = CollectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("collector")
        verbose_name_plural = _("collectors")
        ordering = ["student", "kind", "pk"]
        constraints = [
            ordered_days("collector"),
            told_whole("collector"),
            models.CheckConstraint(
                name="collector_proxy_is_for_a_day",
                condition=~Q(kind="proxy") | Q(ends_on=models.F("starts_on")),
                violation_error_message=_("A proxy is for one day."),
            ),
            models.CheckConstraint(
                name="collector_bar_needs_document",
                condition=~Q(kind="barred") | ~Q(document=""),
                violation_error_message=_("Name the document that bars this adult."),
            ),
            models.CheckConstraint(
                name="collector_institution_by_person",
                condition=Q(kind="outside", person__isnull=False) | (~Q(kind="outside") & Q(person__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}{bracketed(self.relation)}"

    @property
    def until(self) -> dt.date | None:
        """The last day on which it holds: of a person of an institution no later than licence and employment do."""
        days = [self.ends_on]
        if self.person:
            institution = self.person.institution
            gone = [day - dt.timedelta(days=1) for day in (institution.ended_on, self.person.removed_on) if day]
            days += [institution.licence_until, *gone]
        return min((day for day in days if day), default=None)

    def picture(self) -> models.fields.files.FieldFile:
        return self.person.photo if self.person else self.photo


class LeavesAloneQuerySet(EndableQuerySet):
    def waiting(self) -> Self:
        """Signed by the family of a child that takes part, and not yet by the school."""
        unsigned = self.from_today().filter(agreement__in_force_at=None, agreement__withdrawn_at=None)
        return unsigned.filter(agreement__application__status=Application.Status.APPROVED)


@track()
class LeavesAlone(Endable):
    """A guardian signed that the child goes home alone on these weekdays."""

    student = models.ForeignKey(
        "school.Student", models.CASCADE, related_name="leaves_alone", verbose_name=_("student")
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays"))
    agreement = models.ForeignKey(
        "enrollment.Agreement", models.PROTECT, related_name="leaves_alone", verbose_name=_("signed in")
    )

    objects = LeavesAloneQuerySet.as_manager()

    class Meta:
        verbose_name = _("goes home alone")
        verbose_name_plural = _("go home alone")
        constraints = [ordered_days("leavesalone")]

    def __str__(self) -> str:
        return f"{self.student}"


class ConcernQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=Concern.State.WAITING)

    def holding(self, day: dt.date) -> Self:
        """Concerns that keep a child from leaving on the day: undecided, or held by the duty leader."""
        return self.filter(day=day, state__in=[Concern.State.WAITING, Concern.State.HELD])


@track()
class Concern(models.Model):
    """A concern about who collects a child, without a document: the duty leader decides for that day.

    The gate and teachers see «call the duty leader», never the text.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the duty leader")
        HELD = "held", _("held back for the day")
        CLEARED = "cleared", _("may collect")

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="concerns", verbose_name=_("student"))
    day = models.DateField(_("day"), db_index=True)
    about = CleanColumn(
        _("about whom"), max_length=50, blank=True, help_text=_("Empty: nobody takes the child before you decide.")
    )
    words = models.CharField(_("what worries you"), max_length=300)
    reported_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("reported by"))
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    decision = models.CharField(_("reason of the decision"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="concern_decided_with_reason",
                condition=Q(state="waiting") | (~Q(decision="") & Q(decided_by__isnull=False)),
                violation_error_message=_("Say why, in a sentence."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.day}"

    def is_of_today(self) -> bool:
        """Only the day itself can be decided."""
        return self.day == timezone.localdate()


class PickUpCard(models.Model):
    """A printed card (接送卡) with a code that only people on duty can open. A lost one is revoked: the code changes."""

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="cards", verbose_name=_("student"))
    code = models.CharField(_("code"), max_length=24, default=new_code, unique=True)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("issued by"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("pick-up card")
        verbose_name_plural = _("pick-up cards")
        ordering = ["student", "-issued_at"]
        constraints = [
            models.UniqueConstraint(
                name="pickupcard_one_valid", fields=["student"], condition=Q(revoked_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.issued_at:%Y-%m-%d}"
