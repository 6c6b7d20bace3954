"""The catalogue for the school: proposals, clubs with their members, content and pictures."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clubs.forms.catalogue import CatalogueFilter, ClubForm, OpinionForm, PictureForm, ReasonForm
from clubs.models import Club, ClubPicture, MeetingRecord, Membership, Rotation
from clubs.participation import goes_round
from clubs.services.catalogue import cancel_club, propose_club, publish_club, return_club, what_is_missing
from clubs.services.giving import place_everybody
from clubs.services.offering import offer_places
from clubs.tables.catalogue import ClubTable, DraftClubTable, OfficeClubTable
from clubs.vetting import papers_of
from clubs.views.common import OFFICE, STAFF, clubs_with_slots, put_errors, tell, this_term
from clubs.weekly import tell_rooms_of_today
from documents.uploads import upload_response
from school.access import may_enter, role_required, signed_in
from school.models import Staff, Term
from school.parts import parts_of
from school.rows import with_children
from web.editing import show_refusal
from web.tables import Batch, Link, list_page
from web.templatetags.components import CountTab
from web.templatetags.formats import colon

READERS = (*STAFF, "homeroom_teacher", "grade_head")


@role_required(*READERS)
def club_list(request: HttpRequest) -> HttpResponse:
    """The term's clubs with their places; a teacher's own first, what waits for the office on a tab of its own."""
    office = request.user.has_role(*OFFICE)
    term = Term.objects.asked(request.GET.get("term"), timezone.localdate())
    tabs = rows_by_tab(request, term)
    counts = {key: rows.count() for key, (_label, rows) in tabs.items()}
    status = request.GET.get("status") or ("mine" if counts["mine"] else "all")
    form = CatalogueFilter(request.GET or None)
    rows = form.narrow(tabs.get(status, tabs["all"])[1])
    rows = rows.select_related("room", "instructor", "assistant").prefetch_related("slots__period")
    drafts = office and status == "drafts"
    table = (DraftClubTable if drafts else OfficeClubTable if office else ClubTable)(rows)
    table.subtitle = str(term or "")
    return list_page(
        request,
        table,
        template="clubs/club_list.html",
        form=form,
        tabs=[
            CountTab(key, label, counts[key])
            for key, (label, _rows) in tabs.items()
            if counts[key] or key not in ("mine", "drafts")
        ],
        batch=[Batch("publish", _("Publish the selected"), publish_many)] if drafts else [],
        status=status,
        links=[*links_of(request), *links_to_terms(term)],
        here="clubs",
    )


def publish_many(request: HttpRequest, keys: list[int]) -> None:
    """Publishes the ticked drafts; what keeps one out of the catalogue is named, and it stays a draft."""
    published = 0
    for club in Club.objects.filter(pk__in=keys, status=Club.Status.DRAFT).order_by("name"):
        try:
            publish_club(club=club, by=request.user)
            published += 1
        except ValidationError as error:
            messages.error(request, f"{colon(club.name)}{' '.join(error.messages)}")
    if published:
        messages.success(request, ngettext("%d club published.", "%d clubs published.", published) % published)


def links_to_terms(term: Term | None) -> list[Link]:
    """The way to the clubs of the next term, once it has some, and back from there."""
    current = this_term()
    if term is None or current is None:
        return []
    if term != current:
        return [Link(str(current), reverse("clubs:club_list"), "arrow-back-up")]
    ahead = Term.objects.filter(starts_on__gt=current.ends_on, clubs__isnull=False).order_by("starts_on").first()
    return [Link(str(ahead), f"{reverse('clubs:club_list')}?term={ahead.pk}", "arrow-forward-up")] if ahead else []


def links_of(request: HttpRequest) -> list[Link]:
    """The office adds clubs, other members of staff propose them and read the timetable."""
    add = reverse("clubs:club_add")
    if request.user.has_role(*OFFICE):
        return [
            Link(_("Add a club"), add, "plus", primary=True),
            Link(_("Workbook"), reverse("clubs:catalogue_import"), "file-import"),
        ]
    links = [Link(_("Timetable of clubs"), reverse("clubs:timetable_sheets", args=["staff"]), "calendar-week")]
    if may_enter(request.user, add) and Staff.objects.of_user(request.user).exists():
        links.insert(0, Link(_("Propose a club"), add, "plus", primary=True))
    return links


def rows_by_tab(request: HttpRequest, term: Term | None) -> dict[str, tuple[str, Any]]:
    """Tab → (label, the clubs of it that the person sees)."""
    visible = Club.objects.visible_to(request.user).filter(term=term)
    # Whole groups come to them; nobody signs up.
    round_about = goes_round(term) if term else Q(pk__in=[])
    return {
        "mine": (_("Mine"), visible.filter(pk__in=Club.objects.of(request.user))),
        "proposed": (_("Proposals"), visible.filter(status=Club.Status.PROPOSED)),
        "drafts": (_("Being prepared"), visible.filter(status=Club.Status.DRAFT)),
        "free": (_("Places free"), visible.with_free_places().exclude(round_about)),
        "few": (_("Too few children"), visible.published().filter(taken__lt=F("least")).exclude(round_about)),
        "all": (_("All"), visible),
    }


def editable(request: HttpRequest) -> QuerySet[Club]:
    """The office edits all; who proposed a club edits it until it is with the office."""
    if request.user.has_role(*OFFICE):
        return Club.objects.all()
    return Club.objects.filter(status=Club.Status.DRAFT, proposed_by=request.user)


@role_required(*READERS)
def club_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One club: what it is, who is in it and who waits, for those who see them, and the next step."""
    club = get_object_or_404(
        clubs_with_slots().filter(pk__in=Club.objects.visible_to(request.user)).select_related("term"), pk=pk
    )
    places = Membership.objects.visible_to(request.user).filter(club=club)
    members = places.on(places.day_shown(timezone.localdate()))
    office = request.user.has_role(*OFFICE)
    tell_rooms_of_today([club])
    leads = office or request.user.pk in (club.instructor.user_id, club.assistant and club.assistant.user_id)
    context = {
        "club": club,
        "members": with_children(members.order_by("student__name_key"))[:200],
        "waiting": club.waiting.in_line().count(),
        "rotations": Rotation.objects.filter(stops__club=club).select_related("period"),
        "office": office,
        "may_edit": editable(request).filter(pk=club.pk).exists(),
        "missing": what_is_missing(club) if office and club.status != Club.Status.PUBLISHED else [],
        "papers": papers_of([club]) if office else {},
        "pictures": club.pictures.all()[: ClubPicture.MOST],
        "weeks": club.weeks.all(),
        "rounds": club.rounds.all()[:5] if office else [],
        "records": MeetingRecord.objects.filter(meeting__club=club)
        .select_related("meeting")
        .order_by("-meeting__day")[:3],
        "parts": parts_of(club, request.user) if leads else [],
        "leads": leads,
    }
    return render(request, "clubs/club_detail.html", context)


