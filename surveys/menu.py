"""What `surveys` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
READERS = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE, CODE.PRINCIPAL, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD}


def register() -> None:
    add = partial(navigation.register, group="contact")
    asked = _("Ask families, see the results, demand and satisfaction")
    add("surveys:survey_list", _("Surveys"), "forms", READERS, 30, asked)
    add("surveys:family_surveys", _("Surveys"), "forms", {CODE.GUARDIAN}, 60, _("Answer what the school asks"))
    navigation.register_action("surveys:survey_add", _("New survey"), group="contact")
