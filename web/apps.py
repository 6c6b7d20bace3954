from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from web import playing


class WebConfig(AppConfig):
    """Components, forms and lists that every app uses."""

    name = "web"
    verbose_name = _("Web pages")

    def ready(self) -> None:
        if settings.DEMONSTRATION_CLOCK:
            playing.start(playing.Clock.read(settings.DEMONSTRATION_CLOCK))
