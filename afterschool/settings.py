"""Settings: everything that differs between offices comes from the environment (see docs/installing.md).

No default is insecure: without SECRET_KEY nothing starts, DEBUG is off, cookies are for https only.
script/start writes a .env for trying the application on one machine, which relaxes exactly what http needs.
"""

import os
from pathlib import Path
from urllib.parse import unquote

import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Names are read character by character; the dictionary of phrases would cost each process 45 MB.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

VAR_DIR = Path(env("AFTERSCHOOL_VAR", default=str(BASE_DIR / "var")))

SECRET_KEY = env("SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is empty; see docs/installing.md.")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Plain http (a trial on one machine, or the test server) has to be asked for.
HTTPS = env.bool("HTTPS", default=True)
# Which moment a demonstration plays (web.playing): script/start says so to its own processes, and nobody else does.
DEMONSTRATION_CLOCK = env("DEMONSTRATION_CLOCK", default="")
if DEMONSTRATION_CLOCK and HTTPS:
    raise ImproperlyConfigured("DEMONSTRATION_CLOCK is for script/start on one machine; an office goes by the hour.")
# Django's administration, for who develops and repairs; the office's pages do all that an office needs.
ADMIN_PAGES = env.bool("ADMIN_PAGES", default=not HTTPS)
# How many reverse proxies stand in front; 0 means that the peer's address is the client's.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    # First, so that their words win over the same words in the packages' catalogues.
    "school",
    "enrollment",
    "clubs",
    "homework",
    "surveys",
    "families",
    "safety",
    "fees",
    "reports",
    "web",
    "documents",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_celery_beat",
    "django_htmx",
    "pghistory",
    "pgtrigger",
]

MIDDLEWARE = [
    "web.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.compression.CompressedPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "homework.middleware.BoardMiddleware",
    "web.caching.OwnChangesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "web.sign_in_queue.SignInQueueMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "school.middleware.SignedInMiddleware",
    "school.middleware.NotAllowedMiddleware",
    "homework.middleware.NoCapMiddleware",
    "web.nonsense.NonsenseMiddleware",
    "web.sending.SentOnceMiddleware",
]

ROOT_URLCONF = "afterschool.urls"
WSGI_APPLICATION = "afterschool.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "school.context_processors.office",
            ],
            "builtins": [
                "web.templatetags.components",
                "web.templatetags.formats",
                "school.templatetags.desk",
                "school.templatetags.entering",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL")}
# A socket's folder, written in the address as PostgreSQL's own programs want it (%2Fvar%2Frun%2Fpostgresql).
DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"] or "")
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Behind PgBouncer in transaction mode nothing may rest on the connection: no cursor outlives a transaction.
POOLED = env.bool("POOLED", default=False)
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = POOLED
if not POOLED:
    # Every pgtrigger function asks for this setting; unset, it raises and catches inside each call, and a transaction
    # with many deferred triggers (a term of roll calls) takes quadratic time: minutes instead of seconds. A pooler refuses
    # it at the start of a connection: there it is a setting of the database (grant_rights).
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c pgtrigger.ignore={}"
# Only for who owns the tables and migrates: the application's role, which gets its rights then (grant_rights).
DATABASE_ROLE = env("DATABASE_ROLE", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
# A parent's phone stays signed in for a term; office sessions are shortened at sign-in (school.forms.accounts).
SESSION_COOKIE_AGE = 60 * 60 * 24 * 150
MESSAGE_STORAGE = "web.sending.Messages"

# How long a process may keep what changes seldom: roles, settings, an option with its texts (web.caching).
BRIEF_CACHE_SECONDS = env.int("BRIEF_CACHE_SECONDS", default=10)

# Writes down each workbook that leaves (web.exporting).
EXPORT_LOG = "school.services.log_export"

# Above this, people wait on a page of their own before the sign-in form; two cores check about nine passwords a second.
SIGN_INS_PER_SECOND = env.int("SIGN_INS_PER_SECOND", default=6)

AUTH_USER_MODEL = "school.User"
AUTHENTICATION_BACKENDS = ["school.auth.LoginNameBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "school.passwords.OwnFactsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "school.auth.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PRESERVE_USERNAME_CASING = False
# By account, not by address: a whole school sits behind one address (school.auth).
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "login_failed": "8/10m/key",
    # Wrong codes only; there are 31^10 of them.
    "activate": "60/5m/ip",
    # Forms without sign-in: a family reports a few subjects a day, a class has fifty families.
    "homework_report": "12/h/ip,120/d/key",
    "homework_monitor": "30/h/key",
    # Pages for strangers that cost much; whoever is signed in has no such limit (school.access.bounded).
    "board_print": "12/10m/ip",
    "board_archive": "200/10m/ip",
    "draw_file": "60/10m/ip",
    "agreement_check": "60/10m/ip",
}
ACCOUNT_FORMS = {"login": "school.forms.SignInForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "课后服务"
# Roles that see many children must set up a second factor; off only where the office tries things out.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "afterschool.npm.NpmFinder",
    "web.made.MadeFinder",
]
MEDIA_ROOT = env("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "afterschool.storage.StaticStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "gif", "webp", "gz", "br", "ttf", "woff", "woff2", "ico"]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# History is written by the database, a statement at a time: a bulk write pays for one trigger, not for each row.
PGHISTORY_LEVEL = pghistory.Statement  # type: ignore[has-type]
PGHISTORY_APPEND_ONLY = True

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# The browser takes a cookie of such a name from this host over https only: no other host of the domain can set it.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
# Scripts read the token from the page.
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

# Tabler's stylesheet and the second factor's QR code are data: images; nothing else leaves the origin.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "web.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}
