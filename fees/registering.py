"""What `fees` registers when the project is loaded."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from enrollment.services import register_copied
from fees import about, menu, papers, rows, schedule, tasks_waiting
from fees.leaving import fees_after
from fees.services.copying import RULES
from school import access, inbox, parts


def register(config: AppConfig) -> None:
    for label in ("fees.Charge", "fees.Entry", "fees.Refund"):
        access.register_rows(label, rows.accounts_of)
    access.register_rows("fees.Waiver", rows.waivers_of)
    access.register_leaving(fees_after)
    register_copied(RULES)
    inbox.register_tasks(tasks_waiting.waiting_for)
    parts.register_part("student", about.fees_of, order=50)
    menu.register()
    papers.register()
    post_migrate.connect(schedule.load_schedule, sender=config)
