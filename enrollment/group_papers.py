"""The papers of care groups: lists for the wall and for the teacher, what changed, who is on duty."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import papers
from documents.papers import Filled, Paper
from enrollment.duty_table import WORKDAYS, duties_held, duty_table
from enrollment.models import CareDuty, CareGroup, CareGroupMember, GroupPublication
from enrollment.papers import shown_name
from enrollment.publications import Difference, day_shown, differences
from school.models import Period, SchoolSettings, Student, Term
from school.models.calendar import Weekday
from web.templatetags.formats import cn_date

COLUMNS = 3
# Rows of a duty table.
MOST_ACROSS = 18


# --- groups ----------------------------------------------------------------------------------------------------------


def weekday_names() -> list[Any]:
    """Monday to Friday."""
    return [Weekday(number).label for number in WORKDAYS]


def wall_list(group: CareGroup, names: list[str], duties: list[CareDuty], day: dt.date) -> dict[str, Any]:
    """What one list on the wall shows; `names` in the order of names, `rows` in columns."""
    how = SchoolSettings.load().list_names
    shown = [shown_name(name, n, how) for n, name in enumerate(names, start=1)]
    numbered = list(enumerate(shown, start=1))
    rows = [numbered[i : i + COLUMNS] for i in range(0, len(numbered), COLUMNS)]
    return {"group": group, "room": group.room_on(day), "names": shown, "rows": rows, "times": by_time(duties)}


def by_time(duties: list[CareDuty]) -> list[tuple[Period, list[list[str]]]]:
    """Each period with a duty, and who is there on Monday to Friday."""
    found: dict[Period, list[list[str]]] = {}
    for duty in sorted(duties, key=lambda duty: duty.period.number):
        days = found.setdefault(duty.period, [[] for _day in WORKDAYS])
        if duty.weekday in WORKDAYS:
            days[duty.weekday - 1].append(duty.staff.name)
    return list(found.items())


def group_list(group: CareGroup, day: dt.date) -> Filled:
    members = group.members.on(day).order_by("student__name_key")
    names = list(members.values_list("student__name", flat=True))
    paper = wall_list(group, names, duties_held(group.term, day, group=group), day)
    context = {"paper": paper, "weekdays": weekday_names(), "source": f"{group.term} · {group.name}"}
    return f"{group.name}{_('list for the wall')}", context


def group_roll(group: CareGroup, day: dt.date) -> Filled:
    """For the adult in the room: full names, classes, days, and a box for each afternoon of the week."""
    rows = group.members.on(day).select_related("student", "enrolment").order_by("student__name_key")
    labels = Student.objects.with_class(day).in_bulk([row.student_id for row in rows])
    lines = [(row.student, labels[row.student_id].class_label, set(row.enrolment.weekdays)) for row in rows]
    context = {
        "group": group,
        "room": group.room_on(day),
        "day": day,
        "lines": [(student, label, [day in days for day in WORKDAYS]) for student, label, days in lines],
        "weekdays": weekday_names(),
        "source": f"{group.term} · {group.name}",
    }
    return f"{group.name}{_('roll list')}", context


def group_lists(term: Term, groups: list[CareGroup], day: dt.date) -> Filled:
    """Lists for the wall, each on a new sheet."""
    names: dict[int, list[str]] = {}
    members = CareGroupMember.objects.on(day).filter(group__in=groups).order_by("student__name_key")
    for group, name in members.values_list("group", "student__name"):
        names.setdefault(group, []).append(name)
    duties: dict[int, list[CareDuty]] = {}
    for duty in duties_held(term, day, group__in=groups):
        duties.setdefault(duty.group_id, []).append(duty)
    lists = [wall_list(row, names[row.pk], duties.get(row.pk, []), day) for row in groups]
    context = {"papers": lists, "weekdays": weekday_names(), "source": str(term)}
    return f"{term}{_('lists for the wall')}", context


def groups_with_children(day: dt.date, **only: Any) -> list[CareGroup]:
    """The groups that have children on the day."""
    groups = CareGroup.objects.filter(pk__in=CareGroupMember.objects.on(day).values("group"), **only)
    return list(groups.select_related("term").with_rooms())


def some_day() -> dt.date:
    return day_shown(Term.objects.current(timezone.localdate()), timezone.localdate())


def some_group(site: str) -> tuple[Any, ...] | None:
    groups = groups_with_children(some_day())
    return (groups[0], some_day()) if groups else None


def some_groups(site: str) -> tuple[Any, ...] | None:
    groups = groups_with_children(some_day())
    return (groups[0].term, groups, some_day()) if groups else None


GROUP_LIST = Paper(
    "group_list",
    gettext_lazy("Group list for the wall"),
    gettext_lazy("hangs at the room's door; names as the school shows them"),
    group_list,
    some_group,
    "enrollment/pdf/group_list.html",
    fit="page",
)
GROUP_ROLL = Paper(
    "group_roll",
    gettext_lazy("Roll list for the teacher"),
    gettext_lazy("in the hand of the adult in the room; full names"),
    group_roll,
    some_group,
    "enrollment/pdf/group_roll.html",
    fit="page",
)
GROUP_LISTS = Paper(
    "group_lists",
    gettext_lazy("Group lists of a grade or of all"),
    gettext_lazy("hang at the rooms' doors"),
    group_lists,
    some_groups,
    "enrollment/pdf/group_lists.html",
)


# --- changes of groups -----------------------------------------------------------------------------------------------


def changes_of(made: GroupPublication) -> tuple[GroupPublication | None, list[Difference]]:
    """The publication before, and what is different since."""
    before = GroupPublication.objects.filter(term=made.term, number=made.number - 1).first()
    return before, differences(before.snapshot, made.snapshot) if before else []


def group_changes(made: GroupPublication) -> Filled:
    how = SchoolSettings.load().list_names
    before, changes = changes_of(made)
    return f"{made}", {"made": made, "changes": [on_the_wall(change, before, made, how) for change in changes]}


def on_the_wall(
    change: Difference, before: GroupPublication | None, made: GroupPublication, how: str
) -> dict[str, Any]:
    """A change with children's names as the school decides for walls; numbers are those of the list they stand on."""

    def shown(rows: list[tuple[int, str, str]], of: GroupPublication | None) -> list[str]:
        lists = {g["name"]: [pk for pk, _name in g["children"]] for g in of.snapshot} if of else {}
        order = lists.get(change.name, [])
        return [shown_name(name, order.index(pk) + 1 if pk in order else 0, how) for pk, name, _other in rows]

    return asdict(change) | {"came_names": shown(change.came, made), "went_names": shown(change.went, before)}


