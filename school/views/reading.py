"""The log of who opened what: for the principal and the offices, and for each family of its own children."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from school.access import role_required
from school.forms import AccessFilter, OutcomeForm
from school.models import AccessLog, Student, UnusualReading
from school.reading import READERS
from school.services import look_into
from school.tables import AccessTable, OwnAccessTable
from web.editing import edit_row
from web.tables import list_page
from web.templatetags.formats import cn_datetime


@role_required(*READERS)
def access_list(request: HttpRequest) -> HttpResponse:
    """Every look at sensitive fields and every export, the newest first."""
    form = AccessFilter(request.GET)
    rows = form.apply(AccessLog.objects.select_related("user", "student"))
    readings = UnusualReading.objects.filter(looked_into_at=None).select_related("user")[:20]
    return list_page(request, AccessTable(rows), template="school/access_list.html", form=form, readings=readings)


@role_required(*READERS)
def reading_look(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody opened within the hour, and what it was."""
    reading = get_object_or_404(UnusualReading.objects.select_related("user"), pk=pk)
    form = OutcomeForm(request.POST or None)
    facts = {"who": reading.user.name, "children": reading.children, "when": cn_datetime(reading.at)}
    return edit_row(
        request,
        form,
        template="school/reading_look.html",
        title=_("%(who)s opened the data of %(children)d children within an hour (%(when)s)") % facts,
        back=reverse("school:access_list"),
        save=lambda: look_into(reading=reading, by=request.user, **form.cleaned_data),
        more={"reading": reading},
    )


@role_required("guardian")
def access_mine(request: HttpRequest) -> HttpResponse:
    """Who of the school opened what of one's own children."""
    children = Student.objects.of_guardian(request.user)
    rows = AccessLog.objects.filter(student__in=children, action=AccessLog.Action.OPENED)
    table = OwnAccessTable(rows.select_related("user", "student"))
    return list_page(request, table, may_take=False)
