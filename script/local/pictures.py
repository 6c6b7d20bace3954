"""README's pictures: some pages of a fresh demonstration at both widths, in Chinese and English, into docs/img.

The demonstration plays always the same day, so that a picture changes only with what it shows.
"""

import io
import os
import shutil
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from local.embedded import as_office, own_servers_wanted, place_for, servers
from local.keeper import free_port
from local.office import ROOT, Refused, plain_refusals, say, var_folder, with_clock
from local.progress import Step
from local.start import READY_WITHIN, parts_for, take_first_steps

TO = ROOT / "docs" / "img"
DAY = "2026-11-25"
SIZES = {360: 740, 1280: 800}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
COLOURS = 255
MOST_BYTES = 150_000


class Picture(NamedTuple):
    name: str
    role: str
    """As the list of accounts names it; empty for what everybody sees."""
    path: str


PICTURES = (
    Picture("sign-in", "", "/accounts/login/"),
    Picture("guardian", "监护人", "/"),
    Picture("teacher", "教师", "/"),
    Picture("leader", "值班领导", "/"),
    Picture("principal", "校长", "/"),
    Picture("board", "", "/board/"),
)


def main(names: Sequence[str]) -> None:
    with plain_refusals():
        unknown = sorted(set(names) - {picture.name for picture in PICTURES})
        if unknown:
            raise Refused(f"There is no picture «{unknown[0]}»; there are: {', '.join(p.name for p in PICTURES)}.")
        if not own_servers_wanted():
            raise Refused("The pictures are made with servers of their own: leave DATABASE_URL and REDIS_URL unset.")
        wanted = [picture for picture in PICTURES if not names or picture.name in names]
        var = fresh_folder()
        with servers(var) as urls:
            environment = os.environ | urls | {"PYTHONPATH": str(ROOT / "script")}
            take_first_steps(var, environment, empty=False, day=DAY)
            accounts = [line.split("\t") for line in (var / "accounts.txt").read_text().splitlines()]
            logins = {role: login for role, _name, login, *_more in accounts}
            with web(var, with_clock(as_office(environment), var)) as address, browser() as one:
                for picture in wanted:
                    with Step(f"Taking {picture.name}"):
                        take(one, address, picture, logins)


def fresh_folder() -> Path:
    """Of a demonstration of its own, made anew: an older one would play the next day."""
    var = var_folder("pictures")
    if var.exists():
        shutil.rmtree(place_for(var).home)
        shutil.rmtree(var, ignore_errors=True)
    return var


@contextmanager
def web(var: Path, environment: dict[str, str]) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    part = next(part for part in parts_for("127.0.0.1", port, var / "log") if part.name == "web")
    part.start(environment)
    assert part.process is not None
    try:
        deadline = time.monotonic() + READY_WITHIN
        while not answers(f"{address}/robots.txt"):
            if part.process.poll() is not None or time.monotonic() > deadline:
                raise Refused(f"The web server does not answer; see {part.log}.")
            time.sleep(0.2)
        yield address
    finally:
        part.process.terminate()
        part.process.wait()


def answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(address, timeout=5):  # nosec B310 - always http
        return True
    return False


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        one = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield one
        one.close()


def take(one: Browser, address: str, picture: Picture, logins: dict[str, str]) -> None:
    for (language, locale), (width, height) in product(LANGUAGES.items(), SIZES.items()):
        context = one.new_context(viewport={"width": width, "height": height}, locale=locale, reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{address}/accounts/login/")
        page.click(f'button[name="language"][value^="{language}"]')
        page.wait_for_load_state("networkidle")
        if picture.role:
            page.click(f'button[name="login"][value="{logins[picture.role]}"]')
            page.wait_for_load_state("networkidle")
        page.goto(f"{address}{picture.path}")
        page.wait_for_load_state("networkidle")
        keep(page, file_of(picture.name, language, width))
        context.close()


def file_of(name: str, language: str, width: int) -> Path:
    return TO / f"{name}-{language}-{width}.png"


def keep(page: Page, file: Path) -> None:
    """With few colours: pages have few, and a picture stays small."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = shot.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    if file.stat().st_size > MOST_BYTES:
        say(f"{file.relative_to(ROOT)} is {file.stat().st_size:,} bytes: more than {MOST_BYTES:,}.")
