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
    enter = _("Homework of your subject, with its minutes")
    sheets = _("The day's sheets of all classes, to pass and publish")
    finished = _("How many children finished their homework at school")
    marking = _("Homework handed in, marked and given back")
    plans = _("Homework of the coming week, agreed among subjects")
    add("homework:item_add", _("Enter homework"), "pencil-plus", TEACHERS, 14, enter, bottom=True)
    add("homework:sheet_list", _("Homework"), "notebook", STAFF, 15, sheets, bottom=True)
    add("homework:finished_list", _("Finished at school"), "checks", STAFF, 16, finished)
    add("homework:marking_list", _("Marking"), "writing", STAFF - {CODE.SERVICE_OFFICE}, 17, marking)
    add("homework:plan_list", _("Week plan"), "calendar-week", STAFF, 17, plans)


def register_looking() -> None:
    add = partial(navigation.register, group="homework")
    load = _("Minutes by class, subject and week against the caps")
    checks = _("Spot checks of the homework of classes")
    caps = _("Caps of minutes, days without homework, who releases")
    add("homework:load_overview", _("Homework load"), "chart-grid-dots", STAFF - {CODE.TEACHER}, 17, load)
    add("homework:spot_list", _("Spot checks"), "zoom-check", {CODE.ACADEMIC_OFFICE, CODE.PRINCIPAL}, 17, checks)
    office = {CODE.ACADEMIC_OFFICE, CODE.SERVICE_OFFICE}
    add("homework:homework_settings", _("Homework settings"), "settings", office, 55, caps, group="settings")


def register_families() -> None:
    add, family = partial(navigation.register, group="homework"), {CODE.GUARDIAN}
    took = _("How long the homework took at home")
    board = _("What homework is set today, and how many minutes")
    add("homework:family_records", _("Homework record"), "clock-edit", family, 58, took, when=families_keep_records)
    add("board:board", _("Homework board"), "layout-board", family, 60, board, bottom=True)


def register_actions() -> None:
    add = partial(navigation.register_action, group="homework")
    add("homework:bank_list", _("Bank of homework"), _("Homework that can be used again"))
    add("homework:point_list", _("Learning points"))
    add("homework:coaching_list", _("Coaching"), _("Children who get help, and who gives it"))
    add("homework:report_list", _("Reports of parents"), _("What families and monitors reported about homework"))
    add("homework:comparison", _("Comparison"))
    add("homework:rectification_list", _("Rectification"), _("Notices to teachers after a check"))
    add("homework:responsibility_list", _("Letters of responsibility"), _("What teachers sign about homework"))
    add("homework:code_list", _("Addresses and codes"), _("Codes by which families report homework"))
    add("homework:estimates", _("Estimated and actual"))


def families_keep_records() -> bool:
    return HomeworkSettings.load().records in (HomeworkSettings.Records.DAILY, HomeworkSettings.Records.SAMPLE)