def some_changes(site: str) -> tuple[Any, ...] | None:
    made = GroupPublication.objects.select_related("term", "by").order_by("-at").first()
    return (made,) if made else None


GROUP_CHANGES = Paper(
    "group_changes",
    gettext_lazy("Changes of the groups"),
    gettext_lazy("hangs beside the lists"),
    group_changes,
    some_changes,
    "enrollment/pdf/group_changes.html",
    fit="page",
)


# --- duties ----------------------------------------------------------------------------------------------------------


def duties(term: Term, day: dt.date) -> Filled:
    """The week of duties as it holds on `day`, and since when. A period without a duty on any day has no column."""
    rows = duty_table(term, day)
    of_term = CareDuty.objects.filter(term=term)
    begun = of_term.on(day).aggregate(day=Max("starts_on"))["day"]
    ended = of_term.filter(ends_on__lt=day).aggregate(day=Max("ends_on"))["day"]
    since = max(filter(None, (begun, ended and ended + dt.timedelta(days=1))), default=day)
    held = {(cell.weekday, cell.period.pk) for _group, cells in rows for cell in cells if cell.names or cell.away}
    periods = [one for one in Period.objects.all() if any((weekday, one.pk) in held for weekday in WORKDAYS)]
    context = {
        "term": term,
        "since": since,
        "weekdays": weekday_names(),
        "periods": periods,
        "rows": [(group, [cell for cell in cells if cell.period in periods]) for group, cells in rows],
        # Few groups lie across the page, where two names stand side by side; many need its height.
        "across": len(rows) <= MOST_ACROSS,
        "source": f"{term} · {cn_date(day, 'year')}",
    }
    return f"{_('Duty table')} {day}", context


def some_duties(site: str) -> tuple[Any, ...] | None:
    term = Term.objects.current(timezone.localdate())
    return (term, term.nearest(timezone.localdate())) if term else None


DUTY_TABLE = Paper(
    "duty_table",
    gettext_lazy("Duty table"),
    gettext_lazy("hangs in the staff room and at the gate"),
    duties,
    some_duties,
    "enrollment/pdf/duty_table.html",
    fit="page",
)


def register() -> None:
    papers.register(GROUP_LIST, GROUP_ROLL, GROUP_LISTS, GROUP_CHANGES, DUTY_TABLE)
