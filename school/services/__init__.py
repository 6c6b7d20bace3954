from school.services.accounts import activate, codes_issuable_by, forget_second_factor, issue_codes, may_reset
from school.services.calendar import (
    change_day,
    days_made_up,
    enter_days,
    festivals_missing,
    first_unpublished,
    load_calendar,
    save_period,
)
from school.services.logs import log_access, log_accesses, log_export, look_into
from school.services.people import (
    add_guardian,
    admit_student,
    change_class,
    change_guardianship,
    end_staff,
    end_student,
    save_adult,
    set_groups,
)
from school.services.rules import change_rule

__all__ = [
    "activate",
    "add_guardian",
    "admit_student",
    "change_class",
    "change_day",
    "change_guardianship",
    "change_rule",
    "codes_issuable_by",
    "days_made_up",
    "end_staff",
    "end_student",
    "enter_days",
    "festivals_missing",
    "first_unpublished",
    "forget_second_factor",
    "issue_codes",
    "load_calendar",
    "log_access",
    "log_accesses",
    "log_export",
    "look_into",
    "may_reset",
    "save_adult",
    "save_period",
    "set_groups",
]
