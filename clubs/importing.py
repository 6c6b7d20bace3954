"""The sheet 社团: the catalogue of the term, published as it stands."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from clubs.models import Club, ClubSlot
from school.cleaning import clean_grade, clean_text
from school.importing.plan import CREATED, UNCHANGED, UPDATED, Checker, Context, RowPlan, SheetPlan, difference
from school.importing.workbook import Row, Sheet
from school.models import Period, PolicyRule, Room, Staff
from school.models.places import MAX_GRADE

DAYS = "一二三四五六日"
DEFAULT_PERIOD = 2


class ClubImporter:
    key = "clubs"
    sheet = "社团"
    required: tuple[str, ...] = ("社团名称", "类别", "面向年级", "人数上限", "指导教师工号", "地点", "活动时间")
    order = 40
    fields = ("category", "grade_from", "grade_to", "capacity", "instructor", "room", "materials_fee", "slots")

    def plan(self, sheet: Sheet, context: Context) -> SheetPlan:
        plan = SheetPlan()
        existing = self._existing(context)
        self._periods = set(Period.objects.values_list("number", flat=True))
        seen: set[str] = set()
        used: dict[tuple[str, str, int, int], str] = {}
        for row in sheet.rows:
            check = Checker(sheet.name, row)
            values = self._values(row, check, context)
            if values["name"] in seen:
                check.refuse("社团名称", _("This club stands in the sheet twice."))
            self._check_clashes(values, check, used)
            old = existing.get(values["name"])
            if old and values["capacity"] < old["taken"]:
                check.refuse("人数上限", _("%d children have a place already.") % old["taken"])
            if problem := check.problem():
                context.refused.append(problem)
                continue
            seen.add(values["name"])
            plan.rows.append(self._row_plan(row.number, values, old))
        plan.missing = [name for name in existing if name not in seen]
        return plan

    def _values(self, row: Row, check: Checker, context: Context) -> dict[str, Any]:
        grades = read_grades(row.text("面向年级"))
        if grades is None:
            check.refuse("面向年级", _("Write the grades as 三至六年级."))
        slots = read_slots(row.text("活动时间"))
        if slots is None or any(period not in self._periods for _day, period in slots):
            check.refuse("活动时间", _("Write the days as 周一、周四, with a period as 周一第1节."))
        self._check_weekend(slots or [], check, context)
        capacity = row.text("人数上限")
        if not capacity.isdigit() or not 1 <= int(capacity) <= 500:
            check.refuse("人数上限", _("The number of places is not a number from 1 to 500."))
        instructor = row.text("指导教师工号").upper()
        if instructor not in context.known["staff_numbers"]:
            check.refuse("指导教师工号", _("No member of staff has this number."))
        room = row.text("地点")
        if room not in context.known["rooms"]:
            check.refuse("地点", _("There is no such room."))
        return {
            "name": check.required_text("社团名称", _("The name"), longest=40),
            "category": category(row.text("类别")),
            "grade_from": grades[0] if grades else 0,
            "grade_to": grades[1] if grades else 0,
            "capacity": int(capacity) if capacity.isdigit() else 0,
            "instructor": instructor,
            "room": room,
            "materials_fee": self._fee(row, check),
            "slots": [list(slot) for slot in slots or []],
        }

    def _check_weekend(self, slots: list[tuple[int, int]], check: Checker, context: Context) -> None:
        """S3: a Saturday club needs the rule lifted, which is where a school records its local approval."""
        rule = (
            PolicyRule.objects.blocking("S3", day=context.term.starts_on) if any(day > 5 for day, _p in slots) else None
        )
        if rule:
            check.refuse("活动时间", str(rule.refusal(_("Clubs meet on teaching days, Monday to Friday.")).message))

    def _fee(self, row: Row, check: Checker) -> str:
        text = row.text("材料费(元/学期)") or "0"
        try:
            fee = Decimal(text)
        except InvalidOperation:
            fee = Decimal(-1)
        if not 0 <= fee < 10_000:
            check.refuse("材料费(元/学期)", _("This is not an amount in yuan."))
        return f"{max(fee, Decimal(0)):.2f}"

    def _check_clashes(self, values: dict[str, Any], check: Checker, used: dict) -> None:
        for day, period in values["slots"]:
            for what, column in (("room", "地点"), ("instructor", "指导教师工号")):
                other = used.setdefault((what, values[what], day, period), values["name"])
                if other != values["name"]:
                    check.refuse(column, _("%(other)s has it on 周%(day)s.") % {"other": other, "day": DAYS[day - 1]})

    def _existing(self, context: Context) -> dict[str, dict[str, Any]]:
        if context.term.pk is None:
            return {}
        clubs = Club.objects.filter(term=context.term).select_related("room", "instructor")
        return {
            club.name: {
                "pk": club.pk,
                "taken": club.taken,
                "category": club.category,
                "grade_from": club.grade_from,
                "grade_to": club.grade_to,
                "capacity": club.capacity,
                "instructor": club.instructor.number,
                "room": club.room.name,
                "materials_fee": f"{club.materials_fee:.2f}",
                "slots": [[slot.weekday, slot.period.number] for slot in club.slots.all()],
            }
            for club in clubs.prefetch_related("slots__period")
        }

    def _row_plan(self, number: int, values: dict[str, Any], old: dict[str, Any] | None) -> RowPlan:
        if old is None:
            return RowPlan(number, values["name"], CREATED, values)
        changes = difference(old, values, self.fields)
        return RowPlan(number, values["name"], UPDATED if changes else UNCHANGED, values, changes, old["pk"])

    def apply(self, plan: SheetPlan, context: Context) -> None:
        rows = [row for row in plan.rows if row.action != UNCHANGED]
        rooms = {room.name: room for room in Room.objects.all()}
        staff = {person.number: person for person in Staff.objects.all()}
        periods = {period.number: period for period in Period.objects.all()}
        ClubSlot.objects.filter(club__in=[row.pk for row in rows if row.pk]).delete()
        for row in rows:
            fields = {k: v for k, v in row.values.items() if k != "slots"}
            fields |= {"room": rooms[row.values["room"]], "instructor": staff[row.values["instructor"]]}
            if row.action == CREATED:
                club = Club.objects.create(term=context.term, status=Club.Status.PUBLISHED, **fields)
            else:
                Club.objects.filter(pk=row.pk).update(**fields)
                club = Club.objects.get(pk=row.pk)
            ClubSlot.objects.bulk_create(
                ClubSlot(
                    term=context.term,
                    club=club,
                    weekday=day,
                    period=periods[number],
                    room=club.room,
                    instructor=club.instructor,
                )
                for day, number in row.values["slots"]
            )


def category(text: str) -> str:
    return text if text in Club.Category.values else Club.Category.OTHER.value


def read_grades(text: str) -> tuple[int, int] | None:
    """(3, 6) from 三至六年级, 3-6年级, 三年级; the whole school from 全校."""
    if text in ("全校", "各年级"):
        return 1, MAX_GRADE
    parts = [clean_grade(part) for part in re.split(r"[至到\-—~]", text.removesuffix("年级"))]
    if not 1 <= len(parts) <= 2 or not all(parts):
        return None
    first, last = parts[0] or 0, parts[-1] or 0
    return (first, last) if first <= last else None


def read_slots(text: str) -> list[tuple[int, int]] | None:
    """[(1, 2), (4, 2)] from 周一、周四; 周一第1节 names a period, without one it is the second."""
    slots = []
    for part in re.split(r"[、,;\s]+", clean_text(text)):
        match = re.fullmatch(r"(?:周|星期)?([一二三四五六日])(?:第([1-9一二三])节)?", part)
        if not match:
            return None
        period = match[2]
        slots.append((DAYS.index(match[1]) + 1, "一二三".find(period) + 1 or int(period) if period else DEFAULT_PERIOD))
    return slots or None
