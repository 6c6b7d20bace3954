"""The sheet 场地."""

import re
from typing import ClassVar

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
    difference,
    sheet_out,
    unspoken,
)
from school.importing.shapes import ReadSheet, Shape
from school.models import Room, SchoolClass, Term
from web.cleaning import clean_text

KINDS = {
    "普通教室": Room.Kind.CLASSROOM,
    "教室": Room.Kind.CLASSROOM,
    "功能室": Room.Kind.SPECIAL,
    "专用教室": Room.Kind.SPECIAL,
    "户外场地": Room.Kind.OUTDOOR,
    "户外": Room.Kind.OUTDOOR,
    "室外": Room.Kind.OUTDOOR,
    "其他": Room.Kind.OTHER,
    "": Room.Kind.OTHER,
}


# Field → column: what a sheet does not speak of stays as it is.
KEPT = {"kind": "类型", "location": "位置"}


class RoomImporter:
    key = "rooms"
    shape: ClassVar[Shape] = Shape(
        "场地",
        required=("场地名称", "容纳人数"),
        optional=("类型", "位置"),
        names=("场地表", "场地一览表", "教室", "教室一览表", "功能室", "场地登记表"),
        synonyms={
            "名称": "场地名称",
            "教室名称": "场地名称",
            "教室": "场地名称",
            "功能室名称": "场地名称",
            "类别": "类型",
            "场地类型": "类型",
            "容量": "容纳人数",
            "可容纳人数": "容纳人数",
            "能坐多少人": "容纳人数",
            "可坐人数": "容纳人数",
            "人数": "容纳人数",
            "座位数": "容纳人数",
            "地点": "位置",
            "所在位置": "位置",
        },
    )
    order = 10
    headings: ClassVar[dict[str, str]] = {"kind": "类型", "capacity": "容纳人数", "location": "位置"}
    fields = ("kind", "capacity", "location")

    def export(self, term: Term | None, heading: str, *, empty: bool = False) -> Worksheet:
        kinds = {kind: word for word, kind in reversed(KINDS.items()) if word}
        rooms = Room.objects.none() if empty else Room.objects.order_by("name")
        rows = [[room.name, kinds[Room.Kind(room.kind)], room.capacity, room.location] for room in rooms]
        return sheet_out(self.shape, ("场地名称", "类型", "容纳人数", "位置"), rows, heading, empty=empty)

    def plan(self, sheet: ReadSheet, context: Context) -> SheetPlan:
        plan = SheetPlan()
        existing = {room.name: room for room in Room.objects.all()}
        seen: set[str] = set()
        for row in sheet.rows:
            check = Checker(sheet.name, row)
            name = check.required_text("场地名称", _("The room's name"))
            # «45~48» holds 48.
            capacity = re.sub(r"^\d+[-~至到]|[人个座]$", "", clean_text(row.values.get("容纳人数")))
            if not capacity.isdigit() or not 1 <= int(capacity) <= 5000:
                check.refuse("容纳人数", _("The number of children it holds is not a number from 1 to 5000."))
            kind = KINDS.get(row.text("类型"))
            if name in seen:
                check.refuse("场地名称", _("This room stands in the sheet twice."))
            if problem := check.problem():
                context.refused.append(problem)
                continue
            if kind is None:
                told = {"row": row.number, "kind": row.text("类型"), "known": "、".join(filter(None, KINDS))}
                context.warnings.append(
                    _("Row %(row)d: the kind «%(kind)s» is taken as «other»; known are %(known)s.") % told
                )
            seen.add(name)
            values = {
                "name": name,
                "kind": Room.Kind(kind or Room.Kind.OTHER).value,
                "capacity": int(capacity),
                "location": check.optional_text("位置"),
            }
            old = existing.get(name)
            values |= unspoken(sheet, KEPT, vars(old) if old else None)
            plan.rows.append(self._row_plan(row.number, values, old))
        plan.missing = [name for name in existing if name not in seen]
        context.known["rooms"] = seen | existing.keys()
        return plan

    def _row_plan(self, number: int, values: dict, room: Room | None) -> RowPlan:
        if room is None:
            return RowPlan(number, values["name"], CREATED, values)
        changes = difference({f: getattr(room, f) for f in self.fields}, values, self.fields)
        return RowPlan(number, values["name"], UPDATED if changes else UNCHANGED, values, changes, room.pk)

    def apply(self, plan: SheetPlan, context: Context) -> None:
        Room.objects.bulk_create(Room(**row.values) for row in plan.rows if row.action == CREATED)
        changed = [Room(pk=row.pk, **row.values) for row in plan.rows if row.action == UPDATED]
        Room.objects.bulk_update(changed, self.fields)

    @staticmethod
    def give_classes_their_rooms(context: Context) -> None:
        """«一年级1班教室» is the classroom of 一(1)班, where the office has not said otherwise."""
        classes = {
            (c.grade(context.term.starts_on), c.number): c for c in SchoolClass.objects.filter(room__isnull=True)
        }
        found = []
        for room in Room.objects.filter(name__endswith="教室"):
            school_class = classes.get(split_class(room.name.removesuffix("教室")) or (0, 0))
            if school_class:
                school_class.room = room
                found.append(school_class)
        SchoolClass.objects.bulk_update(found, ["room"])
