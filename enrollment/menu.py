"""What `enrollment` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}


def register() -> None:
    register_applications()
    register_groups()
    register_collectors()
    register_actions()


def register_applications() -> None:
    """From the sign-up to the child's place."""
    add = partial(navigation.register, group="signup")
    reviewers = {*OFFICE, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD, CODE.PRINCIPAL}
    takers = {*OFFICE, CODE.PRINCIPAL, CODE.DUTY_LEADER, CODE.HOMEROOM_TEACHER}
    add("enrollment:family_tasks", _("To do"), "checklist", roles={CODE.GUARDIAN}, order=5, bottom=True)
    add(
        "enrollment:application_list",
        _("Applications"),
        "file-text",
        roles=reviewers,
        order=10,
        bottom=True,
        does=_("Review what families applied for, enter applications on paper"),
    )
    add(
        "enrollment:term_preparation",
        _("Term preparation"),
        "checkup-list",
        roles={*OFFICE, CODE.PRINCIPAL},
        order=18,
        does=_("What is to be done before a term, step by step"),
    )
    add(
        "enrollment:option_list",
        _("Sign-up"),
        "clipboard-list",
        roles=OFFICE,
        order=20,
        does=_("What families can choose; open the sign-up, change its times"),
    )
    add(
        "enrollment:enrolment_list",
        _("Taking part"),
        "user-check",
        roles=takers,
        order=30,
        does=_("Who takes part, on which days, from when to when"),
    )
    add(
        "enrollment:agreement_list",
        _("Agreements"),
        "writing-sign",
        roles=reviewers,
        order=32,
        does=_("What was signed, by whom, and what waits for a signature"),
    )
    add(
        "enrollment:change_list",
        _("Changes"),
        "calendar-event",
        roles=OFFICE,
        order=34,
        does=_("Other days and stopping that families asked for"),
    )


def register_groups() -> None:
    add = partial(navigation.register, group="signup")
    add(
        "enrollment:group_list",
        _("Care groups"),
        "users-group",
        roles={*OFFICE, CODE.DUTY_LEADER},
        order=40,
        does=_("Form groups, their rooms and adults, the duty table"),
    )
    add("enrollment:group_mine", _("Care group"), "users-group", roles={CODE.GUARDIAN, CODE.HOMEROOM_TEACHER}, order=42)


def register_collectors() -> None:
    add = partial(navigation.register, group="today")
    add(
        "enrollment:collector_all",
        _("Collectors"),
        "users",
        roles=OFFICE,
        order=44,
        does=_("Who may fetch a child, going home alone, barred adults"),
    )
    add(
        "enrollment:concern_list",
        _("Concerns"),
        "alert-triangle",
        roles={*OFFICE, CODE.DUTY_LEADER},
        order=46,
        does=_("Doubts about who fetches a child, to be decided today"),
    )
    add(
        "enrollment:institution_list",
        _("Care institutions"),
        "building",
        roles=OFFICE,
        order=48,
        does=_("Institutions that fetch children, their licences and people"),
    )
    add(
        "enrollment:collector_gate",
        _("Fetched by institutions"),
        "building-community",
        roles={CODE.GATE, CODE.DUTY_LEADER},
        order=40,
    )


def register_actions() -> None:
    add = navigation.register_action
    add("enrollment:paper_list", _("Applications on paper"), "signup", _("Enter what families hand in on paper"))
    add(
        "enrollment:letter_edit",
        _("Letter to families"),
        "signup",
        _("Write, publish and print the letter to families"),
    )
    add("enrollment:option_add", _("Add an option"), "signup", _("A new service with its days, times and fee"))
    add("enrollment:stage_list", _("Steps of the review"), "signup", _("Who reviews: class, grade, school"))
    add("enrollment:consent_list", _("Consents to personal data"), "signup", _("Who agreed, and who has not answered"))
    add(
        "enrollment:duty_table", _("Duty table"), "signup", _("Who is on duty on which day; change or hand over duties")
    )
    add("enrollment:group_board", _("Board of groups"), "signup", _("Move children between groups before publishing"))
