"""What `safety` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    navigation.register(
        "safety:family_today", _("Today"), "home", roles={code.GUARDIAN}, group="today", order=20, bottom=True
    )
    navigation.register(
        "safety:my_day",
        _("Today"),
        "sun",
        roles={code.TEACHER, code.HOMEROOM_TEACHER, code.GRADE_HEAD},
        group="today",
        order=10,
        bottom=True,
    )
    navigation.register(
        "safety:day",
        _("The afternoon"),
        "shield-check",
        roles={code.DUTY_LEADER, code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL},
        group="today",
        order=5,
        bottom=True,
    )
    navigation.register(
        "safety:substitution_list",
        _("Standing in"),
        "user-check",
        roles={code.TEACHER, code.HOMEROOM_TEACHER, code.DUTY_LEADER, code.SERVICE_OFFICE, code.ACADEMIC_OFFICE},
        group="today",
        order=34,
    )
    navigation.register(
        "safety:gate", _("Gate"), "door-exit", roles={code.GATE, code.DUTY_LEADER}, group="today", order=15, bottom=True
    )
