"""What the pages of Django's administration share: history from the triggers, ledgers that can only be read."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from school.changes import differences, events_of, names_of


class RecordAdmin(admin.ModelAdmin):
    """A model whose history is written by the database: the page «history» shows that instead of the admin's own log."""

    object_history_template = "school/record_history.html"
    list_per_page = 50
    show_full_result_count = False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"changes": changes_of(self.model, unquote(object_id))} | (extra_context or {})
        return super().history_view(request, object_id, context)


class UndeletableAdmin(RecordAdmin):
    """Rows that other rows refer to: they can be ended or closed, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class LedgerAdmin(UndeletableAdmin):
    """Read-only in the administration: rows that only services write, or that are written once."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def changes_of(model: type[Model], pk: str) -> list[dict[str, Any]]:
    """The latest events of one row, newest first: when, by whom, where, and which fields changed from what to what."""
    found = list(events_of(model, pgh_obj_id=pk))
    names = names_of(event for event, _before in found)
    changes = []
    for event, before in found:
        context = event.pgh_context.metadata if event.pgh_context else {}
        fields = [(str(field.verbose_name), old, new) for field, old, new in differences(event, before)]
        who, where = names.get(context.get("user"), ""), context.get("url", "")
        changes.append({"event": event, "fields": fields, "who": who, "where": where})
    return changes
