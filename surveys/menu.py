"""What `surveys` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    navigation.register("surveys:family_surveys", _("Surveys"), "forms", roles={code.GUARDIAN}, order=60)
    navigation.register(
        "surveys:survey_list",
        _("Surveys"),
        "forms",
        roles={code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.HOMEROOM_TEACHER, code.GRADE_HEAD},
        order=22,
    )
