"""Comments on one thing, and its history in words."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from school import changes, commenting
from school.access import role_required
from school.menu import STAFF

PAGE = 25


def thing_of(label: str, pk: int) -> Any:
    """The row of a model of ours; 404 where there is none."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    return get_object_or_404(model, pk=pk)


def commented(request: HttpRequest, label: str, pk: int) -> Any:
    """A row that this person may comment on; 404 for any other."""
    thing = thing_of(label, pk)
    if not commenting.may_comment(request.user, thing):
        raise Http404
    return thing


@role_required(*STAFF)
@require_POST
def comment_add(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """A comment; a refused one stands in its field again."""
    thing = commented(request, label, pk)
    text = request.POST.get("comment", "")[:500]
    try:
        commenting.comment(thing=thing, text=text, by=request.user)
    except ValidationError as error:
        kept = {"thing": f"{label}/{pk}", "text": text, "error": " ".join(error.messages)}
        request.session["refused_comment"] = kept
    return redirect(f"{thing.get_absolute_url()}#comments")


@role_required(*STAFF)
@require_POST
def comment_read(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    thing = commented(request, label, pk)
    commenting.read(thing=thing, by=request.user)
    messages.success(request, _("It is off your list."))
    return redirect(f"{thing.get_absolute_url()}#comments")


@role_required(*STAFF)
def comment_names(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """The colleagues whose names begin like this and who may see the thing: a part of a page."""
    thing = commented(request, label, pk)
    names = commenting.suggested(thing, request.GET.get("q", "").strip(), request.user)
    return render(request, "school/_comment_names.html", {"names": names})


@role_required(*changes.READERS)
def change_list(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """What changed on one thing, when and by whom, newest first."""
    thing = thing_of(label, pk)
    if not may_read_changes(request, thing):
        raise Http404
    found = changes.changes_of(thing, request.user)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "school/change_list.html", {"thing": thing, "page": page})


def may_read_changes(request: HttpRequest, thing: Model) -> bool:
    if not changes.is_followed(type(thing)):
        return False
    rows: Any = type(thing)._default_manager
    if hasattr(rows, "visible_to"):
        return bool(rows.visible_to(request.user).filter(pk=thing.pk).exists())
    return request.user.has_role(*changes.READERS)
