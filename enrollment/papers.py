"""The papers of sign-up, groups and fetching: what stands on each, and the declarations."""

import base64
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import papers
from documents.papers import Filled, Paper
from documents.qr import qr_on_paper
from enrollment.duty_table import WORKDAYS, duties_held, duty_table
from enrollment.gate import GateRows, gate_rows
from enrollment.models import (
    Agreement,
    AgreementTemplate,
    CareDuty,
    CareGroup,
    CareGroupMember,
    GroupPublication,
    Letter,
    PickUpCard,
    Signature,
)
from enrollment.publications import Difference, day_shown, differences
from enrollment.services.collecting import may_collect
from enrollment.slips import slip_code
from school.models import Guardianship, Period, SchoolClass, SchoolSettings, Student, Term
from school.models.calendar import Weekday
from web.templatetags.formats import cn_date

Absolute = Callable[[str], str]
"""Turns a path into the address that a QR code opens."""
Codes = dict[Any, str]
"""Guardian → the activation code."""
COLUMNS = 3
# Rows of a duty table.
MOST_ACROSS = 18
# Of a child on its card.
MOST_COLLECTORS = 6


# --- agreements ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AgreementPaper:
    """`signatures`: each of the family and its drawing in base64, empty for a typed one or one on paper; `school`: its own.

    `begun`: the first day of taking part, where it is not the day asked for, which stands in the text.
    """

    agreement: Agreement
    paragraphs: list[str]
    signatures: list[tuple[Signature, str]]
    school: Signature | None
    qr: str
    begun: dt.date | None

    @property
    def fingerprint(self) -> str:
        """In groups of eight, as people compare them."""
        text = self.agreement.sha256
        return " ".join(text[i : i + 8] for i in range(0, len(text), 8))


def agreement_paper(agreement: Agreement, absolute: Absolute) -> AgreementPaper:
    """The contents of one printed agreement. `agreement` is loaded by `for_paper`."""
    path = reverse("enrollment:agreement_check", args=[agreement.number, agreement.code])
    signed = list(agreement.signatures.all())
    signatures = [
        (signature, base64.b64encode(bytes(signature.image)).decode() if signature.image else "")
        for signature in signed
        if signature.party != Signature.Party.SCHOOL
    ]
    school = next((one for one in signed if one.party == Signature.Party.SCHOOL), None)
    paragraphs = [line for line in agreement.text.splitlines() if line.strip()]
    qr = qr_on_paper(absolute(path), _("Opens the page that says whether this paper is genuine"))
    return AgreementPaper(agreement, paragraphs, signatures, school, qr, begun_otherwise(agreement))


def begun_otherwise(agreement: Agreement) -> dt.date | None:
    application = agreement.application
    first = min((enrolment.starts_on for enrolment in application.enrolments.all()), default=application.starts_on)
    of_service = agreement.kind == AgreementTemplate.Kind.SERVICE
    return first if of_service and first != application.starts_on else None


def agreement(row: Agreement, absolute: Absolute) -> Filled:
    name = f"{row.get_kind_display()}-{row.application.student.name}-{row.number}"
    return name, {"papers": [agreement_paper(row, absolute)]}


def some_agreement(site: str) -> tuple[Any, ...] | None:
    row = Agreement.objects.filter(in_force_at__isnull=False).for_paper().order_by("pk").first()
    return (row, partial(urljoin, site)) if row else None


AGREEMENT = Paper(
    "agreement",
    gettext_lazy("Agreement"),
    gettext_lazy("guardian and school sign it; the family and the office each keep one"),
    agreement,
    some_agreement,
    "enrollment/pdf/agreement.html",
    layout="official",
    fit="fewer",
)


# --- the letter ------------------------------------------------------------------------------------------------------


def class_letters(
    letter: Letter | None,
    school_class: SchoolClass,
    students: list[Student],
    new: list[Guardianship],
    codes: Codes,
    absolute: Absolute,
) -> Filled:
    """A page for each child: `new` are the guardians without a login, each with a code in `codes`."""
    today = timezone.localdate()
    activate = absolute(reverse("school:activate"))
    mine: dict[int, list[Guardianship]] = {}
    for one in new:
        mine.setdefault(one.student_id, []).append(one)
    pages = [letter_page(letter, one, mine.get(one.pk, []), codes, absolute) for one in students]
    label = school_class.label(today)
    context = {"letter": letter, "pages": pages, "address": activate, "class_label": label, "today": today}
    return f"{label}{_('letter to families')}", context


