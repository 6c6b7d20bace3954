from enrollment.services.applying import answer_letter, submit_application, withdraw_application
from enrollment.services.grouping import assign_duties, form_groups
from enrollment.services.offering import open_sign_up, publish_letter
from enrollment.services.reviewing import approve_application, end_enrolment, review_application, sign_application

__all__ = [
    "answer_letter",
    "approve_application",
    "assign_duties",
    "end_enrolment",
    "form_groups",
    "open_sign_up",
    "publish_letter",
    "review_application",
    "sign_application",
    "submit_application",
    "withdraw_application",
]
