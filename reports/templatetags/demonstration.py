"""The accounts of a demonstration on its sign-in page."""

from django import template
from django.conf import settings

from reports.demo.accounts import Account, accounts

register = template.Library()


@register.simple_tag
def demonstration_accounts() -> list[Account]:
    """None where no demonstration is played."""
    return accounts() if settings.DEMONSTRATION_CLOCK else []
