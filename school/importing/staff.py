"""The sheet 教职工. Its 班主任班级 names the classes of the school."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.workbooks import Worksheet
from school.class_names import split_class
from school.importing.plan import (
    CREATED,
    UNCHANGED,
    UPDATED,
    Checker,
    Context,
    RowPlan,
    SheetPlan,
    by_name,
    difference,
    sheet_out,
    unspoken,
)
from school.importing.pupils import clean_sex
from school.importing.rooms import RoomImporter
from school.importing.shapes import ReadSheet, Row, Shape
from school.models import Post, Role, SchoolClass, Staff, Student, Subject, Term, User
from school.models.names import name_key
from school.models.places import class_label
from school.services.people import save_adult
from web.cleaning import clean_phones, same_name

ROLES_OF_TITLE = {
    "校长": [Role.Code.PRINCIPAL],
    "副校长": [Role.Code.DUTY_LEADER],
    "教务主任": [Role.Code.ACADEMIC_OFFICE, Role.Code.DUTY_LEADER],
    "教导主任": [Role.Code.ACADEMIC_OFFICE, Role.Code.DUTY_LEADER],
    "德育主任": [Role.Code.DUTY_LEADER],
    "总务主任": [Role.Code.DUTY_LEADER],
    "课后服务办公室": [Role.Code.SERVICE_OFFICE],
    "保安": [Role.Code.GATE],
    "门卫": [Role.Code.GATE],
}
TITLE_ROLES = sorted({role for roles in ROLES_OF_TITLE.values() for role in roles})


# By which columns beside the number, or two of them without it, a list of names and phones is one of the school's staff.
OTHERS = ("职务", "任教学科", "班主任班级")
# Field → column: what a sheet does not speak of stays as it is.
KEPT = {"sex": "性别", "subject": "任教学科", "title": "职务", "homeroom": "班主任班级"}


class Numbers:
    """Staff numbers for rows without one: the number that the same person has, else the next that is free."""

    def __init__(self, existing: Mapping[str, Mapping[str, Any]], written: Iterable[str]) -> None:
        self._existing = existing
        self._taken = {*existing, *written, *Staff.objects.values_list("number", flat=True)}
        self._next = max((int(n[1:]) for n in self._taken if re.fullmatch(r"T\d{1,6}", n)), default=0)

    def of(self, values: Mapping[str, Any]) -> str:
        """By the phone, else by a name that only one has: the other of the two may have changed."""
        phone, name = values["phone"], values["name"]
        by_phone = [number for number, old in self._existing.items() if phone and phone == old["phone"]]
        same = by_phone or [number for number, old in self._existing.items() if same_name(old["name"], name)]
        if len(same) == 1:
            return same[0]
        self._next += 1
        return f"T{self._next:03}"


def somebody_elses(phone: str, old: Mapping[str, Any] | None, logins: Mapping[str | None, int]) -> bool:
    """Whether somebody else than this colleague, who has a login, signs in with the phone."""
    return bool(old and old["user"] and logins.get(phone, old["user"]) != old["user"])


class StaffImporter:
    key = "staff"
    shape: ClassVar[Shape] = Shape(
        "教职工",
        required=("姓名", "手机"),
        optional=("性别",),
        one_of=(
            (
                ("工号", "职务"),
                ("工号", "任教学科"),
                ("任教学科", "职务"),
                ("工号", "班主任班级"),
                ("任教学科", "班主任班级"),
            ),
        ),
        variants=({"班级": "班主任班级", "班主任": "姓名"}, {"班级": "班主任班级", "班主任姓名": "姓名"}),
        least=("姓名",),
        names=("教师", "教师名册", "教师花名册", "教职工名册", "教职工花名册", "教职工信息", "教师信息", "教师名单"),
        synonyms={
            "教工号": "工号",
            "教职工号": "工号",
            "职工号": "工号",
            "教师编号": "工号",
            "编号": "工号",
            "教师姓名": "姓名",
            "教职工姓名": "姓名",
            "学科": "任教学科",
            "任课": "任教学科",
            "科目": "任教学科",
            "岗位": "职务",
            "行政职务": "职务",
            "担任班主任": "班主任班级",
            "班主任": "班主任班级",
            "所带班级": "班主任班级",
            "手机号": "手机",
            "手机号码": "手机",
            "联系电话": "手机",
            "电话": "手机",
            "联系方式": "手机",
        },
    )
    order = 20
    headings: ClassVar[dict[str, str]] = {
        "name": "姓名",
        "sex": "性别",
        "subject": "任教学科",
        "title": "职务",
        "phone": "手机",
        "homeroom": "班主任班级",
    }
    fields = ("name", "sex", "subject", "title", "phone", "homeroom")

    def export(self, term: Term | None, heading: str, *, empty: bool = False) -> Worksheet:
        columns = ("工号", "姓名", "性别", "任教学科", "职务", "班主任班级", "手机")
        context = Context(timezone.localdate(), term) if term and not empty else None
        rows = [
            [
                number,
                old["name"],
                str(Student.Sex(old["sex"]).label) if old["sex"] else "",
                old["subject"],
                old["title"],
                class_label(*old["homeroom"]) if old["homeroom"] else "",
                old["phone"],
            ]
            for number, old in (self._existing(context).items() if context else ())
        ]
        return sheet_out(self.shape, columns, rows, heading, empty=empty)

    def plan(self, sheet: ReadSheet, context: Context) -> SheetPlan:
        plan = SheetPlan()
        existing = self._existing(context)
        numbers = Numbers(existing, (row.text("工号").upper() for row in sheet.rows))
        phones = {old["phone"]: number for number, old in existing.items() if old["phone"]}
        logins = dict(User.objects.exclude(phone=None).values_list("phone", "pk"))
        led: dict[tuple[int, int], str] = {}
        seen: set[str] = set()
        given: list[str] = []
        named: set[tuple[int, int]] = set()
        for row in sheet.rows:
            check = Checker(sheet.name, row)
            values = self._values(row, check, context)
            number, homeroom = values["number"] or numbers.of(values), values["homeroom"]
            values["number"] = number
            if homeroom:
                # Also where the row is refused: its children's class is there.
                named.add(tuple(homeroom))
            if number in seen:
                check.refuse("工号", _("This staff number stands in the sheet twice."))
            if values["phone"] and phones.setdefault(values["phone"], number) != number:
                check.refuse("手机", _("This phone belongs to staff number %s already.") % phones[values["phone"]])
            elif somebody_elses(values["phone"], existing.get(number), logins):
                check.refuse("手机", _("Somebody else signs in with this phone already."))
            if homeroom and led.setdefault(tuple(homeroom), number) != number:
                check.refuse("班主任班级", _("This class has the homeroom teacher %s already.") % led[tuple(homeroom)])
            if problem := check.problem():
                context.refused.append(problem)
                continue
            seen.add(number)
            old = existing.get(number)
            if old is None and not row.text("工号"):
                given.append(f"{number} {values['name']}")
            values |= unspoken(sheet, KEPT, old)
            plan.rows.append(self._row_plan(row.number, values, old))
        if given:
            context.warnings.append(_("These have no staff number and are given one: %s.") % "、".join(given[:50]))
        plan.missing = [f"{number} {old['name']}" for number, old in existing.items() if number not in seen]
        self._tell_the_others(plan, existing, named, context)
        return plan

    def _tell_the_others(
        self,
        plan: SheetPlan,
        existing: Mapping[str, Mapping[str, Any]],
        named: set[tuple[int, int]],
        context: Context,
    ) -> None:
        """What pupils' and clubs' sheets ask of the staff: phones, names, classes; `named` are led by a homeroom teacher."""
        brought = {row.values["number"] for row in plan.rows}
        classes = {(c.grade(context.term.starts_on), c.number) for c in SchoolClass.objects.filter(graduated_on=None)}
        context.known["classes"] = classes | named
        context.known["may_make_classes"] = not classes and not named
        context.known["named_classes"] = named
        context.known["staff_phones"] = {old["phone"]: old["name"] for old in existing.values()} | {
            row.values["phone"]: row.values["name"] for row in plan.rows
        }
        # Outside instructors and volunteers are in no list of colleagues, and lead clubs.
        outside = Staff.objects.filter(left_on=None).exclude(kind=Staff.Kind.EMPLOYEE).values_list("name", "number")
        context.known["staff_numbers"] = brought | existing.keys() | {number for _name, number in outside}
        people = [(old["name"], number) for number, old in existing.items() if number not in brought]
        people += [(name, number) for name, number in outside if number not in brought]
        context.known["staff_names"] = by_name([*people, *((r.values["name"], r.values["number"]) for r in plan.rows)])

    def _values(self, row: Row, check: Checker, context: Context) -> dict[str, Any]:
        number = check.optional_text("工号", longest=20).upper()
        sex = clean_sex(row.values.get("性别"))
        if row.text("性别") and sex is None:
            check.refuse("性别", _("The sex is 男 or 女."))
        phone = next(iter(clean_phones(row.values.get("手机"))), None)
        if row.text("手机") and phone is None:
            check.refuse("手机", _("This is not a mobile phone number of eleven digits."))
        homeroom = split_class(row.values.get("班主任班级"), context.term.school_year)
        if row.text("班主任班级") and homeroom is None:
            check.refuse("班主任班级", _("Write the class as 三年级2班."))
        return {
            "number": number,
            "name": check.required_text("姓名", _("The name")),
            "sex": sex or 0,
            "subject": check.optional_text("任教学科", longest=30),
            "title": check.optional_text("职务", longest=30),
            "phone": phone or "",
            "homeroom": list(homeroom) if homeroom else None,
        }

    def _existing(self, context: Context) -> dict[str, dict[str, Any]]:
        homerooms = {
            post.staff_id: [post.school_class.grade(context.term.starts_on), post.school_class.number]
            for post in Post.objects.on(context.posts_from)
            .filter(role=Role.Code.HOMEROOM_TEACHER)
            .select_related("school_class")
            if post.school_class
        }
        return {
            staff.number: {
                "pk": staff.pk,
                "user": staff.user_id,
                "name": staff.name,
                "sex": staff.sex,
                "subject": staff.subject.name if staff.subject else "",
                "title": staff.title,
                "phone": staff.phone,
                "homeroom": homerooms.get(staff.pk),
            }
            for staff in Staff.objects.filter(kind=Staff.Kind.EMPLOYEE, left_on=None).select_related("subject")
        }

    def _row_plan(self, number: int, values: dict[str, Any], old: dict[str, Any] | None) -> RowPlan:
        label = f"{values['number']} {values['name']}"
        if old is None:
            return RowPlan(number, label, CREATED, values)
        changes = difference(old, values, self.fields)
        for field, pair in changes.items():
            if field == "homeroom":
                changes[field] = [class_label(*v) if v else "" for v in (old["homeroom"], values["homeroom"])]
            elif field == "sex":
                changes[field] = [str(Student.Sex(v).label) for v in (old["sex"], values["sex"])]
            else:
                changes[field] = pair
        return RowPlan(number, label, UPDATED if changes else UNCHANGED, values, changes, old["pk"])

    def apply(self, plan: SheetPlan, context: Context) -> None:
        rows = [row for row in plan.rows if row.action != UNCHANGED]
        subjects = self._subjects(rows)
        self._make_classes(plan, context)
        for row in rows:
            fields = {k: v for k, v in row.values.items() if k not in ("subject", "homeroom")}
            fields |= {"subject": subjects.get(row.values["subject"]), "name_key": name_key(row.values["name"])}
            if row.action == CREATED:
                row.pk = Staff.objects.create(**fields).pk
            else:
                person = Staff.objects.select_related("user").get(pk=row.pk)
                for name, value in fields.items():
                    setattr(person, name, value)
                save_adult(adult=person)
        self._hold_posts(rows, context)
        RoomImporter.give_classes_their_rooms(context)

    def _subjects(self, rows: list[RowPlan]) -> dict[str, Subject]:
        names = {row.values["subject"] for row in rows if row.values["subject"]}
        Subject.objects.bulk_create([Subject(name=name) for name in sorted(names)], ignore_conflicts=True)
        return {subject.name: subject for subject in Subject.objects.filter(name__in=names)}

    def _make_classes(self, plan: SheetPlan, context: Context) -> None:
        wanted = sorted(context.known["named_classes"])
        SchoolClass.objects.bulk_create(
            [SchoolClass(entry_year=context.term.school_year - grade + 1, number=number) for grade, number in wanted],
            ignore_conflicts=True,
        )

    def _hold_posts(self, rows: list[RowPlan], context: Context) -> None:
        """Posts that the sheet says: new ones begin on the day from which they hold, others end the day before."""
        day, of_term = context.posts_from, context.holds_from
        classes = {(c.grade(of_term), c.number): c for c in SchoolClass.objects.filter(graduated_on=None)}
        roles = [Role.Code.HOMEROOM_TEACHER, *TITLE_ROLES]
        wanted: set[tuple[int, str, int | None]] = set()
        for row in rows:
            pk = int(row.pk or 0)
            wanted |= {(pk, role, None) for role in ROLES_OF_TITLE.get(row.values["title"], [])}
            if row.values["homeroom"]:
                wanted.add((pk, Role.Code.HOMEROOM_TEACHER, classes[tuple(row.values["homeroom"])].pk))
        staff = [row.pk for row in rows]
        held = Post.objects.on(day).filter(staff__in=staff, role__in=roles)
        for post in held:
            key = (post.staff_id, post.role, post.school_class_id)
            if key in wanted:
                wanted.discard(key)
            elif post.starts_on >= day:
                post.delete()
            else:
                post.ends_on = day - dt.timedelta(days=1)
                post.save()
        Post.objects.bulk_create(
            Post(staff_id=pk, role=role, school_class_id=class_pk, starts_on=day) for pk, role, class_pk in wanted
        )
