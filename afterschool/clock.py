"""The clock's own Celery application: it sends tasks by name when it is time, and knows none of them.

Without the offices' models and pages it needs half of the memory. Run as `celery -A afterschool.clock beat`.
"""

import os

from celery import Celery

os.environ["DJANGO_SETTINGS_MODULE"] = "afterschool.clock_settings"

app = Celery("afterschool")
app.config_from_object("django.conf:settings", namespace="CELERY")
