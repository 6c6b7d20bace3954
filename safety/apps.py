from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    name = "safety"
    verbose_name = _("Safety")

    def ready(self) -> None:
        from safety import menu, rows
        from school import access

        access.register_rows("safety.Session", rows.sessions_of)
        access.register_rows("school.Student", rows.children_of_today)
        access.register_rows("enrollment.Collector", rows.collectors_of_today)
        menu.register()
