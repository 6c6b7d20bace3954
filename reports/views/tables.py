"""A page of the rows behind a figure, ready for the template."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from reports.figures import Rows

PAGE = 25


def table(request: HttpRequest, behind: Rows) -> dict[str, Any]:
    """`heads`, and `lines` of (address or empty, cells) for one page."""
    page_obj = Paginator(behind.queryset, PAGE).get_page(request.GET.get("page"))
    heads = [column.label for column in behind.columns]
    lines = [
        (
            behind.link(row) if behind.link else "",
            [(column.label, column.show(row)) for column in behind.columns],
        )
        for row in page_obj
    ]
    return {"page_obj": page_obj, "heads": heads, "lines": lines}
