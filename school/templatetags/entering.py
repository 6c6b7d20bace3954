"""Links shown only to people who may follow them. A built-in library: no `load` is needed."""

from typing import Any

from django import template
from django.urls import reverse

from school.access import may_enter

register = template.Library()


@register.simple_tag(takes_context=True)
def enterable(context: template.Context, to: str, *args: Any, **kwargs: Any) -> str:
    """`{% enterable "clubs:club_add" as add_url %}`: like `url`, but empty for a person whose roles may not enter.

    `to` may also be an address that the view has made, with its query; of an empty one nothing comes.
    """
    if not to:
        return ""
    address = to if to.startswith("/") else reverse(to, args=args, kwargs=kwargs)
    return address if may_enter(context["request"].user, address) else ""
