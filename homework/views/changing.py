"""Changing an entry, removing it, and cutting a colleague's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homework.forms.entering import CutForm, ItemForm
from homework.models import HomeworkItem
from homework.rows import WRITERS, coordinates, may_change
from homework.services import NeedsConfirmation, cut_minutes, remove_item, set_item
from homework.views.common import staff_of
from school.access import role_required
from web.editing import show_refusal


def own_item(request: HttpRequest, pk: int) -> HomeworkItem:
    item = get_object_or_404(HomeworkItem.objects.select_related("sheet__school_class", "teacher", "subject"), pk=pk)
    if not may_change(request.user, item):
        raise PermissionDenied
    return item


@role_required(*WRITERS)
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = own_item(request, pk)
    sheet = item.sheet
    form = ItemForm(staff_of(request), request.POST or None, instance=item)
    context: dict[str, Any] = {"form": form, "item": item, "sheet": sheet}
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        try:
            set_item(
                school_class=sheet.school_class,
                day=sheet.day,
                item=changed,
                by=request.user,
                confirmed=form.cleaned_data["confirmed"],
            )
        except NeedsConfirmation as error:
            context["to_confirm"] = error.messages
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("homework:sheet_detail", sheet.school_class_id, sheet.day.isoformat())
    return render(request, "homework/item_edit.html", context)


@role_required(*WRITERS)
@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = own_item(request, pk)
    sheet = item.sheet
    try:
        remove_item(item=item, by=request.user)
    except ValidationError as error:
        show_refusal(request, error)
    else:
        messages.success(request, _("Removed."))
    return redirect("homework:sheet_detail", sheet.school_class_id, sheet.day.isoformat())


@role_required(*WRITERS)
def item_cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Who coordinates the class shortens a colleague's entry, with a note."""
    item = own_item(request, pk)
    if not coordinates(request.user, item.sheet.school_class_id):
        raise PermissionDenied
    form = CutForm(request.POST or None, initial={"minutes": item.minutes})
    if request.method == "POST" and form.is_valid():
        try:
            cut_minutes(item=item, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Cut. The note stands on the sheet."))
            return redirect("homework:sheet_detail", item.sheet.school_class_id, item.sheet.day.isoformat())
    return render(request, "homework/item_cut.html", {"form": form, "item": item, "sheet": item.sheet})
