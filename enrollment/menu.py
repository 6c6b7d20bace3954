"""What `enrollment` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    office = {code.SERVICE_OFFICE, code.ACADEMIC_OFFICE}
    navigation.register("enrollment:family_tasks", _("To do"), "checklist", roles={code.GUARDIAN}, order=5, bottom=True)
    navigation.register(
        "enrollment:application_list",
        _("Applications"),
        "file-text",
        roles={*office, code.HOMEROOM_TEACHER, code.GRADE_HEAD, code.PRINCIPAL},
        order=10,
        bottom=True,
    )
    navigation.register(
        "enrollment:term_preparation",
        _("Term preparation"),
        "checkup-list",
        roles={*office, code.PRINCIPAL},
        order=18,
    )
    navigation.register("enrollment:option_list", _("Sign-up"), "clipboard-list", roles=office, order=20)
    navigation.register(
        "enrollment:enrolment_list",
        _("Taking part"),
        "user-check",
        roles={*office, code.PRINCIPAL, code.DUTY_LEADER, code.HOMEROOM_TEACHER},
        order=30,
    )
    navigation.register(
        "enrollment:agreement_list",
        _("Agreements"),
        "writing-sign",
        roles={*office, code.PRINCIPAL, code.HOMEROOM_TEACHER, code.GRADE_HEAD},
        order=32,
    )
    navigation.register("enrollment:change_list", _("Changes"), "calendar-event", roles=office, order=34)
    navigation.register(
        "enrollment:group_list", _("Care groups"), "users-group", roles={*office, code.DUTY_LEADER}, order=40
    )
    navigation.register("enrollment:collector_all", _("Collectors"), "users", roles=office, order=44)
    navigation.register(
        "enrollment:concern_list", _("Concerns"), "alert-triangle", roles={*office, code.DUTY_LEADER}, order=46
    )
    navigation.register("enrollment:institution_list", _("Care institutions"), "building", roles=office, order=48)
    navigation.register(
        "enrollment:collector_gate",
        _("Fetched by institutions"),
        "building-community",
        roles={code.GATE, code.DUTY_LEADER},
        group="today",
        order=40,
    )
    navigation.register(
        "enrollment:group_mine", _("Care group"), "users-group", roles={code.GUARDIAN, code.HOMEROOM_TEACHER}, order=42
    )
