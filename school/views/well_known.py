"""Addresses that programs ask for: what search engines may read, the site's picture, whom to tell of a weakness."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from school.access import public
from school.models import SchoolSettings

A_DAY = 24 * 60 * 60
# A contact older than this is not to be trusted (RFC 9116 wants a day less than a year away).
SECURITY_DAYS = 180


@public
@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request: HttpRequest) -> HttpResponse:
    """The homework board is published; nothing else is for search engines."""
    lines = ["User-agent: *", f"Allow: {reverse('board:board')}", "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(request: HttpRequest) -> HttpResponse:
    """For answers that are no page and cannot name their picture."""
    return HttpResponsePermanentRedirect(static("img/mark.svg"))


@public
@require_safe
@cache_control(public=True, max_age=A_DAY)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone shows when somebody puts the school's page beside its applications."""
    kinds = {
        "img/icon-192.png": ("192x192", "any"),
        "img/icon-512.png": ("512x512", "any"),
        "img/icon-maskable.png": ("512x512", "maskable"),
    }
    facts = {
        "name": f"{SchoolSettings.load().name} · {_('After-school service')}",
        "short_name": _("After-school service"),
        "lang": "zh-CN",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f8f6",
        "theme_color": "#2b7a4b",
        "icons": [
            {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, (sizes, purpose) in kinds.items()
        ],
    }
    return JsonResponse(facts, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@public
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, since a worker only sees addresses below its own."""
    script = (settings.BASE_DIR / "static" / "js" / "offline.js").read_text()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@public
@require_safe
@cache_control(public=True, max_age=A_DAY)
def offline(request: HttpRequest) -> HttpResponse:
    """The page for a phone without network, kept by the service worker."""
    return render(request, "offline.html")


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116): the office's phone, where the school has entered one."""
    phone = "".join(SchoolSettings.load().office_phone.split())
    if not phone:
        raise Http404
    expires = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=SECURITY_DAYS)
    lines = [
        f"Contact: tel:{phone}",
        f"Expires: {expires.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: zh, en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
