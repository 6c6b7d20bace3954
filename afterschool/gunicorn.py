"""The web server, for script/start, the systemd unit and the benchmarks: gunicorn -c afterschool/gunicorn.py.

Two processes, since one cannot answer while it computes, with four threads each for requests that wait for the database.
"""

import gc
from typing import Any

wsgi_app = "afterschool.wsgi"
worker_class = "gthread"
workers = 2
threads = 4
# Otherwise one of the two takes nearly all kept-alive connections. script/start checks first that the port is free.
reuse_port = True
control_socket_disable = True
timeout = 60
graceful_timeout = 5
# Loaded once and shared: the second process costs what it changes. A new version needs a restart, not a reload.
preload_app = True


def when_ready(server: Any) -> None:
    """Before forking: a later collection must not touch, and so copy, the shared pages."""
    gc.collect()
    gc.freeze()
