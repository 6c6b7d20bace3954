"""A list as a workbook: what is on the screen, with a reason, logged, carrying the name of who took it.

Lists of `web.tables` do it by themselves. Another view with `{% export_button %}` answers its own address by POST:

    if export_asked(request):
        return export_list(request, title=…, columns=[Column(…)], rows=[(…), …], fields=["name"])
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.module_loading import import_string

from documents.responses import workbook_response
from documents.workbooks import Column, Watermark, Worksheet, write_workbook


def export_asked(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("action") == "export"


def export_list(
    request: HttpRequest, *, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], fields: list[str]
) -> HttpResponse:
    """The workbook, or the list again with a message where no reason was given. `fields`: what of a child leaves.

    The function that the setting EXPORT_LOG names writes it down, and refuses by a ValidationError.
    """
    log_export = import_string(settings.EXPORT_LOG)
    reason = request.POST.get("reason", "")
    try:
        log_export(user=request.user, fields=fields, rows=len(rows), reason=reason)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(request.get_full_path())
    who = request.user.name  # type: ignore[union-attr]
    book = write_workbook([Worksheet(title, list(columns), list(rows))], watermark=Watermark(who=who, why=reason))
    return workbook_response(book, f"{title}.xlsx")
