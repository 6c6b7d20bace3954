"""Which sheets a person may write. Reading a sheet is public (the board)."""

from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from homework.models import BankItem, ClassSheet, Coordinator, HomeworkItem, LearningPoint, SheetStage
from school.access import EVERYTHING
from school.models import Post, SchoolClass, Staff, Student, Teaching, User
from school.models.dated import on_day
from school.rows import classes_led, homeroom_children

STAFF = ("teacher", "homeroom_teacher", "grade_head", "academic_office", "service_office", "duty_leader", "principal")
WRITERS = ("teacher", "homeroom_teacher", "grade_head", "academic_office")


def sheets_of(user: User) -> Q | None:
    return EVERYTHING if user.has_role(*STAFF) else None


def records_of(user: User) -> Q | None:
    """A child's record: its guardians, its homeroom teacher, the academic office."""
    if user.has_role("academic_office"):
        return EVERYTHING
    own = Student.objects.of_guardian(user)
    return Q(student__in=own) | Q(student__in=Student.objects.filter(homeroom_children(user)))


def coaching_of(user: User) -> Q | None:
    """Need-to-know: the coach, the child's homeroom teacher, the academic office."""
    if user.has_role("academic_office"):
        return EVERYTHING
    return Q(coach__in=Staff.objects.of_user(user)) | Q(student__in=Student.objects.filter(homeroom_children(user)))


def rectifications_of(user: User) -> Q | None:
    """The academic office and the principal all; the teacher whom a notice is about her own."""
    if user.has_role("academic_office", "principal"):
        return EVERYTHING
    return Q(teacher__in=Staff.objects.of_user(user))


def writable_classes(user: User) -> Q:
    """Classes in which the person may enter homework: those led or taught.

    The school's own teachers: all, while no lessons are assigned to them. Volunteers and instructors from outside: none.
    """
    if user.has_role("academic_office"):
        return EVERYTHING
    if not user.has_role("teacher"):
        return Q(pk__in=[])
    taught = Teaching.objects.filter(on_day(timezone.localdate()), staff__in=Staff.objects.of_user(user))
    led = classes_led(user, timezone.localdate())
    employed = Staff.objects.of_user(user).filter(kind=Staff.Kind.EMPLOYEE)
    if not taught.exists() and employed.exists():
        return EVERYTHING
    return Q(pk__in=taught.values("school_class")) | led


@dataclass(frozen=True)
class Hand:
    """The steps and classes that a person may act on today."""

    office: bool
    led: frozenset[int] = frozenset()
    """Classes of the homeroom teacher and of the grade head."""
    held: frozenset[int] = frozenset()
    """Classes whose coordinator the person is: appointed, or leading a class that has none."""
    grades: frozenset[int] = frozenset()
    """Grades headed."""

    def coordinates(self, class_pk: int) -> bool:
        return self.office or class_pk in self.led or class_pk in self.held

    def takes(self, stage: SheetStage, school_class: SchoolClass) -> bool:
        """Whether the step is this person's for the class; the academic office stands in for everybody."""
        if self.office or stage.who == "academic_office":
            return self.office
        if stage.who == "grade_head":
            return school_class.grade(timezone.localdate()) in self.grades
        # A step belongs either to the coordinator or to the homeroom teacher.
        return school_class.pk in (self.held if stage.who == "coordinator" else self.led)


def hand_of(user: User) -> Hand:
    if user.has_role("academic_office"):
        return Hand(office=True)
    today = timezone.localdate()
    led = SchoolClass.objects.filter(classes_led(user, today)).values_list("pk", flat=True)
    coordinators = dict(Coordinator.objects.on(today).values_list("school_class", "staff__user"))
    held = {pk for pk, who in coordinators.items() if who == user.pk} | {pk for pk in led if pk not in coordinators}
    posts = Post.objects.on(today).filter(staff__in=Staff.objects.of_user(user), role="grade_head")
    heads = posts.values_list("grade", flat=True)
    return Hand(False, frozenset(led), frozenset(held), frozenset(grade for grade in heads if grade))


def coordinates(user: User, class_pk: int) -> bool:
    """Whether the person coordinates the class: its homeroom teacher, grade head or coordinator, or the academic office."""
    return hand_of(user).coordinates(class_pk)


def takes(user: User, stage: SheetStage, sheet: ClassSheet) -> bool:
    hand = hand_of(user)
    return hand.office or hand.takes(stage, sheet.school_class)


def collects(user: User, class_pk: int) -> bool:
    """Whether the person collects the class's record sheets: its homeroom teacher, or the academic office."""
    posts = Post.objects.on(timezone.localdate()).filter(role="homeroom_teacher", staff__in=Staff.objects.of_user(user))
    return user.has_role("academic_office") or posts.filter(school_class=class_pk).exists()


def may_change(user: User, item: HomeworkItem) -> bool:
    """Whether the person may change the item: their own, or any as coordinator of the class."""
    return item.teacher.user_id == user.pk or coordinates(user, item.sheet.school_class_id)


def with_teachings(staff: Staff | None) -> Staff | None:
    """What they teach is read once, however many rows are asked about."""
    if staff is not None:
        prefetch_related_objects([staff], "teachings")
    return staff


def may_change_bank(user: User, item: BankItem, staff: Staff | None) -> bool:
    """Who made it, who teaches its subject, the academic office."""
    if staff is None:
        return False
    if user.has_role("academic_office") or item.subject_id == staff.subject_id or item.made_by_id == staff.pk:
        return True
    return any(
        row.subject_id == item.subject_id and row.holds_on(timezone.localdate()) for row in staff.teachings.all()
    )


def may_retire_bank(user: User, item: BankItem) -> bool:
    return user.has_role("academic_office") or item.made_by.user_id == user.pk


def may_change_point(user: User, point: LearningPoint, staff: Staff | None) -> bool:
    """Its author, a teacher of the subject, the academic office."""
    if user.has_role("academic_office") or point.by_id == user.pk:
        return True
    if staff is None:
        return False
    taught = [row.subject_id for row in staff.teachings.all() if row.holds_on(timezone.localdate())]
    return point.subject_id in (staff.subject_id, *taught)
