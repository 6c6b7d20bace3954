"""Pupils, guardians and staff: admitting, leaving, and guardianships."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import end_after, follow_bar, held_after
from school.models import (
    ClassMembership,
    Guardian,
    Guardianship,
    SchoolClass,
    SpecialGroup,
    SpecialGroupMembership,
    Staff,
    Student,
    User,
)
from web.cleaning import same_name

# So many of what is still held are named in a refusal.
NAMED = 10


@transaction.atomic
def end_staff(*, staff: Staff, last_day: dt.date) -> None:
    """A member of staff leaves: refused while duties or clubs after that day are still theirs; posts and subjects end with it."""
    if held := held_after(staff, last_day):
        more = len(held) - NAMED
        named = "、".join(held[:NAMED])
        raise ValidationError(
            _("Hand over first: %s.") % named
            if more <= 0
            else _("Hand over first: %(named)s and %(more)d more.") % {"named": named, "more": more}
        )
    staff.left_on = last_day
    staff.save()
    staff.posts.filter(ends_on=None).update(ends_on=last_day)
    staff.teachings.filter(starts_on__lte=last_day).exclude(ends_on__lte=last_day).update(ends_on=last_day)
    staff.teachings.filter(starts_on__gt=last_day).delete()


@transaction.atomic
def save_adult(*, adult: Guardian | Staff) -> None:
    """Saves a changed name, phone or staff number, and carries it to the login and to the same adult's other capacity.

    Raises ValidationError where the new phone is somebody else's login.
    """
    user = adult.user
    if user is None:
        adult.save()
        return
    if adult.phone and User.objects.filter(phone=adult.phone).exclude(pk=user.pk).exists():
        raise ValidationError(_("Somebody else signs in with this phone already."))
    adult.save()
    other = getattr(user, "guardian" if isinstance(adult, Staff) else "staff", None)
    if other is not None and adult.phone:
        other.name, other.phone = adult.name, adult.phone
        other.save()
    staff = adult if isinstance(adult, Staff) else other
    user.name, user.phone = adult.name, adult.phone or None
    user.username = staff.number if isinstance(staff, Staff) else adult.phone
    user.save()


@transaction.atomic
def add_guardian(
    *, student: Student, name: str, phone: str, relation: str, barred_note: str = "", by: User
) -> Guardianship:
    """Makes an adult a guardian of a child; with `barred_note` one who may neither see nor collect the child.

    The same phone with the same name is one adult; with another name it is a contact without a login.
    """
    parents, colleagues = list(Guardian.objects.filter(phone=phone)), list(Staff.objects.filter(phone=phone))
    adult = next((one for one in parents if same_name(one.name, name)), None)
    if adult is None:
        contact = any(not one.contact_only for one in parents) or any(not same_name(c.name, name) for c in colleagues)
        colleague = next((one for one in colleagues if same_name(one.name, name)), None)
        adult = Guardian.objects.create(
            name=name, phone=phone, contact_only=contact, user=colleague.user if colleague and not contact else None
        )
    known = Guardianship.objects.filter(student=student)
    if known.filter(guardian=adult).exists():
        raise ValidationError(_("This adult is a guardian of the child already."))
    guardianship = Guardianship(
        student=student,
        guardian=adult,
        relation=relation,
        order=known.count() + 1,
        barred=bool(barred_note),
        barred_note=barred_note,
    )
    return change_guardianship(guardianship=guardianship, by=by)


@transaction.atomic
def change_guardianship(*, guardianship: Guardianship, by: User) -> Guardianship:
    """Saves a new or changed one; what the adult may with the child follows where it is barred, or no longer."""
    guardianship.save()
    follow_bar(guardianship, by)
    return guardianship


@transaction.atomic
def admit_student(
    *, student: Student, school_class: SchoolClass, day: dt.date, guardian: dict[str, str] | None = None, by: User
) -> Student:
    """A child who comes in the middle of the year: on the roll of a class from `day` on.

    `guardian` (name, phone, relation) is entered with it.
    """
    student.save()
    ClassMembership.objects.create(student=student, school_class=school_class, starts_on=day)
    if guardian:
        add_guardian(student=student, by=by, **guardian)
    return student


def move_to_class(membership: ClassMembership, school_class: int, day: dt.date) -> None:
    """From `day` in the other class (its pk), as long as the old membership would have lasted; what was stays."""
    if membership.starts_on >= day:
        membership.school_class_id = school_class
        membership.save()
        return
    ends_on, membership.ends_on = membership.ends_on, day - dt.timedelta(days=1)
    membership.save()
    ClassMembership.objects.create(
        student_id=membership.student_id, school_class_id=school_class, starts_on=day, ends_on=ends_on
    )


@transaction.atomic
def change_class(*, student: Student, school_class: SchoolClass, day: dt.date) -> None:
    """One child changes to another class of its grade in the middle of the year.

    Raises ValidationError for a day that is over, for a child that is in no class then, and for a class of another grade.
    """
    if day < timezone.localdate():
        raise ValidationError(_("A move begins today at the earliest: what was is not rewritten."))
    now = ClassMembership.objects.select_for_update(of=["self"]).on(day).filter(student=student)
    membership = now.select_related("school_class").first()
    if membership is None:
        raise ValidationError(_("%s is in no class on that day.") % student.name)
    if school_class.entry_year != membership.school_class.entry_year:
        raise ValidationError(
            _("A child changes to a class of its own grade; another grade begins with the school year.")
        )
    if school_class.pk != membership.school_class_id:
        move_to_class(membership, school_class.pk, day)


@transaction.atomic
def end_student(*, student: Student, last_day: dt.date, by: User) -> list[str]:
    """A child leaves the school: no longer on roll after `last_day`, and all that it holds ends with it; gives what ended.

    Nothing that has begun is deleted.
    """
    now = ClassMembership.objects.on(last_day).filter(student=student).first()
    if now is None:
        raise ValidationError(_("%s is in no class on that day.") % student.name)
    ClassMembership.objects.filter(student=student, starts_on__gt=last_day).delete()
    now.ends_on = last_day
    now.save()
    return end_after(student, last_day, by)


@transaction.atomic
def set_groups(*, student: Student, groups: Iterable[SpecialGroup], by: User) -> None:
    """The special groups a child belongs to from now on; what changes stays in the history."""
    wanted = {group.pk for group in groups}
    now = SpecialGroupMembership.objects.filter(student=student)
    now.exclude(group__in=wanted).delete()
    missing = wanted - set(now.values_list("group", flat=True))
    SpecialGroupMembership.objects.bulk_create(SpecialGroupMembership(student=student, group_id=pk) for pk in missing)
