"""A person's desk: what waits, the pages of a group, one search for everything, and lists as they look at them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from school import navigation
from school.access import may_enter, role_required, signed_in
from school.forms.desk import SavedViewForm
from school.inbox import all_tasks, tasks_in
from school.menu import STAFF
from school.models import SavedView
from school.searching import find
from web.addresses import read_number
from web.templatetags.components import CountTab
from web.templatetags.formats import colon


@role_required(*STAFF)
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person; for those who look after the school what waits for others, too."""
    tasks = all_tasks(request.user)
    mine = [task for task in tasks if task.is_of(request.user)]
    others = [task for task in tasks if not task.is_of(request.user)]
    status = request.GET.get("status", "")
    tabs = [CountTab("", _("Waits for you"), len(mine))]
    if others:
        tabs.append(CountTab("others", _("Waits for others"), len(others)))
    matters = others if status == "others" else mine
    return render(request, "school/inbox.html", {"matters": matters, "tabs": tabs})


@signed_in
def hub(request: HttpRequest, group: str) -> HttpResponse:
    """The pages of one group of the navigation: what waits there, what one does on each."""
    pages = navigation.pages_for(request.user)
    items = [item for item in pages if item.group == group and item.listed]
    if group not in navigation.GROUPS or not items:
        raise Http404
    context = {
        "group": navigation.GROUPS[group],
        "items": items,
        "actions": [item for item in pages if item.group == group and not item.listed],
        "matters": tasks_in(request.user, group),
    }
    return render(request, "school/hub.html", context)


@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """What is found for the words, as a page or, while somebody types, as a part of one."""
    words = request.GET.get("q", "").strip()
    context = {"words": words, "found": find(request.user, words)}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "school/_found.html" if part else "school/search.html", context)


@role_required(*STAFF)
@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """The list with the columns that are ticked; with `action=keep` it is kept under a name (the same name keeps it anew)."""
    path, query = list_path(request), query_asked(request)
    if request.POST.get("action") == "show":
        return redirect(f"{path}?{query}")
    view = SavedView.objects.filter(owner=request.user, path=path, name=request.POST.get("name", "").strip()).first()
    data = request.POST.copy()
    data["query"] = query
    form = SavedViewForm(data, instance=view or SavedView(owner=request.user, path=path))
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("Kept as «%s».") % saved.name)
        return redirect(saved.url)
    for name, errors in form.errors.items():
        messages.error(request, f"{colon(form[name].label)}{' '.join(errors)}")
    return redirect(f"{path}?{query}" if query else path)


@role_required(*STAFF)
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Only whoever keeps a view may let it go."""
    view = get_object_or_404(SavedView, pk=pk, owner=request.user)
    view.delete()
    messages.success(request, _("«%s» is no longer kept.") % view.name)
    return redirect(view.path)


def query_asked(request: HttpRequest) -> str:
    """The address's words with the columns that are ticked; without them where all are, or none."""
    query = QueryDict(request.POST.get("query", "")[:500], mutable=True)
    columns, offered = request.POST.getlist("col"), read_number(request.POST.get("columns"))
    if offered is not None:
        query.pop("col", None)
        if len(columns) < offered:
            query.setlist("col", columns)
    return query.urlencode()


def list_path(request: HttpRequest) -> str:
    """The address of a page of ours that this person may enter; 404 for any other."""
    path: Any = request.POST.get("path", "")
    try:
        resolve(path)
    except Resolver404:
        raise Http404 from None
    if len(path) > 100 or not may_enter(request.user, path):
        raise Http404
    return str(path)
