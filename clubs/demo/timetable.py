"""What the office of the demonstration has entered before it makes a timetable: who is not able when."""

from clubs.models import ClubSlot, Unavailable
from school.models import Term, User

REASONS = ("语文教研", "数学教研", "进修", "校队训练", "")
WORKDAYS = range(1, 6)


def make_timetable(term: Term, office: User) -> None:
    """Five instructors, each on a weekday on which they lead no club. Quick: nothing is solved."""
    days: dict[int, set[int]] = {}
    for staff, weekday in (
        ClubSlot.objects.filter(term=term).order_by("instructor").values_list("instructor", "weekday")
    ):
        days.setdefault(staff, set()).add(weekday)
    free = [(staff, next((day for day in WORKDAYS if day not in taken), None)) for staff, taken in days.items()]
    rows = [(staff, day) for staff, day in free if day]
    Unavailable.objects.bulk_create(
        Unavailable(term=term, staff_id=staff, weekday=day, reason=reason)
        for (staff, day), reason in zip(rows, REASONS, strict=False)
    )
