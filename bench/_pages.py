"""An empty view to compare with, and the drawing of bench._tasks in a web process."""

import os

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from bench._tasks import draw


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def draw_view(request: HttpRequest) -> HttpResponse:
    draw()
    return HttpResponse(str(os.getpid()))


urlpatterns = [path("bench/empty", empty), path("bench/draw", draw_view), path("", include("afterschool.urls"))]
