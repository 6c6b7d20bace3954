"""What `enrollment` registers when the project is loaded."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from enrollment import about, defaults, menu, rows, tasks_waiting
from enrollment.families import letter_notice, letters_now
from enrollment.finding import groups_named
from enrollment.services.collecting import follow_guardianship
from enrollment.services.leaving import end_care_of
from school import access, inbox, notices, parts, searching


def register(config: AppConfig) -> None:
    access.register_rows("enrollment.Application", rows.by_student)
    access.register_rows("enrollment.Enrolment", rows.by_student)
    access.register_rows("enrollment.Collector", rows.collectors_of)
    access.register_roles(rows.duty_roles)
    access.register_busy(rows.busy_on_duty)
    access.register_holdings(rows.duties_after)
    access.register_leaving(end_care_of)
    access.register_barring(follow_guardianship)
    access.register_room_uses(rows.groups_in)
    notices.register_notice("letter", _("Letter to parents"), letter_notice, current=letters_now)
    inbox.register_tasks(tasks_waiting.waiting_for)
    searching.register_finder(_("Care groups"), groups_named, order=50)
    parts.register_part("student", about.service_of, order=10)
    parts.register_part("student", about.collectors_of, order=15)
    parts.register_part("student", about.papers_of, order=40)
    parts.register_part("staff", about.duties_of, order=10)
    menu.register()
    post_migrate.connect(load_defaults, sender=config)


def load_defaults(**kwargs: Any) -> None:
    """The agreement texts a school begins with, as drafts to read, change and publish."""
    defaults.load()
