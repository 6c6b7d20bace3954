"""The catalogue: clubs with their content week by week, pictures and weekly slots."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.uploads import PICTURE_SIDE, PictureColumn
from school.access import rows_for
from school.history import track
from school.models import Staff, Weekday

if TYPE_CHECKING:
    from school.models import User


class ClubQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("clubs.Club", user))

    def led_by(self, user: "User") -> Self:
        """Those of which the user is instructor or second adult."""
        own = Staff.objects.of_user(user)
        return self.filter(Q(instructor__in=own) | Q(assistant__in=own))

    def of(self, user: "User") -> Self:
        """Those led, helped in or proposed by the user."""
        own = Staff.objects.of_user(user)
        return self.filter(Q(instructor__in=own) | Q(assistant__in=own) | Q(proposed_by=user))

    def published(self) -> Self:
        return self.filter(status=Club.Status.PUBLISHED)

    def with_free_places(self) -> Self:
        return self.published().filter(taken__lt=F("capacity") - F("held"))


@track(exclude=["taken", "held"])
class Club(models.Model):
    """An offer of the catalogue.

    `taken` counts its seats, `held` those kept for open offers; both are written only by clubs.services.
    """

    class Category(models.TextChoices):
        ARTS = "艺术", _("arts")
        SPORTS = "体育", _("sports")
        SCIENCE = "科技", _("science")
        PUZZLES = "益智", _("puzzles")
        HUMANITIES = "人文", _("humanities")
        LABOUR = "劳动", _("labour")
        READING = "阅读", _("reading")
        PRACTICE = "实践", _("social practice")
        ADAPTED = "特教", _("special education")
        OTHER = "其他", _("other")

    class Status(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        PROPOSED = "proposed", _("proposed to the office")
        PUBLISHED = "published", _("in the catalogue")
        CANCELLED = "cancelled", _("cancelled")

    class Kind(models.TextChoices):
        SCHOOL = "school", _("club of the school")
        CLASS = "class", _("club of a class")
        PUPILS = "pupils", _("club founded by pupils")

    class Part(models.TextChoices):
        ELECTIVE = "elective", _("elective")
        REQUIRED = "required", _("required for all")

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="clubs", verbose_name=_("term"))
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    category = models.CharField(_("category"), max_length=10, choices=Category, default=Category.OTHER)
    kind = models.CharField(_("kind of club"), max_length=10, choices=Kind, default=Kind.SCHOOL)
    part = models.CharField(
        _("part"), max_length=10, choices=Part, default=Part.ELECTIVE, help_text=_("Required: for all who take part.")
    )
    strand = models.CharField(
        _("part of the school's course model"),
        max_length=20,
        blank=True,
        help_text=_("As the school calls it, like 1+3+X."),
    )
    aim = models.TextField(_("aim and content"), blank=True)
    adaptation = models.CharField(_("how children with special needs take part"), max_length=200, blank=True)
    school_class = models.ForeignKey(
        "school.SchoolClass",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clubs",
        verbose_name=_("class"),
        help_text=_("Of a class's own club."),
    )
    grade_from = models.PositiveSmallIntegerField(_("from grade"))
    grade_to = models.PositiveSmallIntegerField(_("to grade"))
    least = models.PositiveSmallIntegerField(
        _("least children"), default=0, help_text=_("With fewer the club does not come about; 0 for no such number.")
    )
    capacity = models.PositiveSmallIntegerField(_("places"))
    published_on = models.DateField(_("in the catalogue since"), null=True, blank=True, editable=False)
    taken = models.PositiveSmallIntegerField(_("taken"), default=0, editable=False)
    held = models.PositiveSmallIntegerField(_("kept for offers"), default=0, editable=False)
    room = models.ForeignKey("school.Room", models.PROTECT, related_name="clubs", verbose_name=_("room"))
    other_rooms: models.ManyToManyField = models.ManyToManyField(
        "school.Room", blank=True, related_name="+", verbose_name=_("may also meet in")
    )
    rain_room = models.ForeignKey(
        "school.Room", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room when it rains")
    )
    rain_stay = models.BooleanField(_("when it rains, the children stay in their care groups"), default=False)
    instructor = models.ForeignKey("school.Staff", models.PROTECT, related_name="clubs", verbose_name=_("instructor"))
    assistant = models.ForeignKey(
        "school.Staff",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assisted_clubs",
        verbose_name=_("second adult"),
    )
    times_a_week = models.PositiveSmallIntegerField(_("times a week"), default=1)
    wished_days = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("days wished for"), default=list, blank=True
    )
    materials = models.CharField(_("materials"), max_length=200, blank=True)
    materials_fee = models.DecimalField(_("materials (yuan a term)"), max_digits=8, decimal_places=2, default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    proposed_by = models.ForeignKey(
        "school.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    opinion = models.CharField(_("opinion of the office"), max_length=200, blank=True)

    objects = ClubQuerySet.as_manager()

    class Meta:
        verbose_name = _("club")
        verbose_name_plural = _("clubs")
        ordering = ["category", "name"]
        constraints = [
            models.UniqueConstraint(
                name="club_once",
                fields=["term", "name"],
                violation_error_message=_("A club of this name exists in the term."),
            ),
            models.CheckConstraint(
                name="club_never_oversold",
                condition=Q(taken__lte=F("capacity") - F("held")),
                violation_error_message=_("More children than places."),
            ),
            models.CheckConstraint(
                name="club_grades_in_order",
                condition=Q(grade_to__gte=F("grade_from")),
                violation_error_message=_("The first grade is above the last."),
            ),
            models.CheckConstraint(
                name="club_sizes_in_order",
                condition=Q(least__lte=F("capacity")),
                violation_error_message=_("The least number of children is above the places."),
            ),
            models.CheckConstraint(
                name="club_times_make_sense",
                condition=Q(times_a_week__gte=1, times_a_week__lte=7),
                violation_error_message=_("A club meets once to seven times a week."),
            ),
            models.CheckConstraint(
                name="club_of_a_class_names_it",
                condition=Q(kind="class", school_class__isnull=False)
                | (~Q(kind="class") & Q(school_class__isnull=True)),
                violation_error_message=_("A class's own club names its class; another club names none."),
            ),
            models.CheckConstraint(
                name="club_two_different_adults",
                condition=Q(assistant__isnull=True) | ~Q(assistant=F("instructor")),
                violation_error_message=_("The second adult is somebody else than the instructor."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """The counters of a club that exists are not written: what was read before a child joined would undo the join."""
        if update_fields is None and not self._state.adding:
            counters = ("id", "taken", "held")
            update_fields = [field.name for field in self._meta.concrete_fields if field.name not in counters]
        super().save(*args, update_fields=update_fields, **options)

    def get_absolute_url(self) -> str:
        return reverse("clubs:club_detail", args=[self.pk])

    @property
    def status_kind(self) -> str:
        """The badge of its status."""
        return {"published": "ok", "proposed": "wait", "cancelled": "neutral"}.get(self.status, "neutral")

    @property
    def slot_words(self) -> str:
        return "、".join(str(slot) for slot in self.slots.all())

    @property
    def places_left(self) -> int:
        """What can still be given: neither taken nor kept for somebody to whom it was offered."""
        return self.capacity - self.taken - self.held


class ClubWeek(models.Model):
    """What a club does in a week of the term, counted from 1."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="weeks", verbose_name=_("club"))
    number = models.PositiveSmallIntegerField(_("week"))
    content = models.CharField(_("content"), max_length=200)

    class Meta:
        verbose_name = _("week of a club")
        verbose_name_plural = _("weeks of clubs")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="clubweek_once", fields=["club", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.content}"


