"""Rounds, families' choices, and draws that anybody can recompute."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clubs.models.catalogue import Club
from school.access import rows_for
from school.history import track

if TYPE_CHECKING:
    from school.models import User


class ChoiceRoundQuerySet(models.QuerySet):
    def announced(self) -> Self:
        """Rounds that families see."""
        return self.exclude(state__in=[ChoiceRound.State.DRAFT, ChoiceRound.State.CANCELLED])

    def choosable(self, now: dt.datetime) -> Self:
        """Rounds in which families choose at this second."""
        return self.filter(state=ChoiceRound.State.ANNOUNCED, opens_at__lte=now, closes_at__gt=now)

    def running(self, now: dt.datetime) -> Self:
        """Rounds that still decide about places: all that are announced or drawn, but first come only until its end."""
        over = Q(way=ChoiceRound.Way.FIRST_COME, closes_at__lte=now)
        return self.filter(state__in=[ChoiceRound.State.ANNOUNCED, ChoiceRound.State.DRAWN]).exclude(over)

    def giving(self, way: str) -> Self:
        return self.filter(way=way)


@track(exclude=["seed"])
class ChoiceRound(models.Model):
    """A set of clubs whose places are given out one way, between two instants.

    `seed` decides a draw's order and is secret until it is drawn; its SHA-256 is shown from the announcement on. Neither
    ever changes (trigger).
    """

    class Way(models.TextChoices):
        FIRST_COME = "first_come", _("first come, first served")
        DRAW = "draw", _("ranked choices with a draw")
        AUDITION = "audition", _("the instructor's list after an audition")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        ANNOUNCED = "announced", _("announced")
        DRAWN = "drawn", _("drawn, not yet published")
        PUBLISHED = "published", _("places given out")
        CANCELLED = "cancelled", _("called off")

    term = models.ForeignKey("school.Term", models.PROTECT, related_name="choice_rounds", verbose_name=_("term"))
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    way = models.CharField(_("places are given"), max_length=10, choices=Way, default=Way.FIRST_COME)
    clubs: models.ManyToManyField = models.ManyToManyField(Club, related_name="rounds", verbose_name=_("clubs"))
    opens_at = models.DateTimeField(_("choosing begins"))
    closes_at = models.DateTimeField(_("choosing ends"))
    most_choices = models.PositiveSmallIntegerField(_("choices a child"), default=5)
    most_places = models.PositiveSmallIntegerField(_("places a child"), default=2)
    priority = models.BooleanField(
        _("priority groups come first"),
        default=True,
        help_text=_(
            "Children of the groups for whom places come first draw one place beforehand; the public file does not tell who."
        ),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    seed = models.CharField(max_length=32, editable=False)
    seed_sha256 = models.CharField(_("SHA-256 of the seed"), max_length=64, editable=False)
    made_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("made by"))
    announced_at = models.DateTimeField(pgettext_lazy("moment", "announced"), null=True, blank=True)

    objects = ChoiceRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("choosing round")
        verbose_name_plural = _("choosing rounds")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="choiceround_once",
                fields=["term", "name"],
                violation_error_message=_("A round of this name exists in the term."),
            ),
            models.CheckConstraint(
                name="choiceround_times_in_order",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("Choosing ends after it begins."),
            ),
            models.CheckConstraint(
                name="choiceround_numbers_make_sense",
                condition=Q(most_choices__gte=1, most_choices__lte=10, most_places__gte=1, most_places__lte=7),
                violation_error_message=_("A child has one to ten choices and one to seven places."),
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="seed_as_announced", fields=["seed", "seed_sha256"])]

    def __str__(self) -> str:
        return self.name

    def wished_clubs(self) -> "QuerySet[Club]":
        """Its clubs with how often each is the `first` wish, is `wished` at all, and was `heard`."""
        own = Q(choices__sheet__round=self)
        return self.clubs.select_related("instructor").annotate(
            first=Count("choices", filter=own & Q(choices__rank=1)),
            wished=Count("choices", filter=own),
            heard=Count("choices", filter=own & ~Q(choices__verdict="")),
        )

    def is_choosable(self, now: dt.datetime) -> bool:
        return self.state == self.State.ANNOUNCED and self.opens_at <= now < self.closes_at


class ChoiceSheetQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(rows_for("clubs.ChoiceSheet", user))


class ChoiceSheet(models.Model):
    """What a family chose for a child in a round. `number` stands for the child in the published file.

    `version` rises with each change, so that two guardians never overwrite each other unseen.
    """

    round = models.ForeignKey(ChoiceRound, models.PROTECT, related_name="sheets", verbose_name=_("round"))
    student = models.ForeignKey(
        "school.Student", models.PROTECT, related_name="choice_sheets", verbose_name=_("student")
    )
    number = models.CharField(_("number in the draw"), max_length=8)
    places_wanted = models.PositiveSmallIntegerField(_("places wanted"), default=1)
    version = models.PositiveIntegerField(_("version"), default=1)
    chosen_by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("chosen by"))
    chosen_at = models.DateTimeField(_("chosen"), default=timezone.now)

    objects = ChoiceSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("choices of a child")
        verbose_name_plural = _("choices of children")
        ordering = ["round", "student"]
        constraints = [
            models.UniqueConstraint(name="choicesheet_once", fields=["round", "student"]),
            models.UniqueConstraint(name="choicesheet_number_once", fields=["round", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.student}"


class ChoiceQuerySet(models.QuerySet):
    def to_hear(self, round: ChoiceRound, club: Club) -> Self:
        """The wishes for a club in a round, the dearest and earliest first."""
        rows = self.filter(sheet__round=round, club=club).select_related("sheet")
        return rows.order_by("rank", "sheet__chosen_at")

    def not_given_in(self, round: ChoiceRound) -> Self:
        """Places that were drawn or accepted, and could not be given any more."""
        return self.filter(sheet__round=round).exclude(not_given="").select_related("sheet__student", "club")


class Choice(models.Model):
    """One choice; rank 1 is the first choice. In a round by audition it carries the instructor's `verdict`."""

    class Verdict(models.TextChoices):
        NONE = "", _("not heard yet")
        YES = "yes", _("accepted")
        RESERVE = "reserve", _("on the waiting list")
        NO = "no", _("not this time")

    sheet = models.ForeignKey(ChoiceSheet, models.CASCADE, related_name="choices", verbose_name=_("choices of a child"))
    rank = models.PositiveSmallIntegerField(_("rank"))
    club = models.ForeignKey(Club, models.PROTECT, related_name="choices", verbose_name=_("club"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.NONE, blank=True)
    verdict_note = models.CharField(_("note"), max_length=100, blank=True)
    not_given = models.CharField(
        _("why the place was not given"),
        max_length=200,
        blank=True,
        help_text=_("Drawn or accepted, but no longer possible when places were given out."),
    )

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["sheet", "rank"]
        constraints = [
            models.UniqueConstraint(name="choice_rank_once", fields=["sheet", "rank"]),
            models.UniqueConstraint(
                name="choice_club_once",
                fields=["sheet", "club"],
                violation_error_message=_("This club is chosen twice."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.club}"


class DrawQuerySet(models.QuerySet):
    def real(self) -> Self:
        return self.filter(rehearsal=False)


class Draw(models.Model):
    """One run of a draw over a round's choices, or a rehearsal without effect. Append-only.

    `data` is the text of the published file, byte for byte: seed, clubs, children by their numbers, and what came out;
    `sha256` is that of the text. `beforehand` names, by their numbers, who came first and what each got before the public
    draw; no page shows it. `summary` holds the figures of the report.
    """

    class Source(models.TextChoices):
        ROUND = "round", _("the choices of this round")
        SURVEY = "survey", _("the wishes of the survey")
        LAST = "last", _("last term's choices")

    class Rule(models.TextChoices):
        DRAW = "draw", _("ranked choices with a draw")
        FIRST_COME = "first_come", _("first come, first served")

    round = models.ForeignKey(ChoiceRound, models.PROTECT, related_name="draws", verbose_name=_("round"))
    rehearsal = models.BooleanField(_("rehearsal"), default=False)
    source = models.CharField(_("wishes from"), max_length=10, choices=Source, default=Source.ROUND)
    rule = models.CharField(_("rule"), max_length=10, choices=Rule, default=Rule.DRAW)
    data = models.TextField(_("file"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    beforehand = models.JSONField(_("given beforehand"), default=dict, editable=False)
    summary = models.JSONField(_("report"))
    by = models.ForeignKey("school.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(pgettext_lazy("moment", "drawn"), default=timezone.now)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(name="draw_once", fields=["round"], condition=Q(rehearsal=False)),
            models.CheckConstraint(
                name="draw_of_its_own_choices", condition=Q(rehearsal=True) | Q(source="round", rule="draw")
            ),
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.round} {self.at:%Y-%m-%d %H:%M}"


class DrawLine(models.Model):
    """What the draw gave one child. `results`: [club pk, outcome, round, place in the order, facts] a choice, by rank."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="lines", verbose_name=_("draw"))
    sheet = models.ForeignKey(ChoiceSheet, models.PROTECT, related_name="lines", verbose_name=_("choices of a child"))
    place = models.PositiveIntegerField(_("place in the order"))
    got = models.PositiveSmallIntegerField(_("places got"))
    best = models.PositiveSmallIntegerField(_("best rank met"), null=True)
    results = models.JSONField(_("results"))

    class Meta:
        verbose_name = _("line of a draw")
        verbose_name_plural = _("lines of draws")
        ordering = ["draw", "place"]
        constraints = [models.UniqueConstraint(name="drawline_once", fields=["draw", "sheet"])]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.place}"
