import re

import pytest
from django.core.cache import cache
from lxml import etree

from documents import charts

ROWS = [("一年级", 0), ("三年级", 42), ("六年级", 66)]


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


def drawings():
    return {
        "bar": charts.bar_chart(ROWS, unit="分钟", limit=60, limit_label="上限 60"),
        "line": charts.line_chart([("第9周", 96.2), ("第10周", None), ("第11周", 97.4)], unit="%"),
        "heat": charts.heat_map([("周一", "16:30", 7), ("周一", "17:00", None)]),
        "spark": charts.sparkline([90, None, 95, 96]),
    }


def labels(svg):
    return [node.text for node in etree.fromstring(svg.encode()).iter("{*}text")]


@pytest.mark.parametrize("kind", ["bar", "line", "heat", "spark"])
def test_a_drawing_stands_inline_under_a_strict_policy(kind):
    root = etree.fromstring(drawings()[kind].encode())
    assert [node.tag for node in root.iter("{*}style", "{*}script", "{*}image")] == []
    assert [
        node.tag for node in root.iter() if node.get("style") or any(name.startswith("on") for name in node.attrib)
    ] == []


@pytest.mark.parametrize("kind", ["bar", "line", "heat", "spark"])
def test_a_drawing_takes_the_width_it_is_given(kind):
    root = etree.fromstring(drawings()[kind].encode())
    assert root.get("viewBox")
    assert (root.get("width"), root.get("height")) == (None, None)


def test_bars_carry_their_values_and_the_limit():
    shown = labels(drawings()["bar"])
    assert [shown.count(label) for label in ("0 分钟", "42 分钟", "66 分钟 ▲", "上限 60")] == [
        2,
        2,
        2,
        1,
    ]  # each with its halo


def test_bars_start_at_zero_and_keep_the_given_order():
    svg = charts.bar_chart([("b", 50), ("a", 100)])
    bars = [float(width) for width in re.findall(r'd="M0,[\d.]+h([\d.]+)[^"]*" fill="#2b7a4b"', svg)]
    assert bars[1] / bars[0] == pytest.approx(2, rel=0.05)
    assert labels(svg)[:2] == ["b", "a"]


def test_a_gap_in_a_line_is_a_gap():
    shown = labels(drawings()["line"])
    assert "96.2 %" in shown
    assert "0.0 %" not in shown


def test_nothing_to_draw_is_no_error():
    assert labels(charts.bar_chart([])) == []
    assert charts.sparkline([]) == ""
    assert charts.sparkline([1]) == ""
    assert etree.fromstring(charts.line_chart([]).encode()).get("viewBox")
    assert etree.fromstring(charts.heat_map([]).encode()).get("viewBox")


def test_names_of_rows_are_text():
    svg = charts.bar_chart([("<script>x</script>", 1)])
    assert "<script>" not in svg
    assert "<script>x</script>" in labels(svg)


def test_two_drawings_on_a_page_share_no_id():
    first, second = charts.bar_chart(ROWS), charts.bar_chart(ROWS[:2])
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (first, second)]
    assert ids[0].isdisjoint(ids[1])


def test_a_drawing_is_drawn_once():
    first = charts.bar_chart(ROWS)
    key = next(key.split(":", 2)[2] for key in cache._cache)
    cache.set(key, "from the cache")
    assert first != charts.bar_chart(ROWS) == "from the cache"
