"""What `fees` registers when the project is loaded."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from fees import menu, rows, schedule
from fees.leaving import fees_after
from school import access


def register(config: AppConfig) -> None:
    for label in ("fees.Charge", "fees.Entry", "fees.Refund"):
        access.register_rows(label, rows.accounts_of)
    access.register_rows("fees.Waiver", rows.waivers_of)
    access.register_leaving(fees_after)
    menu.register()
    post_migrate.connect(schedule.load_schedule, sender=config)
