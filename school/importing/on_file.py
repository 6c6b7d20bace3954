"""The children and adults whom the school has on file, by what a sheet says of them."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from school.importing.plan import Context
from school.models import ClassMembership, Guardian, Guardianship, SpecialGroupMembership, Student, User
from web.cleaning import fold_name, same_name

Adult = tuple[str, str]
"""(phone, name)"""
ClassKey = tuple[int, ...]
"""(grade, number), or nothing"""


class Roll:
    """The children on file, found by number, or by name with a guardian's phone, a birth date or a class."""

    def __init__(self, day: dt.date) -> None:
        classes = {
            m.student_id: [m.school_class.grade(day), m.school_class.number]
            for m in ClassMembership.objects.on(day).select_related("school_class")
        }
        adults: dict[int, list[list[str]]] = {}
        rows = Guardianship.objects.order_by("order", "pk")
        for student, phone, name, relation in rows.values_list(
            "student", "guardian__phone", "guardian__name", "relation"
        ):
            adults.setdefault(student, []).append([phone, name, relation])
        groups: dict[int, list[str]] = {}
        for student, name in SpecialGroupMembership.objects.values_list("student", "group__name"):
            groups.setdefault(student, []).append(name)
        self.children: list[dict[str, Any]] = [
            {
                "pk": s["pk"],
                "number": s["number"],
                "name": s["name"],
                "sex": s["sex"],
                "birth_date": s["birth_date"].isoformat() if s["birth_date"] else "",
                "health_note": s["health_note"],
                "class": classes.get(s["pk"]),
                "groups": sorted(groups.get(s["pk"], [])),
                "guardians": adults.get(s["pk"], []),
            }
            for s in Student.objects.values("pk", "number", "name", "sex", "birth_date", "health_note")
        ]
        self._by_number = {child["number"]: child for child in self.children if child["number"]}
        self._by_adult: dict[tuple[str, str], dict[str, Any]] = {}
        self._by_class: dict[tuple[str, ClassKey], list[dict[str, Any]]] = {}
        self._by_day: dict[str, list[dict[str, Any]]] = {}
        self._by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for child in self.children:
            name = fold_name(child["name"])
            self._by_day.setdefault(child["birth_date"], []).append(child)
            self._by_name.setdefault((name, child["birth_date"]), []).append(child)
            self._by_class.setdefault((name, tuple(child["class"] or ())), []).append(child)
            for phone, _name, _relation in child["guardians"]:
                self._by_adult[name, phone] = child

    def find(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """By number; else by name and a guardian's phone, whatever else was corrected; else by name and birth date, where only
        one child is so called; where one side has no birth date, by name and class.
        """
        if values["number"] and (child := self._by_number.get(values["number"])):
            return child
        name = fold_name(values["name"])
        found = [self._by_adult.get((name, guardian["phone"])) for guardian in values["guardians"]]
        born = self._by_name.get((name, values["birth_date"]), []) if values["birth_date"] else []
        found += born if len(born) == 1 else []
        alike = self._by_class.get((name, tuple(values["class"])), [])
        if len(alike) == 1 and not (alike[0]["birth_date"] and values["birth_date"]):
            found += alike
        return next((child for child in found if child and not (values["number"] and child["number"])), None)

    def born_alike(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Children on file with the birth date and a guardian's phone of these values."""
        phones = {guardian["phone"] for guardian in values["guardians"]}
        return [
            child
            for child in self._by_day.get(values["birth_date"], [])
            if values["birth_date"] and phones & {phone for phone, _name, _relation in child["guardians"]}
        ]


def adult_of(guardian: dict[str, str]) -> Adult:
    return guardian["phone"], fold_name(guardian["name"])


class AdultNames:
    """Whose phone is whose: the first name under which a phone is known signs in with it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._names: dict[str, str] = context.known.setdefault(
            "adult_names",
            dict(User.objects.exclude(phone=None).values_list("phone", "name"))
            | dict(Guardian.objects.filter(contact_only=False).values_list("phone", "name"))
            | {phone: name for phone, name in context.known["staff_phones"].items() if phone},
        )

    def has_login(self, phone: str, name: str) -> bool:
        return same_name(self._names.setdefault(phone, name), name)

    def note(self, guardians: list[dict[str, str]], row: int) -> None:
        for guardian in guardians:
            if not self.has_login(guardian["phone"], guardian["name"]):
                self._context.warnings.append(
                    _(
                        "Row %(row)d: the phone of %(name)s belongs to %(owner)s; "
                        "%(name)s is entered as a contact without a login."
                    )
                    % {"row": row, "name": guardian["name"], "owner": self._names[guardian["phone"]]}
                )
