"""Secret addresses for calendars: whoever has one takes times and rooms; their owner makes, renews and revokes them."""

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_POST, require_safe

from clubs.ical import feed_bytes, feed_events
from clubs.models import CalendarFeed
from clubs.services.feeds import may_have_feed, renew_feed, revoke_feed
from school.access import public, role_required
from school.models import Student

OWNERS = (
    "guardian",
    "teacher",
    "homeroom_teacher",
    "grade_head",
    "service_office",
    "academic_office",
    "duty_leader",
    "principal",
)
MINUTES = 15
MOST_CHILDREN = 12


@role_required(*OWNERS)
def feed_list(request: HttpRequest) -> HttpResponse:
    """The own address and those of the own children, with what to do with them."""
    children = Student.objects.of_guardian(request.user)
    subjects: list[Student | None] = [None] if may_have_feed(request.user, None) else []
    subjects += children.distinct().order_by("name_key")[:MOST_CHILDREN]
    live = {feed.student_id: feed for feed in CalendarFeed.objects.live().filter(owner=request.user)}
    rows = []
    for student in subjects:
        feed = live.get(student.pk if student else None)
        address = request.build_absolute_uri(reverse("clubs:feed", args=[feed.token])) if feed else ""
        webcal = f"webcal://{address.split('://', 1)[1]}" if feed else ""
        rows.append({"student": student, "feed": feed, "address": address, "webcal": webcal})
    return render(request, "clubs/feed_list.html", {"rows": rows})


def subject(request: HttpRequest) -> Student | None:
    """The own child that is named, or None for the own duties; somebody else's is not found."""
    pk = request.POST.get("student", "")
    student = get_object_or_404(Student, pk=pk) if pk.isascii() and pk.isdigit() else None
    if not may_have_feed(request.user, student):
        raise Http404
    return student


@role_required(*OWNERS)
@require_POST
def feed_renew(request: HttpRequest) -> HttpResponse:
    student = subject(request)
    had = CalendarFeed.objects.live().filter(owner=request.user, student=student).exists()
    renew_feed(owner=request.user, student=student)
    if had:
        messages.success(request, _("The address is new. Where the old one was entered, enter this one."))
    else:
        messages.success(request, _("The address is there: open it in the calendar, or copy it."))
    return redirect("clubs:feed_list")


@role_required(*OWNERS)
@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    revoke_feed(owner=request.user, student=subject(request))
    messages.success(request, _("The address does not work any more."))
    return redirect("clubs:feed_list")


def content(request: HttpRequest, token: str) -> bytes:
    """What the feed says now, made once a request. Not found when it is revoked, or its owner may no longer have it."""
    kept = vars(request).get("feed_content")
    if kept is None:
        feed = get_object_or_404(CalendarFeed.objects.live().select_related("owner", "student"), token=token)
        if not may_have_feed(feed.owner, feed.student):
            raise Http404
        kept = feed_bytes(feed, feed_events(feed, timezone.localdate()), request.get_host())
        vars(request)["feed_content"] = kept
    return bytes(kept)


def etag(request: HttpRequest, token: str) -> str:
    return f'"{hashlib.sha256(content(request, token)).hexdigest()[:32]}"'


@public
@require_safe
@condition(etag_func=etag)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself, for calendars: by the secret in its address only."""
    response = HttpResponse(content(request, token), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    patch_cache_control(response, private=True, max_age=MINUTES * 60)
    return response
