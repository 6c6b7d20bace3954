"""The sheet 学生名册: children, their class, their guardians, special groups and health notes.

A child is matched by student number, else by name, birth date and a guardian's phone. An adult is matched by
phone and name; a phone under another name is a contact without a login.
"""

import datetime as dt
from collections import Counter
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.workbooks import Worksheet
from school.class_names import class_in_name, read_class
from school.importing.guardians import (
    adults_out,
    adults_written,
    check_torn_phones,
    in_words,
    keep_relations,
    other_phones,
    write_guardians,
)
from school.importing.on_file import AdultNames, Roll, adult_of
from school.importing.one_child import Twins, families
from school.importing.plan import (
    CREATED,
    UNCHANGED,
    UPDATED,
    Checker,
    Context,
    RowPlan,
    SheetPlan,
    difference,
    sheet_out,
    unspoken,
)
from school.importing.pupils import (
    ADULTS,
    BY_VALUE,
    LOST_DIGITS,
    MONTH_ONLY,
    PROGRAMS,
    RELATIONS,
    SYNONYMS,
    WHATS,
    both_in_one,
    clean_sex,
    digits_lost,
    is_month_of,
    number_of_document,
    sex_of_document,
    split_words,
)
from school.importing.shapes import ReadSheet, Row, Shape
from school.models import (
    ClassMembership,
    SchoolClass,
    SpecialGroup,
    SpecialGroupMembership,
    Student,
    Term,
)
from school.models.names import name_key
from school.models.places import class_label, grade_name
from school.student_numbers import check_student_number
from web.cleaning import clean_date, clean_phones, clean_text, fold_name, same_name

OLDEST = dt.timedelta(days=365 * 20)
# So many rows of a class that the school has not are no slip of the hand: it is made.
FEWEST_OF_A_CLASS = 5
# Field → column: what a sheet does not speak of stays as it is.
KEPT = {"health_note": "健康备注", "groups": "特殊群体"}


def names_adults(check: Checker) -> bool:
    return any(check.sheet_has(f"{who}{what}") for who in ADULTS for what in ("姓名", "手机"))


