"""One search for everything: children, adults, classes, rooms, and pages by their words. What one may not see is not found.

Higher apps register theirs in AppConfig.ready():

    searching.register_finder(_("Clubs"), clubs_named, order=40)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school import navigation
from school.access import may_enter
from school.class_names import read_class
from school.models import Room, SchoolClass, Staff, Student, User
from school.models.calendar import school_year_of
from web.cleaning import fold_name

# So many of each kind: whoever sees more types one word more.
MOST = 8
# From so many figures on a number may be the end of a phone.
PHONE_END = 4
OFFICE = ("service_office", "academic_office")


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    detail: str = ""
    icon: str = "chevron-right"


@dataclass(frozen=True)
class Found:
    """The hits of one kind."""

    label: str | Promise
    hits: list[Hit]


Finder = Callable[[User, str], Iterator[Hit]]
_finders: dict[str, tuple[int, str | Promise, Finder]] = {}


def register_finder(label: str | Promise, finder: Finder, *, order: int) -> None:
    """`finder(user, words)` gives hits, the best first; those that the person may not enter are left out."""
    _finders[finder.__name__] = (order, label, finder)


def find(user: User, words: str) -> list[Found]:
    """Everything of that name that the person may see, by kind; a constant number of queries."""
    words = words.strip()[:50]
    if not words:
        return []
    found = []
    for _order, label, finder in sorted(_finders.values(), key=lambda one: one[0]):
        hits = list(islice((hit for hit in finder(user, words) if may_enter(user, hit.url)), MOST))
        if hits:
            found.append(Found(label, hits))
    return found


def register() -> None:
    register_finder(gettext_lazy("Students"), students_named, order=10)
    register_finder(gettext_lazy("Classes"), classes_named, order=20)
    register_finder(gettext_lazy("Staff"), staff_named, order=30)
    register_finder(gettext_lazy("Rooms"), rooms_named, order=60)
    register_finder(gettext_lazy("Pages and actions"), pages_named, order=70)


def students_named(user: User, words: str) -> Iterator[Hit]:
    """By name, pinyin or its initials and student number; for the offices by the end of a guardian's phone, too."""
    today = timezone.localdate()
    visible = Student.objects.visible_to(user)
    wanted = Q(pk__in=visible.search(words).values("pk")) | Q(number=words.upper())
    if user.has_role(*OFFICE) and words.isdigit() and len(words) >= PHONE_END:
        wanted |= Q(guardianships__guardian__phone__endswith=words)
    rows = (
        visible.filter(wanted)
        .distinct()
        .with_class_to_come(today)
        .order_by("-entry_year", "class_number", "name_key", "pk")
    )
    for child in rows[:MOST]:
        yield Hit(child.name, reverse("school:student_detail", args=[child.pk]), child.class_label, "user")


def classes_named(user: User, words: str) -> Iterator[Hit]:
    """As people write a class: 三(2)班, 三年级2班, 302; of a grade alone all its classes."""
    today = timezone.localdate()
    year = school_year_of(today)
    grade, number = read_class("", words, year)
    if grade is None:
        grade, number = read_class(words, "", year)[0], None
    if grade is None:
        return
    rows = SchoolClass.objects.visible_to(user).in_year(year).filter(entry_year=year - grade + 1)
    rows = rows.filter(number=number) if number else rows
    for one in rows.order_by("number")[:MOST]:
        yield Hit(one.label(today), reverse("school:class_detail", args=[one.pk]), "", "school")


def staff_named(user: User, words: str) -> Iterator[Hit]:
    """For the offices, by name, pinyin, staff number or the end of the phone."""
    if not user.has_role(*OFFICE):
        return
    wanted = Q(pk__in=Staff.objects.search(words).values("pk")) | Q(number=words.upper())
    if words.isdigit() and len(words) >= PHONE_END:
        wanted |= Q(phone__endswith=words)
    today = timezone.localdate()
    for one in Staff.objects.filter(wanted).order_by("left_on", "name_key", "pk")[:MOST]:
        left = _("has left") if one.left_on and one.left_on < today else str(one.get_kind_display())
        yield Hit(one.name, reverse("school:staff_detail", args=[one.pk]), f"{one.number} · {left}", "id-badge-2")


def rooms_named(user: User, words: str) -> Iterator[Hit]:
    if may_enter(user, reverse("school:room_detail", args=[1])):
        for room in Room.objects.filter(name__icontains=words)[:MOST]:
            yield Hit(room.name, reverse("school:room_detail", args=[room.pk]), room.get_kind_display(), "door")


def pages_named(user: User, words: str) -> Iterator[Hit]:
    """Pages, settings and actions, by their name or what one does there: «改报名时间», «加社团»."""
    rated = [(likeness(words, item), item) for item in navigation.pages_for(user)]
    for _rate, item in sorted((one for one in rated if one[0]), key=lambda one: -one[0]):
        group = navigation.GROUPS[item.group].label
        yield Hit(str(item.label), item.url, str(item.does or group), item.icon)


def likeness(words: str, item: navigation.NavItem) -> float:
    """How well the words name a page: 3 in its name, 2 in what one does there, below 1 by pairs of signs; 0 for no page."""
    words, label, does = fold_name(words), fold_name(str(item.label)), fold_name(str(item.does))
    if words in label:
        return 4 if words == label else 3
    if words in does:
        return 2
    if len(words) < 2:
        return 0
    # «改报名时间»: every sign stands there, most of them beside each other.
    pairs = [words[at : at + 2] for at in range(len(words) - 1)]
    text = f"{label} {does}"
    near = sum(pair in text for pair in pairs) / len(pairs)
    there = sum(sign in text for sign in words) / len(words)
    return (near + there) / 2 if near and there > 0.7 else 0
