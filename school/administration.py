"""What the pages of Django's administration share: history from the triggers, ledgers that can only be read."""

from itertools import pairwise
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from pghistory.core import event_models

from school.models import User

HISTORY_ROWS = 200


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
    found: list[dict[str, Any]] = []
    for events in event_models(tracks_model=model):
        rows = events._default_manager.filter(pgh_obj_id=pk).select_related("pgh_context").order_by("-pgh_id")
        fields = [f for f in events._meta.concrete_fields if not f.name.startswith("pgh_")]
        history: list[Any] = [*rows[:HISTORY_ROWS], None]
        for event, before in pairwise(history):
            context = event.pgh_context.metadata if event.pgh_context else {}
            found.append({"event": event, "fields": _difference(fields, event, before), "context": context})
    users = {change["context"].get("user") for change in found} - {None}
    names = {user.pk: user.name for user in User.objects.filter(pk__in=users)}
    for change in found:
        context = change.pop("context")
        change |= {"who": names.get(context.get("user"), ""), "where": context.get("url", "")}
    return found


def _difference(fields: list[Any], event: Any, before: Any) -> list[tuple[str, Any, Any]]:
    pairs = [(f.verbose_name, getattr(before, f.attname, None), getattr(event, f.attname)) for f in fields]
    return [(str(label), old, new) for label, old, new in pairs if old != new]
