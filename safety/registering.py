"""What `safety` registers when the project is loaded."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from clubs.services import changing
from safety import about, menu, rows, schedule, tasks_waiting
from safety.services.leaving import check_not_here_after
from safety.services.sessions import follow_day, places_on, roll_rests_on
from school import access, inbox, parts


def register(config: AppConfig) -> None:
    access.register_day(follow_day)
    access.register_leaving(check_not_here_after)
    access.register_rows("safety.Session", rows.sessions_of)
    access.register_rows("school.Student", rows.children_of_today)
    access.register_rows("enrollment.Collector", rows.collectors_of_today)
    access.register_rows("safety.Substitution", rows.substitutions_of)
    changing.register_begun(roll_rests_on)
    changing.register_elsewhere(places_on)
    inbox.register_tasks(tasks_waiting.waiting_for)
    parts.register_part("student", about.today_of, order=5)
    parts.register_part("student", about.attendance_of, order=30)
    parts.register_part("staff", about.sessions_of, order=5)
    parts.register_part("schoolclass", about.class_today, order=5)
    parts.register_part("room", about.room_today, order=5)
    parts.register_part("club", about.club_meetings, order=30)
    menu.register()
    post_migrate.connect(schedule.load_schedule, sender=config)
