"""What `surveys` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    office = {code.SERVICE_OFFICE, code.ACADEMIC_OFFICE}
    navigation.register(
        "surveys:family_surveys", _("Surveys"), "forms", roles={code.GUARDIAN}, group="contact", order=60
    )
    navigation.register(
        "surveys:survey_list",
        _("Surveys"),
        "forms",
        roles={*office, code.PRINCIPAL, code.HOMEROOM_TEACHER, code.GRADE_HEAD},
        group="contact",
        order=30,
        does=_("Ask families, see the results, demand and satisfaction"),
    )
    navigation.register_action("surveys:survey_add", _("Add a survey"), "contact")
