"""Celery beat's own application: it sends tasks by name and imports none of them.

Without our models and pages it needs half of the memory. Run as `celery -A afterschool.clock beat`.
"""

import os

from celery import Celery

os.environ["DJANGO_SETTINGS_MODULE"] = "afterschool.clock_settings"

app = Celery("afterschool")
app.config_from_object("django.conf:settings", namespace="CELERY")
