"""The sheet 社团: the catalogue of the term, published as it stands."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from clubs.cells import DAYS, SLOTS_WITH_TIMES, period_clock, read_grades, read_places, read_slots
from clubs.models import Club, ClubSlot
from clubs.services.offering import offer_places
from clubs.services.publishing import volunteer_words
from documents import workbooks
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
from school.importing.shapes import ReadSheet, Row, Shape
from school.models import Period, PolicyRule, Room, Staff, Term
from school.vetting import standings
from web.cleaning import fold_name

PROSE = ("aim", "materials")
HEADS = ("社团名称", "类别", "面向年级", "人数上限", "指导教师工号", "地点", "活动时间", "材料费(元/学期)")
STAY = "留在班级"
# Field → column: what a sheet does not speak of stays as it is.
KEPT = {"category": "类别", "materials_fee": "材料费(元/学期)"}


class ClubImporter:
    key = "clubs"
    shape: ClassVar[Shape] = Shape(
        "社团",
        required=("社团名称", "面向年级", "人数上限", "地点", "活动时间"),
        one_of=((("指导教师工号",), ("指导教师",)),),
        least=("社团名称", "面向年级", "人数上限", "地点", "活动时间"),
        optional=("类别", "材料费(元/学期)", "最少人数", "主要内容", "材料", "必修", "协助教师工号", "雨天地点"),
        names=("社团表", "社团一览表", "社团安排", "社团安排表", "社团课程", "社团活动"),
        synonyms={
            "社团": "社团名称",
            "课程名称": "社团名称",
            "名称": "社团名称",
            "社团类别": "类别",
            "年级": "面向年级",
            "招生年级": "面向年级",
            "适合年级": "面向年级",
            "人数": "人数上限",
            "限额": "人数上限",
            "名额": "人数上限",
            "招生人数": "人数上限",
            "教师工号": "指导教师工号",
            "辅导教师工号": "指导教师工号",
            "辅导教师": "指导教师",
            "指导老师": "指导教师",
            "辅导老师": "指导教师",
            "任课教师": "指导教师",
            "授课教师": "指导教师",
            "教师": "指导教师",
            "负责教师": "指导教师",
            "协助教师": "协助教师工号",
            "招收年级": "面向年级",
            "面向对象": "面向年级",
            "招生对象": "面向年级",
            "计划人数": "人数上限",
            "人数限制": "人数上限",
            "场地": "地点",
            "活动地点": "地点",
            "上课地点": "地点",
            "时间": "活动时间",
            "上课时间": "活动时间",
            "材料费": "材料费(元/学期)",
            "费用": "材料费(元/学期)",
            "收费": "材料费(元/学期)",
            "材料费用": "材料费(元/学期)",
        },
    )
    order = 40
    fields = ("category", "grade_from", "grade_to", "capacity", "instructor", "room", "materials_fee", "slots")
    optional: ClassVar[dict[str, str]] = {
        "最少人数": "least",
        "主要内容": "aim",
        "材料": "materials",
        "必修": "part",
        "协助教师工号": "assistant",
        "雨天地点": "rain_room",
    }
    """Column → field; a column that is not in the sheet changes nothing."""
    headings: ClassVar[dict[str, str]] = {
        "category": "类别",
        "grade_from": "面向年级(从)",
        "grade_to": "面向年级(到)",
        "capacity": "人数上限",
        "instructor": "指导教师工号",
        "room": "地点",
        "materials_fee": "材料费(元/学期)",
        "slots": "活动时间",
    } | {field: column for column, field in optional.items()}

    def export(self, term: Term | None, heading: str, *, empty: bool = False) -> workbooks.Worksheet:
        clubs = Club.objects.filter(term=term).exclude(status=Club.Status.CANCELLED).order_by("category", "name")
        related = clubs.select_related("instructor", "assistant", "room", "rain_room").prefetch_related("slots__period")
        sheet = catalogue_sheet([] if empty else related)
        heads = [str(column.label) for column in sheet.columns]
        must = [*self.shape.required, "指导教师工号"]
        return sheet_out(self.shape, heads, sheet.rows, heading, empty=empty, must=must)

    def plan(self, sheet: ReadSheet, context: Context) -> SheetPlan:
        plan = SheetPlan()
        existing = self._existing(context)
        self._periods = set(Period.objects.values_list("number", flat=True))
        self._clock = period_clock()
        unfit = unfit_staff(max(timezone.localdate(), context.term.starts_on))
        seen: set[str] = set()
        used = self._used(existing, sheet)
        for row in sheet.rows:
            check = Checker(sheet.name, row)
            values = self._values(row, check, context)
            if values["name"] in seen:
                check.refuse("社团名称", _("This club stands in the sheet twice."))
            self._check_clashes(values, check, used)
            old = existing.get(values["name"])
            if values["instructor"] in unfit and (old is None or old["instructor"] != values["instructor"]):
                check.refuse("指导教师工号", " ".join(unfit[values["instructor"]]))
            if old and values["capacity"] < old["taken"]:
                check.refuse("人数上限", _("%d children have a place already.") % old["taken"])
            if old and old["taken"] and values["slots"] != old["slots"]:
                check.refuse("活动时间", _("%d children chose the days of this club; the days stay.") % old["taken"])
            if problem := check.problem():
                context.refused.append(problem)
                continue
            seen.add(values["name"])
            values |= unspoken(sheet, KEPT, old)
            plan.rows.append(self._row_plan(row.number, values, old))
        plan.missing = [name for name in existing if name not in seen]
        return plan

    def _used(self, existing: dict[str, dict[str, Any]], sheet: ReadSheet) -> dict[tuple[str, str, int, int], str]:
        """What rooms and instructors are taken with by clubs that the sheet does not name."""
        named = {row.text("社团名称") for row in sheet.rows}
        return {
            (what, old[what], day, period): name
            for name, old in existing.items()
            if name not in named
            for what in ("room", "instructor", "assistant")
            if old[what]
            for day, period in old["slots"]
        }

    def _values(self, row: Row, check: Checker, context: Context) -> dict[str, Any]:
        grades = read_grades(row.text("面向年级"))
        if grades is None:
            check.refuse("面向年级", _("Write the grades as 三至六年级."))
        slots = read_slots(row.text("活动时间"), self._clock)
        if slots is None and SLOTS_WITH_TIMES.fullmatch("".join(row.text("活动时间").split())):
            check.refuse("活动时间", _("No period of after-school care is at this time."))
        elif slots is None or any(period not in self._periods for _day, period in slots):
            check.refuse(
                "活动时间",
                _("Write the days as 周一、周四, with a period as 周一第1节 or its times as 周一16:40-17:40."),
            )
        self._check_weekend(slots or [], check, context)
        least, capacity = read_places(row.text("人数上限"))
        if not 1 <= capacity <= 500:
            check.refuse("人数上限", _("The number of places is not a number from 1 to 500."))
        instructor, second = self._instructors(row, check, context)
        self._tell_times(row, slots or [], context)
        room = row.text("地点")
        if room not in context.known["rooms"]:
            check.refuse("地点", self._no_room())
        values: dict[str, Any] = {
            "name": check.required_text("社团名称", _("The name"), longest=40),
            "category": category(row.text("类别")),
            "grade_from": grades[0] if grades else 0,
            "grade_to": grades[1] if grades else 0,
            "capacity": capacity,
            "instructor": instructor,
            "room": room,
            "materials_fee": self._fee(row, check),
            "slots": [list(slot) for slot in slots or []],
        }
        values |= {"least": least} if least else {}
        values |= {"assistant": second} if second else {}
        return values | self._optional(row, check, context)

    def _instructors(self, row: Row, check: Checker, context: Context) -> tuple[str, str]:
        """The staff numbers of the instructor and of a second adult named beside, by number or by name: «赵师安、T002»."""
        column = "指导教师工号" if row.text("指导教师工号") or not check.sheet_has("指导教师") else "指导教师"
        people = [one for one in re.split(r"[、,;/]+|\s+", check.required_text(column, _("The instructor"))) if one]
        if len(people) > 2:
            check.refuse(column, _("One instructor, and at most one more adult beside."))
        numbers = [self._number_of(one, column, check, context) for one in people[:2]]
        return (numbers[0] if numbers else ""), (numbers[1] if len(numbers) > 1 else "")

    def _number_of(self, written: str, column: str, check: Checker, context: Context) -> str:
        if written.upper() in context.known["staff_numbers"]:
            return written.upper()
        numbers = context.known["staff_names"].get(fold_name(written), [])
        if len(numbers) == 1:
            return numbers[0]
        told = {"name": written, "numbers": "、".join(numbers)}
        if numbers:
            sentence = _(
                "Several members of staff are called %(name)s: %(numbers)s. Write the number in the place of the name."
            )
            check.refuse(column, sentence % told)
        else:
            check.refuse(column, _("No member of staff has the number or the name «%s».") % written)
        return ""

    def _tell_times(self, row: Row, slots: list[tuple[int, int]], context: Context) -> None:
        """Which period was made of a time of the clock, with the school's own times."""
        if re.search(r"\d:\d|下午|放学后", row.text("活动时间")):
            for _day, period in dict.fromkeys(slots):
                times = "、".join(
                    f"{starts:%H:%M}–{ends:%H:%M}" for number, starts, ends in self._clock if number == period
                )
                told = {"row": row.number, "written": row.text("活动时间"), "period": period, "times": times}
                context.warnings.append(
                    _("Row %(row)d: «%(written)s» is taken as period %(period)d (%(times)s).") % told
                )
                break

    def _optional(self, row: Row, check: Checker, context: Context) -> dict[str, Any]:
        """The values of those columns that the sheet has."""
        values: dict[str, Any] = {
            field: row.prose(column) if field in PROSE else row.text(column)
            for column, field in self.optional.items()
            if column in row.values
        }
        if "least" in values:
            if values["least"] and not values["least"].isdigit():
                check.refuse("最少人数", _("The least number of children is not a number."))
            values["least"] = int(values["least"]) if values["least"].isdigit() else 0
            if values["least"] > read_places(row.text("人数上限"))[1] > 0:
                check.refuse("最少人数", _("The least number of children is above the places."))
        if "part" in values:
            values["part"] = Club.Part.REQUIRED.value if values["part"] in ("是", "必修") else Club.Part.ELECTIVE.value
        if (number := values.get("assistant", "").upper()) and number not in context.known["staff_numbers"]:
            check.refuse("协助教师工号", _("No member of staff has this number."))
        if (name := values.get("rain_room")) and name != STAY and name not in context.known["rooms"]:
            check.refuse("雨天地点", self._no_room())
        return values

    def _no_room(self) -> str:
        return _("There is no such room: import or add it first, or write its name as it is on file.")

    def _check_weekend(self, slots: list[tuple[int, int]], check: Checker, context: Context) -> None:
        """S3: a Saturday club needs the rule lifted, which is where a school records its local approval."""
        rule = (
            PolicyRule.objects.blocking("S3", day=context.term.starts_on) if any(day > 5 for day, _p in slots) else None
        )
        if rule:
            check.refuse("活动时间", str(rule.refusal(_("Clubs meet on teaching days, Monday to Friday.")).message))

    def _fee(self, row: Row, check: Checker) -> str:
        # «200元/学期», «¥200», 免费
        text = (
            re.sub(r"^[¥￥]|元?(/|每)?(人|学期|期)?$|元$", "", row.text("材料费(元/学期)").replace("免费", "0")) or "0"
        )
        try:
            fee = Decimal(text)
        except InvalidOperation:
            fee = Decimal(-1)
        if not 0 <= fee < 10_000:
            check.refuse("材料费(元/学期)", _("This is not an amount in yuan."))
        return f"{max(fee, Decimal(0)):.2f}"

    def _check_clashes(self, values: dict[str, Any], check: Checker, used: dict) -> None:
        for day, period in values["slots"]:
            for what, column in (("room", "地点"), ("instructor", "指导教师工号"), ("assistant", "协助教师工号")):
                if not values.get(what):
                    continue
                other = used.setdefault((what, values[what], day, period), values["name"])
                if other != values["name"]:
                    check.refuse(column, _("%(other)s has it on 周%(day)s.") % {"other": other, "day": DAYS[day - 1]})

    def _existing(self, context: Context) -> dict[str, dict[str, Any]]:
        if context.term.pk is None:
            return {}
        people = ("room", "instructor", "assistant", "rain_room")
        clubs = Club.objects.filter(term=context.term).exclude(status=Club.Status.CANCELLED).select_related(*people)
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
                "least": club.least,
                "aim": club.aim,
                "materials": club.materials,
                "part": club.part,
                "assistant": club.assistant.number if club.assistant else "",
                "rain_room": STAY if club.rain_stay else club.rain_room.name if club.rain_room else "",
            }
            for club in clubs.prefetch_related("slots__period")
        }

    def _row_plan(self, number: int, values: dict[str, Any], old: dict[str, Any] | None) -> RowPlan:
        if old is None:
            return RowPlan(number, values["name"], CREATED, values)
        changes = difference(old, values, [*self.fields, *(f for f in self.optional.values() if f in values)])
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
            if "assistant" in fields:
                fields["assistant"] = staff.get(fields["assistant"].upper())
            if "rain_room" in fields:
                fields["rain_stay"] = fields["rain_room"] == STAY
                fields["rain_room"] = rooms.get(fields["rain_room"])
            if row.action == CREATED:
                since = {"status": Club.Status.PUBLISHED, "published_on": timezone.localdate()}
                club = Club.objects.create(term=context.term, **since, **fields)
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
                    assistant=club.assistant,
                )
                for day, number in row.values["slots"]
            )
            offer_places(club_pk=club.pk)  # more places than before go to who waits


