"""A page of the rows behind a figure, ready for the template."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from reports.figures import Rows
from school.access import may_enter

PAGE = 25


def table(request: HttpRequest, behind: Rows) -> dict[str, Any]:
    """`heads`, and `lines` of (address, empty where this person may not enter, cells) for one page."""
    page_obj = Paginator(behind.queryset, PAGE).get_page(request.GET.get("page"))
    heads = [column.label for column in behind.columns]
    links = [behind.link(row) if behind.link else "" for row in page_obj]
    lines = [
        (
            link if link and may_enter(request.user, link) else "",
            [(column.label, column.show(row)) for column in behind.columns],
        )
        for link, row in zip(links, page_obj, strict=True)
    ]
    return {"page_obj": page_obj, "heads": heads, "lines": lines}
