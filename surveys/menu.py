"""What `surveys` adds to the navigation."""


def register() -> None:
    from django.utils.translation import gettext_lazy as _

    from school.models.accounts import Role
    from school.navigation import register

    code = Role.Code
    register("surveys:family_surveys", _("Surveys"), "forms", roles={code.GUARDIAN}, order=60)
    register(
        "surveys:survey_list",
        _("Surveys"),
        "forms",
        roles={code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.HOMEROOM_TEACHER, code.GRADE_HEAD},
        order=22,
    )
