"""The adults of a list of pupils: compared with those on file, and written."""

from typing import Any

from django.utils.translation import gettext as _

from school.importing.on_file import Adult, AdultNames, adult_of
from school.importing.plan import Checker, RowPlan
from school.importing.pupils import ADULTS
from school.importing.shapes import ReadSheet, Row
from school.models import Guardian, Guardianship, Staff
from school.models.names import name_key
from school.services.people import save_adult
from web.cleaning import clean_phones, fold_name, same_name
from web.templatetags.formats import bracketed


def adults_written(sheet: ReadSheet) -> dict[Adult, list[Row]]:
    """(phone, name) of every adult whom the sheet names → the rows that do."""
    found: dict[Adult, list[Row]] = {}
    for row in sheet.rows:
        for who in ADULTS:
            for phone in clean_phones(row.values.get(f"{who}手机")):
                found.setdefault((phone, fold_name(row.text(f"{who}姓名"))), []).append(row)
    return found


def phone_before(guardian: dict[str, str], old: dict[str, Any] | None) -> str:
    """The phone that the same adult of the child has on file, where the sheet gives another one; else empty."""
    known = [(phone, name) for phone, name, _relation in (old or {}).get("guardians", ())]
    had = [phone for phone, name in known if same_name(name, guardian["name"])]
    return had[0] if len(had) == 1 and guardian["phone"] not in {phone for phone, _name in known} else ""


def phone_column(row: Row, phone: str) -> str:
    return next((f"{who}手机" for who in ADULTS if phone in clean_phones(row.values.get(f"{who}手机"))), "监护人1手机")


def check_torn_phones(
    guardians: list[dict[str, str]],
    old: dict[str, Any] | None,
    written: dict[Adult, list[Row]],
    own: set[int],
    check: Checker,
) -> None:
    """An adult has one phone: corrected in the row of one child, it is corrected in the rows of its brothers and sisters."""
    for guardian in guardians:
        before = phone_before(guardian, old)
        for row in written.get((before, fold_name(guardian["name"])), ()):
            if row.number not in own:
                facts = {"name": guardian["name"], "row": row.number, "child": row.text("姓名")}
                check.refuse(
                    phone_column(check.row, guardian["phone"]),
                    _("Row %(row)d, %(child)s, still has the former phone of %(name)s. Give both rows the same one.")
                    % facts,
                )
                break


def other_phones(
    guardians: list[dict[str, str]], old: dict[str, Any] | None, written: dict[Adult, list[Row]], adults: AdultNames
) -> None:
    """Notes at a guardian the phone that it had, where the sheet gives the same adult of the child another one: `was`.

    Not where the old phone still stands in the sheet (a sibling's row), nor where the new one is somebody else's login.
    """
    for guardian in guardians:
        before = phone_before(guardian, old)
        if not before or (before, fold_name(guardian["name"])) in written:
            continue
        if adults.has_login(guardian["phone"], guardian["name"]):
            guardian["was"] = before


def keep_relations(guardians: list[dict[str, str]], old: dict[str, Any] | None) -> None:
    """A relation that the sheet does not say is the one on file."""
    known = {(phone, fold_name(name)): relation for phone, name, relation in (old or {}).get("guardians", ())}
    for guardian in guardians:
        on_file = known.get((guardian.get("was", guardian["phone"]), fold_name(guardian["name"])))
        guardian["relation"] = guardian["relation"] or on_file or "监护人"


def in_words(guardian: dict[str, str]) -> str:
    return (
        f"{guardian['name']} {guardian['phone']}"
        if "was" in guardian
        else f"{guardian['name']}{bracketed(guardian['relation'])}"
    )


def adults_out(guardians: list[list[str]]) -> list[str]:
    """The first two as 姓名, 关系, 手机 each."""
    cells = [cell for phone, name, relation in guardians[:2] for cell in (name, relation, phone)]
    return cells + [""] * (6 - len(cells))


def write_guardians(rows: list[RowPlan], adults: AdultNames) -> None:
    """Makes the adults of the plan's rows, gives those another phone who have one, and joins them to the children."""
    move_phones(rows)
    known = make_adults(rows, adults)
    Guardianship.objects.bulk_create(
        [
            Guardianship(student_id=row.pk, guardian=known[adult_of(g)], relation=g["relation"], order=order)
            for row in rows
            for order, g in enumerate(row.values["guardians"], start=1)
        ],
        update_conflicts=True,
        unique_fields=["student", "guardian"],
        update_fields=["relation"],
    )


def move_phones(rows: list[RowPlan]) -> None:
    """Adults whose phone changed (`was`) keep everything else; their login follows."""
    for row in rows:
        for g in row.values["guardians"]:
            if "was" not in g:
                continue
            for adult in Guardian.objects.filter(phone=g["was"], students=row.pk).select_related("user"):
                if same_name(adult.name, g["name"]):
                    adult.phone = g["phone"]
                    save_adult(adult=adult)


def make_adults(rows: list[RowPlan], adults: AdultNames) -> dict[Adult, Guardian]:
    """All adults of the rows by phone and name; those who are not on file are made."""
    wanted: dict[Adult, dict[str, str]] = {}
    for row in rows:
        for g in row.values["guardians"]:
            wanted[adult_of(g)] = g | wanted.get(adult_of(g), {})
    phones = {phone for phone, _name in wanted}
    known = {(g.phone, fold_name(g.name)): g for g in Guardian.objects.filter(phone__in=phones)}
    users = {s.phone: s.user_id for s in Staff.objects.filter(phone__in=phones, user__isnull=False)}
    new = []
    for adult, g in wanted.items():
        if adult in known:
            continue
        contact = not adults.has_login(g["phone"], g["name"])
        new.append(
            Guardian(
                phone=g["phone"],
                other_phone=g.get("other_phone", ""),
                name=g["name"],
                name_key=name_key(g["name"]),
                contact_only=contact,
                user_id=None if contact else users.get(g["phone"]),
            )
        )
    return known | {(g.phone, fold_name(g.name)): g for g in Guardian.objects.bulk_create(new)}
