"""The Celery application: broker and result store from settings, tasks from each app's tasks.py."""

import os
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterschool.settings")

app = Celery("afterschool")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@heartbeat_sent.connect
def tell_healthz(**kwargs: Any) -> None:
    from afterschool.health import note_worker  # settings are loaded only once the worker runs

    note_worker()
