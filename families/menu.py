"""What `families` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    office = {code.SERVICE_OFFICE, code.ACADEMIC_OFFICE}
    add = partial(navigation.register, group="contact")
    add("families:family_contact", _("Home and school"), "message-circle", roles={code.GUARDIAN}, order=50)
    add("families:committee_home", _("Parents' committee"), "users", roles={code.COMMITTEE}, order=52)
    add(
        "families:opinion_list",
        _("Opinions"),
        "message-circle",
        roles={*office, code.HOMEROOM_TEACHER, code.PRINCIPAL},
        order=50,
        does=_("Questions and complaints of families, to be answered in time"),
    )
    add(
        "families:meeting_list",
        _("Parents' meetings"),
        "users",
        roles={*office, code.HOMEROOM_TEACHER, code.GRADE_HEAD, code.PRINCIPAL},
        order=52,
        does=_("Meetings with families, their record and photos"),
    )
    add(
        "families:care_list",
        _("Care files"),
        "heart-handshake",
        roles={*office, code.TEACHER},
        order=54,
        does=_("Children who need particular care, and what is done"),
    )
    add(
        "families:visit_list",
        _("Home visits"),
        "home",
        roles={*office, code.TEACHER},
        order=56,
        does=_("Visits planned and made, by class"),
    )
    action = partial(navigation.register_action, group="contact")
    action("families:member_list", _("Members of the parents' committee"))
    action("families:opinion_enter", _("Enter an opinion"), does=_("What a family said by telephone"))
    action("families:visit_counts", _("Home visits by teacher"))
    action("families:family_settings", _("Settings of home and school"), does=_("Days in which an opinion is answered"))
