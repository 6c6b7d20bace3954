"""The application's settings with what tests need: quick passwords, no hashed file names, tasks at once."""

import os
import tempfile
from pathlib import Path

from afterschool.settings import *  # noqa: F403
from afterschool.settings import DATABASES, STORAGES

DEBUG = False
BRIEF_CACHE_SECONDS = 0
SIGN_INS_PER_SECOND = 0
HTTPS = False
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
COOKIE_PREFIX, SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "", "sessionid", "csrftoken"
LANGUAGE_COOKIE_NAME = "django_language"
SECURE_HSTS_SECONDS = 0
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECOND_FACTOR_REQUIRED = False

# Several people may test against one server; pytest-xdist appends its worker's name.
# script/test names a database with all tables to copy; without it they are made by the migrations.
DATABASES["default"]["TEST"] = {
    "NAME": os.environ.get("TEST_DB_NAME", "test_afterschool"),
    "TEMPLATE": os.environ.get("TEST_TEMPLATE"),
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
_files = tempfile.TemporaryDirectory(prefix="afterschool-test-")  # goes with the process
Path(f"{_files.name}/static").mkdir()
MEDIA_ROOT, STATIC_ROOT = f"{_files.name}/media", f"{_files.name}/static"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
LOGGING = {"version": 1, "disable_existing_loggers": False}
