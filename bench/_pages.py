"""An empty view to compare with, and a chart and a page drawn on demand in whichever process is asked."""

import os

import redis
from celery import shared_task
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

DRAWN = "bench:drawn"


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def draw() -> None:
    """Draw a chart and print a page, and note by which process."""
    from school.charts import bar_chart
    from school.printing import render_pdf

    bar_chart([(f"三年级{number}班 {os.getpid()}", float(number)) for number in range(1, 13)])
    render_pdf("pdf/base_official.html", {})
    redis.Redis.from_url(settings.REDIS_URL).sadd(DRAWN, os.getpid())


def draw_view(request: HttpRequest) -> HttpResponse:
    draw()
    return HttpResponse(str(os.getpid()))


@shared_task(name="bench.draw")
def draw_task() -> None:
    draw()


urlpatterns = [path("bench/empty", empty), path("bench/draw", draw_view), path("", include("afterschool.urls"))]
