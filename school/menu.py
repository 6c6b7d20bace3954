"""What `school` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}
LED = {CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD}
LEADERS = {*OFFICE, CODE.PRINCIPAL, CODE.DUTY_LEADER}
STAFF = {*LEADERS, *LED, CODE.TEACHER}
READERS = {*OFFICE, CODE.PRINCIPAL}


def register() -> None:
    register_people()
    register_settings()
    register_actions()


def register_people() -> None:
    add, today = navigation.register, _("Everything that waits for you, in one list")
    pupils = _("Pupils with their classes, guardians and phones; leave that was told")
    own_class = _("The children of your class, their guardians and codes")
    add("school:inbox", _("To do"), "inbox", STAFF, 12, today, group="today")
    add("school:student_list", _("Students"), "users", LEADERS, 10, pupils, group="people")
    add("school:class_list", _("My classes"), "school", LED, 5, own_class, group="people", bottom=True)
    colleagues = _("Colleagues, their posts, subjects and logins")
    add("school:staff_list", _("Staff"), "id-badge-2", {*OFFICE, CODE.PRINCIPAL}, 20, colleagues, group="people")
    notices = _("What families are to read or answer, and whom to phone")
    add("school:notice_list", _("Notices"), "speakerphone", {*READERS, *LED}, 25, notices, group="contact")


def register_settings() -> None:
    add = partial(navigation.register, group="settings")
    rooms = _("Rooms, closed rooms, periods, times")
    days = _("Terms, holidays, make-up days, closures")
    rules = _("The rules with their sources, and what the school tightens")
    own = _("Name of the school, telephone, going home alone, winter times")
    seen = _("Who has seen pupils' data, when and from which page")
    add("school:room_list", _("Rooms and periods"), "door", OFFICE, 25, rooms)
    add("school:calendar", _("Calendar"), "calendar", READERS, 30, days)
    add("school:import_list", _("Import"), "file-import", OFFICE, 40, _("Bring in the school's own Excel files"))
    add("school:policy_list", _("Policy rules"), "scale", READERS, 50, rules)
    add("school:access_list", _("Who opened what"), "eye", READERS, 55, seen)
    add("school:office_settings", _("Settings"), "settings", OFFICE, 60, own)
    add("school:access_mine", _("Who has seen my child's data"), "eye", {CODE.GUARDIAN}, 80)


def register_actions() -> None:
    people, settings = (partial(navigation.register_action, group=group) for group in ("people", "settings"))
    people("school:student_add", _("Add a child"), _("A new pupil with guardian in one form"))
    people("school:special_group_list", _("Special groups"), _("Left-behind, aided and other pupils on file"))
    people("school:year_turn", _("The year's turn"), _("Classes rise by a grade, the last one leaves"))
    people("school:regroup", _("Regroup classes"), _("Put the children of a grade into new classes"))
    people("school:class_add", _("Add a class"))
    people("school:staff_add", _("Add a member of staff"), _("A new teacher or outside instructor"))
    people("school:credential_list", _("Papers of staff"), _("Qualifications, health, record checks and their ends"))
    people("school:teaching_list", _("Who teaches what"), _("Subjects and classes of each teacher"))
    timetable = _("Lessons by class, to be imported")
    navigation.register_action("school:timetable", _("Timetable of lessons"), timetable, group="homework")
    printed = _("What is signed, handed out and hung up, with samples; the faces it is set in")
    settings("school:paper_list", _("Papers of the office"), printed)
    settings("school:subject_list", _("Subjects"), _("Subjects, and which set written homework"))
    settings("school:period_list", _("Periods"), _("Times of the first and second period, summer and winter"))
    settings("school:term_add", _("Add a term"), _("First and last day of a new term"))
