"""The afternoon in Django's administration, read-only: corrections are made on the pages, which record them."""

from django.contrib import admin

from safety import models
from school.administration import LedgerAdmin


@admin.register(models.Session)
class SessionAdmin(LedgerAdmin):
    list_display = ["day", "period", "title", "staff", "roll_taken_at", "roll_taken_by"]
    list_filter = ["period"]
    list_select_related = ["period", "care_group", "meeting__club", "staff", "roll_taken_by"]
    date_hierarchy = "day"
    search_fields = ["staff__name"]


@admin.register(models.RollCall)
class RollCallAdmin(LedgerAdmin):
    list_display = ["session", "student", "status", "expected", "late_entry", "by", "at"]
    list_filter = ["status", "late_entry"]
    list_select_related = ["session__care_group", "session__meeting__club", "student", "by"]
    search_fields = ["student__name"]


@admin.register(models.Custody)
class CustodyAdmin(LedgerAdmin):
    list_display = ["student", "day", "staff", "since", "until", "late_entry"]
    list_select_related = ["student", "staff"]
    search_fields = ["student__name", "staff__name"]
    date_hierarchy = "day"


@admin.register(models.Release)
class ReleaseAdmin(LedgerAdmin):
    list_display = ["student", "day", "how", "to_name", "at", "by", "late_entry"]
    list_filter = ["how", "late_entry"]
    list_select_related = ["student", "by"]
    search_fields = ["student__name", "to_name"]
    date_hierarchy = "day"


@admin.register(models.Leave)
class LeaveAdmin(LedgerAdmin):
    list_display = ["student", "day", "reason", "by", "at"]
    list_select_related = ["student", "by"]
    search_fields = ["student__name"]
    date_hierarchy = "day"


@admin.register(models.DayClose)
class DayCloseAdmin(LedgerAdmin):
    list_display = ["day", "kind", "at", "by", "note"]
    list_select_related = ["by"]


@admin.register(models.Absence)
class AbsenceAdmin(LedgerAdmin):
    list_display = ["staff", "day", "reason", "by", "at", "withdrawn_at"]
    list_select_related = ["staff", "by"]
    search_fields = ["staff__name"]
    date_hierarchy = "day"


@admin.register(models.Substitution)
class SubstitutionAdmin(LedgerAdmin):
    list_display = ["session", "absence", "state", "substitute", "settled_by", "settled_at"]
    list_filter = ["state"]
    list_select_related = [
        "session__care_group",
        "session__meeting__club",
        "absence__staff",
        "substitute",
        "settled_by",
    ]
    search_fields = ["absence__staff__name", "substitute__name"]


@admin.register(models.SubstitutionAsk)
class SubstitutionAskAdmin(LedgerAdmin):
    list_display = ["staff", "substitution", "asked_at", "answer_by", "answer", "answered_at"]
    list_filter = ["answer"]
    list_select_related = [
        "staff",
        "substitution__absence__staff",
        "substitution__session__care_group",
        "substitution__session__meeting__club",
    ]
    search_fields = ["staff__name"]
