"""Return slips of a letter: how many by class, and those of a class by their answer."""

from django.core.signing import Signer
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from enrollment.models import Letter, Receipt
from school.models import ClassMembership, Student


def slip_code(letter: Letter, student: Student) -> str:
    """What stands in the QR code of a child's slip, so that nobody answers by counting addresses up."""
    return Signer(salt="slip").signature(f"{letter.pk}:{student.pk}")[:16]


def counts_by_class(letter: Letter) -> dict[int, dict[str, int]]:
    """Class pk → children, login, read, join, decline, outstanding; three queries."""
    today = timezone.localdate()
    members = ClassMembership.objects.held_or_to_come(today).order_by()
    own = Q(student__receipts__letter=letter)
    rows = members.values("school_class").annotate(
        read=Count("student", filter=own & Q(student__receipts__read_at__isnull=False), distinct=True),
        join=Count("student", filter=own & Q(student__receipts__answer="join"), distinct=True),
        decline=Count("student", filter=own & Q(student__receipts__answer="decline"), distinct=True),
    )
    found: dict[int, dict[str, int]] = {
        row["school_class"]: {name: row[name] for name in ("read", "join", "decline")} for row in rows
    }
    reached = Q(student__guardianships__guardian__user__isnull=False, student__guardianships__barred=False)
    logins = members.values("school_class").annotate(
        children=Count("student", distinct=True), login=Count("student", filter=reached, distinct=True)
    )
    for row in logins:
        counts = found[row["school_class"]]
        counts |= {"children": row["children"], "login": row["login"]}
        counts["outstanding"] = counts["children"] - counts["join"] - counts["decline"]
    return found


def with_receipts(students: QuerySet[Student], letter: Letter) -> dict[str, list[Student]]:
    """Children by their answer («outstanding» without one, all under ""), each with `.receipt` of the letter or None."""
    receipts = {
        r.student_id: r
        for r in Receipt.objects.filter(letter=letter, student__in=students).select_related("answered_by")
    }
    found: dict[str, list[Student]] = {"": [], "outstanding": [], "join": [], "decline": []}
    for student in students:
        student.receipt = receipt = receipts.get(student.pk)  # type: ignore[attr-defined]
        found[""].append(student)
        found[(receipt.answer if receipt else "") or "outstanding"].append(student)
    return found
