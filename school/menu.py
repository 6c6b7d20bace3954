"""What `school` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    office = {code.SERVICE_OFFICE, code.ACADEMIC_OFFICE}
    navigation.register(
        "school:student_list",
        _("Students"),
        "users",
        roles={*office, code.PRINCIPAL, code.DUTY_LEADER},
        group="settings",
        order=10,
    )
    navigation.register(
        "school:class_list",
        _("My classes"),
        "school",
        roles={code.HOMEROOM_TEACHER, code.GRADE_HEAD},
        group="work",
        order=30,
        bottom=True,
    )
    navigation.register(
        "school:notice_list",
        _("Notices"),
        "speakerphone",
        roles={*office, code.PRINCIPAL, code.HOMEROOM_TEACHER, code.GRADE_HEAD},
        group="work",
        order=25,
    )
    navigation.register("school:staff_list", _("Staff"), "id-badge-2", roles=office, group="settings", order=20)
    navigation.register("school:room_list", _("Rooms and periods"), "door", roles=office, group="settings", order=25)
    navigation.register("school:calendar", _("Calendar"), "calendar", roles=office, group="settings", order=30)
    navigation.register("school:import_list", _("Import"), "file-import", roles=office, group="settings", order=40)
    navigation.register(
        "school:policy_list",
        _("Policy rules"),
        "scale",
        roles={*office, code.PRINCIPAL},
        group="settings",
        order=50,
    )
    navigation.register(
        "school:access_list", _("Who opened what"), "eye", roles={*office, code.PRINCIPAL}, group="settings", order=55
    )
    navigation.register(
        "school:access_mine",
        _("Who has seen my child's data"),
        "eye",
        roles={code.GUARDIAN},
        group="settings",
        order=80,
    )
    navigation.register("school:office_settings", _("Settings"), "settings", roles=office, group="settings", order=60)
