"""What `homework` adds to the navigation."""


def register() -> None:
    from django.utils.translation import gettext_lazy as _

    from school.models.accounts import Role
    from school.navigation import register

    code = Role.Code
    register(
        "homework:sheet_list",
        _("Homework"),
        "notebook",
        roles={
            code.TEACHER,
            code.HOMEROOM_TEACHER,
            code.GRADE_HEAD,
            code.ACADEMIC_OFFICE,
            code.SERVICE_OFFICE,
            code.PRINCIPAL,
        },
        order=15,
        bottom=True,
    )
    register("board:board", _("Homework board"), "layout-board", roles={code.GUARDIAN}, order=60, bottom=True)
