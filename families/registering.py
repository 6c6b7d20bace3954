"""What `families` registers when the project is loaded."""

from django.apps import AppConfig

from families import menu, papers, rows, tasks_waiting
from school import access, inbox


def register(config: AppConfig) -> None:
    access.register_roles(rows.committee_roles)
    access.register_rows("families.Meeting", rows.meetings_of)
    access.register_rows("families.Opinion", rows.opinions_of)
    access.register_rows("families.CareFile", rows.files_of)
    access.register_rows("families.HomeVisit", rows.visits_of)
    inbox.register_tasks(tasks_waiting.waiting_for)
    menu.register()
    papers.register()
