"""Parts of pages that colleagues work with: comments on a thing, views of a list. A built-in library: no `load` is needed."""

from typing import Any

from django import template
from django.db.models import Model

from school import commenting
from school.changes import READERS, is_followed
from school.menu import STAFF
from school.models import SavedView

register = template.Library()
# What of an address says how one looks at a list; the page's number does not.
KEPT_OUT = ("page", "per")


@register.inclusion_tag("school/_comments.html", takes_context=True)
def comments(context: template.Context, thing: Model) -> dict[str, Any]:
    """The comments on a thing and the field for one more; nothing for who may not read them."""
    request = context["request"]
    if not commenting.may_comment(request.user, thing):
        return {"may_comment": False}
    kept = request.session.get("refused_comment") or {}
    mine = kept.get("thing") == f"{thing._meta.label_lower}/{thing.pk}"
    if mine:
        del request.session["refused_comment"]
    rows = list(commenting.comments_on(thing))
    waits = any(one.user_id == request.user.pk and one.read_at is None for row in rows for one in row.mentions.all())
    return {
        "may_comment": True,
        "rows": rows,
        "waits": waits,
        "text": kept["text"] if mine else "",
        "error": kept["error"] if mine else "",
        "add_url": commenting.address_of(thing, "comment_add"),
        "read_url": commenting.address_of(thing, "comment_read"),
        "names_url": commenting.address_of(thing, "comment_names"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("school/_changes_link.html", takes_context=True)
def changes_link(context: template.Context, thing: Model) -> dict[str, Any]:
    """The button that leads to the history of a thing, for who may read it."""
    may = is_followed(type(thing)) and context["request"].user.has_role(*READERS)
    return {"url": commenting.address_of(thing, "change_list") if may else ""}


@register.inclusion_tag("school/_list_views.html", takes_context=True)
def list_views(context: template.Context) -> dict[str, Any]:
    """The saved views of a list, and the columns that it shows."""
    request, table = context["request"], context["table"]
    if not request.user.has_role(*STAFF):
        return {"may_keep": False}
    query = request.GET.copy()
    for name in KEPT_OUT:
        query.pop(name, None)
    asked = query.urlencode()
    views = list(SavedView.objects.of(request.user, request.path).select_related("owner"))
    return {
        "may_keep": True,
        "views": [(view, view.query == asked) for view in views],
        "asked": asked,
        "columns": table.choosable,
        "path": request.path,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
    }
