"""The pages of a person, in groups by the work that people do. Each app registers its own in AppConfig.ready().

A page that is `listed` stands in the navigation. The others, actions and settings, stand on the hub page of their group; both
are found by their words.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from school.access import may_enter
from web.caching import cached_briefly

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from school.models import User


class Group(NamedTuple):
    label: str | Promise
    icon: str


# At most seven by the work that people do; the settings stand apart.
GROUPS = {
    "today": Group(_("Today and fetching"), "sun"),
    "signup": Group(_("Sign-up and groups"), "clipboard-list"),
    "clubs": Group(_("Clubs"), "ball-basketball"),
    "homework": Group(_("Homework"), "notebook"),
    "people": Group(_("Pupils and staff"), "users"),
    "contact": Group(_("Home and school"), "message-circle"),
    "figures": Group(_("Fees and figures"), "report-analytics"),
    "settings": Group(_("Settings"), "settings"),
}
# Of several roles the first that stands here orders the groups; what it does not name follows in the order above.
FIRST_GROUPS = {
    "principal": ("today", "figures", "homework", "signup"),
    "service_office": ("today", "signup", "clubs"),
    "academic_office": ("today", "homework", "clubs", "signup"),
    "duty_leader": ("today", "signup", "clubs"),
    "grade_head": ("today", "homework", "signup", "people"),
    "homeroom_teacher": ("today", "homework", "signup", "people"),
    "teacher": ("today", "homework", "clubs"),
}
BOTTOM_LIMIT = 5
# So many pages are seen at a glance and need no groups.
FLAT = 12


@dataclass(frozen=True)
class NavItem:
    """A page: one entry of the side navigation and, with `bottom`, of the bar at a phone's foot.

    `does` says what one does there. Without `roles` it is for whoever may enter it.
    """

    label: str | Promise
    url_name: str
    icon: str
    group: str
    order: int
    bottom: bool
    listed: bool
    roles: frozenset[str]
    does: str | Promise = ""
    when: Callable[[], bool] | None = None
    counts: bool = False
    """The bar at a phone's foot says how much waits for the person there."""

    @property
    def url(self) -> str:
        return cached_briefly(f"url:{self.url_name}", lambda: reverse(self.url_name))

    @property
    def group_label(self) -> str | Promise:
        return GROUPS[self.group].label

    @property
    def group_icon(self) -> str:
        return GROUPS[self.group].icon

    @property
    def hub_url(self) -> str:
        return reverse("school:hub", args=[self.group])

    def is_for(self, user: "User") -> bool:
        if self.when is not None and not self.when():
            return False
        return bool(self.roles & user.role_codes) if self.roles else may_enter(user, self.url)


_items: dict[str, NavItem] = {}


def register(
    url_name: str,
    label: str | Promise,
    icon: str,
    roles: Iterable[str],
    order: int = 100,
    does: str | Promise = "",
    *,
    group: str,
    bottom: bool = False,
    when: Callable[[], bool] | None = None,
    counts: bool = False,
) -> None:
    """Show a page in the navigation of everyone who has one of the role codes, `when` the school has switched it on.

    `icon` is a Tabler icon's name without its prefix; `does` says what one does there. A page registered twice keeps the later
    entry.
    """
    _add(NavItem(label, url_name, icon, group, order, bottom, True, frozenset(roles), does, when, counts))


def register_action(url_name: str, label: str | Promise, does: str | Promise = "", *, group: str) -> None:
    """A page that is found by its words and on the hub of its group, by whoever may enter it; it takes no key."""
    _add(NavItem(label, url_name, "chevron-right", group, 500 + len(_items), False, False, frozenset(), does))


def _add(item: NavItem) -> None:
    if item.group not in GROUPS:
        raise ValueError(f"unknown navigation group {item.group!r}")
    _items[item.url_name] = item


def groups_of(user: "User") -> list[str]:
    """The groups in the order of the person's work."""
    first = next((groups for role, groups in FIRST_GROUPS.items() if role in user.role_codes), ())
    return [*first, *(group for group in GROUPS if group not in first)]


def pages_for(user: "User | AnonymousUser", *, listed: bool = False) -> list[NavItem]:
    """All pages that the person may enter, those of all their roles merged, in the order of group and `order`."""
    if not user.is_authenticated:
        return []
    groups = groups_of(user)
    allowed = [item for item in _items.values() if item.listed >= listed and item.is_for(user)]
    return sorted(allowed, key=lambda item: (groups.index(item.group), item.order, item.url_name))


def items_for(user: "User | AnonymousUser") -> list[NavItem]:
    """The person's pages of the navigation."""
    return pages_for(user, listed=True)


def bottom_items(items: Iterable[NavItem]) -> list[NavItem]:
    """The entries of the bar at a phone's foot."""
    return [item for item in items if item.bottom][:BOTTOM_LIMIT]


def active_item(items: Iterable[NavItem], path: str) -> NavItem | None:
    """The entry whose address begins the current one; the longest wins, so that a page's sub-pages keep it lit."""
    found = [item for item in items if path == item.url or (item.url != "/" and path.startswith(item.url))]
    return max(found, key=lambda item: len(item.url), default=None)
