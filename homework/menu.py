"""What `homework` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from homework.models import HomeworkSettings
from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    teachers = {code.TEACHER, code.HOMEROOM_TEACHER, code.GRADE_HEAD}
    staff = {*teachers, code.ACADEMIC_OFFICE, code.SERVICE_OFFICE, code.PRINCIPAL}
    navigation.register("homework:sheet_list", _("Homework"), "notebook", roles=staff, order=15, bottom=True)
    navigation.register("homework:item_add", _("Enter homework"), "pencil-plus", roles=teachers, order=14, bottom=True)
    navigation.register("homework:finished_list", _("Finished at school"), "checks", roles=staff, order=16)
    navigation.register(
        "homework:marking_list", _("Marking"), "writing", roles={*staff} - {code.SERVICE_OFFICE}, order=17
    )
    navigation.register("homework:plan_list", _("Week plan"), "calendar-week", roles=staff, order=17)
    navigation.register(
        "homework:load_overview", _("Homework load"), "chart-grid-dots", roles=staff - {code.TEACHER}, order=17
    )
    navigation.register(
        "homework:spot_list",
        _("Homework checks"),
        "zoom-check",
        roles={code.ACADEMIC_OFFICE, code.PRINCIPAL},
        order=17,
    )
    navigation.register(
        "homework:family_records",
        _("Homework record"),
        "clock-edit",
        roles={code.GUARDIAN},
        order=58,
        when=families_keep_records,
    )
    navigation.register(
        "board:board", _("Homework board"), "layout-board", roles={code.GUARDIAN}, order=60, bottom=True
    )
    navigation.register(
        "homework:homework_settings",
        _("Homework settings"),
        "settings",
        roles={code.ACADEMIC_OFFICE, code.SERVICE_OFFICE},
        group="settings",
        order=55,
    )


def families_keep_records() -> bool:
    return HomeworkSettings.load().records in (HomeworkSettings.Records.DAILY, HomeworkSettings.Records.SAMPLE)
