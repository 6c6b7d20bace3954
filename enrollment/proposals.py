"""What a proposal of care groups is judged by: the facts, every broken rule, who has no place. Reads only."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from enrollment.models import (
    CareGroup,
    CareGroupAdult,
    CareGroupMember,
    Enrolment,
    GroupProposal,
)
from enrollment.planning import Child, ClassFacts, PlanGroup, Rules
from enrollment.services.duties import who_takes_turns
from school.access import RoomsTaken, rooms_taken
from school.models import (
    ClassMembership,
    Guardianship,
    Post,
    Room,
    SchoolClass,
    SchoolSettings,
    SpecialGroupMembership,
    Staff,
    Student,
    Teaching,
    Term,
)
from school.models.places import grade_name


@dataclass
class Facts:
    """All facts that the plan is checked against, loaded in a constant number of queries."""

    day: dt.date
    rules: Rules
    children: dict[int, Child] = field(default_factory=dict)
    """Enrolment → child."""
    students: dict[int, Student] = field(default_factory=dict)
    """Enrolment → student."""
    classes: dict[int, ClassFacts] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    rooms: dict[int, Room] = field(default_factory=dict)
    staff: dict[int, Staff] = field(default_factory=dict)
    taken: RoomsTaken = field(default_factory=dict)
    """What meets in the rooms by the week's plan beside the care groups."""

    def grade(self, enrolment: int) -> int:
        return self.classes[self.children[enrolment].school_class].grade


def load_facts(term: Term, day: dt.date) -> Facts:
    """Loads everybody who takes part on the day, the classes with their teachers, rooms and settings."""
    settings = SchoolSettings.load()
    least = settings.group_threshold + (0 if settings.group_threshold_included else 1)
    rooms = {room.pk: room for room in Room.objects.usable(term.ends_on)}
    classrooms = {pk: room.capacity for pk, room in rooms.items() if room.kind == Room.Kind.CLASSROOM}
    rules = Rules(least, settings.group_capacity, settings.adults_at_once, classrooms)
    facts = Facts(day, rules, rooms=rooms, taken=rooms_taken(term))
    of_student = dict(ClassMembership.objects.on(day).values_list("student", "school_class"))
    enrolments = Enrolment.objects.on(day).filter(option__term=term, student__in=of_student).select_related("student")
    first: dict[int, Enrolment] = {}
    for enrolment in enrolments.order_by("student__name_key", "pk"):
        first.setdefault(enrolment.student_id, enrolment)
    special = set(
        SpecialGroupMembership.objects.filter(student__in=first, group__has_priority=True).values_list(
            "student", flat=True
        )
    )
    families = families_of(first, of_student)
    for student, enrolment in first.items():
        facts.students[enrolment.pk] = enrolment.student
        facts.children[enrolment.pk] = Child(
            enrolment.pk,
            student,
            of_student[student],
            student in special,
            bool(enrolment.student.health_note),
            families.get(student, 0),
        )
    load_classes(facts, {child.school_class for child in facts.children.values()})
    return facts


def families_of(students: Iterable[int], of_student: dict[int, int]) -> dict[int, int]:
    """Student → a number shared by brothers and sisters of one class (they have a guardian in common)."""
    by_guardian: dict[tuple[int, int], list[int]] = {}
    for guardian, student in Guardianship.objects.filter(student__in=list(students)).values_list("guardian", "student"):
        by_guardian.setdefault((guardian, of_student[student]), []).append(student)
    families: dict[int, int] = {}
    for siblings in by_guardian.values():
        if len(siblings) > 1:
            number = min(families.get(student, student) for student in siblings)
            families.update(dict.fromkeys(siblings, number))
    return families


