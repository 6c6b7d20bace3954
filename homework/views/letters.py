"""Letters of responsibility: written, published, signed by each teacher, printed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homework import papers
from homework.forms.checks import ResponsibilityForm, SignForm
from homework.models import LetterSignature, ResponsibilityLetter
from homework.services.letters import publish_responsibility, sign_responsibility, unsigned
from homework.views.common import staff_of
from homework.views.rectifying import READERS
from school.access import role_required
from school.models import Staff
from school.views.papers import print_paper
from web.templatetags.formats import cn_date


@role_required(*READERS)
def responsibility_list(request: HttpRequest) -> HttpResponse:
    """The letters with how many have signed; a teacher signs the newest here."""
    rows = ResponsibilityLetter.objects.annotate(signed=Count("signatures")).order_by("-pk")
    office = request.user.has_role("academic_office")
    if not office:
        rows = rows.filter(published_at__isnull=False)
    staff = staff_of(request)
    signed = set(LetterSignature.objects.filter(staff=staff).values_list("letter", flat=True)) if staff else set()
    page_obj = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page_obj": page_obj, "signed": signed, "office": office}
    return render(request, "homework/responsibility_list.html", context)


@role_required("academic_office")
def responsibility_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A draft, changed until it is published."""
    letter = (
        get_object_or_404(ResponsibilityLetter, pk=pk, published_at__isnull=True)
        if pk
        else ResponsibilityLetter(made_by=request.user)
    )
    form = ResponsibilityForm(request.POST or None, instance=letter)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        if "publish" in request.POST:
            publish_responsibility(letter=saved, by=request.user)
            messages.success(request, _("Published: all teachers can sign it now."))
        return redirect("homework:responsibility_detail", saved.pk)
    return render(request, "homework/responsibility_edit.html", {"form": form, "letter": letter})


@role_required(*READERS)
def responsibility_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The text to read and sign; the office sees who has signed, and who has not."""
    letter = get_object_or_404(ResponsibilityLetter, pk=pk)
    office, staff = request.user.has_role("academic_office", "principal"), staff_of(request)
    if letter.published_at is None and not request.user.has_role("academic_office"):
        raise PermissionDenied
    own = letter.signatures.filter(staff=staff).first() if staff else None
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and signed(letter, staff, form):
        messages.success(request, _("Signed on %s.") % cn_date(timezone.localdate()))
        return redirect("homework:responsibility_detail", pk)
    context = {
        "letter": letter,
        "own": own,
        "form": form,
        "office": office,
        "may_sign": staff is not None and own is None and letter.published_at is not None,
        "signatures": letter.signatures.select_related("staff")[:300] if office else [],
        "unsigned": unsigned(letter) if office and letter.published_at else [],
    }
    return render(request, "homework/responsibility_detail.html", context)


def signed(letter: ResponsibilityLetter, staff: Staff | None, form: SignForm) -> bool:
    if staff is None:
        raise PermissionDenied
    try:
        sign_responsibility(letter=letter, staff=staff, name=form.cleaned_data["name"])
    except ValidationError as error:
        form.add_error("name", error)
        return False
    return True


@role_required("academic_office", "principal")
def responsibility_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter with its signatures, for the file."""
    letter = get_object_or_404(ResponsibilityLetter, pk=pk, published_at__isnull=False)
    return print_paper(request, papers.RESPONSIBILITY, letter)


@role_required("academic_office")
@require_POST
def responsibility_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that nobody needs is deleted; a published letter stays."""
    get_object_or_404(ResponsibilityLetter, pk=pk, published_at__isnull=True).delete()
    messages.success(request, _("Deleted."))
    return redirect("homework:responsibility_list")