class StudentImporter:
    key = "students"
    shape: ClassVar[Shape] = Shape(
        "学生名册",
        required=("姓名", "班级"),
        optional=(
            *("学籍号", "年级", "监护人1关系", "监护人2姓名", "监护人2关系", "监护人2手机"),
            *("特殊群体", "健康备注"),
        ),
        one_of=(
            (("性别", "出生日期"), ("身份证件号",)),
            tuple((f"{who}姓名", f"{who}手机") for who in ADULTS if who != "监护人2"),
        ),
        least=("姓名", "班级"),
        programs=PROGRAMS,
        by_value=BY_VALUE,
        from_name={"班级": class_in_name},
        names=("学生花名册", "学生信息", "学生基本信息", "学生名单", "花名册", "学生表", "学籍信息", "学生"),
        synonyms=SYNONYMS,
    )
    order = 30
    headings: ClassVar[dict[str, str]] = {
        "number": "学籍号",
        "name": "姓名",
        "sex": "性别",
        "birth_date": "出生日期",
        "class": "班级",
        "health_note": "健康备注",
        "groups": "特殊群体",
        "guardians": "监护人",
    }
    fields = ("number", "name", "sex", "birth_date", "class", "health_note", "groups", "guardians")

    def export(self, term: Term | None, heading: str, *, empty: bool = False) -> Worksheet:
        """Guardians beyond the second are not in it: what a sheet does not name stays."""
        adults = [f"{who}{what}" for who in ("监护人1", "监护人2") for what in WHATS]
        columns = ("学籍号", "姓名", "性别", "出生日期", "年级", "班级", *adults, "特殊群体", "健康备注")
        children = [] if empty else Roll(ClassMembership.objects.day_shown(timezone.localdate())).children
        rows = [
            [
                child["number"] or "",
                child["name"],
                str(Student.Sex(child["sex"]).label) if child["sex"] else "",
                child["birth_date"],
                grade_name(child["class"][0]),
                f"{child['class'][1]}班",
                *adults_out(child["guardians"]),
                "、".join(child["groups"]),
                child["health_note"],
            ]
            for child in sorted(children, key=lambda child: (child["class"] or [], name_key(child["name"])))
            if child["class"]
        ]
        must = ("姓名", "性别", "出生日期", "班级", "监护人1姓名", "监护人1手机")
        return sheet_out(self.shape, columns, rows, heading, empty=empty, must=must)

    def plan(self, sheet: ReadSheet, context: Context) -> SheetPlan:
        plan = SheetPlan()
        roll = Roll(context.holds_from)
        twins = Twins()
        adults = AdultNames(context)
        written = adults_written(sheet)
        year = context.term.school_year
        self._rows_of = Counter(read_class(r.values.get("年级"), r.values.get("班级"), year) for r in sheet.rows)
        for row, *others in families(sheet):
            check = Checker(sheet.name, row, sheet)
            values = self._values(row, check, context)
            for other in others:
                beside = Checker(sheet.name, other, sheet)
                values["guardians"] += self._guardians(other, beside, context)
                check.found += beside.found
            old = roll.find(values)
            self._check_number(values, old, check)
            if old is None:
                self._ask_for_all(values, check)
            twins.check(row, values, old, check)
            check_torn_phones(values["guardians"], old, written, {one.number for one in (row, *others)}, check)
            if problem := check.problem():
                context.refused.append(problem)
                continue
            twins.note(row, values, old)
            adults.note(values["guardians"], row.number)
            values |= unspoken(sheet, KEPT, old)
            if old:
                # What the sheet does not say stays, and is not asked for.
                values |= {name: old[name] for name in ("sex", "birth_date") if not values[name]}
            other_phones(values["guardians"], old, written, adults)
            keep_relations(values["guardians"], old)
            plan.rows.append(self._row_plan(row, values, old))
        self._ask_about_names(plan, roll, set(twins.on_file), sheet, context)
        self._tell_made(plan, context)
        plan.missing = [
            f"{old['name']} {class_label(*old['class'])}"
            for old in roll.children
            if old["pk"] not in twins.on_file and old["class"]
        ]
        return plan

    def _tell_made(self, plan: SheetPlan, context: Context) -> None:
        """Of the classes that may be made those that an accepted row needs."""
        wanted = {tuple(row.values["class"]) for row in plan.rows}
        context.known["made_classes"] = wanted & context.known.get("made_classes", set())
        if made := sorted(context.known["made_classes"]):
            labels = "、".join(class_label(*one) for one in made)
            context.warnings.append(_("These classes are made; name their homeroom teachers: %s.") % labels)

    def _check_number(self, values: dict[str, Any], old: dict[str, Any] | None, check: Checker) -> None:
        """A number that is on file already is not looked at again."""
        number = values["number"]
        if number and (old is None or old["number"] != number) and (wrong := check_student_number(number)):
            check.refuse("学籍号", wrong)

    def _ask_about_names(self, plan: SheetPlan, roll: Roll, seen: set[int], sheet: ReadSheet, context: Context) -> None:
        """A new child without a number, born like one on file who is not in the sheet, with its guardian's phone: a name that was
        corrected, or a twin? Nobody is made twice before somebody has said so.
        """
        rows = {(row.table, row.number): row for row in sheet.rows}
        for row_plan in [row for row in plan.rows if row.action == CREATED and not row.values["number"]]:
            twin = next((one for one in roll.born_alike(row_plan.values) if one["pk"] not in seen), None)
            if twin is None:
                continue
            check = Checker(sheet.name, rows[row_plan.table, row_plan.row], sheet)
            told = {"new": row_plan.values["name"], "old": twin["name"]}
            check.refuse(
                "姓名",
                _(
                    "«%(new)s» has the birth date and the phone of «%(old)s», who is on file and not in this sheet. If it is the "
                    "same child, correct its name on its page; if there are two, give the student number."
                )
                % told,
            )
            if problem := check.problem():
                context.refused.append(problem)
                plan.rows.remove(row_plan)

    def _ask_for_all(self, values: dict[str, Any], check: Checker) -> None:
        """Of a child who is new the sheet says everything that it has a column for, and who its guardian is."""
        if not values["guardians"] and not names_adults(check):
            check.refuse("监护人1姓名", _("%s is missing.") % _("The guardian's name"))
        if not values["sex"] and check.sheet_has("性别") and not check.row.text("性别"):
            check.refuse("性别", _("The sex is 男 or 女."))
        if not values["birth_date"] and check.sheet_has("出生日期") and not check.row.text("出生日期"):
            check.refuse("出生日期", _("The date of birth is missing."))

    def _values(self, row: Row, check: Checker, context: Context) -> dict[str, Any]:
        document = number_of_document(row.text("身份证件号").upper())
        number = row.text("学籍号").upper() or document
        if not number and digits_lost(row.values.get("身份证件号")):
            check.refuse(
                "身份证件号", _("The last digits are lost: format the column as text and enter the number again.")
            )
        name = check.required_text("姓名", _("The name"))
        sex = clean_sex(row.values.get("性别")) or sex_of_document(document)
        if sex is None and row.text("性别"):
            check.refuse("性别", _("The sex is 男 or 女."))
        grade, class_number = self._class(row, check, context)
        return {
            "number": number or None,
            "name": name,
            "sex": sex or 0,
            "birth_date": self._birth_date(row, check, context.today, document),
            "class": [grade, class_number],
            "health_note": check.optional_prose("健康备注", longest=200),
            "groups": sorted({g for g in split_words(row.values.get("特殊群体")) if g}),
            "guardians": self._guardians(row, check, context),
        }

    def _birth_date(self, row: Row, check: Checker, today: dt.date, document: str) -> str:
        """ISO, or empty where the sheet has no such column. Where the day is not written the identity number says it."""
        raw = row.values.get("出生日期")
        born = clean_date(document[7:15])
        date = clean_date(raw) or (born if born and is_month_of(clean_text(raw), born) else None)
        if not clean_text(raw) and date is None:
            return ""
        if date is None and MONTH_ONLY.fullmatch(clean_text(raw)):
            check.refuse("出生日期", _("The day is missing: year and month alone are no date of birth."))
        elif date is None:
            check.refuse("出生日期", _("This is not a date. Write 2019-09-01."))
        elif date > today:
            check.refuse("出生日期", _("This date of birth is in the future."))
        elif date < today - OLDEST:
            check.refuse("出生日期", _("With this date of birth the child would be over twenty."))
        return date.isoformat() if date else ""

    def _class(self, row: Row, check: Checker, context: Context) -> tuple[int, int]:
        grade, number = read_class(row.values.get("年级"), row.values.get("班级"), context.term.school_year)
        if grade is None:
            check.refuse("年级" if "年级" in row.values else "班级", _("This is not a grade from 一年级 to 九年级."))
        if number is None:
            check.refuse("班级", _("This is not a class. Write 1班."))
        if grade and number and (grade, number) not in context.known["classes"]:
            if context.known.get("may_make_classes") or self._rows_of[grade, number] >= FEWEST_OF_A_CLASS:
                context.known.setdefault("made_classes", set()).add((grade, number))
                return grade, number
            check.refuse(
                "班级",
                _(
                    "There is no class %s. If there is one, add it on the page of classes, or name its homeroom teacher in the "
                    "list of staff; then upload this again."
                )
                % class_label(grade, number),
            )
        return grade or 0, number or 0

    def _guardians(self, row: Row, check: Checker, context: Context) -> list[dict[str, str]]:
        guardians: list[dict[str, str]] = []
        if not names_adults(check):
            return guardians  # A list of the children alone says nothing of their guardians: those on file stay.
        # The first one is asked for where the sheet has a place for it; of parents one is enough.
        first = ["监护人1"] if check.sheet_has("监护人1姓名") else []
        filled = [who for who in ADULTS if row.text(f"{who}姓名") or row.text(f"{who}手机")]
        for who in dict.fromkeys(first + filled) or ["父亲"]:
            columns = {what: f"{who}{what}" for what in WHATS}
            name = check.required_text(columns["姓名"], _("The guardian's name"))
            written = row.text(columns["手机"])
            phones = clean_phones(row.values.get(columns["手机"]))
            if not written:
                check.refuse(columns["手机"], _("The guardian's phone is missing."))
            elif LOST_DIGITS.fullmatch(written):
                check.refuse(
                    columns["手机"], _("The last digits are lost: format the column as text and enter the phone again.")
                )
            elif not phones:
                check.refuse(columns["手机"], _("This is not a mobile phone number of eleven digits."))
            elif any(other["phone"] == phones[0] and same_name(other["name"], name) for other in guardians):
                continue
            # Empty where nobody says it: what is on file stays, a new one is 监护人.
            relation = check.optional_text(columns["关系"], longest=20) or ADULTS[who]
            names = both_in_one(name, phones)
            for person, phone in zip(names, phones, strict=False) if len(names) > 1 else [(name, (phones or [""])[0])]:
                guardians.append({"name": person, "relation": RELATIONS.get(relation, relation), "phone": phone})
            if len(names) == 1 and phones[1:]:
                guardians[-1]["other_phone"] = phones[1]
        own = {guardian["phone"] for guardian in guardians}
        for guardian in guardians:
            if (other := guardian.get("other_phone")) and other not in own:
                context.warnings.append(
                    _(
                        "Row %(row)d: %(name)s has two phones; %(first)s is used to sign in, %(second)s is kept beside it."
                    )
                    % {"row": row.number, "name": guardian["name"], "first": guardian["phone"], "second": other}
                )
            else:
                guardian.pop("other_phone", None)
        return guardians

    def _row_plan(self, row: Row, values: dict[str, Any], old: dict[str, Any] | None) -> RowPlan:
        label = f"{values['name']} {class_label(*values['class'])}"
        if old is None:
            return RowPlan(row.number, label, CREATED, values, table=row.table)
        kept = dict(values)
        kept["number"] = values["number"] or old["number"]
        known = {(phone, fold_name(name), relation) for phone, name, relation in old["guardians"]}
        new_adults = [g for g in values["guardians"] if (*adult_of(g), g["relation"]) not in known]
        changes = difference(old, kept, ("number", "name", "birth_date", "health_note"))
        if old["class"] != values["class"]:
            changes["class"] = [class_label(*old["class"]) if old["class"] else "", class_label(*values["class"])]
        if old["sex"] != values["sex"]:
            changes["sex"] = [str(Student.Sex(old["sex"]).label), str(Student.Sex(values["sex"]).label)]
        if old["groups"] != values["groups"]:
            changes["groups"] = ["、".join(old["groups"]), "、".join(values["groups"])]
        if new_adults:
            was = "、".join(f"{g['name']} {g['was']}" for g in new_adults if "was" in g)
            changes["guardians"] = [was, "、".join(in_words(g) for g in new_adults)]
        return RowPlan(row.number, label, UPDATED if changes else UNCHANGED, kept, changes, old["pk"], row.table)

    def apply(self, plan: SheetPlan, context: Context) -> None:
        rows = [row for row in plan.rows if row.action != UNCHANGED]
        SchoolClass.objects.bulk_create(
            (
                SchoolClass(entry_year=context.term.school_year - grade + 1, number=number)
                for grade, number in sorted(context.known.get("made_classes", ()))
            ),
            ignore_conflicts=True,
        )
        self._write_students(rows)
        self._write_classes(rows, context.holds_from)
        self._write_groups(rows)
        write_guardians(rows, AdultNames(context))

    def _write_students(self, rows: list[RowPlan]) -> None:
        students = [
            Student(
                pk=row.pk,
                number=row.values["number"],
                name=row.values["name"],
                name_key=name_key(row.values["name"]),
                sex=row.values["sex"],
                birth_date=row.values["birth_date"] or None,
                health_note=row.values["health_note"],
            )
            for row in rows
        ]
        new = [student for student, row in zip(students, rows, strict=True) if row.action == CREATED]
        changed = [student for student, row in zip(students, rows, strict=True) if row.action == UPDATED]
        Student.objects.bulk_create(new)
        Student.objects.bulk_update(
            changed, ["number", "name", "name_key", "sex", "birth_date", "health_note"], batch_size=500
        )
        for student, row in zip(students, rows, strict=True):
            row.pk = student.pk

    def _write_classes(self, rows: list[RowPlan], day: dt.date) -> None:
        """A child who changes class leaves the old one the day before and keeps its history there."""
        rows = [row for row in rows if row.action == CREATED or "class" in row.changes]
        classes = {(c.grade(day), c.number): c.pk for c in SchoolClass.objects.filter(graduated_on=None)}
        current = {m.student_id: m for m in ClassMembership.objects.on(day).filter(student__in=[r.pk for r in rows])}
        for membership in current.values():
            if membership.starts_on >= day:
                membership.delete()
            else:
                membership.ends_on = day - dt.timedelta(days=1)
                membership.save()
        ClassMembership.objects.bulk_create(
            ClassMembership(student_id=row.pk, school_class_id=classes[tuple(row.values["class"])], starts_on=day)
            for row in rows
        )

    def _write_groups(self, rows: list[RowPlan]) -> None:
        names = {name for row in rows for name in row.values["groups"]}
        if not names and not any(row.action == UPDATED for row in rows):
            return
        SpecialGroup.objects.bulk_create(
            [SpecialGroup(name=name, has_priority=False) for name in sorted(names)], ignore_conflicts=True
        )
        groups = {group.name: group.pk for group in SpecialGroup.objects.all()}
        changed = [row.pk for row in rows if "groups" in row.changes]
        SpecialGroupMembership.objects.filter(student__in=changed).delete()
        SpecialGroupMembership.objects.bulk_create(
            SpecialGroupMembership(student_id=row.pk, group_id=groups[name])
            for row in rows
            if row.action == CREATED or "groups" in row.changes
            for name in row.values["groups"]
        )
