"""What `clubs` registers when the project is loaded."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from clubs import (
    about,
    menu,
    papers,
    rows,
    schedule,
    tasks,  # noqa: F401 - sent by name
    weekly,
)
from clubs.finding import clubs_named
from clubs.importing import ClubImporter
from clubs.models import ChoiceRound, Club, ClubSlot, Membership
from clubs.preparing import clubs_of_term
from clubs.services.copying import CLUBS
from clubs.services.leaving import end_clubs_of
from clubs.services.meeting import follow_day
from clubs.tasks_waiting import waiting_for
from enrollment import duty_table
from enrollment.preparing import register_item
from enrollment.services import register_copied
from school import access, changes, commenting, importing, inbox, parts, searching
from school.models import Student


def register(config: AppConfig) -> None:
    importing.register(ClubImporter())
    access.register_rows("clubs.Club", rows.clubs_of)
    access.register_rows("clubs.Membership", rows.memberships_of)
    access.register_rows("clubs.Waiting", rows.of_children_seen)
    access.register_rows("clubs.ChoiceSheet", rows.of_children_seen)
    access.register_rows("school.Student", rows.members_of_my_clubs)
    access.register_roles(rows.instructor_roles)
    access.register_busy(rows.busy_in_clubs)
    access.register_rooms_taken(rows.rooms_of_clubs)
    access.register_holdings(rows.clubs_after)
    access.register_leaving(end_clubs_of)
    access.register_day(follow_day)
    access.register_days(rows.clubs_lost_by)
    access.register_room_uses(rows.clubs_in)
    duty_table.register_away(weekly.groups_at_rotations)
    register_copied(CLUBS)
    register_item(clubs_of_term)
    inbox.register_tasks(waiting_for)
    searching.register_finder(_("Clubs"), clubs_named, order=40)
    parts.register_part("student", about.clubs_of, order=20)
    parts.register_part("staff", about.led_by, order=20)
    parts.register_part("schoolclass", about.of_class, order=25)
    parts.register_part("room", about.in_room, order=25)
    commenting.register(Club, roles={*menu.STAFF, *menu.LEADERS, *menu.TEACHERS})
    changes.follow(Club, Club)
    changes.follow(Club, ClubSlot, "club")
    changes.follow(Club, Membership, "club")
    changes.follow(Student, Membership, "student")
    changes.follow(ChoiceRound, ChoiceRound)
    menu.register()
    papers.register()
    post_migrate.connect(schedule.load_schedule, sender=config)
