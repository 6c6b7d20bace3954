"""The letter's way to every family: who has read and answered, slips on paper, and the letters to print."""

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from enrollment import papers
from enrollment.children import entered_by
from enrollment.models import Letter, Receipt
from enrollment.services import answer_letter
from enrollment.slips import counts_by_class, slip_code, with_receipts
from enrollment.tables.offers import ClassSlipsTable, SlipTable
from school.access import may_enter, role_required
from school.models import Guardianship, SchoolClass, Student, Term
from school.models.people import StudentQuerySet
from school.notices import classes_to_notify
from school.rows import classes_led
from school.services import issue_codes
from school.views.papers import print_paper
from web.tables import WHOLE, Batch, Link, list_page
from web.templatetags.components import CountTab

SENDERS = ("homeroom_teacher", "grade_head", "service_office", "academic_office", "principal")
ENTERS = ("homeroom_teacher", "service_office", "academic_office")


def published_letter(pk: int) -> Letter:
    return get_object_or_404(Letter.objects.select_related("term"), pk=pk, published_at__isnull=False)


def my_class(request: HttpRequest, pk: int) -> SchoolClass:
    """A class whose families this person writes to."""
    allowed = [one.pk for one in classes_to_notify(request.user)]
    return get_object_or_404(SchoolClass.objects.filter(pk__in=allowed), pk=pk)


@role_required(*SENDERS)
def letter_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent, read, agreed, declined and outstanding by class; the way to the reminders and the papers."""
    letter = published_letter(pk)
    today = timezone.localdate()
    found = counts_by_class(letter)
    classes = [one for one in classes_to_notify(request.user) if one.pk in found]
    rows = [{"pk": one.pk, "letter": letter.pk, "label": one.label(today)} | found[one.pk] for one in classes]
    total = {name: sum(row[name] for row in rows) for name in ("children", "read", "join", "decline", "outstanding")}
    table = ClassSlipsTable(rows)
    table.title, table.subtitle = letter.title, str(letter.term)
    tell = reverse("school:notice_detail", args=["letter", letter.pk])
    back = reverse("enrollment:option_list")
    return list_page(
        request,
        table,
        template="enrollment/letter_status.html",
        links=[Link(_("Tell and remind"), tell, "send", primary=True)],
        back=back if may_enter(request.user, back) else reverse("school:notice_list"),
        per_page=WHOLE,
        total=total,
    )


@role_required(*SENDERS)
def letter_class(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """One class's slips: what each family answered; answers that came on paper are entered here, several at once."""
    letter, school_class = published_letter(pk), my_class(request, class_pk)
    today = timezone.localdate()
    day = school_class.memberships.day_shown(today)
    students = Student.objects.filter(class_memberships__in=school_class.memberships.on(day)).distinct()
    parts = with_receipts(students, letter)
    labels = [_("All"), _("Outstanding"), _("Takes part"), _("Does not take part")]
    tabs = [CountTab(code, label, len(parts[code])) for code, label in zip(parts, labels, strict=True)]
    may_enter_slips = request.user.has_role(*ENTERS)
    table = SlipTable(
        parts.get(request.GET.get("status", ""), parts[""]), exclude=() if may_enter_slips else ("select",)
    )
    table.title, table.subtitle = school_class.label(today), letter.title
    joins, declines = (
        partial(enter_slips, letter, students, answer) for answer in (Receipt.Answer.JOIN, Receipt.Answer.DECLINE)
    )
    batch = [
        Batch("join", _("On paper: takes part"), joins),
        Batch("decline", _("On paper: does not take part"), declines, "x"),
    ]
    return list_page(
        request,
        table,
        tabs=tabs,
        batch=batch if may_enter_slips else [],
        back=reverse("enrollment:letter_status", args=[letter.pk]),
        per_page=WHOLE,
    )


def enter_slips(letter: Letter, students: StudentQuerySet, answer: str, request: HttpRequest, keys: list[int]) -> None:
    chosen = list(students.filter(pk__in=keys))
    for student in chosen:
        answer_letter(letter=letter, student=student, answer=answer, by=request.user, on_paper=True)
    messages.success(request, ngettext("%d slip entered.", "%d slips entered.", len(chosen)) % len(chosen))


@role_required(*ENTERS)
def slip(request: HttpRequest, pk: int, student_pk: int, code: str) -> HttpResponse:
    """What the QR code of a paper slip opens on the teacher's phone: one child, two answers."""
    letter = published_letter(pk)
    student = get_object_or_404(entered_by(request.user).with_class_to_come(timezone.localdate()), pk=student_pk)
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

    Guardians without a login get a code; codes printed before work until one is used. `codes=no` leaves them out.
    """
    today = timezone.localdate()
    school_class = get_object_or_404(classes_given_codes(request), pk=class_pk)
    letter = Letter.objects.filter(term=Term.objects.current(today), published_at__isnull=False).first()
    day = school_class.memberships.day_shown(today)
    members = Student.objects.filter(class_memberships__in=school_class.memberships.on(day))
    students = list(members.order_by("name_key", "pk"))
    new = without_login(students) if request.POST.get("codes") != "no" else []
    if letter is None and not new:
        messages.info(request, _("Every guardian of this class has a login already."))
        return render(request, "enrollment/letters_none.html", {"school_class": school_class})
    codes = issue_codes(guardians=list({g.guardian for g in new}), by=request.user)
    return print_paper(
        request, papers.CLASS_LETTERS, letter, school_class, students, new, codes, request.build_absolute_uri
    )


def classes_given_codes(request: HttpRequest) -> QuerySet[SchoolClass]:
    """All that an office sees; of a teacher's those led: a class only taught is not hers to give codes to."""
    classes = SchoolClass.objects.visible_to(request.user)
    if request.user.has_role("service_office", "academic_office"):
        return classes
    return classes.filter(classes_led(request.user, timezone.localdate()))


def without_login(students: list[Student]) -> list[Guardianship]:
    """The guardians who have not signed in yet, each as the child's."""
    rows = Guardianship.objects.filter(student__in=students, barred=False, guardian__contact_only=False)
    return list(rows.filter(guardian__user=None).select_related("guardian").order_by("order"))
