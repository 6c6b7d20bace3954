"""What `school` does that takes a lock, writes a second table or gives something out."""

import datetime as dt
from collections.abc import Iterable

import chinese_calendar
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from school.access import held_after
from school.models import (
    AccessLog,
    ActivationCode,
    ClassMembership,
    Guardian,
    Guardianship,
    Period,
    PeriodTime,
    SchoolClass,
    SchoolDay,
    SpecialGroup,
    SpecialGroupMembership,
    Staff,
    Student,
    Term,
    User,
)
from school.rows import homeroom_children

CALENDAR_SOURCE = f"chinesecalendar {getattr(chinese_calendar, '__version__', '1.11')}"


@transaction.atomic
def load_calendar(*, term: Term) -> int:
    """Fills the term's dates that nobody has entered from the published calendar; returns how many.

    A year that is not published yet is left «not loaded». A make-up workday gets no timetable: the office says
    which weekday it follows.
    """
    known = set(SchoolDay.objects.of_term(term).values_list("day", flat=True))
    days = []
    for offset in range((term.ends_on - term.starts_on).days + 1):
        day = term.starts_on + dt.timedelta(days=offset)
        if day not in known and (row := _published_day(day)):
            days.append(row)
    SchoolDay.objects.bulk_create(days)
    return len(days)


def _published_day(day: dt.date) -> SchoolDay | None:
    try:
        working = chinese_calendar.is_workday(day)
        _holiday, festival = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    weekend = day.isoweekday() > 5
    if working and weekend:
        kind, follows = SchoolDay.Kind.MAKE_UP, None
    elif working:
        kind, follows = SchoolDay.Kind.SCHOOL, day.isoweekday()
    else:
        kind, follows = (SchoolDay.Kind.HOLIDAY if festival else SchoolDay.Kind.WEEKEND), None
    return SchoolDay(day=day, kind=kind, follows_weekday=follows, note=festival or "", source=CALENDAR_SOURCE)


@transaction.atomic
def enter_days(*, first: dt.date, last: dt.date, by: User) -> int:
    """The office says that Monday to Friday of a range are school days, where nothing is known yet."""
    known = set(SchoolDay.objects.filter(day__range=(first, last)).values_list("day", flat=True))
    days = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
    rows = [
        SchoolDay(day=day, kind=SchoolDay.Kind.SCHOOL, follows_weekday=day.isoweekday(), source=_("entered by %s") % by)
        if day.isoweekday() <= 5
        else SchoolDay(day=day, kind=SchoolDay.Kind.WEEKEND, source=_("entered by %s") % by)
        for day in days
        if day not in known
    ]
    SchoolDay.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def issue_codes(*, guardians: list[Guardian] | None = None, staff: list[Staff] | None = None, by: User) -> dict:
    """New one-time codes, {adult: code}; older open codes of the same adults stop working. Shown once, never stored."""
    adults: list[Guardian | Staff] = [*(guardians or []), *(staff or [])]
    now = timezone.now()
    open_codes = ActivationCode.objects.filter(used_at=None, expires_at__gt=now)
    open_codes.filter(guardian__in=guardians or []).update(expires_at=now)
    open_codes.filter(staff__in=staff or []).update(expires_at=now)
    codes = {adult: ActivationCode.new_code() for adult in adults}
    ActivationCode.objects.bulk_create(
        ActivationCode(
            guardian=adult if isinstance(adult, Guardian) else None,
            staff=adult if isinstance(adult, Staff) else None,
            digest=ActivationCode.digest_of(code),
            issued_by=by,
            expires_at=now + ActivationCode.lifetime(),
        )
        for adult, code in codes.items()
    )
    return codes


@transaction.atomic
def activate(*, code: str, password: str) -> User:
    """Turns a one-time code into a login, or sets a new password where the adult has one already.

    A teacher who is a parent has one login for both. Raises ValidationError for a code that is wrong, used or old.
    """
    activation = (
        ActivationCode.objects.select_for_update(of=["self"])
        .select_related("guardian__user", "staff__user")
        .filter(digest=ActivationCode.digest_of(code))
        .first()
    )
    adult = (activation.guardian or activation.staff) if activation else None
    if activation is None or adult is None or not activation.is_open:
        raise ValidationError(
            _("This code is wrong, used or too old. Ask the homeroom teacher or the office for a new one."), code="code"
        )
    user = adult.user or _user_of_same_adult(adult) or User(username=_username(adult), name=adult.name)
    user.phone = adult.phone or user.phone
    if isinstance(adult, Staff):
        user.username = adult.number
    user.set_password(password)
    user.save()
    if adult.user_id != user.pk:
        adult.user = user
        adult.save()
    activation.used_at = timezone.now()
    activation.save()
    return user


