"""Browsers that press on the web server at once, each over one kept connection."""

import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

CLIENTS = 8
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """One kept connection; cookies and the time of each request."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.times: list[float] = []

    def ask(self, method: str, path: str, cookies: str, body: str = "") -> tuple[int, bytes, str, str]:
        """Status, page, Location, CSRF cookie."""
        headers = {"Cookie": cookies}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://127.0.0.1/"}
        begun = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read()
        self.times.append(time.perf_counter() - begun)
        cookie = next((v.split(";")[0] for k, v in answer.getheaders() if k == "Set-Cookie" and "csrftoken" in v), "")
        return answer.status, page, answer.getheader("Location") or "", cookie


def found(pattern: "re.Pattern[bytes]", page: bytes) -> str:
    match = pattern.search(page)
    if match is None:
        raise RuntimeError(f"a page without {pattern.pattern!r}: {page[:300]!r}")
    return match[1].decode()


def at_once(port: int, jobs: Sequence[Callable[[Browser], None]]) -> tuple[float, list[float]]:
    """Seconds that CLIENTS browsers take for all jobs, and the seconds of each request."""
    waiting = iter(jobs)
    lock = threading.Lock()
    browsers = [Browser(port) for _ in range(CLIENTS)]

    def work(browser: Browser) -> None:
        while True:
            with lock:
                job = next(waiting, None)
            if job is None:
                return
            job(browser)

    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(work, browser) for browser in browsers]:
            done.result()  # raises what its job raised
    return time.perf_counter() - begun, [one for browser in browsers for one in browser.times]
