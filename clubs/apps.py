from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClubsConfig(AppConfig):
    name = "clubs"
    verbose_name = _("Clubs")

    def ready(self) -> None:
        from clubs import menu, rows
        from clubs.importing import ClubImporter
        from school import access, importing

        importing.register(ClubImporter())
        access.register_rows("clubs.Club", rows.clubs_of)
        access.register_rows("clubs.Membership", rows.memberships_of)
        access.register_rows("school.Student", rows.members_of_my_clubs)
        access.register_roles(rows.instructor_roles)
        access.register_busy(rows.busy_in_clubs)
        access.register_rooms_taken(rows.rooms_of_clubs)
        access.register_holdings(rows.clubs_after)
        menu.register()
