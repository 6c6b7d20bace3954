from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """What every page is made of, whatever the page is about."""

    name = "web"
    verbose_name = _("Web pages")
