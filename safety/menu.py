"""What `safety` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}
LEADERS = {*OFFICE, CODE.DUTY_LEADER, CODE.PRINCIPAL}
TEACHERS = {CODE.TEACHER, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD}
STANDING_IN = {*OFFICE, CODE.DUTY_LEADER, CODE.TEACHER, CODE.HOMEROOM_TEACHER}


def register() -> None:
    add = partial(navigation.register, group="today")
    family = _("Where my child is, ask for leave, name who fetches it today")
    mine = _("Your next duty, the roll, the hand-over")
    day = _("Every session of a day, who is missing, closing the day")
    gate = _("Who may leave and with whom, by the child's name")
    away = _("Colleagues who are away, and who stands in for them")
    add("safety:day", _("The afternoon"), "shield-check", LEADERS, 5, day, bottom=True)
    add("safety:my_day", _("Today"), "sun", TEACHERS, 10, mine, bottom=True)
    add("safety:gate", _("Gate"), "door-exit", {CODE.GATE, CODE.DUTY_LEADER}, 15, gate, bottom=True)
    add("safety:family_today", _("Today"), "home", {CODE.GUARDIAN}, 20, family, bottom=True)
    add("safety:substitution_list", _("Standing in"), "user-check", STANDING_IN, 34, away)
    action = partial(navigation.register_action, group="today")
    action("safety:where", _("Where my pupils are"), _("Where each child of your class is now"))
    action("safety:absence_add", _("Somebody cannot come"), _("Somebody is ill or away: find who stands in"))
