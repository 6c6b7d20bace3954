"""The letter's way to every family: who has read and answered, slips on paper, and the letters to print."""

from typing import Any

from django.contrib import messages
from django.core.signing import Signer
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from documents.pdf import render_pdf
from documents.qr import qr_svg
from documents.responses import pdf_response
from documents.workbooks import Column
from enrollment.models import Letter, Receipt
from enrollment.services import answer_letter
from enrollment.views.reviewing import entered_by
from school.access import role_required
from school.models import ClassMembership, Guardianship, SchoolClass, SchoolSettings, Student, Term
from school.notices import classes_to_notify
from school.rows import classes_led
from school.services import issue_codes
from web.exporting import export_asked, export_list
from web.templatetags.components import CountTab

SENDERS = ("homeroom_teacher", "grade_head", "service_office", "academic_office", "principal")
ENTERS = ("homeroom_teacher", "service_office", "academic_office")


def published_letter(pk: int) -> Letter:
    return get_object_or_404(Letter.objects.select_related("term"), pk=pk, published_at__isnull=False)


def my_class(request: HttpRequest, pk: int) -> SchoolClass:
    """A class whose families this person writes to."""
    allowed = [one.pk for one in classes_to_notify(request.user)]
    return get_object_or_404(SchoolClass.objects.filter(pk__in=allowed), pk=pk)


def slip_code(letter: Letter, student: Student) -> str:
    return Signer(salt="slip").signature(f"{letter.pk}:{student.pk}")[:16]


def counts_by_class(letter: Letter) -> dict[int, dict[str, int]]:
    """Class pk → children, login, read, join, decline, outstanding; three queries."""
    today = timezone.localdate()
    members = ClassMembership.objects.on(today).order_by()
    own = Q(student__receipts__letter=letter)
    rows = members.values("school_class").annotate(
        read=Count("student", filter=own & Q(student__receipts__read_at__isnull=False), distinct=True),
        join=Count("student", filter=own & Q(student__receipts__answer="join"), distinct=True),
        decline=Count("student", filter=own & Q(student__receipts__answer="decline"), distinct=True),
    )
    found: dict[int, dict[str, int]] = {row.pop("school_class"): dict(row) for row in rows}
    reached = Q(student__guardianships__guardian__user__isnull=False, student__guardianships__barred=False)
    logins = members.values("school_class").annotate(
        children=Count("student", distinct=True), login=Count("student", filter=reached, distinct=True)
    )
    for row in logins:
        counts = found[row["school_class"]]
        counts |= {"children": row["children"], "login": row["login"]}
        counts["outstanding"] = counts["children"] - counts["join"] - counts["decline"]
    return found


@role_required(*SENDERS)
def letter_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent, read, agreed, declined and outstanding by class; the way to the reminders and the papers."""
    letter = published_letter(pk)
    today = timezone.localdate()
    found = counts_by_class(letter)
    rows = [(one, one.label(today), found[one.pk]) for one in classes_to_notify(request.user) if one.pk in found]
    names = ("children", "login", "read", "join", "decline", "outstanding")
    total = {name: sum(counts[name] for _c, _l, counts in rows) for name in names}
    if export_asked(request):
        columns = [
            _("Class"),
            _("Children"),
            _("With login"),
            _("Read"),
            _("Takes part"),
            _("Does not"),
            _("Outstanding"),
        ]
        lines = [(label, *(counts[name] for name in names)) for _one, label, counts in rows]
        return export_list(
            request, title=_("Return slips"), columns=[Column(c) for c in columns], rows=lines, fields=[]
        )
    context = {"letter": letter, "rows": rows, "total": total}
    return render(request, "enrollment/letter_status.html", context)


@role_required(*SENDERS)
def letter_class(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """One class's slips: what each family answered; answers that came on paper are entered here, several at once."""
    letter, school_class = published_letter(pk), my_class(request, class_pk)
    today = timezone.localdate()
    students = Student.objects.filter(class_memberships__in=school_class.memberships.on(today)).distinct()
    if request.method == "POST" and not export_asked(request):
        return enter_slips(request, letter, students)
    receipts = {
        r.student_id: r
        for r in Receipt.objects.filter(letter=letter, student__in=students).select_related("answered_by")
    }
    rows = [(student, receipts.get(student.pk)) for student in students]
    by_state: dict[str, list[Any]] = {"": rows, "outstanding": [], "join": [], "decline": []}
    for student, receipt in rows:
        by_state[(receipt.answer if receipt else "") or "outstanding"].append((student, receipt))
    if export_asked(request):
        columns = [Column(_("Child")), Column(_("Answer"))]
        lines = [(s.name, r.get_answer_display() if r else "") for s, r in rows]
        return export_list(request, title=_("Return slips"), columns=columns, rows=lines, fields=["name"])
    labels = {
        "": _("All"),
        "outstanding": _("Outstanding"),
        "join": _("Takes part"),
        "decline": _("Does not take part"),
    }
    context = {
        "letter": letter,
        "school_class": school_class,
        "label": school_class.label(today),
        "rows": by_state.get(request.GET.get("status", ""), rows),
        "tabs": [CountTab(code, labels[code], len(part)) for code, part in by_state.items()],
        "may_enter": request.user.has_role(*ENTERS),
    }
    return render(request, "enrollment/letter_class.html", context)


