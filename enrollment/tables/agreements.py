"""Agreements with what is missing in them, and the consents to the processing of children's data."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from enrollment.models import Agreement, Consent
from enrollment.services.signing import missing_parties
from school.models import SchoolSettings
from web.tables import Column, DateColumn, Empty, ListTable, NarrowColumn, TitleColumn
from web.templatetags.components import status_badge
from web.templatetags.formats import cn_datetime


class AgreementTable(ListTable):
    title = _("Agreements")
    empty = Empty("writing-sign", _("No agreement here"), _("An agreement is made when a family applies."))
    taken = ["name"]

    child = TitleColumn(
        _("Child"), accessor="application__student__name", url=lambda row: row.application.get_absolute_url()
    )
    class_label = NarrowColumn(_("Class"), accessor="application__student__class_label")
    kind = Column(_("Kind"))
    number = Column(_("Number"))
    version = Column(_("Version"), accessor="template__version")
    status = Column(_("Status"), empty_values=(), exclude_from_export=True)
    in_force_at = DateColumn(_("In force since"), visible=False)
    sha256 = Column(_("SHA-256 of the text"), visible=False)

    def prepare(self, records: Sequence[Any]) -> None:
        settings = SchoolSettings.load()
        for row in records:
            row.missing = missing_parties(row, settings)

    def render_number(self, value: str, record: Agreement) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("enrollment:agreement_pdf", args=[record.pk]), value)

    def value_number(self, value: str) -> str:
        return value

    def render_version(self, value: int) -> str:
        return f"v{value}"

    def value_version(self, value: int) -> int:
        return value

    def value_in_force_at(self, value: dt.datetime) -> dt.date:
        return timezone.localdate(value)

    def render_status(self, record: Any) -> SafeString:
        state, states = record.state, Agreement.State
        if state == states.ENDED:
            return since(state.label, "neutral", record.withdrawn_at)
        if state == states.IN_FORCE:
            return since(state.label, "ok", record.in_force_at)
        if state == states.NEVER:
            why = record.application.get_status_display()
            return format_html('{} <span class="text-quiet">{}</span>', status_badge(state.label, "neutral"), why)
        if record.missing:
            badge = status_badge(_("signature missing"), "attention")
            return format_html("{} {}", badge, "、".join(map(str, record.missing)))
        return status_badge(_("waiting for the school"), "wait")


def since(words: Any, kind: str, moment: dt.datetime) -> SafeString:
    return format_html('{} <span class="text-quiet">{}</span>', status_badge(words, kind), cn_datetime(moment))


class ConsentTable(ListTable):
    title = _("Consents")
    subtitle = _("to the processing of the child's data")
    empty = Empty("shield-lock", _("Nobody here"))
    taken = ["name"]

    name = TitleColumn(_("Child"))
    class_label = NarrowColumn(_("Class"))
    decision = Column(_("Decision"), accessor="consent", empty_values=())
    by = Column(_("By"), accessor="consent", exclude_from_export=True)
    version = Column(_("Version"), accessor="consent__template__version", exclude_from_export=True)

    def prepare(self, records: Sequence[Any]) -> None:
        newest = Consent.objects.latest_of(records)
        for child in records:
            child.consent = newest.get(child.pk)

    def render_decision(self, value: Consent | None) -> SafeString:
        if value is None:
            return status_badge(_("no decision yet"), "wait")
        kind = "ok" if value.decision == Consent.Decision.GIVEN else "neutral"
        return status_badge(value.get_decision_display(), kind)

    def value_decision(self, value: Consent | None) -> str:
        return value.get_decision_display() if value else ""

    def render_by(self, value: Consent) -> str:
        return f"{value.name} · {cn_datetime(value.at)}"

    def render_version(self, value: int) -> str:
        return f"v{value}"
