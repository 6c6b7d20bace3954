from safety.services.custody import close_day, name_proxy, release_child, release_line, take_on
from safety.services.roll import ask_leave, call_roll, cancel_leave
from safety.services.sessions import plan_day

__all__ = [
    "ask_leave",
    "call_roll",
    "cancel_leave",
    "close_day",
    "name_proxy",
    "plan_day",
    "release_child",
    "release_line",
    "take_on",
]
