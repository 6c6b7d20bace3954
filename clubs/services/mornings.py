"""What a morning brings to the clubs. Safe to run twice."""

import datetime as dt

from clubs.services.handing_over import carry_out_hand_overs
from clubs.services.joining import close_ended_memberships
from clubs.services.offering import end_waiting_of_past_terms
from web.caching import as_of_now


@as_of_now()
def begin_day(today: dt.date) -> None:
    """Hand-overs of today, seats of children whose participation has ended, lines of terms that are over."""
    carry_out_hand_overs(today)
    close_ended_memberships()
    end_waiting_of_past_terms()
