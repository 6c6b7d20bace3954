"""What every page shows: the school's name and the person's navigation."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from school import navigation
from school.models import Role, SchoolSettings


def office(request: HttpRequest) -> dict[str, Any]:
    """Lazy throughout: a partial answer that shows no navigation asks the database nothing."""
    user = getattr(request, "user", None)

    def nav_items() -> list[navigation.NavItem]:
        return navigation.items_for(user) if user is not None else []

    def active_url_name() -> str:
        item = navigation.active_item(nav_items(), request.path)
        return item.url_name if item else ""

    def role_names() -> list[str]:
        codes = user.role_codes if user is not None and user.is_authenticated else frozenset()
        return list(Role.objects.filter(code__in=codes).values_list("name", flat=True))

    return {
        "nav_items": SimpleLazyObject(nav_items),
        "nav_bottom_items": SimpleLazyObject(lambda: navigation.bottom_items(nav_items())),
        "active_url_name": SimpleLazyObject(active_url_name),
        "role_names": SimpleLazyObject(role_names),
        "school_name": SimpleLazyObject(lambda: SchoolSettings.load().name),
    }
