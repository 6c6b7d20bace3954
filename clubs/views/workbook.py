"""The catalogue out as a workbook, and in again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clubs.importing import HEADS, ClubImporter, catalogue_sheet
from clubs.models import Club
from clubs.views.common import OFFICE, clubs_with_slots, this_term
from documents.responses import workbook_response
from documents.workbooks import write_workbook
from school.access import role_required
from school.forms import UploadForm
from school.importing.containers import WorkbookRefused
from school.importing.run import preview_batch


@role_required(*OFFICE)
def catalogue_export(request: HttpRequest) -> HttpResponse:
    """The term's clubs in the columns that the import reads: change them there and bring them back."""
    clubs = clubs_with_slots().filter(term=this_term()).exclude(status=Club.Status.CANCELLED).order_by("name")
    return workbook_response(write_workbook([catalogue_sheet(clubs)]), f"{_('Catalogue of clubs')}.xlsx")


@role_required(*OFFICE)
def catalogue_import(request: HttpRequest) -> HttpResponse:
    """One sheet 社团; what it would do is shown before anything is written."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = preview_batch(upload=form.cleaned_data["file"], only=[ClubImporter.key], by=request.user)
        except WorkbookRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("school:import_detail", batch.pk)
    columns = [*HEADS, *ClubImporter.optional]
    return render(request, "clubs/catalogue_import.html", {"form": form, "columns": columns})
