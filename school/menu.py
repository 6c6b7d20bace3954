"""What `school` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}
STAFF = {*OFFICE, CODE.PRINCIPAL, CODE.DUTY_LEADER, CODE.GRADE_HEAD, CODE.HOMEROOM_TEACHER, CODE.TEACHER}


def register() -> None:
    register_people()
    register_settings()
    register_log()
    register_actions()


def register_people() -> None:
    add = navigation.register
    add(
        "school:inbox",
        _("To do"),
        "inbox",
        roles=STAFF,
        group="today",
        order=12,
        does=_("Everything that waits for you, in one list"),
    )
    add(
        "school:student_list",
        _("Students"),
        "users",
        roles={*OFFICE, CODE.PRINCIPAL, CODE.DUTY_LEADER},
        group="people",
        order=10,
        does=_("Pupils with their classes, guardians and phones"),
    )
    add(
        "school:class_list",
        _("My classes"),
        "school",
        roles={CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD},
        group="people",
        order=5,
        bottom=True,
        does=_("The children of your class, their guardians and codes"),
    )
    add(
        "school:staff_list",
        _("Staff"),
        "id-badge-2",
        roles=OFFICE,
        group="people",
        order=20,
        does=_("Colleagues, their posts, subjects and logins"),
    )
    add(
        "school:notice_list",
        _("Notices"),
        "speakerphone",
        roles={*OFFICE, CODE.PRINCIPAL, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD},
        group="contact",
        order=25,
        does=_("What families are to read or answer, and whom to phone"),
    )


def register_settings() -> None:
    add = partial(navigation.register, group="settings")
    add(
        "school:room_list",
        _("Rooms and periods"),
        "door",
        roles=OFFICE,
        order=25,
        does=_("Rooms, closed rooms, periods, times"),
    )
    add(
        "school:calendar",
        _("Calendar"),
        "calendar",
        roles=OFFICE,
        order=30,
        does=_("Terms, holidays, make-up days, closures"),
    )
    add(
        "school:import_list",
        _("Import"),
        "file-import",
        roles=OFFICE,
        order=40,
        does=_("Bring in the school's own Excel files"),
    )
    add(
        "school:policy_list",
        _("Policy rules"),
        "scale",
        roles={*OFFICE, CODE.PRINCIPAL},
        order=50,
        does=_("The rules with their sources, and what the school tightens"),
    )
    add(
        "school:office_settings",
        _("Settings"),
        "settings",
        roles=OFFICE,
        order=60,
        does=_("Name of the school, telephone, going home alone, winter times"),
    )


def register_log() -> None:
    navigation.register(
        "school:access_list",
        _("Who opened what"),
        "eye",
        roles={*OFFICE, CODE.PRINCIPAL},
        group="settings",
        order=55,
        does=_("Who has seen pupils' data, when and from which page"),
    )
    navigation.register(
        "school:access_mine",
        _("Who has seen my child's data"),
        "eye",
        roles={CODE.GUARDIAN},
        group="settings",
        order=80,
    )


def register_actions() -> None:
    add = navigation.register_action
    add("school:student_add", _("Add a pupil"), "people", _("A new pupil with guardian in one form"))
    add("school:special_group_list", _("Special groups"), "people", _("Left-behind, aided and other pupils on file"))
    add("school:year_turn", _("Turn of the school year"), "people", _("Classes rise by a grade, the last one leaves"))
    add("school:regroup", _("Regroup classes"), "people", _("Put the children of a grade into new classes"))
    add("school:class_add", _("Add a class"), "people")
    add("school:staff_add", _("Add a member of staff"), "people", _("A new teacher or outside instructor"))
    add(
        "school:credential_list",
        _("Papers of staff"),
        "people",
        _("Qualifications, health, record checks and their ends"),
    )
    add("school:teaching_list", _("Who teaches what"), "people", _("Subjects and classes of each teacher"))
    add("school:timetable", _("Timetable of lessons"), "homework", _("Lessons by class, to be imported"))
    add("school:subject_list", _("Subjects"), "settings", _("Subjects, and which set written homework"))
    add("school:period_list", _("Periods"), "settings", _("Times of the first and second period, summer and winter"))
    add("school:term_add", _("Add a term"), "settings", _("First and last day of a new term"))