@role_required(*OFFICE, "teacher", "homeroom_teacher", "grade_head")
def club_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The office's form and the teacher's proposal: the same words, another button at its foot."""
    staff = Staff.objects.of_user(request.user).first()
    office = request.user.has_role(*OFFICE)
    if pk:
        club = get_object_or_404(editable(request), pk=pk)
    else:
        if not office and staff is None:
            raise PermissionDenied
        blank = {"term": this_term(), "grade_from": 1, "grade_to": 6, "least": 10, "capacity": 30}
        club = Club(instructor=staff, proposed_by=request.user, **blank)
    form = ClubForm(request.POST or None, instance=club, own=None if office else staff)
    if request.method == "POST" and form.is_valid() and (saved := form.save_all()):
        offer_places_of(saved)
        if "propose" in request.POST:
            propose_club(club=saved, by=request.user)
        messages.success(request, _("Handed in: the office looks at it.") if "propose" in request.POST else _("Saved."))
        if n := form.followed:
            told = ngettext("%d meeting from tomorrow on follows.", "%d meetings from tomorrow on follow.", n)
            messages.info(request, told % n + _("What is today stays as it was."))
        return redirect("clubs:club_detail", saved.pk)
    context = {"form": form, "club": club if pk else None, "office": office}
    return render(request, "clubs/club_edit.html", context)


def offer_places_of(club: Club) -> None:
    """More places are offered to who waits."""
    with transaction.atomic():
        offer_places(club_pk=club.pk)


@role_required(*OFFICE)
def club_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the catalogue, or back with what is to be changed."""
    club = get_object_or_404(clubs_with_slots().select_related("term"), pk=pk)
    form = OpinionForm(request.POST if "return" in request.POST else None)
    if request.method == "POST":
        try:
            if "publish" in request.POST:
                publish_club(club=club, by=request.user)
                messages.success(request, _("%s is in the catalogue.") % club.name)
                return redirect("clubs:club_detail", club.pk)
            if form.is_valid():
                return_club(club=club, opinion=form.cleaned_data["opinion"], by=request.user)
                messages.success(request, _("Sent back with your sentence."))
                return redirect("clubs:club_list")
        except ValidationError as error:
            put_errors(form, error) if form.is_bound else show_refusal(request, error)
    return render(request, "clubs/club_decide.html", {"club": club, "form": form, "missing": what_is_missing(club)})


