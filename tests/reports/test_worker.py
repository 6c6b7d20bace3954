"""A worker killed in the middle of a report: another one picks it up, and there is one report.

Real processes: workers with their clock, Redis and this test's database. The first worker is held in the middle by a
lock on a table it has to read, so that the kill always comes at the same place.
"""

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from reports.models import ReportRun
from tests.conftest import TODAY

WITHIN = 120
ROOT = Path(settings.BASE_DIR)


def wait_for(condition, what):
    deadline = time.monotonic() + WITHIN
    while not condition():
        assert time.monotonic() < deadline, f"not within {WITHIN} s: {what}"
        time.sleep(0.1)


@pytest.fixture
def worker(tmp_path):
    """Starts workers that have keys of their own in Redis; what is left of them at the end is killed."""
    keys = f"test-{uuid.uuid4()}-"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.reports.worker_settings",
        "WORKER_DATABASE": connection.settings_dict["NAME"],
        "WORKER_KEYS": keys,
        "WORKER_MEDIA": str(settings.MEDIA_ROOT),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "celery", "-A", "afterschool", "worker", "--pool", "solo", "-B"]
    command += ["--schedule", str(tmp_path / "beat"), "--without-mingle", "--without-gossip"]
    started = []

    def start():
        log = (tmp_path / f"{len(started)}.log").open("wb")
        started.append(
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        )
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
    client = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    for key in client.scan_iter(f"{keys}*"):
        client.delete(key)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_s_report_is_made_by_the_next(transactional_db, happened, worker, monkeypatch):
    monkeypatch.undo()  # the other processes have the real clock
    every, _made = IntervalSchedule.objects.get_or_create(every=1, period=IntervalSchedule.SECONDS)
    PeriodicTask.objects.filter(name="reports.tasks.requeue_expired").update(interval=every)
    run = ReportRun.objects.create(term=happened.term, until=TODAY, key="killed")

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE homework_classsheet IN ACCESS EXCLUSIVE MODE")
        first = worker()
        wait_for(lambda: now(run).progress > 5, "the first worker counts")
        assert (now(run).status, now(run).attempt) == ("running", 1)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait(10)
    killed = time.monotonic()

    worker()
    wait_for(lambda: now(run).status == "done", "the second worker has made it")
    assert time.monotonic() - killed < WITHIN
    done = now(run)
    assert done.attempt == 2
    assert done.figures["participation_rate"]["numerator"] == 3
    assert ReportRun.objects.count() == 1
    folder = str(Path(done.pdf.name).parent)
    mine = [name for name in default_storage.listdir(folder)[1] if f"-{run.pk}-" in name]
    assert len(mine) == 2


def now(run):
    return ReportRun.objects.get(pk=run.pk)