def load_classes(facts: Facts, pks: set[int]) -> None:
    """Classes and their teachers: the homeroom teacher, then those who teach most there."""
    teachers: dict[int, list[int]] = {}
    day = facts.day
    posts = Post.objects.on(day).filter(role="homeroom_teacher", school_class__in=pks)
    for school_class, person in posts.order_by("pk").values_list("school_class", "staff"):
        teachers.setdefault(school_class, []).append(person)
    lessons = Teaching.objects.on(day).filter(school_class__in=pks).order_by("subject__order", "pk")
    for school_class, person in lessons.values_list("school_class", "staff"):
        if person not in teachers.setdefault(school_class, []):
            teachers[school_class].append(person)
    staff = Staff.objects.active(day).filter(kind=Staff.Kind.EMPLOYEE, barred_note="")
    facts.staff = {person.pk: person for person in staff.order_by("name_key")}
    for row in SchoolClass.objects.filter(pk__in=pks):
        pk = row.pk
        own = tuple(person for person in teachers.get(pk, []) if person in facts.staff)
        facts.classes[pk] = ClassFacts(pk, row.grade(day), row.number, row.room_id, own)
        facts.labels[pk] = row.label(day)


def plan_as_now(term: Term, facts: Facts) -> list[PlanGroup]:
    """The groups in force on the day; children without a place are added to their class's group, else to the smallest of the
    grade.
    """
    by_student = {child.student: child.enrolment for child in facts.children.values()}
    groups: dict[int, PlanGroup] = {}
    rows = CareGroup.objects.filter(term=term).with_rooms().order_by("grade", "school_class", "name")
    chosen: dict[int, list[int]] = {}
    for group, person in CareGroupAdult.objects.on(facts.day).filter(term=term).values_list("group", "staff"):
        chosen.setdefault(group, []).append(person)
    parts: Counter[tuple[int, int | None]] = Counter()
    for row in rows:
        parts[(row.grade, row.school_class_id)] += 1
        part = parts[(row.grade, row.school_class_id)]
        room = row.room_on(facts.day)
        groups[row.pk] = PlanGroup(
            f"n{row.pk}", row.grade, part, row.school_class_id, room.pk if room else None, chosen.get(row.pk, [])
        )
    seated = set()
    members = CareGroupMember.objects.on(facts.day).filter(group__term=term).order_by("student__name_key")
    for student, pk in members.values_list("student", "group"):
        if student in by_student:
            groups[pk].children.append(by_student[student])
            seated.add(by_student[student])
    plan = [group for group in groups.values() if group.children]
    for enrolment in facts.children:
        if enrolment not in seated:
            target = own_group(plan, facts, enrolment)
            if target is None:
                target = PlanGroup(f"x{enrolment}", facts.grade(enrolment), 1)
                plan.append(target)
            target.children.append(enrolment)
    return plan


def own_group(plan: list[PlanGroup], facts: Facts, enrolment: int) -> PlanGroup | None:
    school_class, grade = facts.children[enrolment].school_class, facts.grade(enrolment)
    of_grade = [group for group in plan if group.grade == grade]
    with_class = Counter({g.key: sum(facts.children[e].school_class == school_class for e in g.children) for g in plan})
    return min(of_grade, key=lambda g: (-with_class[g.key], len(g.children)), default=None)


def groups_in(proposal: GroupProposal, facts: Facts) -> list[PlanGroup]:
    """The plan without children who no longer take part, and without groups that are empty of children and reason."""
    groups = [PlanGroup(**row) for row in proposal.plan]
    for group in groups:
        group.children = [enrolment for enrolment in group.children if enrolment in facts.children]
    return groups


def unplaced(groups: list[PlanGroup], facts: Facts) -> list[int]:
    seated = {enrolment for group in groups for enrolment in group.children}
    return [enrolment for enrolment in facts.children if enrolment not in seated]


def names_of(group: PlanGroup, facts: Facts) -> list[str]:
    """What the group may be called: a new one has the last name; one that is there keeps what it is called, also while merged
    groups become groups of one class.
    """
    merged = _("%(grade)s merged group %(number)d") % {"grade": grade_name(group.grade), "number": group.part}
    return list(
        dict.fromkeys([merged, name_of(group, facts)] if group.school_class is None else [name_of(group, facts)])
    )


