from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FeesConfig(AppConfig):
    name = "fees"
    verbose_name = _("Fees")

    def ready(self) -> None:
        from fees import menu, rows, schedule
        from school import access

        for label in ("fees.Charge", "fees.Entry", "fees.Refund"):
            access.register_rows(label, rows.accounts_of)
        access.register_rows("fees.Waiver", rows.waivers_of)
        menu.register()
        post_migrate.connect(schedule.load_schedule, sender=self)
