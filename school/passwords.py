"""A password that somebody who knows the family could guess is refused."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from school.models import Student, User
from school.models.names import name_key

# Shorter facts are part of too many good passwords; a fact and no more than a year beside it is none.
SHORTEST, BESIDE = 4, 4
FORMS_OF_A_DAY = ("%Y%m%d", "%y%m%d", "%m%d%Y", "%d%m%Y")


class OwnFactsValidator:
    """Refuses a password that is little else than a phone, a number, a name or a birth date of the adult or its children."""

    def validate(self, password: str, user: Any = None) -> None:
        if not isinstance(user, User):
            return
        plain = "".join(c for c in password.lower() if c.isalnum())
        for fact in facts_of(user):
            if len(fact) >= SHORTEST and fact in plain and len(plain) - len(fact) <= BESIDE:
                raise ValidationError(
                    _(
                        "This password is too easy to guess: it is a phone, a number, a name or a birth date of your own."
                    ),
                    code="password_own_fact",
                )

    def get_help_text(self) -> str:
        return _("Not your phone, number, name or birth date, nor those of your children.")


def facts_of(user: User) -> Iterator[str]:
    """What others know of the person, in small letters and digits."""
    for phone in {user.phone, user.username}:
        if phone:
            yield phone.lower()
            yield phone[-8:].lower()
            yield phone[-6:].lower()
    yield from _of_name(user.name)
    if guardian := getattr(user, "guardian", None):
        for child in Student.objects.filter(guardianships__guardian=guardian):
            yield from _of_name(child.name)
            if child.birth_date:
                yield from _of_day(child.birth_date)
            if child.number:
                yield child.number.lower()
                yield child.number[-6:].lower()


def _of_name(name: str) -> Iterator[str]:
    yield name.lower()
    yield "".join(c for c in name_key(name) if c.isalpha())


def _of_day(day: dt.date | None) -> Iterator[str]:
    if day:
        for form in FORMS_OF_A_DAY:
            yield day.strftime(form)
