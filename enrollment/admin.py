"""Sign-up in Django's administration; what was signed or decided is read-only."""

from django.contrib import admin

from enrollment import models
from school.administration import LedgerAdmin, RecordAdmin, UndeletableAdmin


@admin.register(models.Letter)
class LetterAdmin(LedgerAdmin):
    list_display = ["title", "term", "version", "published_at"]
    list_select_related = ["term"]


@admin.register(models.AgreementTemplate)
class AgreementTemplateAdmin(LedgerAdmin):
    list_display = ["title", "kind", "version", "published_at"]
    list_filter = ["kind"]


@admin.register(models.ServiceOption)
class ServiceOptionAdmin(UndeletableAdmin):
    list_display = ["name", "term", "service", "fee_mode", "fee_amount", "starts_on", "ends_on"]
    list_filter = ["service", "fee_mode"]
    list_select_related = ["term"]
    raw_id_fields = ["letter"]


@admin.register(models.Receipt)
class ReceiptAdmin(LedgerAdmin):
    list_display = ["student", "answer", "answered_by", "answered_at", "on_paper"]
    list_filter = ["answer", "on_paper"]
    list_select_related = ["student", "answered_by"]
    search_fields = ["student__name"]


@admin.register(models.Application)
class ApplicationAdmin(LedgerAdmin):
    list_display = ["student", "option", "status", "applicant", "submitted_by", "submitted_at"]
    list_filter = ["status"]
    list_select_related = ["student", "option", "submitted_by"]
    search_fields = ["student__name"]


@admin.register(models.ReviewStep)
class ReviewStepAdmin(LedgerAdmin):
    list_display = ["application", "step", "decision", "opinion", "by", "at"]
    list_filter = ["step", "decision"]
    list_select_related = ["application__student", "application__option", "by"]
    search_fields = ["application__student__name"]


@admin.register(models.Enrolment)
class EnrolmentAdmin(LedgerAdmin):
    list_display = ["student", "option", "starts_on", "ends_on", "end_reason"]
    list_select_related = ["student", "option"]
    search_fields = ["student__name"]


@admin.register(models.Agreement)
class AgreementAdmin(LedgerAdmin):
    list_display = ["number", "kind", "application", "created_at", "in_force_at", "withdrawn_at"]
    list_filter = ["kind"]
    list_select_related = ["application__student", "application__option"]
    search_fields = ["number", "application__student__name"]


@admin.register(models.Signature)
class SignatureAdmin(LedgerAdmin):
    list_display = ["agreement", "party", "name", "signed_by", "signed_at"]
    list_filter = ["party"]
    list_select_related = ["agreement", "signed_by"]
    search_fields = ["name", "agreement__number"]
    exclude = ["image"]


@admin.register(models.Collector)
class CollectorAdmin(RecordAdmin):
    list_display = ["student", "name", "relation", "kind", "starts_on", "ends_on", "entered_by"]
    list_filter = ["kind"]
    list_select_related = ["student", "entered_by"]
    search_fields = ["student__name", "name", "phone"]
    raw_id_fields = ["student", "guardian", "entered_by"]


@admin.register(models.LeavesAlone)
class LeavesAloneAdmin(LedgerAdmin):
    list_display = ["student", "weekdays", "agreement", "starts_on", "ends_on"]
    list_select_related = ["student", "agreement"]
    search_fields = ["student__name"]


@admin.register(models.CareGroup)
class CareGroupAdmin(UndeletableAdmin):
    list_display = ["name", "term", "grade", "school_class", "published_at"]
    list_filter = ["term", "grade"]
    list_select_related = ["term", "school_class"]


@admin.register(models.CareGroupMember)
class CareGroupMemberAdmin(RecordAdmin):
    list_display = ["student", "group", "starts_on", "ends_on"]
    list_select_related = ["student", "group"]
    search_fields = ["student__name", "group__name"]
    raw_id_fields = ["student", "group", "enrolment"]


@admin.register(models.CareGroupRoom)
class CareGroupRoomAdmin(RecordAdmin):
    list_display = ["group", "room", "starts_on", "ends_on"]
    list_select_related = ["group", "room"]


@admin.register(models.CareGroupAdult)
class CareGroupAdultAdmin(RecordAdmin):
    list_display = ["group", "staff", "starts_on", "ends_on"]
    list_select_related = ["group", "staff"]
    raw_id_fields = ["group", "staff"]


@admin.register(models.CareDuty)
class CareDutyAdmin(RecordAdmin):
    list_display = ["group", "weekday", "period", "staff", "starts_on", "ends_on"]
    list_filter = ["weekday", "period"]
    list_select_related = ["group", "period", "staff"]
    search_fields = ["staff__name", "group__name"]
    raw_id_fields = ["group", "staff"]


@admin.register(models.DutyChange)
class DutyChangeAdmin(LedgerAdmin):
    list_display = ["text", "term", "day", "by", "at", "undone_at"]
    list_select_related = ["term", "by"]


@admin.register(models.ReviewStage)
class ReviewStageAdmin(UndeletableAdmin):
    list_display = ["step", "role", "active"]


@admin.register(models.Alternative)
class AlternativeAdmin(LedgerAdmin):
    list_display = ["application", "option", "state", "offered_by", "offered_at"]
    list_filter = ["state"]
    list_select_related = ["application__student", "application__option", "option", "offered_by"]
    search_fields = ["application__student__name"]


@admin.register(models.ChangeRequest)
class ChangeRequestAdmin(LedgerAdmin):
    list_display = ["enrolment", "kind", "effective_on", "state", "requested_by", "requested_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["enrolment__student", "enrolment__option", "requested_by"]
    search_fields = ["enrolment__student__name"]


@admin.register(models.Consent)
class ConsentAdmin(LedgerAdmin):
    list_display = ["student", "decision", "name", "at", "on_paper"]
    list_filter = ["decision"]
    list_select_related = ["student"]
    search_fields = ["student__name"]


@admin.register(models.TermPreparation)
class TermPreparationAdmin(UndeletableAdmin):
    list_display = ["term", "plan_number", "plan_filed_on", "approval_number", "approved_on"]
    list_select_related = ["term"]


@admin.register(models.Concern)
class ConcernAdmin(LedgerAdmin):
    list_display = ["student", "day", "state", "reported_by", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["student", "reported_by", "decided_by"]
    search_fields = ["student__name"]


@admin.register(models.Institution)
class InstitutionAdmin(UndeletableAdmin):
    list_display = ["name", "licence_number", "licence_until", "ended_on"]


@admin.register(models.InstitutionPerson)
class InstitutionPersonAdmin(UndeletableAdmin):
    list_display = ["name", "institution", "removed_on"]
    list_select_related = ["institution"]


@admin.register(models.PickUpCard)
class PickUpCardAdmin(LedgerAdmin):
    list_display = ["student", "issued_at", "issued_by", "revoked_at"]
    list_select_related = ["student", "issued_by"]
    search_fields = ["student__name"]
    exclude = ["code"]


@admin.register(models.GroupProposal)
class GroupProposalAdmin(LedgerAdmin):
    list_display = ["term", "day", "made_by", "made_at", "published_at"]
    list_select_related = ["term", "made_by"]


@admin.register(models.GroupPublication)
class GroupPublicationAdmin(LedgerAdmin):
    list_display = ["term", "number", "day", "by", "at"]
    list_select_related = ["term", "by"]
