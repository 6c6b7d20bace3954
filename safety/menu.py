"""What `safety` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}
TEACHERS = {CODE.TEACHER, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD}


def register() -> None:
    add = partial(navigation.register, group="today")
    add("safety:family_today", _("Today"), "home", roles={CODE.GUARDIAN}, order=20, bottom=True)
    add(
        "safety:my_day",
        _("Today"),
        "sun",
        roles=TEACHERS,
        order=10,
        bottom=True,
        does=_("Your next duty, the roll, the hand-over"),
    )
    add(
        "safety:day",
        _("The afternoon"),
        "shield-check",
        roles={CODE.DUTY_LEADER, *OFFICE, CODE.PRINCIPAL},
        order=5,
        bottom=True,
        does=_("Every session of a day, who is missing, closing the day"),
    )
    add(
        "safety:substitution_list",
        _("Standing in"),
        "user-check",
        roles={*OFFICE, CODE.DUTY_LEADER, CODE.TEACHER, CODE.HOMEROOM_TEACHER},
        order=34,
        does=_("Colleagues who are away, and who stands in for them"),
    )
    add("safety:gate", _("Gate"), "door-exit", roles={CODE.GATE, CODE.DUTY_LEADER}, order=15, bottom=True)
    action = navigation.register_action
    action("safety:where", _("Where my pupils are"), "today", _("Where each child of your class is now"))
    action(
        "safety:absence_add", _("Enter an absence of staff"), "today", _("Somebody is ill or away: find who stands in")
    )
