"""Context of every page: the school's name and the person's navigation."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from school import navigation
from school.inbox import count_for, names_of_roles
from school.models import SchoolSettings, User
from web.caching import cached_briefly
from web.templatetags.formats import cn_datetime


def drafts_of(user: User | None) -> str:
    """Whose drafts a browser's tab holds, in a word that names nobody."""
    return salted_hmac("drafts", str(user.pk)).hexdigest()[:12] if user is not None and user.is_authenticated else ""


def role_names(user: User | None) -> list[str]:
    codes = user.role_codes if user is not None and user.is_authenticated else frozenset()
    return [name for code, name in names_of_roles().items() if code in codes] if codes else []


class Menu:
    """The navigation of a person on one page: what all who have the same roles see there is drawn once and kept briefly."""

    def __init__(self, user: User | None, path: str) -> None:
        self.user, self.path = user, path

    @cached_property
    def items(self) -> list[navigation.NavItem]:
        return navigation.items_for(self.user) if self.user is not None else []

    @cached_property
    def active(self) -> navigation.NavItem | None:
        return navigation.active_item(self.items, self.path)

    @cached_property
    def hub(self) -> str:
        """The group whose hub page this is."""
        return next((item.group for item in self.items if item.hub_url == self.path), "")

    @cached_property
    def waiting(self) -> int:
        """How much waits for the person, where an entry says so."""
        return count_for(self.user) if self.user is not None and any(item.counts for item in self.items) else 0

    def side(self) -> SafeString:
        return self._part("_nav_side")

    def bottom(self) -> SafeString:
        return self._part("_nav_bottom", self.waiting)

    def _part(self, name: str, waiting: int = 0) -> SafeString:
        codes = ",".join(sorted(self.user.role_codes)) if self.user is not None and self.user.is_authenticated else ""
        page = self.active.url_name if self.active else self.hub
        return cached_briefly(f"{name}:{get_language()}:{codes}:{page}:{waiting}", lambda: self._draw(name, waiting))

    def _draw(self, name: str, waiting: int) -> SafeString:
        context = {
            "nav_items": self.items,
            "nav_waiting": waiting,
            "nav_flat": len(self.items) <= navigation.FLAT,
            "nav_bottom_items": navigation.bottom_items(self.items),
            "active_url_name": self.active.url_name if self.active else "",
            "active_group": self.active.group if self.active else self.hub,
            "active_hub": self.hub,
        }
        return mark_safe(render_to_string(f"components/{name}.html", context).strip())  # noqa: S308 - our template


def played_moment() -> str:
    """The moment that a demonstration plays; empty in a school's own office."""
    return cn_datetime(timezone.now()) if settings.DEMONSTRATION_CLOCK else ""


def office(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a partial response without navigation runs no query."""
    user = getattr(request, "user", None)
    menu = Menu(user, request.path)
    return {
        "nav_side": SimpleLazyObject(lambda: menu.side()),
        "nav_bottom": SimpleLazyObject(lambda: menu.bottom()),
        "role_names": SimpleLazyObject(lambda: role_names(user)),
        "drafts_of": SimpleLazyObject(lambda: drafts_of(user)),
        "played_moment": SimpleLazyObject(played_moment),
        "school_name": SimpleLazyObject(lambda: SchoolSettings.load().name),
    }