def letter_page(
    letter: Letter | None, student: Student, new: list[Guardianship], codes: Codes, absolute: Absolute
) -> dict[str, Any]:
    """One child's paper: codes with their QR code, and the slip's."""
    activate = absolute(reverse("school:activate"))
    adults = []
    for one in new:
        code = codes[one.guardian]
        adults.append((one, f"{code[:5]} {code[5:]}", qr_on_paper(f"{activate}#code={code}", _("Activation code"))))
    slip = ""
    if letter is not None:
        path = reverse("enrollment:slip", args=[letter.pk, student.pk, slip_code(letter, student)])
        slip = qr_on_paper(absolute(path), _("Return slip"))
    return {"student": student, "adults": adults, "slip_qr": slip}


def some_letters(site: str) -> tuple[Any, ...] | None:
    """Of a first class, with the codes left out: codes are issued, not shown."""
    day = timezone.localdate()
    letter = Letter.objects.filter(published_at__isnull=False).order_by("-term__starts_on").first()
    school_class = SchoolClass.objects.order_by("-entry_year", "number").first()
    if letter is None or school_class is None:
        return None
    members = school_class.memberships.on(school_class.memberships.day_shown(day))
    students = list(Student.objects.filter(class_memberships__in=members).order_by("name_key", "pk"))
    return letter, school_class, students, [], {}, partial(urljoin, site)


CLASS_LETTERS = Paper(
    "class_letters",
    gettext_lazy("Letter to families with return slip"),
    gettext_lazy("goes home in the school bag; the slip comes back signed"),
    class_letters,
    some_letters,
    "enrollment/pdf/class_letters.html",
    layout="official",
    private=True,
    keep=dt.timedelta(hours=1),
)


# --- groups ----------------------------------------------------------------------------------------------------------


def shown_name(name: str, number: int, how: str) -> str:
    """A child's name on a list for the wall: in full, masked, or only the number."""
    if how == SchoolSettings.ListNames.NUMBER:
        return f"{number}"
    if how == SchoolSettings.ListNames.MASKED:
        return f"{name[0]}＊{name[-1]}" if len(name) > 2 else f"{name[0]}＊"
    return name


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
    since = CareDuty.objects.on(day).filter(term=term).aggregate(day=Max("starts_on"))["day"]
    held = {(cell.weekday, cell.period.pk) for _group, cells in rows for cell in cells if cell.names or cell.away}
    periods = [one for one in Period.objects.all() if any((weekday, one.pk) in held for weekday in WORKDAYS)]
    context = {
        "term": term,
        "since": since or day,
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


# --- fetching --------------------------------------------------------------------------------------------------------


def collector_gate(day: dt.date, institutions: GateRows) -> Filled:
    return f"{_('Fetched by institutions')} {day}", {"day": day, "institutions": institutions}


def some_gate(site: str) -> tuple[Any, ...] | None:
    return some_day(), gate_rows(some_day())


COLLECTOR_GATE = Paper(
    "collector_gate",
    gettext_lazy("Children fetched by institutions"),
    gettext_lazy("lies on the gate's desk, for one day"),
    collector_gate,
    some_gate,
    "enrollment/pdf/collector_gate.html",
    fit="page",
)


def pick_up_card(student: Student, card: PickUpCard, absolute: Absolute) -> Filled:
    """One A6 card (接送卡); the child's name as the school decides for lists, the adults of today, no phone numbers."""
    address = absolute(reverse("enrollment:pass_check", args=[card.code]))
    context = {
        "name": shown_name(student.name, student.pk, SchoolSettings.load().list_names),
        "student": student,
        "collectors": may_collect(student, timezone.localdate())[:MOST_COLLECTORS],
        "qr": qr_on_paper(address, _("Opens for people on duty who may collect today")),
    }
    return f"{_('Pick-up card')} {student.name}", context


def some_card(site: str) -> tuple[Any, ...] | None:
    card = PickUpCard.objects.filter(revoked_at=None).order_by("pk").first()
    if card is None:
        return None
    student = Student.objects.with_class(timezone.localdate()).get(pk=card.student_id)
    return student, card, partial(urljoin, site)


PICK_UP_CARD = Paper(
    "pick_up_card",
    gettext_lazy("Pick-up card"),
    gettext_lazy("carried by who fetches the child"),
    pick_up_card,
    some_card,
    "enrollment/pdf/pick_up_card.html",
)

PAPERS: Iterable[Paper] = (
    AGREEMENT,
    CLASS_LETTERS,
    GROUP_LIST,
    GROUP_ROLL,
    GROUP_LISTS,
    GROUP_CHANGES,
    DUTY_TABLE,
    COLLECTOR_GATE,
    PICK_UP_CARD,
)


def register() -> None:
    papers.register(*PAPERS)
