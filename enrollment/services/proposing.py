"""Proposals of care groups: made by the rules, edited by hand with every broken rule named, undone step by step."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from enrollment.models import GroupProposal
from enrollment.planning import PlanGroup, plan_groups
from enrollment.proposals import Facts, groups_in, load_facts, plan_as_now
from school.models import (
    Term,
    User,
)

UNDO_STEPS = 20


@transaction.atomic
def propose_groups(*, term: Term, day: dt.date, start: str = "rule", by: User) -> GroupProposal:
    """A draft that changes nothing yet: by the rule, or (`start="now"`) as the groups are, with newcomers placed.

    An open draft of the term is replaced.
    """
    Term.objects.select_for_update().get(pk=term.pk)
    facts = load_facts(term, day)
    if not facts.children:
        raise ValidationError(_("Nobody takes part on that day yet."))
    plan = (
        plan_as_now(term, facts) if start == "now" else plan_groups(facts.children.values(), facts.classes, facts.rules)
    )
    GroupProposal.objects.filter(term=term, published_at=None).delete()
    return GroupProposal.objects.create(term=term, day=day, plan=[group.as_dict() for group in plan], made_by=by)


Edit = Callable[[list[PlanGroup], Facts], None]


@transaction.atomic
def edit_proposal(*, proposal: GroupProposal, edit: Edit, by: User) -> GroupProposal:
    """One change by hand; it can be undone."""
    proposal = GroupProposal.objects.select_for_update(of=["self"]).select_related("term").get(pk=proposal.pk)
    if proposal.published_at is not None:
        raise ValidationError(_("This proposal is published already. Make a new one."))
    facts = load_facts(proposal.term, proposal.day)
    groups = groups_in(proposal, facts)
    before = proposal.plan
    edit(groups, facts)
    proposal.plan = [group.as_dict() for group in groups if group.children or group.key.startswith("x")]
    proposal.undo = [*proposal.undo, before][-UNDO_STEPS:]
    proposal.save()
    return proposal


@transaction.atomic
def undo_edit(*, proposal: GroupProposal, by: User) -> GroupProposal:
    proposal = GroupProposal.objects.select_for_update(of=["self"]).select_related("term").get(pk=proposal.pk)
    if not proposal.undo or proposal.published_at is not None:
        raise ValidationError(_("There is nothing to undo."))
    proposal.plan, proposal.undo = proposal.undo[-1], proposal.undo[:-1]
    proposal.save()
    return proposal


def group_of(groups: list[PlanGroup], key: str) -> PlanGroup:
    found = next((group for group in groups if group.key == key), None)
    if found is None:
        raise ValidationError(_("This group is not there any more. Look once more."))
    return found


def moving(enrolments: list[int], key: str) -> Edit:
    """Children to the group `key`; «new» makes one for their grade. Crossing grades is refused (R024)."""

    def edit(groups: list[PlanGroup], facts: Facts) -> None:
        chosen = [enrolment for enrolment in dict.fromkeys(enrolments) if enrolment in facts.children]
        if not chosen:
            raise ValidationError(_("Choose at least one child."))
        grades = {facts.grade(enrolment) for enrolment in chosen}
        if key == "new":
            if len(grades) > 1:
                raise ValidationError(_("Groups never cross grades."))
            groups.append(new_group(groups, grades.pop()))
            target = groups[-1]
        else:
            target = group_of(groups, key)
            if grades != {target.grade}:
                raise ValidationError(_("Groups never cross grades."))
        for group in groups:
            group.children = [enrolment for enrolment in group.children if enrolment not in chosen]
        target.children += chosen
        settle(target, facts)

    return edit


def new_group(groups: list[PlanGroup], grade: int) -> PlanGroup:
    taken = {group.part for group in groups if group.grade == grade and group.school_class is None}
    part = next(n for n in range(1, len(taken) + 2) if n not in taken)
    keys = {group.key for group in groups}
    key = next(f"x{grade}-{n}" for n in range(1, len(keys) + 2) if f"x{grade}-{n}" not in keys)
    return PlanGroup(key, grade, part)


def settle(group: PlanGroup, facts: Facts) -> None:
    group.children.sort(
        key=lambda enrolment: (facts.labels[facts.children[enrolment].school_class], facts.students[enrolment].name_key)
    )


def housing(key: str, room: int | None) -> Edit:
    def edit(groups: list[PlanGroup], facts: Facts) -> None:
        if room is not None and room not in facts.rooms:
            raise ValidationError(_("This room is not there any more. Look once more."))
        group_of(groups, key).room = room

    return edit


def staffing(key: str, adults: list[int]) -> Edit:
    def edit(groups: list[PlanGroup], facts: Facts) -> None:
        group_of(groups, key).adults = [person for person in dict.fromkeys(adults) if person in facts.staff]

    return edit
