"""The children and adults whom the school has on file, by what a sheet says of them."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from school.importing.plan import Context
from school.models import ClassMembership, Guardian, Guardianship, SpecialGroupMembership, Student
from web.cleaning import fold_name, same_name

Adult = tuple[str, str]
"""(phone, name)"""


class Roll:
    """The children on file, found by number or by name, birth date and a guardian's phone."""

    def __init__(self, day: dt.date) -> None:
        classes = {
            m.student_id: [m.school_class.grade(day), m.school_class.number]
            for m in ClassMembership.objects.on(day).select_related("school_class")
        }
        adults: dict[int, list[list[str]]] = {}
        for student, phone, name, relation in Guardianship.objects.values_list(
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
                "birth_date": s["birth_date"].isoformat(),
                "health_note": s["health_note"],
                "class": classes.get(s["pk"]),
                "groups": sorted(groups.get(s["pk"], [])),
                "guardians": adults.get(s["pk"], []),
            }
            for s in Student.objects.values("pk", "number", "name", "sex", "birth_date", "health_note")
        ]
        self._by_number = {child["number"]: child for child in self.children if child["number"]}
        self._by_adult = {
            (fold_name(child["name"]), child["birth_date"], adult[0]): child
            for child in self.children
            for adult in child["guardians"]
        }

    def find(self, values: dict[str, Any]) -> dict[str, Any] | None:
        if values["number"] and (child := self._by_number.get(values["number"])):
            return child
        name = fold_name(values["name"])
        for guardian in values["guardians"]:
            child = self._by_adult.get((name, values["birth_date"], guardian["phone"]))
            if child and (not values["number"] or not child["number"]):
                return child
        return None


def adult_of(guardian: dict[str, str]) -> Adult:
    return guardian["phone"], fold_name(guardian["name"])


class AdultNames:
    """Whose phone is whose: the first name under which a phone is known signs in with it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._names: dict[str, str] = context.known.setdefault(
            "adult_names",
            dict(Guardian.objects.filter(contact_only=False).values_list("phone", "name"))
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
