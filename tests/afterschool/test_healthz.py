import pytest
import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from afterschool import health


@pytest.fixture
def worker_seen():
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete(health.WORKER_SEEN)
    yield client
    client.delete(health.WORKER_SEEN)


@pytest.mark.django_db
def test_healthz_names_each_part_that_answers(client, worker_seen):
    health.note_worker()

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "redis": "ok", "worker": "ok"})


@pytest.mark.django_db
def test_healthz_names_the_missing_worker(client, worker_seen):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "redis": "ok", "worker": "down"})


@pytest.mark.django_db
def test_healthz_without_redis_still_answers(client, monkeypatch):
    monkeypatch.setattr(health, "_client", redis.Redis(port=1, retry=Retry(NoBackoff(), 0)))

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"database": "ok", "redis": "down", "worker": "down"})


@pytest.mark.django_db
def test_healthz_takes_no_post(client):
    assert client.post("/healthz").status_code == 405
