"""The lists of the pages about people, classes, places, rules and notices."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tables2 import A

from school.forms.places import RoomSizeForm, SubjectOrderForm
from school.models import AccessLog, ImportBatch, NoticeLog, PolicyRule, Post, Room, Staff, Teaching
from school.reading import fields_in_words
from web.tables import (
    ActionsColumn,
    ButtonColumn,
    Column,
    DateColumn,
    DateTimeColumn,
    DayColumn,
    EditColumn,
    Empty,
    ListTable,
    NarrowColumn,
    NumberColumn,
    StatusColumn,
    TemplateColumn,
    TitleColumn,
)
from web.templatetags.components import status_badge
from web.templatetags.formats import DASH, cn_span, mask_number

QUIET_AFTER = '{} <small class="text-quiet">{}</small>'


class StudentTable(ListTable):
    title = _("Students")
    empty = Empty("users", _("Nobody found"), _("Children come in with the school's own workbook."))
    taken = ["name", "number"]

    name = TitleColumn(_("Name"), url="school:student_detail")
    class_label = NarrowColumn(_("Class"))
    sex = Column(_("Sex"))
    number = Column(_("Student number"))

    def render_number(self, value: str) -> str:
        return mask_number(value)

    def value_number(self, value: str) -> str:
        return value


class ClassTable(ListTable):
    """Classes with `children`, how many there are."""

    title = _("Classes")
    taken = ["none"]
    empty = Empty(
        "school", _("No class yet"), _("Classes come from the staff sheet: each class that has a homeroom teacher.")
    )

    label = TitleColumn(_("Class"), url="school:class_detail")
    homeroom = Column(_("Homeroom teacher"))
    room = Column(_("Classroom"))
    children = NumberColumn(_("Children"), sums=True)

    def prepare(self, records: Sequence[Any]) -> None:
        led = Post.objects.filter(role="homeroom_teacher", school_class__in=records)
        posts = led.on(led.day_shown(timezone.localdate()))
        names = {post.school_class_id: post.staff.name for post in posts.select_related("staff")}
        for school_class in records:
            school_class.homeroom = names.get(school_class.pk, "")


class StaffTable(ListTable):
    title = _("Staff")
    empty = Empty("id-badge-2", _("Nobody found"), _("Staff come in with the school's own workbook."))
    taken = ["none"]

    number = Column(_("Number"))
    name = TitleColumn(_("Name"), url="school:staff_detail")
    subject = Column(_("Subject"))
    posts = Column(_("Posts"))
    login = Column(_("Login"), accessor="pk")

    def render_posts(self, record: Staff) -> str:
        return (
            "、".join(f"{post.get_role_display()} {post.school_class or ''}".strip() for post in record.posts.all())
            or DASH
        )

    def render_login(self, record: Staff) -> str:
        if record.has_left(timezone.localdate()):
            return status_badge(_("login ended"), "neutral")
        return status_badge(_("active"), "ok") if record.user_id else status_badge(_("not yet"), "neutral")


class CredentialTable(ListTable):
    title = _("Papers")
    subtitle = _("The first to expire on top")
    empty = Empty("certificate", _("No paper here"), _("Papers are added on the page of each member of staff."))
    taken = ["none"]

    staff = TitleColumn(
        _("Member of staff"),
        accessor="staff__name",
        url=lambda paper: reverse("school:staff_detail", args=[paper.staff_id]),
    )
    kind = Column(_("Kind"), linkify=("school:credential_edit", [A("pk")]))
    number = Column(_("Number"))
    ends_on = DateColumn(_("Valid until"))
    validity = TemplateColumn(
        '{% include "school/_validity.html" with validity=value %}', accessor="state", verbose_name=_("Status")
    )

    def prepare(self, records: Sequence[Any]) -> None:
        for paper in records:
            paper.state = paper.validity(timezone.localdate())


class RoomTable(ListTable):
    title = _("Rooms")
    empty = Empty("door", _("No room yet"), _("Rooms come in with the school's own workbook, or are added one by one."))
    taken = ["none"]

    name = TitleColumn(_("Room"), url="school:room_detail")
    kind = Column(_("Kind"))
    capacity = EditColumn(_("Holds"), form=RoomSizeForm)
    location = Column(_("Place"))
    classes = Column(_("Classroom of"))
    edit = ButtonColumn(_("Edit"), "school:room_edit")

    def render_classes(self, record: Room) -> str:
        return "、".join(map(str, record.classes.all())) or DASH


class SubjectTable(ListTable):
    """Subjects with `teachers`, how many teach them."""

    title = _("Subjects")

    name = TitleColumn(_("Subject"), url="school:subject_edit")
    order = EditColumn(_("Order"), form=SubjectOrderForm)
    teachers = NumberColumn(_("Teachers"))
    edit = ButtonColumn(_("Edit"), "school:subject_edit")


class TeachingTable(ListTable):
    title = _("Who teaches what")
    empty = Empty(
        "chalkboard",
        _("No teaching assignment here"),
        _(
            "Homeroom teachers enter homework for their class anyway. A teacher of the school without an entry here may enter it "
            "for every class, with one for the classes named here."
        ),
    )
    taken = ["none"]

    school_class = TitleColumn(_("Class"))
    subject = Column(_("Subject"))
    staff = Column(_("Teacher"), accessor="staff__name", linkify=("school:staff_detail", [A("staff_id")]))
    starts_on = Column(_("From"))
    end = ButtonColumn(_("End"), "school:teaching_end")

    def render_starts_on(self, record: Teaching) -> str:
        return cn_span(record, "year")


class AccessTable(ListTable):
    title = _("Who opened what")
    subtitle = _(
        "Each look at a child's sensitive fields, and each list that left as a workbook. Nobody can change or delete a line."
    )
    empty = Empty("eye", _("Nothing yet"), _("What is opened or exported stands here with its minute."))
    taken = ["name"]

    at = DateTimeColumn(_("When"))
    user = TitleColumn(_("Seen by"), accessor="user__name")
    action = Column(_("What"), accessor="get_action_display")
    student = Column(_("Child"), accessor="student__name")
    fields_opened = Column(_("What was seen"), empty_values=())
    rows = NumberColumn(_("Rows"))
    reason = Column(_("Reason"))

    def render_fields_opened(self, record: AccessLog) -> str:
        return " · ".join(filter(None, [record.title, fields_in_words(record)])) or DASH


class OwnAccessTable(ListTable):
    title = _("Who has seen my child's data")
    subtitle = _(
        "Colleagues of the school who opened protected data of your child. Class lists and the afternoon's rolls show names only "
        "and are not listed."
    )
    empty = Empty("eye", _("Nothing yet"), _("When a colleague opens your child's protected data, it stands here."))

    at = DateTimeColumn(_("When"))
    user = TitleColumn(_("Seen by"), accessor="user__name")
    student = Column(_("Child"), accessor="student__name")
    fields_opened = Column(_("What was seen"), empty_values=())

    def render_fields_opened(self, record: AccessLog) -> str:
        return fields_in_words(record) or DASH


class SpecialGroupTable(ListTable):
    """Special groups with `children`, how many belong to them."""

    title = _("Special groups")
    subtitle = _(
        "Who belongs to one is seen by the offices and the child's homeroom teacher only, on the child's page."
    )

    name = TitleColumn(_("Special group"), url="school:special_group_edit")
    has_priority = Column(_("Places first"))
    children = NumberColumn(_("Children"))
    edit = ButtonColumn(_("Edit"), "school:special_group_edit")

    def render_has_priority(self, value: bool) -> str:
        return status_badge(_("comes first"), "ok") if value else DASH


class PolicyTable(ListTable):
    title = _("Policy rules")
    subtitle = _("Each with its source. A lower layer may tighten a value, never loosen it.")
    taken = ["none"]

    name = TitleColumn(_("Rule"), accessor="title", badges=lambda rule: [] if rule.enabled else [(_("off"), "neutral")])
    value = NarrowColumn(_("value"))
    scope = TemplateColumn(template_name="school/_rule_scope.html", verbose_name=_("Holds for"))
    layer = Column(_("Layer"))
    severity = Column(_("When broken"))
    source = Column(_("Source"), accessor="source_title")
    actions = ActionsColumn("school/_rule_actions.html")

    def render_value(self, record: PolicyRule) -> str:
        return record.limit_text

    def render_source(self, record: PolicyRule) -> str:
        source = f"《{record.source_title}》{record.source_number}"
        return source if record.verified else format_html(QUIET_AFTER, source, _("to be confirmed"))


class ImportTable(ListTable):
    title = _("Earlier imports")

    file_name = TitleColumn(_("File"), url="school:import_detail")
    uploaded_at = DateTimeColumn(_("Uploaded"))
    uploaded_by = Column(_("By"), accessor="uploaded_by__name")
    status = StatusColumn(
        _("Status"),
        kinds={
            ImportBatch.Status.UNREAD: "attention",
            ImportBatch.Status.PREVIEWED: "wait",
            ImportBatch.Status.APPLIED: "ok",
        },
    )


class NoticeLogTable(ListTable):
    title = _("Log of channels")
    empty = Empty(
        "speakerphone", _("No entry here"), _("Each sending and each reminder is entered on the notice's own page.")
    )
    taken = ["classes"]

    name = TitleColumn(
        _("Notice"),
        accessor="title",
        url=lambda entry: reverse("school:notice_detail", args=[entry.kind, entry.object_id]),
    )
    channel = Column(_("Channel"))
    day = DayColumn(_("Day"))
    school_classes = TemplateColumn(template_name="school/_notice_classes.html", verbose_name=_("Classes"))
    addressed = NumberColumn(_("Addressed"), visible=False)
    outstanding = NumberColumn(_("Outstanding then"))
    note = Column(_("Note"), visible=False)
    by = Column(_("Entered by"), accessor="by__name")

    def render_channel(self, record: NoticeLog) -> str:
        note = format_html('<br><small class="text-quiet">{}</small>', record.note) if record.note else ""
        return format_html("{}{}", self.value_channel(record), note)

    def value_channel(self, record: NoticeLog) -> str:
        return f"{record.get_channel_display()} {_('(reminder)') if record.reminder else ''}".strip()

    def value_school_classes(self, record: NoticeLog) -> str:
        return "、".join(map(str, record.school_classes.all()))

    def render_outstanding(self, record: NoticeLog) -> str:
        return f"{record.outstanding} / {record.addressed}"

    def value_outstanding(self, value: int) -> int:
        return value
