"""What a term shows and takes in: shows and their results, parents' lectures, the zones of labour day."""

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models.catalogue import Club
from documents.uploads import PICTURE_SIDE, PictureColumn
from school.history import track
from school.models import Staff, Term, Weekday
from web.fields import CleanColumn, MobileColumn

if TYPE_CHECKING:
    from school.models import User

OFFICE = ("service_office", "academic_office")
STAFF = (*OFFICE, "principal", "duty_leader", "teacher", "homeroom_teacher", "grade_head")


class ShowQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The house reads all, families those of the term."""
        if user.has_role(*STAFF):
            return self
        return self.filter(term=Term.objects.current(timezone.localdate()))

    def writable_by(self, user: "User") -> Self:
        return self if user.has_role(*OFFICE) else self.filter(club__instructor__in=Staff.objects.of_user(user))


@track()
class Show(models.Model):
    """A show, contest or exhibition and what came of it, in words: it has no field for a place or a child (T6)."""

    class Kind(models.TextChoices):
        SHOW = "show", _("show")
        CONTEST = "contest", _("contest")
        EXHIBITION = "exhibition", _("exhibition")

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="shows", verbose_name=_("term"))
    club = models.ForeignKey(Club, models.PROTECT, null=True, blank=True, related_name="shows", verbose_name=_("club"))
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SHOW)
    title = models.CharField(_("title"), max_length=60)
    result = models.CharField(
        _("what came of it"),
        max_length=300,
        blank=True,
        help_text=_("In words, of the whole club: no ranking, no names of children."),
    )
    picture = PictureColumn(
        _("picture"),
        side=PICTURE_SIDE,
        upload_to="shows/%Y/%m/",
        blank=True,
        help_text=_("Of works and rooms; never of faces."),
    )
    entered_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = ShowQuerySet.as_manager()

    class Meta:
        verbose_name = _("show or contest")
        verbose_name_plural = _("shows and contests")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="show_once",
                fields=["term", "club", "day", "title"],
                nulls_distinct=False,
                violation_error_message=_("This is entered already."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class LectureQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The house reads all, a guardian the own offers."""
        return self if user.has_role(*STAFF) else self.filter(offered_by=user)

    def taking_room(self) -> Self:
        return self.filter(state__in=[Lecture.State.DATED, Lecture.State.HELD])


@track()
class Lecture(models.Model):
    """A parent tells children of what he or she does. Kept of the speaker: name, what he is to a child, a phone."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered, without a date")
        DATED = "dated", _("dated")
        HELD = "held", _("held")
        CALLED_OFF = "called_off", _("does not take place")

    KINDS = {State.OFFERED: "wait", State.DATED: "attention", State.HELD: "ok", State.CALLED_OFF: "neutral"}

    topic = models.CharField(_("topic"), max_length=60)
    about = models.CharField(_("what it is about"), max_length=300, blank=True)
    speaker = CleanColumn(_("speaker"), max_length=30)
    relation = models.CharField(
        _("is to a child"), max_length=20, blank=True, help_text=_("Like mother or grandfather; no name of a child.")
    )
    phone = MobileColumn(_("phone"), max_length=20, blank=True, help_text=_("Only the office sees it."))
    grade_from = models.PositiveSmallIntegerField(
        _("from grade"), default=1, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    grade_to = models.PositiveSmallIntegerField(
        _("to grade"), default=6, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    day = models.DateField(_("day"), null=True, blank=True)
    period = models.ForeignKey(
        "school.Period", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("period")
    )
    room = models.ForeignKey(
        "school.Room", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    reason = models.CharField(_("why it does not take place"), max_length=200, blank=True)
    offered_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("entered by"))
    offered_at = models.DateTimeField(_("entered"), default=timezone.now)

    objects = LectureQuerySet.as_manager()

    class Meta:
        verbose_name = _("parents' lecture")
        verbose_name_plural = _("parents' lectures")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="lecture_grades_in_order",
                condition=Q(grade_to__gte=F("grade_from")),
                violation_error_message=_("The last grade is not below the first."),
            ),
            models.CheckConstraint(
                name="lecture_dated_in_full",
                condition=~Q(state__in=["dated", "held"])
                | Q(day__isnull=False, period__isnull=False, room__isnull=False),
                violation_error_message=_("A lecture that takes place has its day, period and room."),
            ),
            models.CheckConstraint(
                name="lecture_called_off_with_a_reason",
                condition=~Q(state="called_off") | ~Q(reason=""),
                violation_error_message=_("Say why it does not take place."),
            ),
            models.UniqueConstraint(
                name="lecture_room_one_place",
                fields=["day", "period", "room"],
                condition=Q(state__in=["dated", "held"]),
                violation_error_message=_("Another lecture is in this room then."),
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def status_kind(self) -> str:
        return self.KINDS[self.State(self.state)]


@track()
class CampusZone(models.Model):
    """A part of the campus that a class looks after on its labour day."""

    term = models.ForeignKey("school.Term", models.CASCADE, related_name="zones", verbose_name=_("term"))
    name = models.CharField(_("zone"), max_length=40)
    aim = models.CharField(_("what is to be reached"), max_length=120)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday, default=Weekday.FRIDAY)
    school_class = models.ForeignKey(
        "school.SchoolClass", models.PROTECT, related_name="zones", verbose_name=_("class")
    )
    adult = models.ForeignKey("school.Staff", models.PROTECT, related_name="zones", verbose_name=_("adult"))

    class Meta:
        verbose_name = _("zone of labour day")
        verbose_name_plural = _("zones of labour day")
        ordering = ["weekday", "name"]
        constraints = [
            models.UniqueConstraint(
                name="campuszone_class_one_place",
                fields=["term", "weekday", "school_class"],
                violation_error_message=_("This class has its zone on that day already."),
            ),
            models.UniqueConstraint(
                name="campuszone_once",
                fields=["term", "weekday", "name"],
                violation_error_message=_("This zone is given to a class on that day already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
