"""Feeds for calendars: the duties of an adult, or the clubs of a child. Times and rooms; no child's name, no other adult's."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar
from icalendar import Event

from clubs.models import CalendarFeed, Membership
from clubs.timetabling.dated import Calendar, Dated, dated_duties, dated_meetings
from enrollment.models import CareGroupMember
from school.models import SchoolSettings, Staff, Term

BACK = dt.timedelta(days=30)
REFRESH = dt.timedelta(hours=1)


def feed_events(feed: CalendarFeed, today: dt.date) -> list[Dated]:
    """From thirty days ago to the end of the term."""
    term = Term.objects.current(today)
    if term is None:
        return []
    calendar = Calendar(term, max(term.starts_on, today - BACK), term.ends_on)
    if feed.student_id is None:
        return _of_adult(feed, calendar, today)
    return _of_child(feed, calendar, today)


def _of_adult(feed: CalendarFeed, calendar: Calendar, today: dt.date) -> list[Dated]:
    """Clubs led, and care duties; a club that falls on a care duty is shown, the duty of that moment is not."""
    staff = Staff.objects.active(today).filter(user=feed.owner).first()
    if staff is None:
        return []
    clubs = dated_meetings(calendar, today, staff=staff)
    busy = {(one.day, one.period.pk) for one in clubs if not one.cancelled}
    duties = [one for one in dated_duties(calendar, staff) if (one.day, one.period.pk) not in busy]
    return sorted([*clubs, *duties], key=lambda one: one.order)


def _of_child(feed: CalendarFeed, calendar: Calendar, today: dt.date) -> list[Dated]:
    """Meetings of the child's clubs while it is a member, and of clubs that its care group goes to together."""
    places = Membership.objects.filter(student=feed.student_id, club__term=calendar.term)
    spans = list(places.values_list("club", "starts_on", "ends_on"))
    groups = list(
        CareGroupMember.objects.filter(student=feed.student_id, group__term=calendar.term).values_list(
            "group", "starts_on", "ends_on"
        )
    )
    found = []
    for one in dated_meetings(calendar, today):
        held = groups if one.group else spans
        key = one.group or one.club
        if any(pk == key and first <= one.day and (last is None or one.day <= last) for pk, first, last in held):
            found.append(one)
    return found


def feed_bytes(feed: CalendarFeed, events: list[Dated], host: str) -> bytes:
    """The same events give the same bytes, so that a calendar is told «not modified»."""
    made = ICalendar()
    made.add("prodid", "-//afterschool//clubs//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add(
        "x-wr-calname", f"{SchoolSettings.load().name} {_('Clubs') if feed.student_id else _('After-school duties')}"
    )
    made.add("x-wr-timezone", timezone.get_default_timezone_name())
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for one in events:
        if one.times is not None:
            made.add_component(_event(one, one.times.starts_at, one.times.ends_at, host))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _event(one: Dated, starts_at: dt.time, ends_at: dt.time, host: str) -> Event:
    zone = timezone.get_default_timezone()
    event = Event()
    event.add("uid", f"{one.key}@{host}")
    # The start stands for the moment of writing: a stamp of now would make every answer a new one.
    event.add("dtstamp", dt.datetime.combine(one.day, starts_at, tzinfo=zone).astimezone(dt.UTC))
    event.add("dtstart", dt.datetime.combine(one.day, starts_at, tzinfo=zone))
    event.add("dtend", dt.datetime.combine(one.day, ends_at, tzinfo=zone))
    event.add("summary", f"{one.title} · {one.room.name}" if one.room else one.title)
    if one.room:
        event.add("location", f"{one.room.name} {one.room.location}".strip())
    if one.note:
        event.add("description", one.note)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("sequence", 2 if one.cancelled else int(one.changed))
    return event
