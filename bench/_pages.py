"""An empty view to compare with, and the drawing of bench._tasks in a web process."""

import os

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from bench._tasks import draw
from school.access import role_required


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@role_required("guardian", "academic_office")
def noop(request: HttpRequest) -> HttpResponse:
    """Session, token, person and role; nothing else."""
    return HttpResponse("")


def draw_view(request: HttpRequest) -> HttpResponse:
    draw()
    return HttpResponse(str(os.getpid()))


urlpatterns = [
    path("bench/empty", empty),
    path("bench/noop", noop),
    path("bench/draw", draw_view),
    path("", include("afterschool.urls")),
]
