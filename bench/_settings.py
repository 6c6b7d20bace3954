"""The application with a few pages and a task that only measurements need."""

from afterschool.settings import *  # noqa: F403

ROOT_URLCONF = "bench._pages"
CELERY_IMPORTS = ("bench._tasks",)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
COOKIE_PREFIX, SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "", "sessionid", "csrftoken"
LANGUAGE_COOKIE_NAME = "django_language"
SECOND_FACTOR_REQUIRED = False
ALLOWED_HOSTS = ["127.0.0.1"]
