"""Authorising and barring adults who collect a child, concerns, institutions, going home alone, pick-up cards.

T9: a child is handed over in person, to an authorised adult only. A bar wins over everything; a concern without a
document is decided by the duty leader, for one day.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.uploads import Upload
from enrollment.models import Collector, Concern, Institution, InstitutionPerson, LeavesAlone, PickUpCard
from enrollment.models.collectors import Endable
from enrollment.services.signing import has_consent
from school.models import Guardianship, Student, User
from web.cleaning import fold_name, same_name


@dataclass
class Refusals:
    """Bars and concerns of some children on a day, in three queries for all of them."""

    barred_names: set[tuple[int, str]] = field(default_factory=set)
    """Names as fold_name() gives them: a blank, a dot or an invisible sign does not get past a bar."""
    barred_guardians: set[tuple[int, int]] = field(default_factory=set)
    barred_phones: set[tuple[int, str]] = field(default_factory=set)
    barred_users: set[tuple[int, int]] = field(default_factory=set)
    """Logins of barred guardians: whom they named as a proxy is not handed the child either."""
    held: dict[int, set[str]] = field(default_factory=dict)
    """Student → names held back for the day; the empty name holds everybody."""

    def bars(self, student: int, collector: Collector) -> bool:
        """By name, by the person on file, or by the phone of somebody who is no other guardian of the child."""
        return (
            collector.kind == Collector.Kind.BARRED
            or (student, fold_name(collector.name)) in self.barred_names
            or (student, collector.guardian_id) in self.barred_guardians
            or (collector.guardian_id is None and (student, collector.phone) in self.barred_phones)
            or (collector.kind == Collector.Kind.PROXY and self.bars_namer(student, collector))
        )

    def bars_namer(self, student: int, proxy: Collector) -> bool:
        named_by = (student, proxy.told_by_id)
        return (student, proxy.entered_by_id) in self.barred_users or named_by in self.barred_guardians

    def holds(self, student: int, name: str) -> bool:
        names = self.held.get(student, set())
        return "" in names or fold_name(name) in names

    def needs_leader(self, student: int) -> bool:
        """Whether there is a bar or an open concern for the child; such a child is never released with the whole line."""
        return student in self.held or any(pk == student for pk, _name in self.barred_names)


def refusals_on(day: dt.date, students: Iterable[int]) -> Refusals:
    pks = list(students)
    found = Refusals()
    family = Guardianship.objects.filter(student__in=pks, barred=True)
    for student, guardian, name, phone, user in family.values_list(
        "student", "guardian", "guardian__name", "guardian__phone", "guardian__user"
    ):
        found.barred_guardians.add((student, guardian))
        if user:
            found.barred_users.add((student, user))
        _bar(found, student, name, phone)
    bars = Collector.objects.on(day).filter(student__in=pks, kind=Collector.Kind.BARRED)
    for student, guardian, name, phone in bars.values_list("student", "guardian", "name", "phone"):
        if guardian:
            found.barred_guardians.add((student, guardian))
        _bar(found, student, name, phone)
    for student, about in Concern.objects.holding(day).filter(student__in=pks).values_list("student", "about"):
        found.held.setdefault(student, set()).add(fold_name(about))
    return found


def _bar(found: Refusals, student: int, name: str, phone: str) -> None:
    found.barred_names.add((student, fold_name(name)))
    if phone:
        found.barred_phones.add((student, phone))


def check_not_barred(collector: Collector, student: Student, day: dt.date) -> None:
    """Raises a sentence that does not reveal whether a bar exists."""
    if refusals_on(day, [student.pk]).bars(student.pk, collector):
        raise ValidationError(_("%s may not be entered here. Please ask the office.") % collector.name)


@transaction.atomic
def authorise_collector(*, collector: Collector, student: Student, photo: Upload | None = None, by: User) -> Collector:
    """A guardian or the office lets an adult collect the child from a day to a day; also saves a changed one."""
    check_not_barred(collector, student, max(collector.starts_on, timezone.localdate()))
    same = Collector.objects.from_today().filter(student=student, kind=Collector.Kind.AUTHORISED, phone=collector.phone)
    if any(same_name(one.name, collector.name) for one in same.exclude(pk=collector.pk)):
        raise ValidationError(_("%s stands on the list already.") % collector.name)
    collector.student = student
    if collector.pk is None:
        collector.entered_by = by
    if photo is not None:
        if not has_consent(student):
            raise ValidationError(
                _("A photo is kept only where a guardian consented to the processing of the child's data.")
            )
        collector.photo.save("photo.jpg", photo, save=False)
    collector.save()
    return collector


def collecting_after(student: Student, day: dt.date) -> list[Endable]:
    """What lets a child go home after a day: adults who may collect it, and days on which it goes alone. A bar is none."""
    after = Q(ends_on=None) | Q(ends_on__gt=day)
    collectors = Collector.objects.from_today().filter(after, student=student).exclude(kind=Collector.Kind.BARRED)
    return [*collectors, *LeavesAlone.objects.from_today().filter(after, student=student)]


def end_collecting_of(student: Student, last_day: dt.date, reason: str) -> None:
    """Ends it with the day; a row that would begin only later never holds."""
    for row in collecting_after(student, last_day):
        if row.starts_on > last_day:
            row.ended_at = timezone.now()
        else:
            row.ends_on = last_day
        row.end_reason = reason
        row.save()


@transaction.atomic
def end_collecting(*, collector: Collector, reason: str = "", by: User) -> Collector:
    """The adult may not collect any longer, from this moment on; the row stays."""
    collector = Collector.objects.select_for_update(of=["self"]).get(pk=collector.pk)
    if collector.ended_at is not None:
        return collector
    collector.ended_at, collector.end_reason = timezone.now(), reason.strip() or _("Ended by %s.") % by.name
    collector.save()
    if collector.kind == Collector.Kind.BARRED and collector.guardian_id:
        Guardianship.objects.filter(student=collector.student_id, guardian=collector.guardian_id).update(
            barred=False, barred_note=""
        )
    return collector


@transaction.atomic
def bar_adult(
    *,
    student: Student,
    name: str,
    relation: str,
    document: str,
    phone: str = "",
    document_file: Upload | None = None,
    by: User,
) -> Collector:
    """The office enters a restriction with its document; it closes collecting, proxies, and what the adult sees.

    A guardian of the child is found by name (and phone, where one is given) and loses every page of the child; leave
    asked for by a barred adult no longer counts (safety pulls it).
    """
    if not document.strip():
        raise ValidationError(_("Name the document that bars this adult."))
    family = Guardianship.objects.filter(student=student).select_related("guardian").order_by("order", "pk")
    named = [one for one in family if same_name(one.guardian.name, name)]
    guardianship = next((one for one in named if phone and one.guardian.phone == phone), next(iter(named), None))
    if guardianship is not None:
        guardianship.barred, guardianship.barred_note = True, document.strip()
        guardianship.save()
        phone = phone or guardianship.guardian.phone
    bar = Collector(
        student=student,
        kind=Collector.Kind.BARRED,
        name=name,
        relation=guardianship.relation if guardianship else relation,
        phone=phone,
        guardian=guardianship.guardian if guardianship else None,
        document=document.strip(),
        starts_on=timezone.localdate(),
        entered_by=by,
    )
    if document_file is not None:
        bar.document_file.save(document_file.name, document_file, save=False)
    bar.save()
    close_for_barred(bar, by)
    return bar


def follow_guardianship(guardianship: Guardianship, by: User) -> None:
    """A guardianship that is barred on its own page is a restriction like any other, and ends like one."""
    bars = Collector.objects.from_today().filter(student=guardianship.student_id, guardian=guardianship.guardian_id)
    bars = bars.filter(kind=Collector.Kind.BARRED)
    if not guardianship.barred:
        for bar in bars:
            end_collecting(collector=bar, by=by)
    elif not bars.exists():
        adult = guardianship.guardian
        bar_adult(
            student=guardianship.student,
            name=adult.name,
            relation=guardianship.relation,
            document=guardianship.barred_note,
            phone=adult.phone,
            by=by,
        )


def close_for_barred(bar: Collector, by: User) -> None:
    """Ends the authorisations of the barred adult, and the proxies the adult named."""
    rows = Collector.objects.from_today().filter(student=bar.student_id).exclude(kind=Collector.Kind.BARRED)
    theirs = Q(pk__in=[row.pk for row in rows if same_name(row.name, bar.name)])
    if bar.guardian is not None:
        theirs |= Q(guardian=bar.guardian) | Q(told_by=bar.guardian)
        if bar.guardian.user_id:
            theirs |= Q(kind=Collector.Kind.PROXY, entered_by=bar.guardian.user_id)
    for row in rows.filter(theirs):
        end_collecting(collector=row, reason=_("The office closed it."), by=by)


@transaction.atomic
def report_concern(*, student: Student, about: str, words: str, by: User) -> Concern:
    """Without a document: the duty leader decides for today; until then nobody named may collect the child."""
    if not words.strip():
        raise ValidationError(_("Say in a sentence what worries you."))
    return Concern.objects.create(
        student=student, day=timezone.localdate(), about=about.strip(), words=words.strip(), reported_by=by
    )


@transaction.atomic
def decide_concern(*, concern: Concern, hold: bool, decision: str, by: User) -> Concern:
    """The duty leader's decision, for the day of the concern only; it can be changed during that day."""
    concern = Concern.objects.select_for_update(of=["self"]).get(pk=concern.pk)
    if concern.day != timezone.localdate():
        raise ValidationError(_("That day is over. A lasting restriction is entered by the office, with its document."))
    if not decision.strip():
        raise ValidationError(_("Say why, in a sentence."))
    concern.state = Concern.State.HELD if hold else Concern.State.CLEARED
    concern.decision, concern.decided_by, concern.decided_at = decision.strip(), by, timezone.now()
    concern.save()
    return concern