class ClubPicture(models.Model):
    """A picture in the catalogue: of works, rooms and things, never of faces."""

    MOST = 6

    club = models.ForeignKey(Club, models.CASCADE, related_name="pictures", verbose_name=_("club"))
    image = PictureColumn(_("picture"), side=PICTURE_SIDE, upload_to="clubs/%Y/%m/")
    caption = models.CharField(_("caption"), max_length=60)
    added_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture of a club")
        verbose_name_plural = _("pictures of clubs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption


class ClubSlot(models.Model):
    """A weekday and period on which the club meets. Room and instructor are copied, so that the database sees clashes."""

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="+")
    club = models.ForeignKey(Club, models.CASCADE, related_name="slots", verbose_name=_("club"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    period = models.ForeignKey("school.Period", models.PROTECT, related_name="club_slots", verbose_name=_("period"))
    room = models.ForeignKey("school.Room", models.PROTECT, related_name="+", verbose_name=_("room"))
    instructor = models.ForeignKey("school.Staff", models.PROTECT, related_name="+", verbose_name=_("instructor"))
    assistant = models.ForeignKey(
        "school.Staff", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second adult")
    )

    class Meta:
        verbose_name = _("weekly slot")
        verbose_name_plural = _("weekly slots")
        ordering = ["weekday", "period__number"]
        constraints = [
            models.UniqueConstraint(
                name="clubslot_room_one_place",
                fields=["term", "weekday", "period", "room"],
                violation_error_message=_("Another club is in this room then."),
            ),
            models.UniqueConstraint(
                name="clubslot_instructor_one_place",
                fields=["term", "weekday", "period", "instructor"],
                violation_error_message=_("This person leads another club then."),
            ),
            models.UniqueConstraint(
                name="clubslot_assistant_one_place",
                fields=["term", "weekday", "period", "assistant"],
                violation_error_message=_("This person helps in another club then."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="adults_one_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                # Leading one club and helping in another: two columns, which no unique constraint compares.
                func="""
                    PERFORM pg_advisory_xact_lock(hashtext('clubslot'), person::int)
                    FROM unnest(ARRAY[LEAST(NEW.instructor_id, NEW.assistant_id),
                                      GREATEST(NEW.instructor_id, NEW.assistant_id)]) AS person;
                    IF EXISTS (SELECT 1 FROM clubs_clubslot o
                               WHERE o.term_id = NEW.term_id AND o.weekday = NEW.weekday AND o.period_id = NEW.period_id
                                 AND o.id <> NEW.id
                                 AND (o.instructor_id = NEW.assistant_id OR o.assistant_id = NEW.instructor_id)) THEN
                        RAISE EXCEPTION 'clubslot_instructor_one_place: leads and helps at the same time'
                            USING ERRCODE = 'unique_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.period}"
