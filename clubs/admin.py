"""Clubs in Django's administration; places are counted, so only the services give and take them."""

from django.contrib import admin

from clubs import models
from school.administration import KeptAdmin, LedgerAdmin, RecordAdmin


@admin.register(models.Club)
class ClubAdmin(KeptAdmin):
    list_display = ["name", "term", "category", "capacity", "taken", "room", "instructor", "status"]
    list_filter = ["term", "category", "status"]
    list_select_related = ["term", "room", "instructor"]
    search_fields = ["name"]
    readonly_fields = ["taken"]
    raw_id_fields = ["instructor"]


@admin.register(models.ClubSlot)
class ClubSlotAdmin(RecordAdmin):
    list_display = ["club", "weekday", "period", "room", "instructor"]
    list_filter = ["weekday", "period"]
    list_select_related = ["club", "period", "room", "instructor"]
    raw_id_fields = ["club", "instructor"]


@admin.register(models.Membership)
class MembershipAdmin(LedgerAdmin):
    list_display = ["student", "club", "starts_on", "ends_on", "joined_by", "joined_at"]
    list_select_related = ["student", "club", "joined_by"]
    search_fields = ["student__name", "club__name"]


@admin.register(models.Seat)
class SeatAdmin(LedgerAdmin):
    """Locks, one a child and slot of the week: they follow the memberships."""

    list_display = ["student", "weekday", "period", "term"]
    list_filter = ["weekday", "period"]
    list_select_related = ["student", "period", "term"]
    search_fields = ["student__name"]


@admin.register(models.Meeting)
class MeetingAdmin(KeptAdmin):
    list_display = ["club", "day", "period", "room", "instructor", "cancelled"]
    list_filter = ["cancelled", "period"]
    list_select_related = ["club", "period", "room", "instructor"]
    date_hierarchy = "day"
    raw_id_fields = ["club", "instructor"]
