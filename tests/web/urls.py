"""Just enough addresses for the frame of a page, so that these tests wait for no app."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from school.access import public, role_required, signed_in
from school.views import well_known
from web.styleguide import styleguide


def home(request):
    return render(request, "base.html")


def refused(request):
    raise PermissionDenied(request.GET.get("why", ""))


def limited(request):
    return render(request, "429.html", status=429)


def broken(request):
    raise RuntimeError


def write(request):
    return HttpResponse("ok")


@public
def anybody(request):
    return HttpResponse("ok")


@signed_in
def somebody(request):
    return HttpResponse("ok")


@role_required("service_office", "principal")
def office(request, pk):
    return HttpResponse("ok")


school_paths = [
    path("activate/", home, name="activate"),
    path("search/", home, name="search"),
    path("pages/<slug:group>/", home, name="hub"),
    path("manifest.webmanifest", well_known.manifest, name="manifest"),
    path("offline.js", well_known.service_worker, name="service_worker"),
    path("offline/", well_known.offline, name="offline"),
]
urlpatterns = [
    path("", home, name="home"),
    path("styleguide/", styleguide, name="styleguide"),
    path("work/", home, name="work"),
    path("work/lists/", home, name="work_lists"),
    path("refused/", refused),
    path("limited/", limited),
    path("broken/", broken),
    path("write/", write),
    path("anybody/", anybody, name="anybody"),
    path("somebody/", somebody, name="somebody"),
    path("office/<int:pk>/", office, name="office"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("", include((school_paths, "school"))),
]
