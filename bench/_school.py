"""The school that measurements look at: the demonstration, made once in the benchmarks' own database."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def demonstration() -> None:
    if not get_user_model().objects.exists():
        call_command("demo", verbosity=0)


def somebody(role: str):  # type: ignore[no-untyped-def]  # the user model is the setting's
    """A person of the demonstration who has this role."""
    for user in get_user_model().objects.order_by("pk").iterator():
        if user.is_active and role in user.role_codes:
            return user
    raise LookupError(f"Nobody in the demonstration is a {role}.")


def session_cookie(user) -> str:  # type: ignore[no-untyped-def]
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def gunicorn(environment: dict[str, str]) -> Iterator[int]:
    """The web server as script/start runs it; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "afterschool/gunicorn.py", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def final_path(port: int, path: str, cookie: str) -> str:
    """Where redirects from this path end."""
    for _ in range(5):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status not in (301, 302):
            if answer.status != 200:
                raise RuntimeError(f"{path} answers {answer.status}")
            return path
        path = str(answer.getheader("Location"))
    raise RuntimeError(f"{path} redirects without end")


def requests_per_second(port: int, path: str, cookie: str, *, seconds: float, clients: int = 8) -> float:
    """Whole answers a second over kept connections."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
    counts = [0] * clients
    until = time.monotonic() + seconds

    def ask(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port), 30) as connection, connection.makefile("rb") as answers:
            while time.monotonic() < until:
                connection.sendall(request)
                status, length = answers.readline(), 0
                while (line := answers.readline().lower()) != b"\r\n":
                    if line.startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                answers.read(length)
                if b" 200 " not in status:
                    raise RuntimeError(f"{path} answers {status!r}")
                counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - begun)
