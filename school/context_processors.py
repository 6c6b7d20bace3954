"""Context of every page: the school's name and the person's navigation."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from school import navigation
from school.models import Role, SchoolSettings, User
from web.caching import cached_briefly


def drafts_of(user: User | None) -> str:
    """Whose drafts a browser's tab holds, in a word that names nobody."""
    return salted_hmac("drafts", str(user.pk)).hexdigest()[:12] if user is not None and user.is_authenticated else ""


def role_names(user: User | None) -> list[str]:
    codes = user.role_codes if user is not None and user.is_authenticated else frozenset()
    key = f"role names:{','.join(sorted(codes))}"
    return cached_briefly(key, lambda: list(Role.objects.filter(code__in=codes).values_list("name", flat=True)))


def office(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a partial response without navigation runs no query."""
    user = getattr(request, "user", None)

    @cache
    def nav_items() -> list[navigation.NavItem]:
        return navigation.items_for(user) if user is not None else []

    @cache
    def active_url_name() -> str:
        item = navigation.active_item(nav_items(), request.path)
        return item.url_name if item else ""

    def hub_group() -> str:
        """The group whose hub page this is."""
        return next((item.group for item in nav_items() if item.hub_url == request.path), "")

    def part(name: str) -> Callable[[], SafeString]:
        """A part of the navigation: the same for all who have the same roles and stand on the same page."""

        def draw() -> SafeString:
            items = nav_items()
            active = next((item.group for item in items if item.url_name == active_url_name()), "")
            context = {
                "nav_items": items,
                "nav_flat": len(items) <= navigation.FLAT,
                "nav_bottom_items": navigation.bottom_items(items),
                "active_url_name": active_url_name(),
                "active_group": active or hub_group(),
                "active_hub": hub_group(),
            }
            return mark_safe(render_to_string(f"components/{name}.html", context).strip())  # noqa: S308 - our template

        def text() -> SafeString:
            codes = ",".join(sorted(user.role_codes)) if user is not None and user.is_authenticated else ""
            return cached_briefly(f"{name}:{get_language()}:{codes}:{active_url_name()}:{hub_group()}", draw)

        return text

    return {
        "nav_items": SimpleLazyObject(nav_items),
        "nav_bottom_items": SimpleLazyObject(lambda: navigation.bottom_items(nav_items())),
        "active_url_name": SimpleLazyObject(active_url_name),
        "nav_side": SimpleLazyObject(part("_nav_side")),
        "nav_bottom": SimpleLazyObject(part("_nav_bottom")),
        "role_names": SimpleLazyObject(lambda: role_names(user)),
        "drafts_of": SimpleLazyObject(lambda: drafts_of(user)),
        "school_name": SimpleLazyObject(lambda: SchoolSettings.load().name),
    }