def unfit_staff(day: dt.date) -> dict[str, list[str]]:
    """Staff number → what keeps them from leading a club that day; nobody who may."""
    people = list(Staff.objects.exclude(kind=Staff.Kind.EMPLOYEE, barred_note=""))
    found = standings(people, day)
    unfit = {person.number: found[person.pk].sentences for person in people if not found[person.pk].may_work}
    helpers = [person for person in people if person.kind == Staff.Kind.VOLUNTEER]
    return unfit | {person.number: [volunteer_words(person)] for person in helpers}


def category(text: str) -> str:
    return text if text in Club.Category.values else Club.Category.OTHER.value


def catalogue_sheet(clubs: Iterable[Club]) -> workbooks.Worksheet:
    """The catalogue in the columns that the import reads; the clubs have their slots, room and adults at hand."""
    heads = [*HEADS, *ClubImporter.optional]
    rows = [
        [
            club.name,
            club.category,
            f"{club.grade_from}-{club.grade_to}年级",
            club.capacity,
            club.instructor.number,
            club.room.name,
            "、".join(f"周{DAYS[slot.weekday - 1]}第{slot.period.number}节" for slot in club.slots.all()),
            club.materials_fee,
            club.least,
            club.aim,
            club.materials,
            "是" if club.part == Club.Part.REQUIRED else "",
            club.assistant.number if club.assistant else "",
            STAY if club.rain_stay else club.rain_room.name if club.rain_room else "",
        ]
        for club in clubs
    ]
    return workbooks.Worksheet(ClubImporter.shape.sheet, [workbooks.Column(head) for head in heads], rows)
