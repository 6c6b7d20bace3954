"""What `clubs` adds to the navigation."""


def register() -> None:
    from django.utils.translation import gettext_lazy as _

    from school.models.accounts import Role
    from school.navigation import register

    code = Role.Code
    teachers = {code.TEACHER, code.HOMEROOM_TEACHER, code.GRADE_HEAD}
    register("clubs:family_clubs", _("Clubs"), "ball-basketball", roles={code.GUARDIAN}, order=50, bottom=True)
    register(
        "clubs:club_list",
        _("Clubs"),
        "ball-basketball",
        roles={code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.DUTY_LEADER, *teachers},
        order=45,
    )
    register(
        "clubs:timetable",
        _("Timetable of clubs"),
        "calendar-week",
        roles={code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.DUTY_LEADER},
        order=47,
    )
    register("clubs:audition_list", _("Auditions"), "microphone", roles=teachers, order=46, when=auditions_run)
    register(
        "clubs:activity_list",
        _("Club activities"),
        "calendar-event",
        roles={code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.DUTY_LEADER, *teachers},
        order=49,
    )
    changers = {code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.DUTY_LEADER}
    register("clubs:meeting_list", _("Clubs of the day"), "calendar-time", roles=changers, group="today", order=30)
    staff = {code.SERVICE_OFFICE, code.ACADEMIC_OFFICE, code.PRINCIPAL, code.TEACHER, code.HOMEROOM_TEACHER}
    register("clubs:skill_list", _("Skills"), "star", roles=staff, order=46)
    register("clubs:exemption_list", _("Staff taking part"), "users-group", roles=staff, order=47)
    register("clubs:hours", _("Working hours"), "clock", roles=staff, order=48)
    register("clubs:rain", _("Rain"), "cloud-rain", roles=changers, group="today", order=32)


def auditions_run() -> bool:
    from clubs.models import ChoiceRound
    from school.keeping import kept

    rounds = ChoiceRound.objects.filter(way=ChoiceRound.Way.AUDITION, state=ChoiceRound.State.ANNOUNCED)
    return kept("auditions run", rounds.exists)
