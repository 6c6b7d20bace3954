"""The settings of a worker that a test starts: the test's database, files and keys in Redis, and a lease of two seconds."""

import datetime as dt
import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
MEDIA_ROOT = os.environ["WORKER_MEDIA"]
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": os.environ["WORKER_KEYS"]}
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
REPORT_LEASE = dt.timedelta(seconds=2)
