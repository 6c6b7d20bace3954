"""What `clubs` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from clubs.models import ChoiceRound
from school import navigation
from school.models.accounts import Role
from web.caching import cached_briefly

CODE = Role.Code
OFFICE = {CODE.SERVICE_OFFICE, CODE.ACADEMIC_OFFICE}
LEADERS = {*OFFICE, CODE.PRINCIPAL, CODE.DUTY_LEADER}
TEACHERS = {CODE.TEACHER, CODE.HOMEROOM_TEACHER, CODE.GRADE_HEAD}
STAFF = {*OFFICE, CODE.PRINCIPAL, CODE.TEACHER, CODE.HOMEROOM_TEACHER}


def register() -> None:
    register_clubs()
    register_people()
    register_day()
    register_actions()


def register_clubs() -> None:
    add = partial(navigation.register, group="clubs")
    family = _("Choose a club, join or leave it, wait for a place")
    catalogue = _("The catalogue, members, waiting lists, certificates")
    timetable = _("Days and rooms of the clubs, proposed and pinned")
    activities = _("Plans and records of what clubs did, shows, visits")
    add("clubs:family_clubs", _("Clubs"), "ball-basketball", {CODE.GUARDIAN}, 50, family, bottom=True)
    add("clubs:club_list", _("Clubs"), "ball-basketball", {*LEADERS, *TEACHERS}, 45, catalogue)
    add("clubs:audition_list", _("Auditions"), "microphone", TEACHERS, 46, when=auditions_run)
    add("clubs:timetable", _("Timetable of clubs"), "calendar-week", LEADERS, 47, timetable)
    add("clubs:activity_list", _("Club activities"), "calendar-event", {*LEADERS, *TEACHERS}, 49, activities)


def register_people() -> None:
    add = partial(navigation.register, group="people")
    add("clubs:skill_list", _("Skills"), "star", STAFF, 46, _("What colleagues can teach as a club"))
    taking_part = _("Who takes part in the service, and who asked not to")
    add("clubs:exemption_list", _("Staff taking part"), "users-group", STAFF, 47, taking_part)
    add("clubs:hours", _("Working hours"), "clock", STAFF, 48, _("Late arrivals granted for late duty"))


def register_day() -> None:
    add, changers = partial(navigation.register, group="today"), {*OFFICE, CODE.DUTY_LEADER}
    meetings = _("Call off, move or put together the clubs of a day")
    add("clubs:meeting_list", _("Clubs of the day"), "calendar-time", changers, 30, meetings)
    add("clubs:rain", _("Rain"), "cloud-rain", changers, 32, _("Outdoor clubs go to their rooms for rain"))


def register_actions() -> None:
    add = partial(navigation.register_action, group="clubs")
    add("clubs:club_add", _("Add a club"), _("A new club, or a proposal for one"))
    add("clubs:round_list", _("Rounds of choice"), _("Families choose clubs: first come, draw, audition"))
    add("clubs:no_club", _("Children without a club"), _("Give them a place by hand"))
    add("clubs:rotation_list", _("Rotations"), _("Groups that go through several clubs in turn"))
    add("clubs:catalogue_import", _("Catalogue as a workbook"), _("The catalogue out and in as a workbook"))
    add("clubs:club_settings", _("Settings of clubs"), _("How many clubs a child may join, waiting lists"))
    add("clubs:unavailable_list", _("Who is not able when"), _("Times at which a teacher leads no club"))
    add("clubs:timetable_week", _("Clubs of the week"), _("The week's clubs on one page, to print"))
    add("clubs:theme_list", _("Theme months"))
    add("clubs:show_list", _("Shows and results"), _("What clubs show at the end of a term"))
    add("clubs:lecture_list", _("Lectures"), _("Talks of parents and guests"))
    add("clubs:zone_list", _("Labour day"), _("Zones that classes look after"))
    add("clubs:record_list", _("Records of activities"), _("What clubs did, and records that are missing"))
    add("clubs:visit_list", _("Visits outside"), _("Outings with the consent of families"))
    phone, leaving = _("Your duties in the calendar of your phone"), _("All duties and clubs of somebody who leaves")
    add("clubs:feed_list", _("Calendar on the phone"), phone, group="today")
    add("clubs:duty_hand_over", _("Hand over duties"), leaving, group="signup")
    add("clubs:volunteer_list", _("Volunteers"), _("People from outside who help"), group="people")


def auditions_run() -> bool:
    rounds = ChoiceRound.objects.filter(way=ChoiceRound.Way.AUDITION, state=ChoiceRound.State.ANNOUNCED)
    return cached_briefly("auditions run", rounds.exists)
