"""What `clubs` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from clubs.models import ChoiceRound
from school import navigation
from school.models.accounts import Role
from web.caching import cached_briefly


def register() -> None:
    code = Role.Code
    teachers = {code.TEACHER, code.HOMEROOM_TEACHER, code.GRADE_HEAD}
    navigation.register(
        "clubs:family_clubs", _("Clubs"), "ball-basketball", roles={code.GUARDIAN}, order=50, bottom=True
    )
    navigation.register(
        "clubs:club_list",
        _("Clubs"),
        "ball-basketball",
        roles={code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.DUTY_LEADER, *teachers},
        order=45,
    )
    navigation.register(
        "clubs:timetable",
        _("Timetable of clubs"),
        "calendar-week",
        roles={code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.DUTY_LEADER},
        order=47,
    )
    navigation.register(
        "clubs:audition_list", _("Auditions"), "microphone", roles=teachers, order=46, when=auditions_run
    )
    navigation.register(
        "clubs:activity_list",
        _("Club activities"),
        "calendar-event",
        roles={code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.DUTY_LEADER, *teachers},
        order=49,
    )
    changers = {code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.DUTY_LEADER}
    navigation.register(
        "clubs:meeting_list", _("Clubs of the day"), "calendar-time", roles=changers, group="today", order=30
    )
    staff = {code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.TEACHER, code.HOMEROOM_TEACHER}
    navigation.register("clubs:skill_list", _("Skills"), "star", roles=staff, order=46)
    navigation.register("clubs:exemption_list", _("Staff taking part"), "users-group", roles=staff, order=47)
    navigation.register("clubs:hours", _("Working hours"), "clock", roles=staff, order=48)
    navigation.register("clubs:rain", _("Rain"), "cloud-rain", roles=changers, group="today", order=32)


def auditions_run() -> bool:
    rounds = ChoiceRound.objects.filter(way=ChoiceRound.Way.AUDITION, state=ChoiceRound.State.ANNOUNCED)
    return cached_briefly("auditions run", rounds.exists)
