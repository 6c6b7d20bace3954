"""A chart drawn in whichever process is asked, and a paper in a worker. Apart from the pages: the clock loads tasks only."""

import os
import time

import redis
from celery import shared_task
from django.conf import settings
from django.template.loader import render_to_string

DRAWN = "bench:drawn"


def draw() -> None:
    """Draw a chart that nobody has drawn before, and note by which process."""
    from documents.charts import bar_chart

    bar_chart([(f"三年级{number}班 {time.monotonic_ns()}", float(number)) for number in range(1, 13)])
    redis.Redis.from_url(settings.REDIS_URL).sadd(DRAWN, os.getpid())


@shared_task(name="bench.draw")
def draw_task() -> None:
    """The worker prints too."""
    from documents.pdf import print_html

    draw()
    print_html(render_to_string("pdf/base_official.html"), "official")
