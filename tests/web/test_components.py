from urllib.parse import parse_qs

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from lxml import html

from school.models import User
from web.styleguide import FilterForm
from web.templatetags.components import CountTab, TimelineEntry

EVIL = "<script>alert(1)</script>"


def draw(source, path="/list/", **context):
    request = RequestFactory().get(path)
    return html.fromstring("<div>" + Template(source).render(Context({"request": request, **context})) + "</div>")


def text(node):
    return " ".join(node.text_content().split())


@pytest.mark.parametrize(
    "source",
    [
        "{% page_header x subtitle=x back_url=x %}{{ x }}{% endpage_header %}",
        "{% card title=x url=x url_label=x %}{{ x }}{% endcard %}",
        '{% empty_state "inbox" x x x x %}',
        "{% form_actions x cancel_url=x %}{{ x }}{% endform_actions %}",
        "{% status_badge x %}",
        "{% figure_tile x x change=x url=x %}",
        '{% chart "" x %}{{ x }}{% endchart %}',
        "{% timeline entries %}",
        "{% confirm_dialog x x x %}{{ x }}{% endconfirm_dialog %}",
        "{% steps 1 2 x %}",
        "{% data_table caption=x wide=True %}{{ x }}{% enddata_table %}",
        "{% count_tabs tabs %}",
        '{% icon "printer" x %}',
    ],
)
def test_no_component_lets_markup_through(source):
    entries = [TimelineEntry(EVIL, EVIL, EVIL, EVIL)]
    page = draw(source, x=EVIL, entries=entries, tabs=[CountTab(EVIL, EVIL, 1)])
    assert page.xpath("//script") == []


@pytest.mark.urls("tests.web.urls")
@pytest.mark.parametrize(
    ("source", "address", "opens_for"),
    [
        ('{% enterable "anybody" as url %}', "/anybody/", ["nobody", "teacher", "principal"]),
        ('{% enterable "somebody" as url %}', "/somebody/", ["teacher", "principal"]),
        ('{% enterable "office" 7 as url %}', "/office/7/", ["principal"]),
        ('{% enterable "office" pk=7 as url %}', "/office/7/", ["principal"]),
        ("{% enterable made as url %}", "/office/7/?status=open&amp;page=2", ["principal"]),
    ],
)
def test_an_address_is_given_to_those_who_may_enter(source, address, opens_for, monkeypatch):
    monkeypatch.setattr(User, "role_codes", property(lambda user: frozenset({user.username})))
    request = RequestFactory().get("/list/")
    context, template, shown = (
        {"request": request, "made": "/office/7/?status=open&page=2"},
        Template(source + "{{ url }}"),
        {},
    )
    for who in ("nobody", "teacher", "principal"):
        request.user = AnonymousUser() if who == "nobody" else User(username=who)
        shown[who] = template.render(Context(context))
    assert {who: page for who, page in shown.items() if page} == dict.fromkeys(opens_for, address)


def test_page_header_has_title_way_back_and_actions():
    page = draw('{% page_header "Clubs" subtitle="Term" back_url="/back/" %}<a class="btn">Add</a>{% endpage_header %}')
    assert text(page.xpath("//h1")[0]) == "Clubs"
    assert page.xpath("//a/@href") == ["/back/"]
    assert text(page.xpath("//div[@class='page-head-actions']")[0]) == "Add"


def test_a_status_is_a_word_with_an_icon():
    page = draw('{% status_badge "Signed" "ok" %}')
    assert text(page) == "Signed"
    assert [address.partition("#")[2] for address in page.xpath("//svg/use/@href")] == ["circle-check"]
    assert page.xpath("//svg/@aria-hidden") == ["true"]


def test_an_unknown_kind_of_status_is_refused():
    with pytest.raises(TemplateSyntaxError, match="unknown kind 'green'"):
        draw('{% status_badge "x" "green" %}')


