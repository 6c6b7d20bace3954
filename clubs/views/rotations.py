"""Rotations: who goes round which clubs, and where everybody is this week."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.forms.rotations import EndForm, RotationForm
from clubs.models import Rotation
from clubs.services.rotating import end_rotation, start_rotation
from clubs.views.common import OFFICE, put_errors, this_term
from school.access import role_required

READERS = (*OFFICE, "principal", "duty_leader", "teacher", "homeroom_teacher", "grade_head")


@role_required(*READERS)
def rotation_list(request: HttpRequest) -> HttpResponse:
    """The term's rotations with this week's places and the next ones."""
    today = timezone.localdate()
    rows = Rotation.objects.filter(term=this_term()).select_related("period")
    rows = rows.prefetch_related("stops__club__room", "stops__club__instructor", "groups__group")
    page_obj = Paginator(rows, 10).get_page(request.GET.get("page"))
    context = {
        "page_obj": page_obj,
        "rows": [
            (
                one,
                one.places_on(min(max(today, one.starts_on), one.ends_on)),
                today > one.ends_on,
                today >= one.starts_on,
            )
            for one in page_obj
        ],
        "may_edit": request.user.has_role(*OFFICE),
    }
    return render(request, "clubs/rotation_list.html", context)


@role_required(*OFFICE)
def rotation_add(request: HttpRequest) -> HttpResponse:
    term, today = this_term(), timezone.localdate()
    rotation = Rotation(term=term)
    initial = {"starts_on": max(today, term.starts_on), "ends_on": term.ends_on} if term else {}
    form = RotationForm(request.POST or None, instance=rotation, initial=initial)
    if request.method == "POST" and form.is_valid():
        clubs, groups = list(form.cleaned_data["clubs"]), list(form.cleaned_data["groups"])
        try:
            start_rotation(rotation=form.instance, clubs=clubs, groups=groups, by=request.user)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("%s begins; the days' places follow from it.") % rotation.name)
            return redirect("clubs:rotation_list")
    return render(request, "clubs/rotation_add.html", {"form": form})


@role_required(*OFFICE)
def rotation_end(request: HttpRequest, pk: int) -> HttpResponse:
    rotation = get_object_or_404(Rotation, pk=pk)
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            end_rotation(rotation=rotation, last_day=form.cleaned_data["last_day"], by=request.user)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("clubs:rotation_list")
    return render(request, "clubs/rotation_end.html", {"form": form, "rotation": rotation})
