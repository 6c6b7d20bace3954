"""Clubs in Django's administration; memberships are read-only, because only the services keep the counters right."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from clubs import models
from school.administration import LedgerAdmin, RecordAdmin, UndeletableAdmin


@admin.register(models.Club)
class ClubAdmin(UndeletableAdmin):
    list_display = ["name", "term", "category", "capacity", "taken", "room", "instructor", "status"]
    list_filter = ["term", "category", "status"]
    list_select_related = ["term", "room", "instructor"]
    search_fields = ["name"]
    readonly_fields = ["taken", "held"]
    raw_id_fields = ["instructor", "assistant", "school_class", "proposed_by"]


@admin.register(models.ClubSlot)
class ClubSlotAdmin(RecordAdmin):
    list_display = ["club", "weekday", "period", "room", "instructor"]
    list_filter = ["weekday", "period"]
    list_select_related = ["club", "period", "room", "instructor"]
    raw_id_fields = ["club", "instructor"]


@admin.register(models.Unavailable)
class UnavailableAdmin(RecordAdmin):
    list_display = ["staff", "weekday", "period", "reason", "term"]
    list_filter = ["term", "weekday"]
    list_select_related = ["staff", "period", "term"]
    raw_id_fields = ["staff"]


@admin.register(models.TimetableProposal)
class TimetableProposalAdmin(LedgerAdmin):
    list_display = ["term", "state", "made_by", "made_at", "published_at"]
    list_filter = ["state"]
    list_select_related = ["term", "made_by"]


@admin.register(models.CalendarFeed)
class CalendarFeedAdmin(LedgerAdmin):
    """The token is not shown; feeds are revoked on their own page."""

    list_display = ["owner", "student", "created_at", "revoked_at"]
    list_select_related = ["owner", "student"]
    search_fields = ["owner__name", "student__name"]
    exclude = ["token"]


@admin.register(models.Membership)
class MembershipAdmin(LedgerAdmin):
    list_display = ["student", "club", "starts_on", "ends_on", "joined_by", "joined_at"]
    list_select_related = ["student", "club", "joined_by"]
    search_fields = ["student__name", "club__name"]


@admin.register(models.Seat)
class SeatAdmin(LedgerAdmin):
    """Read-only: seats follow the memberships."""

    list_display = ["student", "weekday", "period", "term"]
    list_filter = ["weekday", "period"]
    list_select_related = ["student", "period", "term"]
    search_fields = ["student__name"]


@admin.register(models.ClubChange)
class ClubChangeAdmin(LedgerAdmin):
    list_display = ["meeting", "kind", "reason", "by", "at"]
    list_filter = ["kind"]
    list_select_related = ["meeting__club", "by"]
    search_fields = ["meeting__club__name"]


@admin.register(models.RainDay)
class RainDayAdmin(LedgerAdmin):
    list_display = ["day", "by", "at", "ended_by", "ended_at"]
    list_select_related = ["by", "ended_by"]
    date_hierarchy = "day"


@admin.register(models.Skill)
class SkillAdmin(UndeletableAdmin):
    list_display = ["name", "category"]
    list_filter = ["category"]
    search_fields = ["name"]


@admin.register(models.StaffSkill)
class StaffSkillAdmin(RecordAdmin):
    list_display = ["staff", "skill", "level", "since", "filed_by"]
    list_filter = ["level", "skill__category"]
    list_select_related = ["staff", "skill", "filed_by"]
    search_fields = ["staff__name", "skill__name"]
    raw_id_fields = ["staff", "filed_by"]


@admin.register(models.Meeting)
class MeetingAdmin(UndeletableAdmin):
    list_display = ["club", "day", "period", "room", "instructor", "cancelled"]
    list_filter = ["cancelled", "period"]
    list_select_related = ["club", "period", "room", "instructor"]
    date_hierarchy = "day"
    raw_id_fields = ["club", "instructor"]


@admin.register(models.ClubWeek)
class ClubWeekAdmin(RecordAdmin):
    list_display = ["club", "number", "content"]
    list_select_related = ["club"]
    raw_id_fields = ["club"]


@admin.register(models.ClubPicture)
class ClubPictureAdmin(RecordAdmin):
    list_display = ["club", "caption", "added_by", "added_at"]
    list_select_related = ["club", "added_by"]
    raw_id_fields = ["club", "added_by"]


@admin.register(models.ClubSettings)
class ClubSettingsAdmin(UndeletableAdmin):
    list_display = ["__str__", "two_adults", "offer_hours", "trial_days", "credit_for_losses"]


@admin.register(models.ChoiceRound)
class ChoiceRoundAdmin(LedgerAdmin):
    """Read-only; the seed is shown on the page of the draw, after the draw."""

    list_display = ["name", "term", "way", "opens_at", "closes_at", "state"]
    list_filter = ["term", "way", "state"]
    list_select_related = ["term"]
    exclude = ["seed", "clubs"]


@admin.register(models.ChoiceSheet)
class ChoiceSheetAdmin(LedgerAdmin):
    list_display = ["student", "round", "number", "places_wanted", "chosen_by", "chosen_at"]
    list_filter = ["round"]
    list_select_related = ["student", "round", "chosen_by"]
    search_fields = ["student__name", "number"]


@admin.register(models.Choice)
class ChoiceAdmin(LedgerAdmin):
    list_display = ["sheet", "rank", "club", "verdict"]
    list_select_related = ["sheet__round", "sheet__student", "club"]
    search_fields = ["sheet__student__name", "club__name"]


@admin.register(models.Draw)
class DrawAdmin(LedgerAdmin):
    list_display = ["round", "rehearsal", "source", "rule", "by", "at"]
    list_filter = ["rehearsal"]
    list_select_related = ["round", "by"]
    exclude = ["data"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Draw]:
        return super().get_queryset(request).defer("data")


@admin.register(models.DrawLine)
class DrawLineAdmin(LedgerAdmin):
    list_display = ["draw", "sheet", "place", "got", "best"]
    list_select_related = ["draw__round", "sheet__round", "sheet__student"]


@admin.register(models.Waiting)
class WaitingAdmin(LedgerAdmin):
    list_display = ["student", "club", "state", "asked_by", "asked_at"]
    list_filter = ["state"]
    list_select_related = ["student", "club", "asked_by"]
    search_fields = ["student__name", "club__name"]


@admin.register(models.WaitingMove)
class WaitingMoveAdmin(LedgerAdmin):
    list_display = ["waiting", "position_before", "position_after", "reason", "by", "at"]
    list_select_related = ["waiting__student", "waiting__club", "by"]


@admin.register(models.Offer)
class OfferAdmin(LedgerAdmin):
    list_display = ["waiting", "club", "offered_at", "expires_at", "answer", "answered_at"]
    list_filter = ["answer"]
    list_select_related = ["waiting__student", "waiting__club", "club"]


@admin.register(models.Rotation)
class RotationAdmin(UndeletableAdmin):
    list_display = ["name", "term", "weekday", "period", "every_weeks", "starts_on", "ends_on"]
    list_select_related = ["term", "period"]


@admin.register(models.RotationStop)
class RotationStopAdmin(RecordAdmin):
    list_display = ["rotation", "order", "club"]
    list_select_related = ["rotation", "club"]
    raw_id_fields = ["club"]


@admin.register(models.RotationGroup)
class RotationGroupAdmin(RecordAdmin):
    list_display = ["rotation", "order", "group"]
    list_select_related = ["rotation", "group"]
    raw_id_fields = ["group"]


@admin.register(models.MeetingRecord)
class MeetingRecordAdmin(UndeletableAdmin):
    list_display = ["meeting", "content", "written_by", "written_at"]
    list_select_related = ["meeting__club", "written_by"]
    search_fields = ["meeting__club__name", "content"]
    raw_id_fields = ["meeting", "written_by"]


@admin.register(models.ThemeMonth)
class ThemeMonthAdmin(RecordAdmin):
    list_display = ["title", "month", "term"]
    list_filter = ["term"]
    list_select_related = ["term"]


@admin.register(models.ClubEvaluation)
class ClubEvaluationAdmin(LedgerAdmin):
    """Shows counts only: nobody may see a family's answers with its name."""

    list_display = ["club", "at"]
    list_select_related = ["membership__club"]
    fields = ["at"]

    @admin.display(description=_("club"))
    def club(self, evaluation: models.ClubEvaluation) -> str:
        return evaluation.membership.club.name


