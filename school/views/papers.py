"""Papers: asked for by a view of their own, followed here, and opened by whoever asked; and the list of all kinds."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from documents.fonts import faces_in_use, put_face, take_face_out
from documents.papers import AN_HOUR, PAPERS, Paper
from documents.pdf import OWN_FACES, own_faces
from school.access import public, role_required
from school.forms.papers import FaceForm
from school.models import Printout
from school.services.printing import filled, order_printout

SALT = "school.printouts"
OFFICE = ("service_office", "academic_office")
READERS = (*OFFICE, "principal")
# Their browsers save a PDF or show nothing: they get the page with the picture and two buttons.
HAND_HELD = re.compile(r"Mobile|Android|MicroMessenger|DingTalk")


def print_paper(request: HttpRequest, paper: Paper, *arguments: Any) -> HttpResponse:
    """The answer of a view that prints: on to the file where it is kept already, else to the page that follows its making.

    Who may print what has been asked by the view. The page and the file are for this person alone.
    """
    row = order_printout(sheet=filled(paper, *arguments))
    row.refresh_from_db()
    came_from = page_before(request)
    again = request.get_full_path() if request.method == "GET" else came_from
    key = signing.dumps([row.pk, request.user.pk or 0, again, came_from], salt=SALT)
    if row.status == Printout.Status.DONE and not is_hand_held(request):
        return redirect("school:printout_file", key)
    return redirect("school:printout", key)


def page_before(request: HttpRequest) -> str:
    """The path of our page on which somebody asked, or the first page."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return reverse("home")
    if before.path.startswith(reverse("school:printout", args=["-"])[:-2]):
        # Tried again from the page of a printout: back to where that one was asked for.
        with suppress(signing.BadSignature, IndexError):
            return str(read_key(before.path.split("/")[2])[3])
    return f"{before.path}?{before.query}" if before.query else before.path


def read_key(key: str) -> list[Any]:
    """Row, person (0 for a stranger), address that asks again, page to go back to. Raises BadSignature."""
    found: list[Any] = signing.loads(key, salt=SALT)
    return found


def is_old(key: str) -> bool:
    """Whether a key that can be read was made more than an hour ago."""
    try:
        signing.loads(key, salt=SALT, max_age=AN_HOUR)
    except signing.SignatureExpired:
        return True
    return False


def is_hand_held(request: HttpRequest) -> bool:
    return bool(HAND_HELD.search(request.headers.get("User-Agent", "")))


@dataclass(frozen=True)
class Asked:
    """A printout as somebody asked for it, by the address that asks again, on the page that is gone back to."""

    row: Printout
    key: str
    again: str
    back: str

    @property
    def file(self) -> str:
        return reverse("school:printout_file", args=[self.key])


def for_asker(view: Callable[[HttpRequest, Asked], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Opens a printout for the one who asked for it; what a stranger printed from a public page is open to who has the key.

    404 for others and for a key that is none. What is no longer kept, or was asked for an hour ago, leads back to its place.
    """

    @wraps(view)
    def guarded(request: HttpRequest, key: str) -> HttpResponseBase:
        try:
            pk, user, again, back = read_key(key)
        except (signing.BadSignature, ValueError):
            raise Http404 from None
        if user and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if user not in (0, request.user.pk):
            raise Http404
        row = Printout.objects.filter(pk=pk).defer("html").first()
        if row is None or is_old(key):
            if request.htmx:  # type: ignore[attr-defined]
                return HttpResponseClientRefresh()
            return render(request, "school/printout_gone.html", {"again": again, "back": back}, status=410)
        return view(request, Asked(row, key, again, back))

    return public(guarded)


@for_asker
def printout(request: HttpRequest, one: Asked) -> HttpResponse:
    """How far the paper is; when it is ready, its first page, to open and to save."""
    return render(request, "school/printout.html", {"one": one, "row": one.row, "paper": PAPERS[one.row.paper]})


@for_asker
def printout_state(request: HttpRequest, one: Asked) -> HttpResponse:
    """The part of the page that follows the making; when it is ready a desk gets the file, a phone the page anew."""
    if one.row.is_open:
        return render(request, "school/_printout_state.html", {"one": one, "row": one.row})
    if one.row.status == Printout.Status.FAILED or is_hand_held(request):
        return HttpResponseClientRefresh()
    return HttpResponseClientRedirect(one.file)


@for_asker
def printout_file(request: HttpRequest, one: Asked) -> HttpResponseBase:
    if one.row.status != Printout.Status.DONE:
        raise Http404
    file, name = opened(one.row.file.name), f"{one.row.file_name}.pdf"
    save = "save" in request.GET
    return private(FileResponse(file, as_attachment=save, filename=name, content_type="application/pdf"))


@for_asker
def printout_picture(request: HttpRequest, one: Asked) -> HttpResponseBase:
    if not one.row.picture:
        raise Http404
    return private(FileResponse(opened(one.row.picture.name), content_type="image/png"))


def opened(name: str) -> File:
    """Raises Http404 for a file that was taken away a moment ago."""
    try:
        return default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Stored by nobody, also for whoever is not signed in."""
    response["Cache-Control"] = "private, no-store"
    return response


@role_required(*READERS)
def paper_list(request: HttpRequest) -> HttpResponse:
    """Every kind of paper: what it is, who signs it or where it hangs, and a sample; and the faces it is set in."""
    may_print = request.user.has_role(*OFFICE)
    form = FaceForm(request.POST or None, request.FILES or None) if may_print else None
    if request.method == "POST" and form is None:
        raise PermissionDenied
    if "remove" in request.POST:
        for family in OWN_FACES:
            take_face_out(family)
        messages.success(request, _("Taken out. Papers are set in the faces of this machine again."))
        return redirect("school:paper_list")
    if request.method == "POST" and form and form.is_valid():
        put_face(form.cleaned_data["family"], form.cleaned_data["file"])
        messages.success(request, _("Papers are set in this face from now on."))
        return redirect("school:paper_list")
    context = {
        "papers": PAPERS.values(),
        "faces": faces_in_use(),
        "may_print": may_print,
        "font_form": form,
        "own_face": bool(own_faces()),
    }
    return render(request, "school/paper_list.html", context)


@role_required(*OFFICE)
def paper_sample(request: HttpRequest, name: str) -> HttpResponse:
    """A paper with the first rows that the school has for it; what few may know is printed at its place only."""
    paper = PAPERS.get(name)
    if paper is None or paper.private:
        raise Http404
    arguments = paper.sample(request.build_absolute_uri("/"))
    if arguments is None:
        return render(request, "school/paper_nothing.html", {"paper": paper, "title": _("Nothing to print yet")})
    return print_paper(request, paper, *arguments)