def test_a_figure_shows_its_denominator_and_leads_to_its_rows():
    page = draw('{% figure_tile "Here" 1075 denominator=1237 change="+3" url="/rows/" %}')
    assert text(page) == "Here 1,075 / 1,237 · 86.9 % +3"
    assert page.xpath("//a/@href") == ["/rows/"]


def test_a_figure_of_nothing_divides_by_nothing():
    assert text(draw('{% figure_tile "Here" 0 denominator=0 %}')) == "Here 0 / 0"


def test_a_charts_table_stands_behind_the_second_tab():
    page = draw('{% chart "<svg></svg>" "Which?" id="c" %}<table><tr><td>7</td></tr></table>{% endchart %}')
    assert text(page.xpath("//figcaption")[0]) == "Which?"
    assert page.xpath("//input/@id") == ["c-drawing", "c-table"]
    assert page.xpath("//div[@class='chart-table']//td/text()") == ["7"]


def test_a_dangerous_button_works_as_a_link_and_as_a_dialog():
    page = draw('{% confirm_dialog "/end/7/" "End" "End it?" submit="Yes, end" %}<p>Why</p>{% endconfirm_dialog %}')
    link, dialog = page.xpath("//a")[0], page.xpath("//dialog")[0]
    assert link.get("href") == "/end/7/"
    assert link.get("data-dialog") == dialog.get("id")
    assert dialog.xpath(".//form/@action") == ["/end/7/"]
    assert text(dialog.xpath(".//button[@type='submit']")[0]) == "Yes, end"


def test_dialogs_of_two_rows_have_ids_of_their_own():
    row = '{% confirm_dialog url "End" "?" %}{% endconfirm_dialog %}'
    page = draw(f"{{% for url in urls %}}{row}{{% endfor %}}", urls=["/end/7/", "/end/8/"])
    assert len(set(page.xpath("//dialog/@id"))) == 2


def test_tabs_keep_the_filters_and_drop_the_page():
    tabs = [CountTab("", "All", 1200), CountTab("open", "Open", 12)]
    page = draw("{% count_tabs tabs %}", "/list/?q=a&page=3&status=open", tabs=tabs)
    assert page.xpath("//a/@href") == ["?q=a", "?q=a&status=open"]
    assert [text(link) for link in page.xpath("//a")] == ["All 1,200", "Open 12"]
    assert [text(link) for link in page.xpath("//a[@aria-current='page']")] == ["Open 12"]


def test_pages_keep_the_addresss_other_parameters():
    rows = Paginator(range(60), 25).get_page(2)
    page = draw("{% pagination rows %}", "/list/?q=a%26b&status=open&page=2", rows=rows)
    links = page.xpath("//a/@href")
    assert [parse_qs(link[1:]) for link in links] == [
        {"q": ["a&b"], "status": ["open"], "page": [number]} for number in ("1", "1", "3", "3")
    ]
    assert page.xpath("//*[@aria-current='page']/text()") == ["2"]


def test_one_page_needs_no_pager_but_its_count():
    page = draw("{% pagination rows %}", rows=Paginator(range(3), 25).get_page(1))
    assert page.xpath("//nav") == []
    assert text(page) == "共 3 条"


def test_the_filter_bar_keeps_what_it_is_told_to():
    page = draw('{% filter_bar form keep="status" %}', "/list/?q=lin&status=open&page=2", form=FilterForm({"q": "lin"}))
    assert page.xpath("//form/@method") == ["get"]
    assert [(field.get("name"), field.get("value")) for field in page.xpath("//input")] == [
        ("status", "open"),
        ("q", "lin"),
    ]


def test_steps_say_where_one_is():
    page = draw('{% steps 2 5 "Weekdays" %}')
    assert [text(node) for node in page.xpath("//p/*")] == ["步骤 2/5", "Weekdays"]
    assert len(page.xpath("//li[@class='is-done']")) == 2


def test_a_timeline_names_when_and_who():
    page = draw("{% timeline entries %}", entries=[TimelineEntry("Approved", "8:02", "Li", "All well", "ok")])
    assert text(page) == "Approved 8:02 · Li All well"
