"""Activation by code, and issuing codes."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from documents.qr import qr_svg
from school.access import public, role_required
from school.auth import asks_again
from school.forms import ActivateForm
from school.models import Guardian, Staff
from school.services import activate as activate_code
from school.services import codes_issuable_by, forget_second_factor, issue_codes, may_reset

FORGETTING = gettext_lazy(
    "For a colleague whose phone and recovery codes are lost, and who asked you in person. The next sign-in sets up a new one."
)


@public
def activate(request: HttpRequest) -> HttpResponse:
    """The code from the letter and a password of one's own: afterwards signed in.

    A scanned address brings the code behind «#», where no server, proxy or log sees it; app.js puts it into the field.
    """
    form = ActivateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # A whole school behind one address activates on one evening: only wrong codes are counted.
        if not ratelimit.consume(request, action="activate", dry_run=True):
            return render(request, "429.html", status=429)
        try:
            user = activate_code(code=form.cleaned_data["code"], password=form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error(None, error)
            if "code" in form.errors:
                ratelimit.consume(request, action="activate")
        else:
            if user is None:
                messages.success(request, _("Your children are on your pages now. Sign in as a colleague, as always."))
                return redirect("account_login")
            messages.success(request, _("Welcome, %s. From now on you sign in with your phone number.") % user.name)
            # Through all stages of signing in: a code opens no account whose second factor has not been shown.
            return perform_login(request, user, redirect_url=reverse("home"))
    return render(request, "school/activate.html", {"form": form})


@role_required("service_office", "academic_office")
@asks_again
def factor_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague lost the phone with the second factor: it is set up again at the next sign-in."""
    staff = get_object_or_404(Staff.objects.select_related("user").exclude(user=None), pk=pk)
    if request.method != "POST":
        context = {
            "title": _("Forget the second factor of %s") % staff.name,
            "text": FORGETTING,
            "submit": _("Forget it"),
            "cancel_url": reverse("school:staff_detail", args=[pk]),
        }
        return render(request, "components/confirm_page.html", context)
    try:
        forget_second_factor(staff=staff, by=request.user)
        messages.success(request, _("%s sets up the second factor at the next sign-in.") % staff.name)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    return redirect("school:staff_detail", pk)


@role_required("homeroom_teacher", "service_office", "academic_office")
@require_POST
@asks_again
def code_issue(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A new one-time code for one adult, shown once: the password reset of this school."""
    issuable = codes_issuable_by(request.user)
    adult: Guardian | Staff = get_object_or_404(issuable["guardians" if kind == "guardian" else "staff"], pk=pk)
    if isinstance(adult, Guardian) and adult.user and not may_reset(request.user, adult.user):
        raise Http404
    codes = issue_codes(
        guardians=[adult] if isinstance(adult, Guardian) else None,
        staff=[adult] if isinstance(adult, Staff) else None,
        by=request.user,
    )
    code = codes[adult]
    address = request.build_absolute_uri(reverse("school:activate"))
    context = {
        "adult": adult,
        "code": f"{code[:5]} {code[5:]}",
        "address": address,
        "qr": qr_svg(f"{address}#code={code}"),
    }
    return render(request, "school/code_issue.html", context)
