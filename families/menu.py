"""What `families` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    office = {code.SERVICE_OFFICE, code.ACADEMIC_OFFICE}
    classes = {code.HOMEROOM_TEACHER}
    navigation.register(
        "families:family_contact", _("Home and school"), "message-circle", roles={code.GUARDIAN}, order=50
    )
    navigation.register("families:committee_home", _("Parents' committee"), "users", roles={code.COMMITTEE}, order=52)
    navigation.register(
        "families:opinion_list",
        _("Opinions"),
        "message-circle",
        roles={*office, *classes, code.PRINCIPAL},
        order=50,
    )
    navigation.register(
        "families:meeting_list",
        _("Parents' meetings"),
        "users",
        roles={*office, *classes, code.GRADE_HEAD, code.PRINCIPAL},
        order=52,
    )
    navigation.register(
        "families:care_list", _("Care files"), "heart-handshake", roles={*office, code.TEACHER}, order=54
    )
    navigation.register("families:visit_list", _("Home visits"), "home", roles={*office, code.TEACHER}, order=56)
