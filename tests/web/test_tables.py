"""Lists declared as tables: what stands on the page, its order, and what goes into the workbook."""

import datetime as dt
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from django import forms
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from lxml import html

from school.models import AccessLog, Room, Student
from tests.conftest import TODAY, make_student
from web.tables import (
    Batch,
    Column,
    DateColumn,
    EditColumn,
    Empty,
    Link,
    ListTable,
    NumberColumn,
    SelectColumn,
    StatusColumn,
    TemplateColumn,
    TitleColumn,
    list_page,
    paged,
)

EVIL = "<script>alert(1)</script>"
ROWS = [
    {"pk": 1, "name": "书法", "taken": 9, "since": dt.date(2026, 9, 1), "state": "open"},
    {"pk": 2, "name": EVIL, "taken": 30, "since": None, "state": "full"},
]


class ClubTable(ListTable):
    title = "Clubs"
    empty = Empty("ball-football", "No club", "Add the first.")
    taken = ["none"]

    select = SelectColumn(label="name")
    name = TitleColumn(
        "Club", url=lambda row: f"/{row['pk']}/", badges=lambda row: [(EVIL, "attention")], orderable=True
    )
    taken_places = NumberColumn("Taken", accessor="taken", orderable=True)
    since = DateColumn("Since")
    state = StatusColumn("State", kinds={"open": "ok", "full": "danger"})
    state_again = TemplateColumn("<b>{{ record.state }}</b>", verbose_name="Again", exclude_from_export=True)


@pytest.fixture
def ask(cast):
    def ask(path="/list/", rows=ROWS, post=None, table=ClubTable, headers=None, **options):
        factory = RequestFactory(headers=headers or {})
        request = factory.post(path, post) if post is not None else factory.get(path)
        request.user = cast.office.user
        request.htmx, request.session = False, {}
        request._messages = CookieStorage(request)
        return list_page(request, table(rows), **options)

    return ask


def table_of(answer):
    return html.fromstring(answer.content.decode()).xpath("//table")[0]


def cells(answer):
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
        for row in table_of(answer).xpath("tbody/tr")
    ]


def test_a_row_is_a_card_with_its_title_labels_and_badges(ask):
    answer = ask()
    assert cells(answer)[0] == ["", f"书法 {EVIL}", "9", "2026年9月1日 周二", "open", "open"]
    assert cells(answer)[1][3] == "–"
    first = table_of(answer).xpath("tbody/tr[1]/td")
    assert [cell.get("data-label") for cell in first] == [None, None, "Taken", "Since", "State", "Again"]
    assert [cell.get("class") for cell in first] == [None, "row-title", "number", None, None, None]
    assert first[1].xpath("a/@href") == ["/1/"]
    assert first[4].xpath("span/@class") == ["state state-ok"]
    assert table_of(answer).xpath("//script[not(@src)][contains(., 'alert(1)')]") == []


def test_a_heading_sorts_and_turns_round_keeping_the_filters(ask):
    answer = ask("/list/?q=a&sort=-taken_places&page=7")
    assert [row[2] for row in cells(answer)] == ["30", "9"]
    heads = table_of(answer).xpath("thead/tr/th")
    assert [head.get("aria-sort") for head in heads] == [None, None, "descending", None, None, None]
    assert [head.xpath("a/@href") for head in heads] == [[], ["?q=a&sort=name"], ["?q=a&sort=taken_places"], [], [], []]


def test_what_is_not_orderable_or_unknown_sorts_nothing(ask):
    for sort in ("since", "nothing", "-"):
        assert [row[2] for row in cells(ask(f"/list/?sort={sort}"))] == ["9", "30"]


