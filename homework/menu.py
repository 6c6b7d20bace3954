"""What `homework` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from homework.models import HomeworkSettings
from school import navigation
from school.models.accounts import Role

CODE = Role.Code
TEACHERS = {CODE.TEACHER, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD}
STAFF = {*TEACHERS, CODE.ACADEMIC_OFFICE, CODE.SERVICE_OFFICE, CODE.PRINCIPAL}


def register() -> None:
    register_daily()
    register_looking()
    register_families()
    register_actions()


def register_daily() -> None:
    add = partial(navigation.register, group="homework")
    add(
        "homework:item_add",
        _("Enter homework"),
        "pencil-plus",
        roles=TEACHERS,
        order=14,
        bottom=True,
        does=_("Homework of your subject, with its minutes"),
    )
    add(
        "homework:sheet_list",
        _("Homework"),
        "notebook",
        roles=STAFF,
        order=15,
        bottom=True,
        does=_("The day's sheets of all classes, to pass and publish"),
    )
    add(
        "homework:finished_list",
        _("Finished at school"),
        "checks",
        roles=STAFF,
        order=16,
        does=_("How many children finished their homework at school"),
    )
    add(
        "homework:marking_list",
        _("Marking"),
        "writing",
        roles=STAFF - {CODE.SERVICE_OFFICE},
        order=17,
        does=_("Homework handed in, marked and given back"),
    )
    add(
        "homework:plan_list",
        _("Week plan"),
        "calendar-week",
        roles=STAFF,
        order=17,
        does=_("Homework of the coming week, agreed among subjects"),
    )


def register_looking() -> None:
    add = partial(navigation.register, group="homework")
    add(
        "homework:load_overview",
        _("Homework load"),
        "chart-grid-dots",
        roles=STAFF - {CODE.TEACHER},
        order=17,
        does=_("Minutes by class, subject and week against the caps"),
    )
    add(
        "homework:spot_list",
        _("Homework checks"),
        "zoom-check",
        roles={CODE.ACADEMIC_OFFICE, CODE.PRINCIPAL},
        order=17,
        does=_("Spot checks of the homework of classes"),
    )
    navigation.register(
        "homework:homework_settings",
        _("Homework settings"),
        "settings",
        roles={CODE.ACADEMIC_OFFICE, CODE.SERVICE_OFFICE},
        group="settings",
        order=55,
        does=_("Caps of minutes, days without homework, who releases"),
    )


def register_families() -> None:
    add = partial(navigation.register, group="homework", roles={CODE.GUARDIAN})
    add("homework:family_records", _("Homework record"), "clock-edit", order=58, when=families_keep_records)
    add("board:board", _("Homework board"), "layout-board", order=60, bottom=True)


def register_actions() -> None:
    add = navigation.register_action
    add("homework:bank_list", _("Bank of homework"), "homework", _("Homework that can be used again"))
    add("homework:point_list", _("Points of learning"), "homework")
    add("homework:coaching_list", _("Coaching"), "homework", _("Children who get help, and who gives it"))
    add(
        "homework:report_list",
        _("Reports of parents"),
        "homework",
        _("What families and monitors reported about homework"),
    )
    add("homework:comparison", _("Sheets compared with reports"), "homework")
    add("homework:rectification_list", _("Rectification"), "homework", _("Notices to teachers after a check"))
    add(
        "homework:responsibility_list",
        _("Letters of responsibility"),
        "homework",
        _("What teachers sign about homework"),
    )
    add("homework:code_list", _("QR codes of classes"), "homework", _("Codes by which families report homework"))
    add("homework:estimates", _("Minutes estimated and taken"), "homework")


def families_keep_records() -> bool:
    return HomeworkSettings.load().records in (HomeworkSettings.Records.DAILY, HomeworkSettings.Records.SAMPLE)
