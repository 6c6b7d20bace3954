"""What `enrollment` registers when the project is loaded."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from enrollment import about, defaults, group_papers, menu, papers, rows, tasks_waiting
from enrollment.families import letter_notice, letters_now
from enrollment.finding import groups_named
from enrollment.models import (
    Application,
    CareDuty,
    CareGroup,
    CareGroupMember,
    CareGroupRoom,
    Collector,
    Enrolment,
    LeavesAlone,
    ServiceOption,
)
from enrollment.services.collecting import follow_guardianship
from enrollment.services.leaving import end_care_of
from school import access, changes, commenting, inbox, notices, parts, searching
from school.models import Student

APPLICATIONS_READ_BY = ("homeroom_teacher", "grade_head", "service_office", "academic_office", "principal")


def register(config: AppConfig) -> None:
    access.register_rows("enrollment.Application", rows.by_student)
    access.register_rows("enrollment.Enrolment", rows.by_student)
    access.register_rows("enrollment.Collector", rows.collectors_of)
    access.register_roles(rows.duty_roles)
    access.register_busy(rows.busy_on_duty)
    access.register_holdings(rows.duties_after)
    access.register_leaving(end_care_of)
    access.register_barring(follow_guardianship)
    access.register_room_uses(rows.groups_in)
    notices.register_notice("letter", _("Letter to parents"), letter_notice, current=letters_now)
    inbox.register_tasks(tasks_waiting.waiting_for)
    searching.register_finder(_("Care groups"), groups_named, order=50)
    parts.register_part("student", about.service_of, order=10)
    parts.register_part("student", about.collectors_of, order=15)
    parts.register_part("student", about.papers_of, order=40)
    parts.register_part("staff", about.duties_of, order=10)
    parts.register_part("schoolclass", about.class_of, order=15)
    parts.register_part("room", about.groups_in, order=20)
    commenting.register(Application, roles={*APPLICATIONS_READ_BY}, child_of=lambda application: application.student)
    follow()
    menu.register()
    papers.register()
    group_papers.register()
    post_migrate.connect(load_defaults, sender=config)


def follow() -> None:
    """What the enrolment adds to the history of a child; the histories of its groups and options."""
    for model in (Enrolment, CareGroupMember, LeavesAlone):
        changes.follow(Student, model, "student")
    changes.follow(Student, Collector, "student", roles=("service_office", "academic_office"))
    changes.follow(CareGroup, CareGroup)
    for fact in (CareGroupRoom, CareDuty):
        changes.follow(CareGroup, fact, "group")
    changes.follow(ServiceOption, ServiceOption)
    changes.follow(Application, Application)


def load_defaults(**kwargs: Any) -> None:
    """The agreement texts a school begins with, as drafts to read, change and publish."""
    defaults.load()
