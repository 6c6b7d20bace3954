"""What `enrollment` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}
LEADERS = {*OFFICE, CODE.DUTY_LEADER}
PREPARING = {*OFFICE, CODE.PRINCIPAL}
REVIEWERS = {*PREPARING, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD}
TAKERS = {*PREPARING, CODE.DUTY_LEADER, CODE.HOMEROOM_TEACHER}
FAMILY = {CODE.GUARDIAN}


def register() -> None:
    register_applications()
    register_groups()
    register_collectors()
    register_actions()


def register_applications() -> None:
    """From the sign-up to the child's place."""
    add = partial(navigation.register, group="signup")
    tasks = _("Sign up, sign agreements, answer surveys, other days, stopping")
    review = _("Review what families applied for, enter applications on paper")
    prepare = _("What is to be done before a term, step by step")
    options = _("What families can choose; open the sign-up, change its times")
    taking_part = _("Who takes part, on which days, from when to when")
    signed = _("What was signed, by whom, and what waits for a signature")
    changes = _("Other days and stopping that families asked for")
    add("enrollment:family_tasks", _("To do"), "checklist", FAMILY, 5, tasks, bottom=True, counts=True)
    add("enrollment:application_list", _("Applications"), "file-text", REVIEWERS, 10, review, bottom=True)
    add("enrollment:term_preparation", _("Term preparation"), "checkup-list", PREPARING, 18, prepare)
    add("enrollment:option_list", _("Sign-up"), "clipboard-list", OFFICE, 20, options)
    add("enrollment:enrolment_list", _("Taking part"), "user-check", TAKERS, 30, taking_part)
    add("enrollment:agreement_list", _("Agreements"), "writing-sign", REVIEWERS, 32, signed)
    add("enrollment:change_list", _("Changes"), "calendar-event", OFFICE, 34, changes)


def register_groups() -> None:
    add = partial(navigation.register, group="signup")
    groups = _("Form groups, their rooms and adults, the duty table")
    mine = _("The care group, its room and its adults")
    add("enrollment:group_list", _("Care groups"), "users-group", LEADERS, 40, groups)
    add("enrollment:group_mine", _("Care group"), "users-group", {*FAMILY, CODE.HOMEROOM_TEACHER}, 42, mine)


def register_collectors() -> None:
    add = partial(navigation.register, group="today")
    collectors = _("Who may fetch a child, going home alone, barred adults")
    concerns = _("Doubts about who fetches a child, to be decided today")
    institutions = _("Institutions that fetch children, their licences and people")
    gate = _("Children whom an institution fetches today")
    add(
        "enrollment:collector_gate",
        _("Fetched by institutions"),
        "building-community",
        {CODE.GATE, CODE.DUTY_LEADER},
        40,
        gate,
    )
    add("enrollment:collector_all", _("Collectors"), "users", OFFICE, 44, collectors)
    add("enrollment:concern_list", _("Concerns"), "alert-triangle", LEADERS, 46, concerns)
    add("enrollment:institution_list", _("Care institutions"), "building", OFFICE, 48, institutions)


def register_actions() -> None:
    add = partial(navigation.register_action, group="signup")
    add("enrollment:paper_list", _("Applications on paper"), _("Enter what families hand in on paper"))
    add("enrollment:letter_edit", _("Letter to parents"), _("Write, publish and print the letter to families"))
    add("enrollment:option_add", _("Add an option"), _("A new service with its days, times and fee"))
    add("enrollment:stage_list", _("Steps of the review"), _("Who reviews: class, grade, school"))
    add("enrollment:consent_list", _("Consents"), _("Who agreed, and who has not answered"))
    add("enrollment:duty_table", _("Duty table"), _("Who is on duty on which day; change or hand over duties"))
    add("enrollment:group_board", _("Board of groups"), _("Move children between groups before publishing"))