def name_of(group: PlanGroup, facts: Facts) -> str:
    """The name of a new group: only one of several classes is called merged."""
    classes = {facts.children[enrolment].school_class for enrolment in group.children}
    of_one = group.school_class if group.school_class is not None else min(classes) if len(classes) == 1 else None
    if of_one is not None:
        name = _("%s care group") % facts.labels.get(of_one, "")
        return name if group.part == 1 or group.school_class is None else f"{name} {group.part}"
    return _("%(grade)s merged group %(number)d") % {"grade": grade_name(group.grade), "number": group.part}


def problems(group: PlanGroup, groups: list[PlanGroup], facts: Facts) -> list[str]:
    """Every rule that the group breaks, as sentences for the office. Crossing grades is refused, so it is not among them."""
    rules, count, told = facts.rules, len(group.children), []
    if count > rules.capacity:
        told.append(_("%(n)d children; at the most %(most)d in a group.") % {"n": count, "most": rules.capacity})
    room = facts.rooms.get(group.room) if group.room else None
    if room is None:
        told.append(_("No room yet."))
    elif count > room.capacity:
        told.append(_("%(room)s holds %(places)d.") % {"room": room.name, "places": room.capacity})
    if room and sum(other.room == group.room for other in groups) > 1:
        told.append(_("Another group has this room."))
    if meeting := sorted({name for (_weekday, _period, pk), name in facts.taken.items() if pk == group.room}):
        told.append(_("Clubs meet in this room: %s.") % "、".join(meeting))
    if len(group.adults) < rules.adults:
        told.append(_("%(n)d of %(wanted)d adults.") % {"n": len(group.adults), "wanted": rules.adults})
    for person in group.adults:
        if sum(person in other.adults for other in groups) > 1 and person in facts.staff:
            told.append(_("%s is with another group, too.") % facts.staff[person].name)
    return told + class_problems(group, groups, facts)


def class_problems(group: PlanGroup, groups: list[PlanGroup], facts: Facts) -> list[str]:
    """Classes split or merged against the threshold, families torn apart."""
    told = []
    of = facts.children
    here = Counter(of[enrolment].school_class for enrolment in group.children)
    everywhere = Counter(child.school_class for child in of.values())
    for pk, count in here.items():
        if count < everywhere[pk] and everywhere[pk] <= facts.rules.capacity:
            told.append(
                _("%(label)s is split: %(n)d of %(all)d are here.")
                % {"label": facts.labels[pk], "n": count, "all": everywhere[pk]}
            )
        if len(here) > 1 and everywhere[pk] >= facts.rules.least:
            told.append(_("%s has enough children to stay on its own.") % facts.labels[pk])
    if len(here) == 1 and sum(here.values()) < facts.rules.least:
        pk = next(iter(here))
        others = [g for g in groups if g.grade == group.grade and g is not group and g.children]
        if everywhere[pk] < facts.rules.least and any(
            len(g.children) + len(group.children) <= facts.rules.capacity and g.school_class is None for g in others
        ):
            told.append(_("%s is below the threshold and could be merged.") % facts.labels[pk])
    mine = {of[enrolment].family for enrolment in group.children} - {0}
    if any(of[e].family in mine for g in groups if g is not group for e in g.children):
        told.append(_("Brothers or sisters of one class are in two groups."))
    return told


def alone_below_threshold(group: PlanGroup, facts: Facts) -> str:
    """Why a class too small to stay on its own does: no other small one of the grade is there to join. Empty for others."""
    classes = {facts.children[enrolment].school_class for enrolment in group.children}
    if len(classes) != 1 or len(group.children) >= facts.rules.least:
        return ""
    words = _("%(label)s is below the threshold of %(least)d; the grade has no other class to merge it with.")
    return words % {"label": facts.labels[classes.pop()], "least": facts.rules.least}


def shortage(term: Term, groups: list[PlanGroup], facts: Facts) -> str:
    """A sentence if the school has too few adults who take turns for all groups at once; else empty."""
    needed = facts.rules.adults * sum(1 for group in groups if group.children)
    there = who_takes_turns(term).count()
    if there >= needed:
        return ""
    return _("%(groups)d groups need %(needed)d adults at once; %(there)d take turns at this school.") % {
        "groups": len(groups),
        "needed": needed,
        "there": there,
    }