@role_required(*OFFICE)
def club_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Called off, with the reason that the families read."""
    club = get_object_or_404(Club.objects.exclude(status=Club.Status.CANCELLED), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lost = cancel_club(club=club, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Called off; %d children are in their care groups again.") % lost)
        return redirect("clubs:club_detail", club.pk)
    context = {
        "title": _("Call off %s?") % club.name,
        "text": _(
            "%d children lose their place today; nobody waits any more, and meetings fall out from today on, unless their roll "
            "was called."
        )
        % club.taken,
        "submit": _("Call off"),
        "cancel_url": reverse("clubs:club_detail", args=[club.pk]),
        "form": form,
    }
    return render(request, "components/confirm_page.html", context)


@role_required(*OFFICE)
@require_POST
def club_place_all(request: HttpRequest, pk: int) -> HttpResponse:
    """A required club takes in everybody of its grades at once."""
    club = get_object_or_404(Club.objects.select_related("term"), pk=pk)
    try:
        tell(request, place_everybody(club=club, by=request.user))
    except ValidationError as error:
        show_refusal(request, error)
    return redirect("clubs:club_detail", pk)


@role_required(*OFFICE, "teacher", "homeroom_teacher", "grade_head")
def picture_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's, and the instructor's for her own club."""
    clubs = Club.objects.all() if request.user.has_role(*OFFICE) else Club.objects.led_by(request.user)
    club = get_object_or_404(clubs, pk=pk)
    form = PictureForm(request.POST or None, request.FILES or None, instance=ClubPicture(club=club))
    if request.method == "POST":
        form.instance.added_by = request.user
        if club.pictures.count() >= ClubPicture.MOST:
            form.add_error(None, _("A club has at most %d pictures. Remove one first.") % ClubPicture.MOST)
        elif form.is_valid():
            form.save()
            messages.success(request, _("The picture is in the catalogue."))
            return redirect("clubs:club_detail", club.pk)
    return render(request, "clubs/picture_add.html", {"form": form, "club": club})


@role_required(*OFFICE, "teacher", "homeroom_teacher", "grade_head")
@require_POST
def picture_remove(request: HttpRequest, pk: int) -> HttpResponse:
    pictures = ClubPicture.objects.select_related("club")
    if not request.user.has_role(*OFFICE):
        pictures = pictures.filter(club__in=Club.objects.led_by(request.user))
    picture = get_object_or_404(pictures, pk=pk)
    picture.image.delete(save=False)
    picture.delete()
    messages.success(request, _("Removed."))
    return redirect("clubs:club_detail", picture.club_id)


@signed_in
def club_picture(request: HttpRequest, pk: int) -> FileResponse:
    """For everybody who sees the club."""
    visible = Club.objects.visible_to(request.user)
    picture = get_object_or_404(ClubPicture.objects.filter(club__in=visible), pk=pk)
    return upload_response(picture.image)