@transaction.atomic
def authorise_people(
    *, student: Student, institution: Institution, people: Iterable[InstitutionPerson], ends_on: dt.date, by: User
) -> int:
    """The people of an institution whom the guardian names for this child, and nobody else of it. Returns how many."""
    today = timezone.localdate()
    chosen = {person.pk: person for person in people}
    if any(person.institution_id != institution.pk or not person.works_on(today) for person in chosen.values()):
        raise ValidationError(_("%s does not collect at present. Please ask the office.") % institution.name)
    held = Collector.objects.from_today().filter(student=student, person__institution=institution)
    for row in held.exclude(person__in=chosen):
        end_collecting(collector=row, by=by)
    there = set(held.filter(person__in=chosen).values_list("person", flat=True))
    rows = [
        Collector(
            student=student,
            kind=Collector.Kind.OUTSIDE,
            name=person.name,
            relation=institution.name[:20],
            phone=person.phone,
            person=person,
            starts_on=today,
            ends_on=ends_on,
            entered_by=by,
        )
        for pk, person in chosen.items()
        if pk not in there
    ]
    for row in rows:
        check_not_barred(row, student, today)
        row.save()
    return len(chosen)


@transaction.atomic
def choose_people(
    *,
    student: Student,
    offered: Iterable[InstitutionPerson],
    chosen: Iterable[InstitutionPerson],
    ends_on: dt.date,
    by: User,
) -> None:
    """Of all people offered the chosen ones collect the child, institution by institution."""
    wanted = list(chosen)
    for institution in {person.institution_id: person.institution for person in offered}.values():
        people = [person for person in wanted if person.institution_id == institution.pk]
        authorise_people(student=student, institution=institution, people=people, ends_on=ends_on, by=by)