def _username(adult: Guardian | Staff) -> str:
    return adult.number if isinstance(adult, Staff) else adult.phone


def _user_of_same_adult(adult: Guardian | Staff) -> User | None:
    """The login that the same person (same phone, same name) has in the other capacity."""
    return User.objects.filter(phone=adult.phone, name=adult.name).first() if adult.phone else None


def codes_issuable_by(user: User) -> "dict[str, object]":
    """Whose codes this person may issue: the office anyone's, a homeroom teacher her children's guardians'."""
    if user.has_role("service_office", "academic_office"):
        return {"guardians": Guardian.objects.filter(contact_only=False), "staff": Staff.objects.all()}
    # Not all the children she sees: those of other classes whom she looks after today are not hers to reset.
    children = Student.objects.filter(homeroom_children(user))
    adults = Guardianship.objects.filter(student__in=children, barred=False).values("guardian")
    return {"guardians": Guardian.objects.filter(pk__in=adults, contact_only=False), "staff": Staff.objects.none()}


def log_access(*, user: User, student: Student, fields: list[str]) -> None:
    AccessLog.objects.create(user=user, student=student, fields=fields, action=AccessLog.Action.OPENED)


def log_export(*, user: User, fields: list[str], rows: int, reason: str) -> None:
    """Raises ValidationError without a reason: an export needs one."""
    if not reason.strip():
        raise ValidationError(_("Say what the export is for."))
    AccessLog.objects.create(
        user=user, fields=fields, rows=rows, reason=reason.strip(), action=AccessLog.Action.EXPORTED
    )


@transaction.atomic
def end_staff(*, staff: Staff, last_day: dt.date) -> None:
    """A member of staff leaves: refused while duties or clubs after that day are still theirs."""
    if held := held_after(staff, last_day):
        raise ValidationError(_("Hand over first: %s.") % ", ".join(held))
    staff.left_on = last_day
    staff.save()
    staff.posts.filter(ends_on=None).update(ends_on=last_day)


@transaction.atomic
def save_period(*, period: Period, times: dict[str, tuple[dt.time, dt.time] | None]) -> Period:
    """A period and its general times by season (PeriodTime.Season → begin, end; None where it is not held)."""
    period.save()
    general = PeriodTime.objects.general().filter(period=period)
    for season, span in times.items():
        if span is None:
            general.filter(season=season).delete()
            continue
        general.update_or_create(
            season=season,
            defaults={"starts_at": span[0], "ends_at": span[1]},
            create_defaults={"period": period, "starts_at": span[0], "ends_at": span[1]},
        )
    return period


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
    adult = Guardian.objects.filter(phone=phone, name=name).first()
    if adult is None:
        people = Guardian.objects.filter(phone=phone, contact_only=False).exclude(name=name)
        contact = people.exists() or Staff.objects.filter(phone=phone).exclude(name=name).exists()
        colleague = Staff.objects.filter(phone=phone, name=name).first()
        adult = Guardian.objects.create(
            name=name, phone=phone, contact_only=contact, user=colleague.user if colleague and not contact else None
        )
    known = Guardianship.objects.filter(student=student)
    if known.filter(guardian=adult).exists():
        raise ValidationError(_("This adult is a guardian of the child already."))
    return Guardianship.objects.create(
        student=student,
        guardian=adult,
        relation=relation,
        order=known.count() + 1,
        barred=bool(barred_note),
        barred_note=barred_note,
    )


@transaction.atomic
def admit_student(*, student: Student, school_class: SchoolClass, day: dt.date, by: User) -> Student:
    """A child who comes in the middle of the year: on the roll of a class from `day` on."""
    student.save()
    ClassMembership.objects.create(student=student, school_class=school_class, starts_on=day)
    return student


@transaction.atomic
def end_student(*, student: Student, last_day: dt.date, by: User) -> None:
    """A child leaves the school: no longer on roll after `last_day`; nothing is deleted."""
    now = ClassMembership.objects.on(last_day).filter(student=student).first()
    if now is None:
        raise ValidationError(_("%s is in no class on that day.") % student.name)
    ClassMembership.objects.filter(student=student, starts_on__gt=last_day).delete()
    now.ends_on = last_day
    now.save()


@transaction.atomic
def set_groups(*, student: Student, groups: Iterable[SpecialGroup], by: User) -> None:
    """The special groups a child belongs to from now on; what changes stays in the history."""
    wanted = {group.pk for group in groups}
    now = SpecialGroupMembership.objects.filter(student=student)
    now.exclude(group__in=wanted).delete()
    missing = wanted - set(now.values_list("group", flat=True))
    SpecialGroupMembership.objects.bulk_create(SpecialGroupMembership(student=student, group_id=pk) for pk in missing)
