"""The papers of home and school: care files and minutes."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import papers
from documents.papers import AN_HOUR, Filled, Paper
from families.models import CareFile, CareRecord, HomeVisit, Meeting, Opinion
from school.models import Student


def contents_of(file: CareFile) -> dict[str, Any]:
    """All that stands in a file; visits are those of the child, entered once."""
    return {
        "file": file,
        "groups": "、".join(file.student.special_groups.values_list("name", flat=True)),
        "records": file.records.select_related("by"),
        "visits": HomeVisit.objects.filter(student=file.student).prefetch_related("visitors"),
    }


def care_file(file: CareFile) -> Filled:
    more = {"aid": CareRecord.Kind.AID, "printed_on": timezone.localdate()}
    return f"{_('Care file')}-{file.student.name}", contents_of(file) | more


def some_file(site: str) -> tuple[Any, ...] | None:
    file = CareFile.objects.select_related("helper").order_by("pk").first()
    if file is None:
        return None
    file.student = Student.objects.with_class(file.opened_on).get(pk=file.student_id)
    return (file,)


CARE_FILE = Paper(
    "care_file",
    gettext_lazy("Care file"),
    gettext_lazy("under lock; read by the few who care for the child"),
    care_file,
    some_file,
    "families/pdf/care_file.html",
    layout="official",
    fit="fewer",
    private=True,
    keep=AN_HOUR,
)


def minutes(meeting: Meeting, opinions: list[Opinion]) -> Filled:
    """`opinions`: those said there that the reader may see."""
    context = {"meeting": meeting, "attendees": list(meeting.attendees.all()), "opinions": opinions}
    return f"{_('Minutes')}-{meeting}", context


def some_minutes(site: str) -> tuple[Any, ...] | None:
    meeting = Meeting.objects.select_related("school_class", "term", "recorded_by").order_by("pk").first()
    return (meeting, list(meeting.opinions.all())) if meeting else None


MINUTES = Paper(
    "minutes",
    gettext_lazy("Minutes of a meeting"),
    gettext_lazy("who wrote them signs; the office files them"),
    minutes,
    some_minutes,
    "families/pdf/minutes.html",
    layout="official",
    fit="fewer",
    private=True,
    keep=AN_HOUR,
)


def register() -> None:
    papers.register(CARE_FILE, MINUTES)
