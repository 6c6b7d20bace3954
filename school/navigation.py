"""The navigation of a person. Each app registers its own pages in AppConfig.ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from web.caching import cached_briefly

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from school.models import User

GROUPS: dict[str, str | Promise] = {"today": _("Today"), "work": _("Work"), "settings": _("Settings")}
BOTTOM_LIMIT = 5


@dataclass(frozen=True)
class NavItem:
    """One entry of the side navigation and, with `bottom`, of the bar at a phone's foot."""

    label: str | Promise
    url_name: str
    icon: str
    group: str
    order: int
    bottom: bool
    roles: frozenset[str]
    when: Callable[[], bool] | None = None

    @property
    def url(self) -> str:
        return cached_briefly(f"url:{self.url_name}", lambda: reverse(self.url_name))

    @property
    def group_label(self) -> str | Promise:
        return GROUPS[self.group]


_items: dict[str, NavItem] = {}


def register(
    url_name: str,
    label: str | Promise,
    icon: str,
    *,
    roles: Iterable[str],
    group: str = "work",
    order: int = 100,
    bottom: bool = False,
    when: Callable[[], bool] | None = None,
) -> None:
    """Show a page in the navigation of everyone who has one of the role codes, `when` the school has switched it on.

    `icon` is a Tabler icon's name without its prefix. A page registered twice keeps the later entry.
    """
    if group not in GROUPS:
        raise ValueError(f"unknown navigation group {group!r}")
    _items[url_name] = NavItem(label, url_name, icon, group, order, bottom, frozenset(roles), when)


def items_for(user: "User | AnonymousUser") -> list[NavItem]:
    """The person's pages, all their roles merged, in the order of group and `order`."""
    if not user.is_authenticated:
        return []
    groups = list(GROUPS)
    allowed = [i for i in _items.values() if i.roles & user.role_codes and (i.when is None or i.when())]
    return sorted(allowed, key=lambda item: (groups.index(item.group), item.order, item.url_name))


def bottom_items(items: Iterable[NavItem]) -> list[NavItem]:
    """The entries of the bar at a phone's foot."""
    return [item for item in items if item.bottom][:BOTTOM_LIMIT]


def active_item(items: Iterable[NavItem], path: str) -> NavItem | None:
    """The entry whose address begins the current one; the longest wins, so that a page's sub-pages keep it lit."""
    found = [item for item in items if path == item.url or (item.url != "/" and path.startswith(item.url))]
    return max(found, key=lambda item: len(item.url), default=None)
