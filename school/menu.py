"""What `school` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}


def register() -> None:
    register_people()
    register_settings()
    register_log()


def register_people() -> None:
    navigation.register(
        "school:student_list",
        _("Students"),
        "users",
        roles={*OFFICE, CODE.PRINCIPAL, CODE.DUTY_LEADER},
        group="settings",
        order=10,
    )
    navigation.register(
        "school:class_list",
        _("My classes"),
        "school",
        roles={CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD},
        group="work",
        order=30,
        bottom=True,
    )
    navigation.register(
        "school:notice_list",
        _("Notices"),
        "speakerphone",
        roles={*OFFICE, CODE.PRINCIPAL, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD},
        group="work",
        order=25,
    )
    navigation.register("school:staff_list", _("Staff"), "id-badge-2", roles=OFFICE, group="settings", order=20)


def register_settings() -> None:
    navigation.register("school:room_list", _("Rooms and periods"), "door", roles=OFFICE, group="settings", order=25)
    navigation.register("school:calendar", _("Calendar"), "calendar", roles=OFFICE, group="settings", order=30)
    navigation.register("school:import_list", _("Import"), "file-import", roles=OFFICE, group="settings", order=40)
    navigation.register(
        "school:policy_list",
        _("Policy rules"),
        "scale",
        roles={*OFFICE, CODE.PRINCIPAL},
        group="settings",
        order=50,
    )
    navigation.register("school:office_settings", _("Settings"), "settings", roles=OFFICE, group="settings", order=60)


def register_log() -> None:
    navigation.register(
        "school:access_list", _("Who opened what"), "eye", roles={*OFFICE, CODE.PRINCIPAL}, group="settings", order=55
    )
    navigation.register(
        "school:access_mine",
        _("Who has seen my child's data"),
        "eye",
        roles={CODE.GUARDIAN},
        group="settings",
        order=80,
    )
