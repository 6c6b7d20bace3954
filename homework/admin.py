"""Homework in Django's administration: read only, because a sheet's minutes are counted under its lock."""

from django.contrib import admin

from homework import models
from school.administration import LedgerAdmin


@admin.register(models.ClassSheet)
class ClassSheetAdmin(LedgerAdmin):
    list_display = ["school_class", "day", "status", "minutes", "cap", "released", "version", "published_by"]
    list_filter = ["status"]
    list_select_related = ["school_class", "published_by"]
    date_hierarchy = "day"


@admin.register(models.HomeworkItem)
class HomeworkItemAdmin(LedgerAdmin):
    list_display = ["sheet", "subject", "teacher", "kind", "tier", "minutes", "place"]
    list_filter = ["kind", "subject"]
    list_select_related = ["sheet__school_class", "subject", "teacher"]
    search_fields = ["content", "teacher__name"]
