"""Every list page asks the database the same number of questions with ten rows and with a thousand."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench import _school
from school.models import Student

# A page, and who opens it.
PAGES = {
    "/students/": "service_office",
    "/students/?status=left": "service_office",
    "/classes/": "service_office",
    "/staff/": "service_office",
    "/policy/": "service_office",
    "/rooms/": "service_office",
    "/teaching/": "service_office",
    "/imports/": "service_office",
    "/enrollment/applications/?status=all": "service_office",
    "/enrollment/taking-part/": "service_office",
    "/enrollment/agreements/": "service_office",
    "/enrollment/consents/": "service_office",
    "/enrollment/changes/": "service_office",
    "/enrollment/groups/": "service_office",
    "/enrollment/duties/": "service_office",
    "/clubs/?status=all": "service_office",
    "/homework/?status=all": "academic_office",
    "/homework/plans/": "academic_office",
    "/homework/bank/": "academic_office",
    "/homework/finished/?status=all": "academic_office",
    "/homework/reports/": "academic_office",
    "/homework/spot-checks/": "academic_office",
    "/board/?day=2026-09-01": "principal",
    "/board/archive/": "principal",
    "/safety/day/": "duty_leader",
    "/reports/runs/": "principal",
}


BELONGS = (
    ("enrollment_careduty", "group_id", "enrollment_caregroup"),
    ("clubs_clubslot", "club_id", "clubs_club"),
    ("clubs_meeting", "club_id", "clubs_club"),
    ("safety_session", "care_group_id", "enrollment_caregroup"),
    ("safety_session", "meeting_id", "clubs_meeting"),
    ("homework_homeworkitem", "sheet_id", "homework_classsheet"),
    ("homework_marking", "item_id", "homework_homeworkitem"),
)


def questions(client: Client, path: str) -> int:
    client.get(path)  # what is cached for all is cached
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    if response.status_code != 200:
        raise AssertionError(f"{path} answers {response.status_code}")
    return len(asked)


def run() -> Iterator[tuple[str, float, str, float]]:
    """lists.<path>: questions with the whole demonstration ÷ questions with a tenth of its children."""
    _school.demonstration()
    plain = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    local = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with override_settings(
        ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False, CACHES=local, SECOND_FACTOR_REQUIRED=False, STORAGES=plain
    ):
        clients = {}
        for role in set(PAGES.values()):
            clients[role] = Client()
            clients[role].force_login(_school.somebody(role))
        many = {path: questions(clients[role], path) for path, role in PAGES.items()}
        with transaction.atomic():
            _leave_ten()
            few = {path: questions(clients[role], path) for path, role in PAGES.items()}
            transaction.set_rollback(True)
    for path in PAGES:
        yield f"lists{path}", many[path] / few[path], "==", 1


def _leave_ten() -> None:
    """All but ten rows of each long table vanish for the length of the transaction."""
    keep = list(Student.objects.order_by("pk").values_list("pk", flat=True)[:10])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("enrollment_enrolment", "enrollment_application", "clubs_membership", "school_classmembership"):
            cursor.execute(f"DELETE FROM {table} WHERE student_id <> ALL(%s)", [keep])
        cursor.execute("DELETE FROM school_student WHERE id <> ALL(%s)", [keep])
        # Who looks keeps the post that lets them look, and every club somebody who leads it.
        kept = "SELECT staff_id FROM school_post UNION SELECT instructor_id FROM clubs_club"
        cursor.execute(f"DELETE FROM school_staff WHERE id NOT IN ({kept})")
        for table in ("enrollment_caregroup", "homework_classsheet", "clubs_club"):
            cursor.execute(f"DELETE FROM {table} WHERE id NOT IN (SELECT id FROM {table} ORDER BY id LIMIT 10)")
        # What belonged to them goes too: a page that plans the day would make sessions of groups that are gone.
        for table, column, gone in BELONGS:
            cursor.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {gone})")
