from safety.services.custody import name_proxy, release_child, release_line
from safety.services.day import close_day, make_up_day, reopen_day
from safety.services.roll import ask_leave, call_rest, call_roll, cancel_leave, confirm_missing, take_on
from safety.services.sessions import plan_day
from safety.services.standing_in import (
    answer_ask,
    assign_substitute,
    follow_up,
    merge_sessions,
    report_absence,
    withdraw_absence,
)

__all__ = [
    "answer_ask",
    "ask_leave",
    "assign_substitute",
    "call_rest",
    "call_roll",
    "cancel_leave",
    "close_day",
    "confirm_missing",
    "follow_up",
    "make_up_day",
    "merge_sessions",
    "name_proxy",
    "plan_day",
    "release_child",
    "release_line",
    "reopen_day",
    "report_absence",
    "take_on",
    "withdraw_absence",
]
