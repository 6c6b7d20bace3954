"""Each process loads what it needs: what a web process loads without need is memory twice over."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from reports.schedule import REQUEUE

# Each with what it is for; they are loaded when there is something to print, to write, to solve.
HEAVY = {"weasyprint", "fontTools", "pikepdf", "openpyxl", "numpy", "ortools", "vl_convert", "pypinyin", "hypothesis"}
OURS = {"school", "enrollment", "clubs", "homework", "surveys", "families", "safety", "fees", "reports"}


def told_by(code, settings_module="afterschool.settings"):
    """What a process of its own prints as JSON, with this test's database."""
    here = connection.settings_dict
    url = f"postgresql://{here['USER']}:{here['PASSWORD']}@/{here['NAME']}?host={here['HOST']}&port={here['PORT']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": settings_module,
        "DATABASE_URL": url,
        "CELERY_SKIP_CHECKS": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


MODULES = "import json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"


@pytest.mark.parametrize(
    "start",
    [
        "import afterschool.wsgi, afterschool.urls",
        "from afterschool.celery import app; app.loader.import_default_modules(); app.finalize()",
    ],
    ids=["web", "worker"],
)
def test_web_and_worker_load_nothing_heavy(start):
    modules = set(told_by(f"{start}\n{MODULES}"))
    assert modules >= OURS
    assert modules & HEAVY == set()


def test_the_clock_knows_no_app_of_ours():
    start = "from afterschool.clock import app; app.loader.import_default_modules(); app.finalize()"
    modules = set(told_by(f"{start}\n{MODULES}"))
    assert "django_celery_beat" in modules
    assert modules & (HEAVY | OURS) == set()


@pytest.mark.django_db
def test_the_clock_sends_the_office_s_tasks_by_name():
    code = """
import json
from afterschool.clock import app
app.conf.broker_url = "memory://"
app.loader.import_default_modules()
from django_celery_beat.schedulers import DatabaseScheduler
clock = DatabaseScheduler(app=app)
due = next(entry for entry in clock.schedule.values() if entry.task == "%s")
clock.apply_async(due)
with app.connection() as broker:
    message = broker.SimpleQueue(app.conf.task_default_queue).get(timeout=5)
print(json.dumps(message.headers["task"]))
"""
    assert told_by(code % REQUEUE) == REQUEUE
