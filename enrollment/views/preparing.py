"""Before the term: the checklist, its papers, and taking over the settings of an earlier term."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.uploads import upload_response
from enrollment.forms.preparing import PreparationForm
from enrollment.models import TermPreparation
from enrollment.preparing import checklist, term_asked
from enrollment.services.preparing import copy_term_settings, plan_copy
from enrollment.tables.offers import ChecklistTable
from school.access import role_required
from school.models import Term
from web.editing import edit_row
from web.tables import Link, list_page

OFFICE = ("service_office", "academic_office")
READERS = (*OFFICE, "principal")


def preparation_url(term: Term) -> str:
    return f"{reverse('enrollment:term_preparation')}?term={term.pk}"


@role_required(*READERS)
def term_preparation(request: HttpRequest) -> HttpResponse:
    """Item by item what is there for the term and what is missing."""
    term = term_asked(request)
    items = checklist(term) if term else []
    may_edit = request.user.has_role(*OFFICE)
    table = ChecklistTable(items, exclude=() if may_edit else ("actions",))
    table.subtitle = str(term or "")
    earlier = Term.objects.filter(starts_on__lt=term.starts_on).first() if term else None
    links = [Link(_("Add a term"), reverse("school:term_add"), "plus")] if may_edit else []
    if may_edit and term and earlier:
        copy = reverse("enrollment:term_copy", args=[term.pk, earlier.pk])
        links.insert(0, Link(_("Copy settings from an earlier term"), copy, "copy", primary=True))
    return list_page(
        request,
        table,
        template="enrollment/term_preparation.html",
        links=links,
        may_take=term is not None,
        term=term,
        terms=Term.objects.all()[:6],
        done=sum(item.done for item in items),
        papers=TermPreparation.objects.filter(term=term).first(),
        may_edit=may_edit,
    )


@role_required(*OFFICE)
def preparation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Leading group, filed plan and approval of one term."""
    term = get_object_or_404(Term, pk=pk)
    papers = TermPreparation.objects.filter(term=term).first() or TermPreparation(term=term)
    form = PreparationForm(request.POST or None, request.FILES or None, instance=papers)
    return edit_row(
        request,
        form,
        template="enrollment/preparation_edit.html",
        title=_("Papers of %s") % term,
        back=preparation_url(term),
    )


@role_required(*READERS)
def preparation_file(request: HttpRequest, pk: int, paper: str) -> FileResponse:
    """The scan of one paper: group, plan or approval."""
    papers = get_object_or_404(TermPreparation, term=pk)
    file = getattr(papers, f"{paper}_file") if paper in TermPreparation.PAPERS else None
    if not file:
        raise Http404
    return upload_response(file)


@role_required(*OFFICE)
def term_copy(request: HttpRequest, pk: int, source_pk: int) -> HttpResponse:
    """GET shows what would be copied; POST copies it."""
    target, source = get_object_or_404(Term, pk=pk), get_object_or_404(Term, pk=source_pk)
    back = preparation_url(target)
    try:
        if request.method == "POST":
            copy = copy_term_settings(source=source, target=target, by=request.user)
            messages.success(
                request, _("%d options copied. Check dates and fees before you open sign-up.") % len(copy.options)
            )
            return redirect(back)
        copy = plan_copy(source=source, target=target)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    context = {"target": target, "source": source, "copy": copy, "back": back}
    return render(request, "enrollment/term_copy.html", context)
