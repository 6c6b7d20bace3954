"""A chart and a page drawn on demand in whichever process is asked. Apart from the pages: the clock loads tasks only."""

import os
import time

import redis
from celery import shared_task
from django.conf import settings

DRAWN = "bench:drawn"


def draw() -> None:
    """Draw a chart that nobody has drawn before and print a page, and note by which process."""
    from documents.charts import bar_chart
    from documents.pdf import render_pdf

    bar_chart([(f"三年级{number}班 {time.monotonic_ns()}", float(number)) for number in range(1, 13)])
    render_pdf("pdf/base_official.html", {})
    redis.Redis.from_url(settings.REDIS_URL).sadd(DRAWN, os.getpid())


@shared_task(name="bench.draw")
def draw_task() -> None:
    draw()
