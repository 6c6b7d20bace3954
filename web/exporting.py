"""A list as a workbook: what is on the screen, logged, carrying the name of who took it, and why where it is sensitive.

Lists of `web.tables` do it by themselves. Another view with `{% export_button %}` answers its own address by POST:

    if export_asked(request):
        return export_list(request, title=…, columns=[Column(…)], rows=[(…), …], fields=["name"])
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from documents.responses import workbook_response
from documents.workbooks import Column, Watermark, Worksheet, write_workbook

SENSITIVE = frozenset(
    {
        "answers",
        "concern",
        "fees",
        "helper",
        "number",
        "opinion",
        "phone",
        "phones",
        "signature",
        "special_groups",
        "visits",
        "waiver",
    }
)
"""What of a child leaves only with a reason (个人信息保护法 28: 敏感个人信息 need a specific purpose)."""


REASONS = (_("Inspection by the authority"), _("Work with the class"), _("Calling families"), _("Settling fees"))
"""What sensitive lists are mostly taken for; whoever takes one for something else writes it."""


def needs_reason(fields: Iterable[str]) -> bool:
    return not SENSITIVE.isdisjoint(fields)


def export_asked(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("action") == "export"


def export_list(
    request: HttpRequest, *, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], fields: list[str]
) -> HttpResponse:
    """The workbook, or the list again with a message where a reason is wanted and none was given.

    `fields` says what of a child leaves.
    The function that the setting EXPORT_LOG names writes it down, and refuses by a ValidationError.
    """
    log_export = import_string(settings.EXPORT_LOG)
    reason = request.POST.get("reason", "").strip() or request.POST.get("other", "").strip()
    try:
        log_export(user=request.user, fields=fields, rows=len(rows), reason=reason, title=title)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(request.get_full_path())
    who = request.user.name  # type: ignore[union-attr]
    book = write_workbook([Worksheet(title, list(columns), list(rows))], watermark=Watermark(who=who, why=reason))
    return workbook_response(book, f"{title}.xlsx")
