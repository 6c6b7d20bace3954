"""What `families` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}
READERS = {*OFFICE, CODE.PRINCIPAL, CODE.HOMEROOM_TEACHER}
CARING = {*OFFICE, CODE.TEACHER}


def register() -> None:
    add = partial(navigation.register, group="contact")
    write = _("Write to the school, read answers and records of meetings")
    committee = _("Meetings and tasks of the committee")
    opinions = _("Questions and complaints of families, to be answered in time")
    meetings = _("Meetings with families, their record and photos")
    care = _("Children who need particular care, and what is done")
    visits = _("Visits planned and made, by class")
    add("families:family_contact", _("Home and school"), "message-circle", {CODE.GUARDIAN}, 50, write)
    add("families:committee_home", _("Parents' committee"), "users", {CODE.COMMITTEE}, 52, committee)
    add("families:opinion_list", _("Opinions"), "message-circle", READERS, 50, opinions)
    add("families:meeting_list", _("Parents' meetings"), "users", {*READERS, CODE.GRADE_HEAD}, 52, meetings)
    add("families:care_list", _("Care files"), "heart-handshake", CARING, 54, care)
    add("families:visit_list", _("Home visits"), "home", CARING, 56, visits)
    action = partial(navigation.register_action, group="contact")
    action("families:member_list", _("Members of the parents' committee"))
    action("families:opinion_enter", _("Enter an opinion"), _("What a family said by telephone"))
    action("families:visit_counts", _("Visits by class"))
    action("families:family_settings", _("Settings of home and school"), _("Days in which an opinion is answered"))