def enter_slips(request: HttpRequest, letter: Letter, students) -> HttpResponse:  # type: ignore[no-untyped-def]
    answer = request.POST.get("answer")
    chosen = list(students.filter(pk__in=request.POST.getlist("row")))
    if answer not in Receipt.Answer.values or not request.user.has_role(*ENTERS):
        raise Http404
    for student in chosen:
        answer_letter(letter=letter, student=student, answer=answer, by=request.user, on_paper=True)
    messages.success(request, ngettext("%d slip entered.", "%d slips entered.", len(chosen)) % len(chosen))
    return redirect(request.get_full_path())


@role_required(*ENTERS)
def slip(request: HttpRequest, pk: int, student_pk: int, code: str) -> HttpResponse:
    """What the QR code of a paper slip opens on the teacher's phone: one child, two answers."""
    letter = published_letter(pk)
    student = get_object_or_404(entered_by(request.user).with_class(timezone.localdate()), pk=student_pk)
    if code != slip_code(letter, student):
        raise Http404
    if request.method == "POST" and request.POST.get("answer") in Receipt.Answer.values:
        answer_letter(letter=letter, student=student, answer=request.POST["answer"], by=request.user, on_paper=True)
        messages.success(request, _("Entered: %s. Scan the next slip.") % student.name)
    receipt = Receipt.objects.filter(letter=letter, student=student).select_related("answered_by").first()
    return render(request, "enrollment/slip.html", {"letter": letter, "student": student, "receipt": receipt})


@role_required(*ENTERS)
@require_POST
def class_letters(request: HttpRequest, class_pk: int) -> HttpResponse:
    """A letter for each child of the class in one PDF: facts, return slip with its QR code, and activation codes.

    Guardians without a login get a fresh code; codes printed for them before stop working. `codes=no` leaves them out.
    """
    today = timezone.localdate()
    classes = SchoolClass.objects.visible_to(request.user)
    if not request.user.has_role("service_office", "academic_office"):
        classes = classes.filter(classes_led(request.user, today))  # a class only taught is not hers to give codes to
    school_class = get_object_or_404(classes, pk=class_pk)
    letter = Letter.objects.filter(term=Term.objects.current(today), published_at__isnull=False).first()
    students = list(
        Student.objects.filter(class_memberships__in=school_class.memberships.on(today)).order_by("name_key", "pk")
    )
    guardianships = (
        Guardianship.objects.filter(student__in=students, barred=False, guardian__contact_only=False)
        .filter(guardian__user=None)
        .select_related("guardian")
        .order_by("order")
    )
    new = list(guardianships) if request.POST.get("codes") != "no" else []
    if letter is None and not new:
        messages.info(request, _("Every guardian of this class has a login already."))
        return render(request, "enrollment/letters_none.html", {"school_class": school_class})
    codes = issue_codes(guardians=list({g.guardian for g in new}), by=request.user)
    context = {
        "letter": letter,
        "pages": [letter_page(request, letter, s, [g for g in new if g.student_id == s.pk], codes) for s in students],
        "address": request.build_absolute_uri(reverse("school:activate")),
        "class_label": school_class.label(today),
        "school_name": SchoolSettings.load().name,
        "today": today,
    }
    return pdf_response(render_pdf("enrollment/pdf/class_letters.html", context), f"{school_class.label(today)}.pdf")


def letter_page(
    request: HttpRequest, letter: Letter | None, student: Student, guardianships: list[Guardianship], codes: Any
) -> dict[str, Any]:
    """One child's paper: codes with their QR code, and the slip's."""
    activate = request.build_absolute_uri(reverse("school:activate"))
    adults = []
    for g in guardianships:
        code = codes[g.guardian]
        adults.append((g, f"{code[:5]} {code[5:]}", qr_svg(f"{activate}?code={code}")))
    slip_qr = ""
    if letter is not None:
        path = reverse("enrollment:slip", args=[letter.pk, student.pk, slip_code(letter, student)])
        slip_qr = qr_svg(request.build_absolute_uri(path))
    return {"student": student, "adults": adults, "slip_qr": slip_qr}
