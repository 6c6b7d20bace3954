"""The end of a club's term: certificates of taking part, and what families say of the club."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clubs import papers
from clubs.certificates import LAST_WEEKS, certificates_of, issued_from, last_day_of
from clubs.evaluations import summary_of
from clubs.forms.activities import EvaluationForm
from clubs.models import Club, ClubEvaluation, ClubSettings, Membership
from clubs.participation import goes_round
from clubs.services.evaluating import save_evaluation
from clubs.views.common import OFFICE
from enrollment.children import children_of
from school.access import role_required
from school.views.papers import print_paper
from web.editing import edit_row
from web.templatetags.formats import cn_date

INSTRUCTORS = (*OFFICE, "teacher", "homeroom_teacher", "grade_head")


def clubs_to_certify(request: HttpRequest) -> QuerySet[Club]:
    return Club.objects.all() if request.user.has_role(*OFFICE) else Club.objects.led_by(request.user)


def at_the_end(club: Club) -> QuerySet[Membership]:
    """Who is in the club now, or was at the end of its term, or when it was called off."""
    day = min(timezone.localdate(), club.term.ends_on)
    if club.status == Club.Status.CANCELLED:
        last = Membership.objects.filter(club=club).aggregate(last=Max("ends_on"))["last"]
        day = min(day, last or day)
    rows = Membership.objects.on(day).filter(club=club).select_related("club__term", "enrolment")
    return rows.order_by("student__name_key")


@role_required(*INSTRUCTORS)
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """A page for each member in one file."""
    club = get_object_or_404(clubs_to_certify(request).select_related("term"), pk=pk)
    members = list(at_the_end(club)[:200])
    found = certificates_of(members)
    if not found:
        rotates = Club.objects.filter(goes_round(club.term), pk=club.pk).exists()
        return no_certificate(request, club, members, rotates=rotates)
    return print_paper(request, papers.CERTIFICATES, found)


def no_certificate(request: HttpRequest, club: Club, members: list[Membership], **context: Any) -> HttpResponse:
    """Why there is none, and from which day there is."""
    from_day = min(issued_from(members).values(), default=timezone.localdate())
    family = not Club.objects.visible_to(request.user).filter(pk=club.pk).exists()
    back = reverse("clubs:family_activities") if family else reverse("clubs:club_detail", args=[club.pk])
    context |= {"club": club, "from_day": from_day if from_day > timezone.localdate() else None, "back": back}
    return render(request, "clubs/certificates.html", context)


@role_required("guardian", *INSTRUCTORS)
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One child's, when its days are over; a family that left the club before the term's last weeks takes none."""
    rows = Membership.objects.select_related("club__term", "student", "enrolment")
    membership = rows.filter(pk=pk, club__in=clubs_to_certify(request)).first()
    if membership is None:
        membership = get_object_or_404(rows, pk=pk, student__in=children_of(request))
        if last_day_of(membership) < membership.club.term.ends_on - LAST_WEEKS:
            return no_certificate(request, membership.club, [], early=True)
    found = certificates_of([membership])
    if not found:
        return no_certificate(request, membership.club, [membership])
    return print_paper(request, papers.CERTIFICATES, found)


@role_required("guardian")
def evaluation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A family about a club of its own child; changed until the term ends."""
    rows = Membership.objects.filter(student__in=children_of(request)).select_related("club__term", "student")
    membership = get_object_or_404(rows, pk=pk)
    found = ClubEvaluation.objects.filter(membership=membership).first()
    evaluation = found or ClubEvaluation(membership=membership)
    initial = {"again": "yes" if found.again else "no"} if found else {}
    form = EvaluationForm(request.POST or None, instance=evaluation, initial=initial)
    back = reverse("clubs:family_activities")
    if not ClubSettings.load().family_evaluations or timezone.localdate() > membership.club.term.ends_on:
        return redirect(back)
    return edit_row(
        request,
        form,
        template="clubs/evaluation_edit.html",
        title=_("How is %s?") % membership.club.name,
        back=back,
        note=_("About the club, never about a child. It can be changed until %s.")
        % cn_date(membership.club.term.ends_on),
        save=lambda: save_evaluation(evaluation=form.instance, by=request.user),
        done=_("Thank you. The club sees means and sentences, never who wrote them."),
    )


@role_required(*INSTRUCTORS, "principal")
def evaluation_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Means from five answers on."""
    club = get_object_or_404(Club.objects.visible_to(request.user).select_related("term"), pk=pk)
    led = Club.objects.led_by(request.user).filter(pk=pk).exists()
    if not (led or request.user.has_role(*OFFICE, "principal")):
        raise PermissionDenied
    context = {"club": club, "summary": summary_of(club), "least": ClubEvaluation.LEAST}
    return render(request, "clubs/evaluation_summary.html", context)
