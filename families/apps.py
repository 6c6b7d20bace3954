from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamiliesConfig(AppConfig):
    name = "families"
    verbose_name = _("Families")

    def ready(self) -> None:
        from families import menu, rows
        from school import access

        access.register_roles(rows.committee_roles)
        access.register_rows("families.Meeting", rows.meetings_of)
        access.register_rows("families.Opinion", rows.opinions_of)
        access.register_rows("families.CareFile", rows.files_of)
        access.register_rows("families.HomeVisit", rows.visits_of)
        menu.register()
