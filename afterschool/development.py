"""The settings of script/dev: debug pages, autoreload, an SQL log, tasks run in the calling process."""

from afterschool.settings import *  # noqa: F403
from afterschool.settings import CONTENT_SECURITY_POLICY, LOGGING, STORAGES, VAR_DIR

DEBUG = True
HTTPS = False
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
SECOND_FACTOR_REQUIRED = False
BRIEF_CACHE_SECONDS = 0
ALLOWED_HOSTS = ["*"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CELERY_TASK_ALWAYS_EAGER = True
# Django's own debug page is full of inline style; what would be refused elsewhere stands in the browser's console.
CONTENT_SECURITY_POLICY_REPORT_ONLY = CONTENT_SECURITY_POLICY
CONTENT_SECURITY_POLICY = None  # type: ignore[assignment]

SQL_LOG = VAR_DIR / "log" / "sql.log"
SQL_LOG.parent.mkdir(parents=True, exist_ok=True)
LOGGING = LOGGING | {
    "handlers": LOGGING["handlers"]  # type: ignore[operator]
    | {"sql": {"class": "logging.FileHandler", "filename": str(SQL_LOG), "mode": "w", "formatter": "line"}},
    "loggers": LOGGING["loggers"]  # type: ignore[operator]
    | {"django.db.backends": {"handlers": ["sql"], "level": "DEBUG", "propagate": False}},
}
