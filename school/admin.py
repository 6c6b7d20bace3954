"""The school's tables in Django's administration: for whoever runs the server; the offices have pages of their own."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from school import models
from school.administration import LedgerAdmin, RecordAdmin, UndeletableAdmin


@admin.register(models.User)
class LoginAdmin(UndeletableAdmin, UserAdmin):
    list_display = ["username", "name", "phone", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["username", "name", "phone"]
    ordering = ["username"]
    filter_horizontal: list[str] = []
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "phone"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("When"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "name", "phone", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]


@admin.register(models.Role)
class RoleAdmin(UndeletableAdmin):
    list_display = ["code", "name", "second_factor"]


@admin.register(models.Term)
class TermAdmin(UndeletableAdmin):
    list_display = ["__str__", "starts_on", "ends_on", "winter_from", "winter_until"]


@admin.register(models.SchoolDay)
class SchoolDayAdmin(RecordAdmin):
    list_display = ["day", "kind", "follows_weekday", "note", "source"]
    list_filter = ["kind"]
    date_hierarchy = "day"


class PeriodTimeInline(admin.TabularInline):
    model = models.PeriodTime
    extra = 0


@admin.register(models.Period)
class PeriodAdmin(RecordAdmin):
    list_display = ["number", "name", "kind"]
    inlines = [PeriodTimeInline]


@admin.register(models.SchoolClass)
class SchoolClassAdmin(UndeletableAdmin):
    list_display = ["__str__", "entry_year", "number", "room", "graduated_on"]
    list_filter = ["entry_year"]
    list_select_related = ["room"]


@admin.register(models.ClassMembership)
class ClassMembershipAdmin(RecordAdmin):
    list_display = ["student", "school_class", "starts_on", "ends_on"]
    list_select_related = ["student", "school_class"]
    list_filter = ["school_class__entry_year"]
    search_fields = ["student__name", "student__number"]
    raw_id_fields = ["student"]


@admin.register(models.Room)
class RoomAdmin(RecordAdmin):
    list_display = ["name", "kind", "capacity", "location"]
    list_filter = ["kind"]
    search_fields = ["name"]


@admin.register(models.Subject)
class SubjectAdmin(RecordAdmin):
    list_display = ["name", "order"]


@admin.register(models.Teaching)
class TeachingAdmin(RecordAdmin):
    list_display = ["school_class", "subject", "staff", "starts_on", "ends_on"]
    list_select_related = ["school_class", "subject", "staff"]
    list_filter = ["subject"]
    search_fields = ["staff__name", "staff__number"]
    raw_id_fields = ["staff"]


@admin.register(models.Lesson)
class LessonAdmin(RecordAdmin):
    list_display = ["school_class", "weekday", "number", "subject"]
    list_select_related = ["school_class", "subject"]
    list_filter = ["weekday", "subject"]


class GuardianshipInline(admin.TabularInline):
    model = models.Guardianship
    extra = 0
    raw_id_fields = ["guardian"]


@admin.register(models.Student)
class StudentAdmin(UndeletableAdmin):
    list_display = ["name", "number", "sex", "birth_date"]
    list_filter = ["sex"]
    search_fields = ["name", "name_key", "number"]
    inlines = [GuardianshipInline]


@admin.register(models.Guardian)
class GuardianAdmin(UndeletableAdmin):
    list_display = ["name", "phone", "contact_only", "user"]
    list_filter = ["contact_only"]
    list_select_related = ["user"]
    search_fields = ["name", "name_key", "phone"]
    raw_id_fields = ["user"]


@admin.register(models.Guardianship)
class GuardianshipAdmin(RecordAdmin):
    list_display = ["student", "guardian", "relation", "order", "barred"]
    list_filter = ["barred"]
    list_select_related = ["student", "guardian"]
    search_fields = ["student__name", "guardian__name", "guardian__phone"]
    raw_id_fields = ["student", "guardian"]


@admin.register(models.SpecialGroup)
class SpecialGroupAdmin(RecordAdmin):
    list_display = ["name", "has_priority"]


@admin.register(models.SpecialGroupMembership)
class SpecialGroupMembershipAdmin(RecordAdmin):
    list_display = ["student", "group"]
    list_filter = ["group"]
    list_select_related = ["student", "group"]
    search_fields = ["student__name"]
    raw_id_fields = ["student"]


@admin.register(models.Staff)
class StaffAdmin(UndeletableAdmin):
    list_display = ["number", "name", "kind", "subject", "phone", "left_on"]
    list_filter = ["kind", "subject"]
    list_select_related = ["subject"]
    search_fields = ["number", "name", "name_key", "phone"]
    raw_id_fields = ["user"]


@admin.register(models.Post)
class PostAdmin(RecordAdmin):
    list_display = ["staff", "role", "school_class", "grade", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["staff", "school_class"]
    search_fields = ["staff__name", "staff__number"]
    raw_id_fields = ["staff"]


@admin.register(models.CredentialException)
class CredentialExceptionAdmin(UndeletableAdmin):
    list_display = ["staff", "kind", "starts_on", "ends_on", "document", "granted_by"]
    list_filter = ["kind"]
    list_select_related = ["staff", "granted_by"]
    search_fields = ["staff__name"]
    raw_id_fields = ["staff", "granted_by"]


@admin.register(models.ExemptionRequest)
class ExemptionRequestAdmin(LedgerAdmin):
    list_display = ["staff", "term", "state", "asked_at", "decided_by", "decided_at"]
    list_filter = ["state", "term"]
    list_select_related = ["staff", "term", "decided_by"]
    search_fields = ["staff__name"]


@admin.register(models.Credential)
class CredentialAdmin(RecordAdmin):
    list_display = ["staff", "kind", "number", "starts_on", "ends_on"]
    list_filter = ["kind"]
    list_select_related = ["staff"]
    search_fields = ["staff__name", "number"]
    raw_id_fields = ["staff"]


@admin.register(models.PolicyRule)
class PolicyRuleAdmin(RecordAdmin):
    list_display = ["key", "title", "value", "unit", "layer", "severity", "enabled", "source_number"]
    list_filter = ["layer", "severity", "enabled"]
    search_fields = ["key", "title", "source_title", "source_number"]


@admin.register(models.SchoolSettings)
class SchoolSettingsAdmin(UndeletableAdmin):
    list_display = ["name", "office_phone", "top_grade"]

    def has_add_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False


@admin.register(models.ActivationCode)
class ActivationCodeAdmin(LedgerAdmin):
    """When codes were issued and used; the codes themselves are stored nowhere."""

    list_display = ["guardian", "staff", "issued_at", "issued_by", "expires_at", "used_at"]
    list_select_related = ["guardian", "staff", "issued_by"]
    exclude = ["digest"]
    search_fields = ["guardian__name", "staff__name"]


@admin.register(models.SavedView)
class SavedViewAdmin(RecordAdmin):
    list_display = ["name", "path", "owner", "is_shared"]
    list_select_related = ["owner"]
    raw_id_fields = ["owner"]


class MentionInline(admin.TabularInline):
    model = models.Mention
    extra = 0
    can_delete = False
    readonly_fields = ["user", "read_at"]


@admin.register(models.Comment)
class CommentAdmin(LedgerAdmin):
    list_display = ["at", "by", "thing_type", "text"]
    list_select_related = ["by", "thing_type"]
    date_hierarchy = "at"
    inlines = [MentionInline]


@admin.register(models.AccessLog)
class AccessLogAdmin(LedgerAdmin):
    list_display = ["at", "user", "action", "student", "fields", "rows", "reason"]
    list_filter = ["action"]
    list_select_related = ["user", "student"]
    search_fields = ["user__name", "student__name", "reason"]
    date_hierarchy = "at"


@admin.register(models.UnusualReading)
class UnusualReadingAdmin(LedgerAdmin):
    list_display = ["at", "user", "children", "looked_into_by", "outcome"]
    list_select_related = ["user", "looked_into_by"]
    date_hierarchy = "at"


@admin.register(models.NoticeLog)
class NoticeLogAdmin(LedgerAdmin):
    list_display = ["day", "title", "channel", "reminder", "addressed", "outstanding", "by"]
    list_filter = ["channel", "reminder"]
    list_select_related = ["by"]
    date_hierarchy = "day"


@admin.register(models.ImportReading)
class ImportReadingAdmin(RecordAdmin):
    list_display = ["headings", "reading", "saved_at"]


@admin.register(models.ImportBatch)
class ImportBatchAdmin(LedgerAdmin):
    list_display = ["file_name", "status", "uploaded_by", "uploaded_at", "applied_at"]
    list_filter = ["status"]
    list_select_related = ["uploaded_by"]
    exclude = ["plan"]