@admin.register(models.Visit)
class VisitAdmin(LedgerAdmin):
    """Read-only: visits are planned and approved on the office's pages, which check the rules."""

    list_display = ["name", "day", "place", "state", "made_by", "approved_by"]
    list_filter = ["state", "term"]
    list_select_related = ["made_by", "approved_by"]
    search_fields = ["name", "place"]


@admin.register(models.VisitLeader)
class VisitLeaderAdmin(LedgerAdmin):
    list_display = ["visit", "staff"]
    list_select_related = ["visit", "staff"]


@admin.register(models.VisitChild)
class VisitChildAdmin(LedgerAdmin):
    list_display = ["visit", "student", "answer", "answered_by", "answered_at"]
    list_filter = ["answer"]
    list_select_related = ["visit", "student", "answered_by"]
    search_fields = ["student__name", "visit__name"]


@admin.register(models.VisitCount)
class VisitCountAdmin(LedgerAdmin):
    list_display = ["visit", "moment", "present", "expected", "by", "at"]
    list_select_related = ["visit", "by"]


@admin.register(models.Show)
class ShowAdmin(UndeletableAdmin):
    list_display = ["title", "kind", "day", "club", "entered_by"]
    list_filter = ["kind", "term"]
    list_select_related = ["club", "entered_by"]
    search_fields = ["title", "club__name"]
    raw_id_fields = ["club", "entered_by"]


@admin.register(models.Lecture)
class LectureAdmin(LedgerAdmin):
    """Read-only: lectures are dated and cancelled on the office's pages, which check the rooms."""

    list_display = ["topic", "speaker", "state", "day", "period", "room"]
    list_filter = ["state"]
    list_select_related = ["period", "room"]
    search_fields = ["topic", "speaker"]


@admin.register(models.CampusZone)
class CampusZoneAdmin(RecordAdmin):
    list_display = ["name", "weekday", "school_class", "adult", "term"]
    list_filter = ["term", "weekday"]
    list_select_related = ["school_class", "adult", "term"]
    raw_id_fields = ["school_class", "adult"]