@transaction.atomic
def end_alone(*, alone: LeavesAlone, by: User) -> LeavesAlone:
    """Ends a child's going home alone, from this moment on."""
    alone = LeavesAlone.objects.select_for_update(of=["self"]).get(pk=alone.pk)
    if alone.ended_at is None:
        alone.ended_at, alone.end_reason = timezone.now(), _("Ended by %s.") % by.name
        alone.save()
    return alone


def card_of(student: Student, *, by: User) -> PickUpCard:
    """The child's valid card; made where there is none."""
    card = PickUpCard.objects.filter(student=student, revoked_at=None).first()
    if card is not None:
        return card
    try:
        with transaction.atomic():
            return PickUpCard.objects.create(student=student, issued_by=by)
    except IntegrityError:
        return PickUpCard.objects.get(student=student, revoked_at=None)


@transaction.atomic
def revoke_card(*, student: Student, by: User) -> None:
    """Revokes a lost card; the next print carries another code."""
    PickUpCard.objects.filter(student=student, revoked_at=None).update(revoked_at=timezone.now())


def may_collect(student: Student, day: dt.date) -> list[Collector]:
    """The adults who may collect the child on the day, without barred and held ones."""
    held = refusals_on(day, [student.pk])
    return [c for c in who_collects(student.pk, day) if not held.holds(student.pk, c.name)]


def collectors_on(day: dt.date, students: Iterable[int]) -> dict[int, list[Collector]]:
    """Student pk → who may collect the child on the day, without those whom a bar keeps away. Whoever shows collectors asks
    here; what is held back for the day is for those on duty only.
    """
    pks = list(students)
    if not pks:
        return {}
    refusals = refusals_on(day, pks)
    found: dict[int, list[Collector]] = {}
    rows = Collector.objects.allowed(day).filter(student__in=pks).select_related("person__institution", "guardian")
    for row in rows.order_by("pk"):
        if not refusals.bars(row.student_id, row):
            found.setdefault(row.student_id, []).append(row)
    return found


def proxies_on(day: dt.date, students: Iterable[int]) -> dict[int, list[Collector]]:
    """Of these who was named for that day alone; one query on a day on which nobody was."""
    named = Collector.objects.on(day).filter(student__in=list(students), kind=Collector.Kind.PROXY)
    found = collectors_on(day, set(named.values_list("student", flat=True)))
    return {pk: [one for one in rows if one.kind == Collector.Kind.PROXY] for pk, rows in found.items()}


def who_collects(student: int, day: dt.date) -> list[Collector]:
    """The same for one child, by its key."""
    return collectors_on(day, [student]).get(student, [])


@transaction.atomic
def save_person(*, person: InstitutionPerson, photo: Upload | None, by: User) -> InstitutionPerson:
    """Save a person of an institution, with a photo (small, from PictureField)."""
    if photo is not None:
        person.photo.save("photo.jpg", photo, save=False)
    person.save()
    return person
