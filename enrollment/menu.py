"""What `enrollment` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}


def register() -> None:
    register_applications()
    register_groups()
    register_collectors()


def register_applications() -> None:
    """From the sign-up to the child's place."""
    add = navigation.register
    reviewers = {*OFFICE, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD, CODE.PRINCIPAL}
    takers = {*OFFICE, CODE.PRINCIPAL, CODE.DUTY_LEADER, CODE.HOMEROOM_TEACHER}
    add("enrollment:family_tasks", _("To do"), "checklist", roles={CODE.GUARDIAN}, order=5, bottom=True)
    add("enrollment:application_list", _("Applications"), "file-text", roles=reviewers, order=10, bottom=True)
    preparing = {*OFFICE, CODE.PRINCIPAL}
    add("enrollment:term_preparation", _("Term preparation"), "checkup-list", roles=preparing, order=18)
    add("enrollment:option_list", _("Sign-up"), "clipboard-list", roles=OFFICE, order=20)
    add("enrollment:enrolment_list", _("Taking part"), "user-check", roles=takers, order=30)
    add("enrollment:agreement_list", _("Agreements"), "writing-sign", roles=reviewers, order=32)
    add("enrollment:change_list", _("Changes"), "calendar-event", roles=OFFICE, order=34)


def register_groups() -> None:
    add = navigation.register
    leaders = {*OFFICE, CODE.DUTY_LEADER}
    members = {CODE.GUARDIAN, CODE.HOMEROOM_TEACHER}
    add("enrollment:group_list", _("Care groups"), "users-group", roles=leaders, order=40)
    add("enrollment:group_mine", _("Care group"), "users-group", roles=members, order=42)


def register_collectors() -> None:
    add = navigation.register
    leaders = {*OFFICE, CODE.DUTY_LEADER}
    add("enrollment:collector_all", _("Collectors"), "users", roles=OFFICE, order=44)
    add("enrollment:concern_list", _("Concerns"), "alert-triangle", roles=leaders, order=46)
    add("enrollment:institution_list", _("Care institutions"), "building", roles=OFFICE, order=48)
    add(
        "enrollment:collector_gate",
        _("Fetched by institutions"),
        "building-community",
        roles={CODE.GATE, CODE.DUTY_LEADER},
        group="today",
        order=40,
    )
