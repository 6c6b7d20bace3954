"""The PDF of the term summary, as a multiple of what WeasyPrint alone takes for the same HTML."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench import _school
from reports.figures import collect
from reports.models import ReportRun
from reports.pdf import TEMPLATE, summary_context, summary_pdf
from school.models import Term
from school.printing import BASE_URL, StaticFetcher, static_path

ROUNDS = 10


def seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run() -> Iterable[tuple[str, float, str, float]]:
    _school.demonstration()
    term = Term.objects.earliest("starts_on")
    last_day = min(term.ends_on, timezone.localdate())
    run_of_term = ReportRun(pk=1, term=term, until=last_day)
    values = collect(term, last_day)
    html = render_to_string(TEMPLATE, summary_context(run_of_term, values))
    fonts = FontConfiguration()
    sheet = CSS(string=static_path("css/official.css").read_text(), base_url=BASE_URL, font_config=fonts)

    def alone() -> bytes:
        source = HTML(string=html, base_url=BASE_URL, url_fetcher=StaticFetcher())
        return bytes(source.write_pdf(font_config=fonts, stylesheets=[sheet]))

    ours: list[float] = []
    weasyprint: list[float] = []
    # In turns, and the best of each: whatever else the machine does falls on both alike.
    for _ in range(ROUNDS):
        weasyprint.append(seconds(alone))
        ours.append(seconds(lambda: summary_pdf(run_of_term, values)))
    yield "pdf.ratio", min(ours) / min(weasyprint), "<=", 1.1
