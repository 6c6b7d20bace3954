from clubs.services.changing import MeetingPlace, cancel_meeting, move_meeting, restore_meeting
from clubs.services.joining import change_club, close_ended_memberships, join_club, leave_club, place_child
from clubs.services.meeting import make_meetings
from clubs.services.offering import (
    accept_offer,
    end_waiting_of_past_terms,
    expire_offers,
    move_in_line,
    refuse_offer,
    stop_waiting,
    wait_for,
)
from clubs.services.publishing import check_publishable
from clubs.services.raining import start_rain, stop_rain
from clubs.services.seating import ClubFull

__all__ = [
    "ClubFull",
    "MeetingPlace",
    "accept_offer",
    "cancel_meeting",
    "change_club",
    "check_publishable",
    "close_ended_memberships",
    "end_waiting_of_past_terms",
    "expire_offers",
    "join_club",
    "leave_club",
    "make_meetings",
    "move_in_line",
    "move_meeting",
    "place_child",
    "refuse_offer",
    "restore_meeting",
    "start_rain",
    "stop_rain",
    "stop_waiting",
    "wait_for",
]
