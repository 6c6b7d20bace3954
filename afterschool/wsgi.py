import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterschool.settings")

application = get_wsgi_application()
# Load all views before gunicorn forks: what is loaded here is shared by the workers.
get_resolver().url_patterns  # noqa: B018
