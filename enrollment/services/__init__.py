from enrollment.services.applying import (
    answer_letter,
    enter_application,
    mark_read,
    submit_application,
    withdraw_application,
)
from enrollment.services.changing import cancel_change, decide_change, end_enrolment, request_change
from enrollment.services.duties import assign_duties
from enrollment.services.grouping import form_groups
from enrollment.services.leaving import end_departed
from enrollment.services.offering import open_sign_up, publish_letter
from enrollment.services.preparing import Copied, copy_term_settings, register_copied
from enrollment.services.reviewing import (
    answer_alternative,
    decide_application,
    offer_alternative,
    sign_application,
)
from enrollment.services.signing import decide_consent

__all__ = [
    "Copied",
    "answer_alternative",
    "answer_letter",
    "assign_duties",
    "cancel_change",
    "copy_term_settings",
    "decide_application",
    "decide_change",
    "decide_consent",
    "end_departed",
    "end_enrolment",
    "enter_application",
    "form_groups",
    "mark_read",
    "offer_alternative",
    "open_sign_up",
    "publish_letter",
    "register_copied",
    "request_change",
    "sign_application",
    "submit_application",
    "withdraw_application",
]
