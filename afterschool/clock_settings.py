"""The application's settings with the one app that a clock needs."""

from afterschool.settings import *  # noqa: F403

INSTALLED_APPS = ["django_celery_beat"]
