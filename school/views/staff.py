"""Staff, their posts and their papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import role_required
from school.auth import asks_again
from school.forms import (
    CredentialExceptionEndForm,
    CredentialExceptionForm,
    CredentialForm,
    PostEndForm,
    PostForm,
    StaffForm,
)
from school.models import Credential, CredentialException, Post, Staff
from school.services import save_adult
from school.tables import CredentialTable
from web.editing import edit_row
from web.tables import list_page
from web.templatetags.components import CountTab

OFFICE = ("service_office", "academic_office")
SHOWN = 25


def page_of(staff_pk: int) -> str:
    return reverse("school:staff_detail", args=[staff_pk])


@role_required(*OFFICE)
@asks_again
def staff_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A member of staff, an outside instructor or a volunteer; a changed phone changes the login with it."""
    staff = get_object_or_404(Staff.objects.select_related("user"), pk=pk) if pk else None
    form = StaffForm(request.POST or None, instance=staff)
    return edit_row(
        request,
        form,
        template="school/staff_edit.html",
        title=staff.name if staff else _("Add a member of staff"),
        back=page_of(staff.pk) if staff else reverse("school:staff_list"),
        note=_("People from outside need a qualification and a record check before they work with children."),
        save=lambda: save_adult(adult=form.instance),
    )


@role_required(*OFFICE)
@asks_again
def post_add(request: HttpRequest, staff_pk: int) -> HttpResponse:
    """A role from a day on: what the person sees and may do follows from it."""
    staff = get_object_or_404(Staff, pk=staff_pk)
    return edit_row(
        request,
        PostForm(request.POST or None, instance=Post(staff=staff)),
        template="school/post_add.html",
        title=_("Give a post to %s") % staff.name,
        back=page_of(staff.pk),
    )


@role_required(*OFFICE)
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("staff", "school_class"), pk=pk)
    return edit_row(
        request,
        PostEndForm(request.POST or None, instance=post),
        template="school/post_end.html",
        title=_("End the post: %s") % post,
        back=page_of(post.staff_id),
        note=_("After the last day %s no longer sees what belongs to this post.") % post.staff.name,
    )


@role_required(*OFFICE)
def credential_list(request: HttpRequest) -> HttpResponse:
    """Papers of all staff, the first to expire on top; the tabs count what has expired or soon will."""
    today = timezone.localdate()
    papers = Credential.objects.filter(staff__in=Staff.objects.active(today))
    parts = {"": papers, "soon": papers.expiring(today), "expired": papers.expired(today)}
    status = request.GET.get("status", "")
    rows = parts.get(status, papers).select_related("staff").order_by("ends_on", "pk")
    labels = {"": _("All"), "soon": _("Expire within 30 days"), "expired": _("Expired")}
    exceptions = CredentialException.objects.on(today).select_related("staff", "granted_by")
    return list_page(
        request,
        CredentialTable(rows),
        template="school/credential_list.html",
        tabs=[CountTab(code, label, parts[code].count()) for code, label in labels.items()],
        back=reverse("school:staff_list"),
        exceptions=exceptions[:SHOWN],
        exceptions_count=exceptions.count(),
    )


@role_required(*OFFICE)
def credential_add(request: HttpRequest, staff_pk: int) -> HttpResponse:
    staff = get_object_or_404(Staff, pk=staff_pk)
    return edit_row(
        request,
        CredentialForm(request.POST or None, instance=Credential(staff=staff)),
        template="school/credential_add.html",
        title=_("Add a paper of %s") % staff.name,
        back=page_of(staff.pk),
        note=_("A record check counts for one year."),
    )


@role_required(*OFFICE)
def exception_add(request: HttpRequest, staff_pk: int) -> HttpResponse:
    """One missing paper is lifted until a day, with its document; it is shown wherever the papers are."""
    staff = get_object_or_404(Staff, pk=staff_pk)
    return edit_row(
        request,
        CredentialExceptionForm(
            request.POST or None, instance=CredentialException(staff=staff, granted_by=request.user)
        ),
        template="school/exception_edit.html",
        title=_("Grant an exception to %s") % staff.name,
        back=page_of(staff.pk),
        note=_("An exception stands in for one missing paper. It lifts no bar, is counted, and ends by itself."),
    )


@role_required(*OFFICE)
def exception_end(request: HttpRequest, pk: int) -> HttpResponse:
    exception = get_object_or_404(CredentialException.objects.select_related("staff"), pk=pk)
    return edit_row(
        request,
        CredentialExceptionEndForm(request.POST or None, instance=exception),
        template="school/exception_edit.html",
        title=_("End the exception: %s") % exception,
        back=page_of(exception.staff_id),
    )


@role_required(*OFFICE)
def credential_edit(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(Credential.objects.select_related("staff"), pk=pk)
    return edit_row(
        request,
        CredentialForm(request.POST or None, instance=paper),
        template="school/credential_edit.html",
        title=str(paper),
        back=page_of(paper.staff_id),
    )
