"""The catalogue for families, and clubs with their members for the school."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clubs.forms import ClubForm
from clubs.models import Club, Membership
from clubs.services import fitting_enrolment, join_club, leave_club, running_enrolments
from enrollment.models import Enrolment
from enrollment.views.family import own_child
from school.access import role_required
from school.models import Student, Term
from school.models.calendar import school_year_of
from school.templatetags.components import CountTab

OFFICE = ("service_office", "academic_office")


@role_required("guardian")
def family_clubs(request: HttpRequest) -> HttpResponse:
    """For each child its clubs and what still fits: grade, days, free places; a full club says so."""
    today = timezone.localdate()
    term = Term.objects.current(today)
    clubs = list(
        Club.objects.filter(term=term, status=Club.Status.PUBLISHED)
        .select_related("room", "instructor")
        .prefetch_related("slots__period")
    )
    own = Student.objects.filter(guardianships__guardian__user=request.user, guardianships__barred=False)
    children = list(own.distinct().with_class(today)[:12])
    memberships = Membership.objects.filter(student__in=children, ends_on=None, club__term=term)
    by_child: dict[int, list[Membership]] = {child.pk: [] for child in children}
    for membership in memberships.select_related("club__room"):
        by_child[membership.student_id].append(membership)
    enrolments: dict[int, list[Enrolment]] = {child.pk: [] for child in children}
    for enrolment in running_enrolments(children, term) if term else []:
        enrolments[enrolment.student_id].append(enrolment)
    rows = []
    for child in children:
        mine = {m.club_id for m in by_child[child.pk]}
        offers = [o for c in clubs if c.pk not in mine and (o := offer(c, child, enrolments[child.pk]))]
        rows.append({"child": child, "own": by_child[child.pk], "offers": offers})
    return render(request, "clubs/family_clubs.html", {"rows": rows, "term": term})


def offer(club: Club, child: Student, enrolments: list[Enrolment]) -> tuple[Club, str] | None:
    """(club, why not) for a club of the child's grade; None for another grade's. The child comes from with_class()."""
    entry_year = getattr(child, "entry_year", None)
    grade = school_year_of(timezone.localdate()) - entry_year + 1 if entry_year else 0
    if not club.grade_from <= grade <= club.grade_to:
        return None
    try:
        fitting_enrolment(club, child, grade, enrolments)
    except ValidationError as error:
        return club, " ".join(error.messages)
    return club, "" if club.places_left > 0 else _("full")


@role_required("guardian")
@require_POST
def club_join(request: HttpRequest, student_pk: int, pk: int) -> HttpResponse:
    """The answer comes at once and is right; «full» is a page, not an error."""
    student = own_child(request, student_pk)
    club = get_object_or_404(Club.objects.visible_to(request.user), pk=pk)
    try:
        join_club(club=club, student=student, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(child)s has a place in %(club)s.") % {"child": student.name, "club": club.name})
    return redirect("clubs:family_clubs")


@role_required("guardian", *OFFICE)
def club_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The family or the office gives a place back; it is free for the next child at once."""
    memberships = Membership.objects.select_related("club", "student")
    if not request.user.has_role(*OFFICE):
        own = Student.objects.filter(guardianships__guardian__user=request.user, guardianships__barred=False)
        memberships = memberships.filter(student__in=own)
    membership = get_object_or_404(memberships, pk=pk)
    back = "clubs:club_list" if request.user.has_role(*OFFICE) else "clubs:family_clubs"
    if request.method != "POST":
        names = {"child": membership.student.name, "club": membership.club.name}
        context = {
            "title": _("Give back the place?"),
            "text": _("%(child)s leaves %(club)s today; the place is free for another child at once.") % names,
            "submit": _("Give back"),
            "cancel_url": request.headers.get("Referer", "/"),
        }
        return render(request, "components/confirm_page.html", context)
    leave_club(membership=membership, last_day=timezone.localdate(), by=request.user)
    messages.success(request, _("%s is free again.") % membership.club.name)
    return redirect(back)


@role_required(*OFFICE, "principal", "duty_leader", "teacher")
def club_list(request: HttpRequest) -> HttpResponse:
    """The term's clubs with their places; a teacher's own first."""
    term = Term.objects.current(timezone.localdate())
    clubs = Club.objects.visible_to(request.user).filter(term=term)
    own = clubs.filter(instructor__user=request.user)
    free = clubs.filter(taken__lt=F("capacity"), status=Club.Status.PUBLISHED)
    status = request.GET.get("status", "mine" if own.exists() else "")
    rows = {"mine": own, "free": free}.get(status, clubs)
    tabs = [
        CountTab("mine", _("Mine"), own.count()),
        CountTab("free", _("Places free"), free.count()),
        CountTab("all", _("All"), clubs.count()),
    ]
    rows = rows.select_related("room", "instructor").prefetch_related("slots__period")
    page_obj = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {"page_obj": page_obj, "tabs": tabs, "term": term, "may_edit": request.user.has_role(*OFFICE)}
    return render(request, "clubs/club_list.html", context)


@role_required(*OFFICE, "principal", "duty_leader", "teacher")
def club_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One club and, for those who see them, its members."""
    club = get_object_or_404(
        Club.objects.visible_to(request.user).select_related("room", "instructor").prefetch_related("slots__period"),
        pk=pk,
    )
    members = Membership.objects.visible_to(request.user).filter(club=club, ends_on=None).select_related("student")
    context = {"club": club, "members": members, "may_edit": request.user.has_role(*OFFICE)}
    return render(request, "clubs/club_detail.html", context)


@role_required(*OFFICE)
def club_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    term = Term.objects.current(timezone.localdate())
    club = get_object_or_404(Club, pk=pk) if pk else Club(term=term, grade_from=1, grade_to=6, capacity=30)
    form = ClubForm(request.POST or None, instance=club)
    if request.method == "POST" and form.is_valid() and (saved := form.save_with_slots()):
        messages.success(request, _("Saved."))
        return redirect("clubs:club_detail", saved.pk)
    return render(request, "clubs/club_edit.html", {"form": form, "club": club if pk else None})
