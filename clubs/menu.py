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


def register() -> None:
    register_clubs()
    register_people()
    register_day()
    register_actions()


def register_clubs() -> None:
    add = partial(navigation.register, group="clubs")
    add("clubs:family_clubs", _("Clubs"), "ball-basketball", roles={CODE.GUARDIAN}, order=50, bottom=True)
    add(
        "clubs:club_list",
        _("Clubs"),
        "ball-basketball",
        roles={*LEADERS, *TEACHERS},
        order=45,
        does=_("The catalogue, members, waiting lists, certificates"),
    )
    add("clubs:audition_list", _("Auditions"), "microphone", roles=TEACHERS, order=46, when=auditions_run)
    add(
        "clubs:timetable",
        _("Timetable of clubs"),
        "calendar-week",
        roles=LEADERS,
        order=47,
        does=_("Days and rooms of the clubs, proposed and pinned"),
    )
    add(
        "clubs:activity_list",
        _("Club activities"),
        "calendar-event",
        roles={*LEADERS, *TEACHERS},
        order=49,
        does=_("Plans and records of what clubs did, shows, visits"),
    )


def register_people() -> None:
    add = partial(navigation.register, group="people")
    staff = {*OFFICE, CODE.PRINCIPAL, CODE.TEACHER, CODE.HOMEROOM_TEACHER}
    add("clubs:skill_list", _("Skills"), "star", roles=staff, order=46, does=_("What colleagues can teach as a club"))
    add(
        "clubs:exemption_list",
        _("Staff taking part"),
        "users-group",
        roles=staff,
        order=47,
        does=_("Who takes part in the service, and who asked not to"),
    )
    add(
        "clubs:hours", _("Working hours"), "clock", roles=staff, order=48, does=_("Late arrivals granted for late duty")
    )


def register_day() -> None:
    add = partial(navigation.register, group="today", roles={*OFFICE, CODE.DUTY_LEADER})
    add(
        "clubs:meeting_list",
        _("Clubs of the day"),
        "calendar-time",
        order=30,
        does=_("Call off, move or put together the clubs of a day"),
    )
    add("clubs:rain", _("Rain"), "cloud-rain", order=32, does=_("Outdoor clubs go to their rooms for rain"))


def register_actions() -> None:
    add = navigation.register_action
    add("clubs:club_add", _("Add a club"), "clubs", _("A new club, or a proposal for one"))
    add("clubs:round_list", _("Rounds of choice"), "clubs", _("Families choose clubs: first come, draw, audition"))
    add("clubs:no_club", _("Children without a club"), "clubs", _("Give them a place by hand"))
    add("clubs:rotation_list", _("Rotations"), "clubs", _("Groups that go through several clubs in turn"))
    add("clubs:catalogue_import", _("Catalogue in Excel"), "clubs", _("The catalogue out and in as a workbook"))
    add("clubs:club_settings", _("Settings of clubs"), "clubs", _("How many clubs a child may join, waiting lists"))
    add("clubs:unavailable_list", _("When adults cannot"), "clubs", _("Times at which a teacher leads no club"))
    add("clubs:timetable_week", _("Clubs of the week"), "clubs", _("The week's clubs on one page, to print"))
    add("clubs:theme_list", _("Themes"), "clubs")
    add("clubs:show_list", _("Shows"), "clubs", _("What clubs show at the end of a term"))
    add("clubs:lecture_list", _("Lectures"), "clubs", _("Talks of parents and guests"))
    add("clubs:zone_list", _("Labour at school"), "clubs", _("Zones that classes look after"))
    add("clubs:record_list", _("Records of activities"), "clubs", _("What clubs did, and records that are missing"))
    add("clubs:visit_list", _("Visits outside"), "clubs", _("Outings with the consent of families"))
    add("clubs:feed_list", _("Calendar on the phone"), "today", _("Your duties in the calendar of your phone"))
    add("clubs:duty_hand_over", _("Hand over duties"), "signup", _("All duties and clubs of somebody who leaves"))
    add("clubs:volunteer_list", _("Volunteers"), "people", _("People from outside who help"))


def auditions_run() -> bool:
    rounds = ChoiceRound.objects.filter(way=ChoiceRound.Way.AUDITION, state=ChoiceRound.State.ANNOUNCED)
    return cached_briefly("auditions run", rounds.exists)
