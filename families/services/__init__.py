from families.services.care import add_record, close_file, open_file, record_visit
from families.services.committee import publish_minutes, seat_member
from families.services.opinions import (
    answer_opinion,
    close_opinion,
    enter_opinion,
    follow_up_opinion,
    pass_opinion_on,
    publish_opinion,
    send_opinion,
    withdraw_opinion,
)

__all__ = [
    "add_record",
    "answer_opinion",
    "close_file",
    "close_opinion",
    "enter_opinion",
    "follow_up_opinion",
    "open_file",
    "pass_opinion_on",
    "publish_minutes",
    "publish_opinion",
    "record_visit",
    "seat_member",
    "send_opinion",
    "withdraw_opinion",
]
