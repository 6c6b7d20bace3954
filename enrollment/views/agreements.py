"""Agreements on paper, the public check of a printed one, and the letters with activation codes."""

import base64
import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enrollment.models import Agreement, Application, Letter
from enrollment.views.groups import pdf_response
from school.access import classes_led, public, role_required, signed_in
from school.models import Guardianship, SchoolClass, SchoolSettings, Term
from school.printing import qr_svg, render_pdf
from school.services import issue_codes


@signed_in
def agreement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement as signed: number, text version, signatures with time, and a QR code for checking it."""
    applications = Application.objects.visible_to(request.user)
    agreement = get_object_or_404(
        Agreement.objects.filter(application__in=applications).select_related("template", "application__student"), pk=pk
    )
    check_url = request.build_absolute_uri(
        reverse("enrollment:agreement_check", args=[agreement.number, agreement.code])
    )
    signatures = [
        (signature, base64.b64encode(bytes(signature.image)).decode() if signature.image else "")
        for signature in agreement.signatures.all()
    ]
    context = {
        "agreement": agreement,
        "paragraphs": [line for line in agreement.text.splitlines() if line.strip()],
        "signatures": signatures,
        "school_name": SchoolSettings.load().name,
        "qr": qr_svg(check_url),
        "check_url": check_url,
    }
    return pdf_response(render_pdf("enrollment/pdf/agreement.html", context), f"{agreement.number}.pdf")


@public
def agreement_check(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Whether a printed agreement is genuine; shows no child's data."""
    agreement = Agreement.objects.select_related("template").filter(number=number, code=code).first()
    genuine = agreement is not None and hashlib.sha256(agreement.text.encode()).hexdigest() == agreement.sha256
    status = 200 if genuine else 404
    return render(
        request,
        "enrollment/agreement_check.html",
        {"agreement": agreement if genuine else None, "number": number},
        status=status,
    )


@role_required("homeroom_teacher", "service_office", "academic_office")
@require_POST
def class_letters(request: HttpRequest, class_pk: int) -> HttpResponse:
    """A letter for each child of the class with a fresh activation code and QR code for each guardian.

    Codes printed before stop working; guardians who have signed in already get a code only from the child's page.
    """
    today = timezone.localdate()
    classes = SchoolClass.objects.visible_to(request.user)
    if not request.user.has_role("service_office", "academic_office"):
        classes = classes.filter(classes_led(request.user, today))  # a class only taught is not hers to give codes to
    school_class = get_object_or_404(classes, pk=class_pk)
    letter = Letter.objects.filter(term=Term.objects.current(today), published_at__isnull=False).first()
    guardianships = list(
        Guardianship.objects.filter(student__class_memberships__in=school_class.memberships.on(today), barred=False)
        .filter(guardian__contact_only=False, guardian__user=None)
        .select_related("guardian", "student")
        .order_by("student__name_key", "order")
    )
    if not guardianships:
        messages.info(request, _("Every guardian of this class has a login already."))
        return render(request, "enrollment/letters_none.html", {"school_class": school_class})
    codes = issue_codes(guardians=list({g.guardian for g in guardianships}), by=request.user)
    address = request.build_absolute_uri(reverse("school:activate"))
    pages: dict = {}
    for g in guardianships:
        code = codes[g.guardian]
        spaced = f"{code[:5]} {code[5:]}"
        pages.setdefault(g.student, []).append((g, spaced, qr_svg(f"{address}?code={code}")))
    context = {
        "letter": letter,
        "pages": pages.items(),
        "address": address,
        "class_label": school_class.label(today),
        "school_name": SchoolSettings.load().name,
        "today": today,
    }
    return pdf_response(render_pdf("enrollment/pdf/class_letters.html", context), f"{school_class.label(today)}.pdf")
