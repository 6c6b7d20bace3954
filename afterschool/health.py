"""Whether database, Redis and worker answer, for script/start, nginx and whoever watches the server."""

import time

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

WORKER_SEEN = "afterschool:worker-seen"
# A worker sends a heartbeat every two seconds, also while a task runs.
WORKER_SILENCE = 30

# The caller wants an answer now, not after three retries.
_client = redis.Redis.from_url(
    settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
)


def note_worker() -> None:
    """Record that a worker is alive. Pinging the workers on every visit would let a visitor put load on them."""
    try:
        _client.set(WORKER_SEEN, int(time.time()), ex=WORKER_SILENCE)
    except redis.RedisError:
        # The worker reconnects by itself; meanwhile /healthz reports Redis as down.
        return


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _redis_answers() -> tuple[bool, bool]:
    """Whether Redis answers, and whether it has heard of a worker lately."""
    try:
        return True, bool(_client.exists(WORKER_SEEN))
    except redis.RedisError:
        return False, False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """``{"database": "ok", "redis": "ok", "worker": "ok"}``; 503 when one of them says "down"."""
    redis_up, worker_up = _redis_answers()
    parts = {"database": _database_answers(), "redis": redis_up, "worker": worker_up}
    answer = {name: "ok" if up else "down" for name, up in parts.items()}
    return JsonResponse(answer, status=200 if all(parts.values()) else 503)
