"""The routes of the whole application; each app keeps its own under its name."""

from typing import NoReturn

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.module_loading import import_string

from afterschool.health import healthz

# The admin's own sign-in form would bypass the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


def closed(request: HttpRequest) -> NoReturn:
    """Sign-up and password reset by mail are closed: the school hands out accounts and codes."""
    raise Http404


def administration() -> list[URLPattern | URLResolver]:
    """Django's administration, where it is switched on."""
    return [path("admin/", admin.site.urls)] if settings.ADMIN_PAGES else []


CLOSED_ACCOUNT_PAGES = r"^accounts/(?:signup|email|confirm-email|password/reset|password/set|login/code)/"

urlpatterns = [
    path("", import_string("school.views.home"), name="home"),
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    # Their names stay: allauth's own pages reverse them.
    re_path(CLOSED_ACCOUNT_PAGES, closed),
    path("accounts/", include("allauth.urls")),
    *administration(),
    path("board/", include("homework.board_urls")),
    path("enrollment/", include("enrollment.urls")),
    path("clubs/", include("clubs.urls")),
    path("homework/", include("homework.urls")),
    path("surveys/", include("surveys.urls")),
    path("families/", include("families.urls")),
    path("safety/", include("safety.urls")),
    path("fees/", include("fees.urls")),
    path("reports/", include("reports.urls")),
    path("", include("school.urls")),
]
