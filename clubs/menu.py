"""What `clubs` adds to the navigation."""


def register() -> None:
    from django.utils.translation import gettext_lazy as _

    from school.models.accounts import Role
    from school.navigation import register

    code = Role.Code
    register("clubs:family_clubs", _("Clubs"), "ball-basketball", roles={code.GUARDIAN}, order=50, bottom=True)
    register(
        "clubs:club_list",
        _("Clubs"),
        "ball-basketball",
        roles={code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.DUTY_LEADER, code.TEACHER},
        order=45,
    )
