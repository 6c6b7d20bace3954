"""PgBouncer in transaction mode before the embedded PostgreSQL: script/test --pooled goes through it, as a school may."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from local.embedded import ServerHome
from local.keeper import dies_with_us, free_port
from local.office import Refused

READY_WITHIN = 10
# Databases are made directly by the tests' first connections; a connection that rests must not keep one from being dropped.
SETTINGS = """[databases]
* = host={host} port={server} user={user} password={password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
auth_type = any
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
server_idle_timeout = 1
unix_socket_dir =
"""


@contextmanager
def pooler(place: ServerHome, url: str) -> Iterator[str]:
    """Gives the address of the same database behind the pooler."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        raise Refused("PgBouncer is missing: as root run «apt-get install pgbouncer».")
    server, port = urlsplit(url), free_port()
    facts = {"host": server.hostname, "server": server.port, "user": server.username, "password": server.password}
    file = place.home / "pgbouncer.ini"
    with suppress(FileNotFoundError):
        file.unlink()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as settings:
        settings.write(SETTINGS.format(**facts, port=port))
    if place.user:
        os.chown(file, place.user.pw_uid, place.user.pw_gid)
    with (place.log / "pgbouncer.log").open("wb") as log:
        process = subprocess.Popen(  # type: ignore[call-overload]
            [program, str(file)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=dies_with_us(signal.SIGTERM),
            **place.demote(),
        )
    try:
        wait_for(port, process)
        yield f"postgres://{server.username}@127.0.0.1:{port}{server.path}"
    finally:
        process.terminate()
        process.wait(10)
        file.unlink()


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise Refused("PgBouncer does not answer.")