def test_a_long_list_has_pages_and_its_workbook_all_rows(ask, cast):
    rows = [{"pk": n, "name": f"社{n:02}", "taken": n, "since": None, "state": "open"} for n in range(30)]
    assert len(cells(ask(rows=rows))) == 25
    assert len(cells(ask("/list/?page=2", rows=rows))) == 5
    answer = ask("/list/?sort=-taken_places&page=2", rows=rows, post={"action": "export", "reason": "检查"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(i for i, line in enumerate(lines) if line[0] == "Club")
    assert lines[head][:4] == ["Club", "Taken", "Since", "State"]
    assert [line[1] for line in lines[head + 1 : head + 31]] == list(range(29, -1, -1))
    assert AccessLog.objects.get(action=AccessLog.Action.EXPORTED).rows == 30


def test_a_workbook_keeps_amounts_and_may_have_a_name_of_its_own(ask):
    class Sums(ListTable):
        title = "Accounts"
        workbook_title = "Accounts of the families"
        taken = ["fees"]
        name = TitleColumn("Child")
        owed = NumberColumn("Owed")

        def render_owed(self, value):
            return f"¥{value}"

        def value_owed(self, value):
            return value

    answer = ask(
        rows=[{"name": "沈", "owed": Decimal("12.50")}], table=Sums, post={"action": "export", "reason": "检查"}
    )
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    assert sheet.title == "Accounts of the families"
    assert ["沈", 12.5] in [[cell.value for cell in line] for line in sheet.iter_rows()]


def test_a_workbook_needs_a_right_a_list_that_may_leave_and_where_it_is_sensitive_a_reason(ask):
    class Kept(ClubTable):
        taken = ()

    class Phones(ClubTable):
        taken = ["name", "phone"]

    export, workbook = {"action": "export", "reason": ""}, "spreadsheetml"
    assert ask(post=export, table=Phones).status_code == 302
    for options in ({"may_take": False}, {"table": Kept}):
        assert workbook not in ask(post=export | {"reason": "x"}, **options)["Content-Type"]
    assert not AccessLog.objects.exists()
    assert "export-reason" in ask(table=Phones).content.decode()
    assert "export-reason" not in ask(table=Phones, may_take=False).content.decode()
    # A preset is one press; whoever takes the list for something else writes it.
    page = html.fromstring(ask(table=Phones).content.decode())
    presets = page.xpath("//details//button[@name='reason']/@value")
    assert presets == ["上级检查", "班级工作", "联系家长", "费用结算", ""]
    for post in ({"reason": "上级检查"}, {"reason": "", "other": "上级检查"}):
        assert workbook in ask(post=export | post, table=Phones)["Content-Type"]
    assert set(AccessLog.objects.values_list("reason", flat=True)) == {"上级检查"}


def test_a_list_of_nothing_sensitive_leaves_at_one_press(ask):
    assert "export-reason" not in ask().content.decode()
    assert "spreadsheetml" in ask(post={"action": "export"})["Content-Type"]
    assert AccessLog.objects.get().reason == ""


def test_columns_can_be_put_away_on_the_page_and_in_the_workbook(ask):
    heads = table_of(ask("/list/?col=taken_places&col=state")).xpath("thead/tr/th")
    assert [" ".join(head.text_content().split()) for head in heads] == ["", "Club", "Taken", "State"]
    assert len(table_of(ask("/list/?col=nothing")).xpath("thead/tr/th")) == 6
    answer = ask("/list/?col=taken_places", post={"action": "export"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    lines = [[cell.value for cell in line if cell.value is not None] for line in sheet.iter_rows()]
    assert ["Club", "Taken"] in lines
    assert ["书法", 9] in lines


def test_sums_stand_under_all_rows_of_the_list_not_of_the_page(ask):
    class Summed(ClubTable):
        taken_places = NumberColumn("Taken", accessor="taken", sums=True)

    foot = table_of(ask(table=Summed, per_page=1)).xpath("tfoot/tr")[0]
    assert [" ".join(cell.text_content().split()) for cell in foot] == ["合计", "", "39", "", "", ""]
    assert table_of(ask()).xpath("tfoot") == []


def test_the_sum_of_a_query_is_asked_of_the_database(ask, cast, django_assert_max_num_queries):
    class Children(ListTable):
        title = "Children"
        name = TitleColumn("Name")
        sex = NumberColumn("Sex", sums=True)

    rows = Student.objects.order_by("name_key")
    total = sum(child.sex for child in rows)
    assert " ".join(table_of(ask(rows=rows, table=Children, per_page=1)).xpath("tfoot/tr/td/text()")) == str(total)


def test_an_empty_list_says_how_it_fills_and_links_lead_on(ask):
    answer = ask(rows=[], links=[Link("New club", "/new/", "plus", primary=True)])
    page = html.fromstring(answer.content.decode())
    assert "Add the first." in page.text_content()
    assert page.xpath("//a[@href='/new/']/@class") == ["btn btn-primary"]


def test_what_is_selected_is_carried_out_on_this_page_or_on_all(ask):
    done = []
    agree = [Batch("approve", "Agree", lambda request, keys: done.append(keys))]
    rows = [{"pk": n, "name": f"社{n:02}", "taken": n, "since": None, "state": "open"} for n in range(30)]
    page = ask(rows=rows, batch=agree).content.decode()
    assert 'data-select-everything="30"' in page
    assert "data-select-everything" not in ask(batch=agree).content.decode()
    answer = ask(
        "/list/?sort=-taken_places", rows=rows, batch=agree, post={"action": "approve", "row": ["3", "7", "99"]}
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/list/?sort=-taken_places"
    ask(rows=rows, batch=agree, post={"action": "approve", "row": ["3"], "all": "1"})
    assert done == [[7, 3], list(range(30))]  # never a row that is not in the list
    ask(rows=rows, post={"action": "approve", "row": ["3"]})  # a button that this person does not have
    assert len(done) == 2


def test_no_more_is_carried_out_at_once_than_a_request_bears(ask):
    done = []
    agree = [Batch("approve", "Agree", lambda request, keys: done.extend(keys))]
    rows = [{"pk": n, "name": f"社{n}", "taken": n, "since": None, "state": "open"} for n in range(250)]
    assert 'data-select-everything="200"' in ask(rows=rows, batch=agree).content.decode()
    ask(rows=rows, batch=agree, post={"action": "approve", "all": "1"})
    assert done == list(range(200))


class SizeForm(forms.ModelForm):
    class Meta:
        model = Room
        fields = ["capacity"]


class RoomTable(ListTable):
    title = "Rooms"
    name = TitleColumn("Room")
    capacity = EditColumn("Holds", form=SizeForm)


def edit(ask, room, value, undo="", **headers):
    post = {"action": "cell", "column": "capacity", "row": room.pk, "value": value, "undo": undo}
    return ask(rows=Room.objects.all(), table=RoomTable, post=post, headers=headers)


def test_a_cell_is_saved_in_its_place_and_can_be_taken_back(ask, cast):
    room = cast.hall
    room_page = html.fromstring(ask(rows=Room.objects.all(), table=RoomTable).content.decode())
    field = room_page.xpath(f"//form[@id='cell-capacity-{room.pk}']/input[@name='value']")[0]
    assert (field.get("value"), field.get("type")) == (str(room.capacity), "number")
    before = room.capacity
    answer = edit(ask, room, "61", **{"HX-Request": "true"})
    room.refresh_from_db()
    assert room.capacity == 61
    undo = json.loads(answer["HX-Trigger"])["toast"]["undo"]
    assert undo["values"] == {"action": "cell", "column": "capacity", "row": room.pk, "value": before, "undo": 1}
    undone = edit(ask, room, str(undo["values"]["value"]), undo=1, **{"HX-Request": "true"})
    assert json.loads(undone["HX-Trigger"])["toast"] == {"text": "已撤销。"}
    room.refresh_from_db()
    assert room.capacity == before


def test_a_cell_that_is_refused_keeps_what_was_typed_and_says_why(ask, cast):
    answer = edit(ask, cast.hall, "-3", **{"HX-Request": "true"})
    assert 'value="-3"' in answer.content.decode()
    assert "aria-invalid" in answer.content.decode()
    assert "undo" not in json.loads(answer["HX-Trigger"])["toast"]
    assert edit(ask, cast.hall, "62").status_code == 302  # without a script
    cast.hall.refresh_from_db()
    assert cast.hall.capacity == 62


def test_only_a_cell_of_the_list_that_can_be_edited_is(ask, cast):
    for column, row in (("name", cast.hall.pk), ("capacity", 0), ("nothing", cast.hall.pk)):
        with pytest.raises(Http404):
            ask(
                rows=Room.objects.all(),
                table=RoomTable,
                post={"action": "cell", "column": column, "row": row, "value": "9"},
            )


def test_buttons_for_the_selected_stand_in_one_form_with_the_boxes(ask):
    page = html.fromstring(ask(batch=[Batch("approve", "Agree", lambda request, keys: None)]).content.decode())
    form = page.xpath("//form[.//button[@value='approve']]")[0]
    assert [box.get("value") for box in form.xpath(".//input[@name='row']")] == ["1", "2"]
    assert form.xpath(".//input[@data-select-all]")


def test_a_piece_of_template_that_says_nothing_leaves_an_empty_cell(ask):
    class Marked(ListTable):
        title = "Marked"
        name = TitleColumn("Name")
        mark = TemplateColumn(
            "\n{% if record.taken > 9 %}\n<b>{{ record.name }}</b>\n{% endif %}\n", verbose_name="Mark"
        )

    first, second = (row.xpath("td[2]")[0] for row in table_of(ask(table=Marked)).xpath("tbody/tr"))
    assert (first.text, first.xpath("*"), second.xpath("b/text()")) == (None, [], [EVIL])


def test_only_a_column_with_a_form_asks_for_a_token(cast):
    request = RequestFactory().get("/list/")
    request.user, request.session = cast.office.user, {}
    table = paged(request, ClubTable(ROWS))
    assert len(list(table.paginated_rows)) == 2
    assert "CSRF_COOKIE" not in request.META
    assert len(str(table.context["csrf_token"])) == 64


def test_what_a_page_needs_is_fetched_for_its_rows_only(ask, cast):
    class Children(ListTable):
        title = "Children"
        name = TitleColumn("Name")
        mark = Column("Mark")

        def prepare(self, records):
            assert len(records) == 1
            for child in records:
                child.mark = f"{child.name}!"

    answer = ask(rows=Student.objects.order_by("pk"), table=Children, per_page=1)
    assert cells(answer)[0][1].endswith("!")


def test_rows_of_equal_values_stand_on_one_page_only(ask, cast):
    class Children(ListTable):
        title = "Children"
        name = TitleColumn("Name")
        sex = Column("Sex", orderable=True)

    Student.objects.update(sex=Student.Sex.FEMALE)
    shown = [
        row[0]
        for page in (1, 2, 3, 4)
        for row in cells(
            ask(f"/list/?sort=sex&page={page}", rows=Student.objects.order_by("name_key"), table=Children, per_page=1)
        )
    ]
    assert shown == list(Student.objects.order_by("pk").values_list("name", flat=True))


def test_what_is_a_field_is_sortable_and_a_name_by_its_pinyin(ask, cast):
    class Children(ListTable):
        name = Column("Name")
        sex = Column("Sex")
        born = DateColumn("Born", accessor="birth_date")
        label = Column("Class", accessor="class_label")

        number = Column("Number")
        note = Column("Note", accessor="health_note", visible=False)

        def render_number(self, value):
            return f"{value[:2]}****"

    rows = Student.objects.with_class(TODAY).order_by("-pk")
    table = Children(rows)
    # What is shown otherwise than it is stored, or not at all, would be told by its order.
    assert [column.orderable for column in table.columns.iterall()] == [True, True, True, False, False, False]
    assert not Children(rows, order_by="number").order_by
    shown = [row[0] for row in cells(ask("/list/?sort=name", rows=rows, table=Children))]
    assert shown == [child.name for child in Student.objects.order_by("name_key", "pk")]
    assert not any(column.orderable for column in Children(rows.order_by("sex").distinct("sex")).columns)
    assert not any(column.orderable for column in Children([]).columns)


def test_a_person_chooses_how_many_rows_stand_on_a_page(cast, as_user):
    for number in range(60):
        make_student(f"甲{number}", cast.class_1)
    client = as_user(cast.office)

    def shown(**query):
        return len(client.get(reverse("school:student_list"), query).context["table"].page.object_list.data)

    assert shown() == 25
    assert shown(per="100") == 64
    # It holds for the next list, too.
    assert shown() == 64
    assert (shown(per="7"), shown(per="25"), shown()) == (64, 25, 25)
    page = client.get(reverse("school:student_list"), {"q": "甲"}).text
    assert "?q=%E7%94%B2&amp;per=50" in page or "?q=%E7%94%B2&per=50" in page


def test_rooms_stand_in_the_order_in_which_people_count(ask, cast):
    for name in ("五年级10班教室", "五年级2班教室", "四年级1班教室", "二年级1班教室", "图书馆", "报告厅"):
        Room.objects.create(name=name, kind="classroom", capacity=40)
    wanted = ["二年级1班教室", "四年级1班教室", "五年级2班教室", "五年级10班教室"]
    names = [room.name for room in Room.objects.filter(name__in=wanted)]
    assert names == wanted
    shown = cells(ask("/list/?sort=-name", rows=Room.objects.filter(name__in=wanted), table=RoomTable))
    assert [row[0] for row in shown] == wanted[::-1]


def test_a_list_too_long_for_a_request_is_not_offered_as_a_workbook(ask, cast, monkeypatch):
    assert 'value="export"' in ask().text
    monkeypatch.setattr("web.tables.MOST_TAKEN", 0)
    assert 'value="export"' not in ask().text
    assert "spreadsheetml" not in ask(post={"action": "export"})["Content-Type"]
