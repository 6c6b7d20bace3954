from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Components, forms and lists that every app uses."""

    name = "web"
    verbose_name = _("Web pages")
