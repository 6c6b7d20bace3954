"""An evening's sign-up: guardians who are signed in go through the real pages, over the real web server.

Each opens the letter and the choices, looks at what is to be signed, signs and sends, and reads the confirmation: four
requests with session, CSRF token and a drawn signature, over kept connections. Afterwards the database is asked whether
anything was lost or doubled. The last POST alone is compared with a POST that only checks session, token and role.
"""

import base64
import datetime as dt
import io
import os
import re
import statistics
from collections.abc import Iterable
from urllib.parse import urlencode

from django.utils import timezone
from PIL import Image, ImageDraw

from bench import _school
from bench._browsers import TOKEN, Browser, at_once, found
from bench._families import families
from enrollment.models import Agreement, Application, Letter, Receipt, ServiceOption, Signature
from school.models import Period, Term

FAMILIES = 400
POSTS = 200
NO_OPS = 1000
VERSIONS = re.compile(rb'name="versions"\s+value="([^"]+)"')


def drawing() -> str:
    """A signature as a phone sends it: 900 × 360 pixels, as a data URL."""
    image = Image.new("RGB", (900, 360), "white")
    ImageDraw.Draw(image).line([(40 + x * 40, 180 + x * 97 % 140) for x in range(20)], fill="#12241b", width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


DRAWING = drawing()


def open_option() -> ServiceOption:
    """An option nobody has applied for, open to the families below."""
    term = Term.objects.latest("starts_on")
    now = timezone.now()
    option, _made = ServiceOption.objects.update_or_create(
        term=term,
        name=f"bench {now:%H%M%S}",
        defaults={
            "weekdays": [1, 2, 3, 4, 5],
            "starts_on": term.starts_on,
            "ends_on": max(term.ends_on, now.date()),
            "letter": Letter.objects.filter(published_at__isnull=False).latest("pk"),
            "opens_at": now - dt.timedelta(hours=1),
            "closes_at": now + dt.timedelta(days=1),
        },
    )
    option.periods.set(Period.objects.all())
    return option


def up_to_signing(browser: Browser, path: str, session: str) -> tuple[str, dict[str, object]]:
    """Opens and chooses; gives the cookies and what the last page sends."""
    status, page, _to, cookie = browser.ask("GET", path, session)
    guardians = re.findall(rb'name="guardians"\s+value="(\d+)"', page)
    if status != 200 or not guardians:
        raise RuntimeError(f"{path} answers {status}")
    cookies = f"{session}; {cookie}"
    chosen: dict[str, object] = {
        "weekdays": ["1", "2", "3", "4"],
        "starts_on": f"{timezone.localdate():%Y-%m-%d}",
        "guardians": [g.decode() for g in guardians],
        "note": "",
    }
    form = chosen | {"csrfmiddlewaretoken": found(TOKEN, page), "step": "review"}
    status, page, _to, _cookie = browser.ask("POST", path, cookies, urlencode(form, doseq=True))
    if status != 200:
        raise RuntimeError(f"the choices answer {status}")
    last = {"versions": found(VERSIONS, page), "csrfmiddlewaretoken": found(TOKEN, page)}
    return cookies, chosen | last | {"step": "send", "read": "on", "name": "陈家长", "signature": DRAWING}


def sign_up(browser: Browser, path: str, session: str) -> None:
    cookies, form = up_to_signing(browser, path, session)
    status, page, to, _cookie = browser.ask("POST", path, cookies, urlencode(form, doseq=True))
    if status != 302:
        raise RuntimeError(f"sending answers {status}: {page[-2000:]!r}")
    status, _page, _to, _cookie = browser.ask("GET", to, cookies)
    if status != 200:
        raise RuntimeError(f"the confirmation answers {status}")


def check(option: ServiceOption, count: int) -> None:
    """Nothing lost, nothing doubled."""
    applications = Application.objects.filter(option=option)
    there = (
        applications.count(),
        applications.values("student").distinct().count(),
        Agreement.objects.filter(application__in=applications).count(),
        Signature.objects.filter(agreement__application__in=applications, image__isnull=False).count(),
        Receipt.objects.filter(student__in=applications.values("student"), answer="join").count(),
    )
    if there != (count, count, 2 * count, 2 * count, count):
        raise RuntimeError(f"of {count} sign-ups the database has {there}")


def run() -> Iterable[tuple[str, float, str, float]]:
    _school.demonstration()
    option = open_option()
    people = families(FAMILIES + POSTS)
    sessions = [(f"/enrollment/options/{option.pk}/apply/{s.pk}/", _school.session_cookie(u)) for u, s in people]
    no_op = "/bench/noop"
    with _school.gunicorn(os.environ | {"DJANGO_SETTINGS_MODULE": "bench._settings"}) as port:
        warm = Browser(port)
        for path, session in sessions[:8]:
            warm.ask("GET", path, session)
        seconds, _times = at_once(
            port, [lambda b, p=path, s=session: sign_up(b, p, s) for path, session in sessions[:FAMILIES]]
        )
        check(option, FAMILIES)
        warm = Browser(port)  # the first one's connection was closed meanwhile
        ready = [(path, *up_to_signing(warm, path, session)) for path, session in sessions[FAMILIES:]]

        def send(browser: Browser, path: str, cookies: str, form: dict[str, object], expected: int) -> None:
            status, page, _to, _cookie = browser.ask("POST", path, cookies, urlencode(form, doseq=True))
            if status != expected:
                raise RuntimeError(f"{path} answers {status}: {page[:500]!r}")

        empty = [
            lambda b, c=cookies, f=form: send(b, no_op, c, {"csrfmiddlewaretoken": f["csrfmiddlewaretoken"]}, 200)
            for _path, cookies, form in ready
        ] * (NO_OPS // POSTS)
        no_op_seconds, _no_op_times = at_once(port, empty)
        post_seconds, times = at_once(
            port, [lambda b, p=path, c=cookies, f=form: send(b, p, c, f, 302) for path, cookies, form in ready]
        )
        check(option, FAMILIES + POSTS)
    rate = FAMILIES / seconds
    # What the best open sign-up system did on two such cores, times ten; a figure of this machine, told as a share of it.
    yield "signup.per_second", rate, ">=", 35
    yield "signup.post.ratio", (POSTS / post_seconds) / (len(empty) / no_op_seconds), ">=", 0.5
    yield "signup.p99.ratio", statistics.quantiles(times, n=100)[98] / statistics.median(times), "<=", 8
