"""Who may do what: roles derived from assignments, and the rows each role sees.

Higher apps add to both from AppConfig.ready(), so that `school` knows no feature:

    access.register_roles(lambda user, day: {"teacher"} if … else set())
    access.register_rows("school.Student", lambda user: Q(…) | None)
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from school.models import Guardianship, Room, SchoolDay, Staff, Student, Term, User

RoleRule = Callable[["User", dt.date], Iterable[str]]
RowRule = Callable[["User"], Q | None]
View = Callable[..., HttpResponse]

NOTHING = Q(pk__in=[])
EVERYTHING = Q()

HoldingRule = Callable[["Staff", dt.date], Iterable[str]]
RoomUseRule = Callable[["Room", dt.date], Iterable[str]]
BarringRule = Callable[["Guardianship", "User"], None]
LeavingRule = Callable[["Student", dt.date, "User"], Iterable[str]]
RoomsTaken = dict[tuple[int, int, int], str]
"""(weekday, period pk, room pk) → what is there, for people."""
BusyRule = Callable[["Term", int, int, dt.date], set[int]]
RoomRule = Callable[["Term"], RoomsTaken]
DayRule = Callable[["SchoolDay"], None]
DaysRule = Callable[["Student", list[int], dict[str, int]], list[str]]

_role_rules: list[RoleRule] = []
_busy_rules: list[BusyRule] = []
_room_rules: list[RoomRule] = []
_day_rules: list[DayRule] = []
_days_rules: list[DaysRule] = []
_holding_rules: list[HoldingRule] = []
_barring_rules: list[BarringRule] = []
_leaving_rules: list[LeavingRule] = []
_room_use_rules: list[RoomUseRule] = []
_row_rules: dict[str, list[RowRule]] = defaultdict(list)


def register_roles(rule: RoleRule) -> None:
    _role_rules.append(rule)


def register_rows(label: str, rule: RowRule) -> None:
    """`label` like "school.Student"; the rule gives the rows that a user sees for one reason, or None."""
    _row_rules[label].append(rule)


def register_holdings(rule: HoldingRule) -> None:
    """The rule names, for people, what a member of staff still holds after a day: duties, clubs …"""
    _holding_rules.append(rule)


def held_after(staff: "Staff", day: dt.date) -> list[str]:
    return [name for rule in _holding_rules for name in rule(staff, day)]


def register_room_uses(rule: RoomUseRule) -> None:
    """rule(room, day) names, for people, what is in a room on that day or later: care groups, clubs …"""
    _room_use_rules.append(rule)


def used_from(room: "Room", day: dt.date) -> list[str]:
    return [name for rule in _room_use_rules for name in rule(room, day)]


def register_leaving(rule: LeavingRule) -> None:
    """rule(student, last day, by) ends what a child who leaves the school holds after that day, and names it for people."""
    _leaving_rules.append(rule)


def end_after(student: "Student", last_day: dt.date, by: "User") -> list[str]:
    return [name for rule in _leaving_rules for name in rule(student, last_day, by)]


def register_barring(rule: BarringRule) -> None:
    """rule(guardianship, by) makes what an adult may with a child follow whether the guardianship is barred."""
    _barring_rules.append(rule)


def follow_bar(guardianship: "Guardianship", by: "User") -> None:
    for rule in _barring_rules:
        rule(guardianship, by)


def register_busy(rule: BusyRule) -> None:
    """rule(term, weekday, period pk, day) gives the pks of staff who are taken then in the week's plan, from the day on."""
    _busy_rules.append(rule)


def staff_busy(term: "Term", weekday: int, period: int, day: dt.date) -> set[int]:
    """Pks of staff who are somewhere on that weekday and period, on the day or later in the term."""
    return set().union(*(rule(term, weekday, period, day) for rule in _busy_rules))


def register_rooms_taken(rule: RoomRule) -> None:
    """rule(term) names what is in the rooms by the week's plan: clubs …"""
    _room_rules.append(rule)


def rooms_taken(term: "Term") -> RoomsTaken:
    return {key: name for rule in _room_rules for key, name in rule(term).items()}


def register_day(rule: DayRule) -> None:
    """rule(day) makes what was planned for a day of the calendar follow whether it has lessons."""
    _day_rules.append(rule)


def follow_day(day: "SchoolDay") -> None:
    for rule in _day_rules:
        rule(day)


def register_days(rule: DaysRule) -> None:
    """rule(student, weekdays, leaves_after) names what a child loses that comes on these weekdays only: clubs …"""
    _days_rules.append(rule)


def lost_by_days(student: "Student", weekdays: list[int], leaves_after: dict[str, int]) -> list[str]:
    return [name for rule in _days_rules for name in rule(student, weekdays, leaves_after)]


def role_codes_of(user: "User", day: dt.date) -> frozenset[str]:
    if not user.is_active:
        return frozenset()
    codes: set[str] = set()
    for rule in _role_rules:
        codes.update(rule(user, day))
    return frozenset(codes)


def rows_for(label: str, user: "User") -> Q:
    """The rows of one model that any of the user's roles may see."""
    if not user.is_authenticated:
        return NOTHING
    reasons = [q for rule in _row_rules[label] if (q := rule(user)) is not None]
    seen = NOTHING
    for q in reasons:
        if not q:
            return EVERYTHING
        seen |= q
    return seen


def role_required(*codes: str) -> Callable[[View], View]:
    """Signed in and holding at least one of these roles, else 403. The roles stand on the view for the route table."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_role(*codes):  # type: ignore[union-attr]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(codes)  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Any signed-in person; what they see is decided row by row."""
    guarded = login_required(view)
    guarded.roles = frozenset({"*"})  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Marks a view as open to everybody, so that the route table can tell it from a forgotten guard."""
    view.roles = frozenset()  # type: ignore[attr-defined]
    return view


def bounded(action: str) -> Callable[[View], View]:
    """A public page that costs much: strangers get it as often as ACCOUNT_RATE_LIMITS says for `action`, then a 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            stranger = not request.user.is_authenticated
            # The public wrapper counts no GET.
            if stranger and not ratelimit.consume(request, app="allauth.account", action=action, limit_get=True):
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def may_enter(user: "User | AnonymousUser", address: str) -> bool:
    """Whether the person's roles may enter the view at an address of ours; the view decides about the rows."""
    roles: frozenset[str] = resolve(urlsplit(address).path).func.roles  # type: ignore[attr-defined]
    return not roles or (user.is_authenticated and ("*" in roles or user.has_role(*roles)))


# The roles that see the whole school.
WHOLE_SCHOOL = ("service_office", "academic_office", "duty_leader", "principal")
