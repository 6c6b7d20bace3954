import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from web.templatetags import formats

DAY = dt.date(2026, 11, 20)
MOMENT = dt.datetime(2026, 11, 20, 8, 25, tzinfo=dt.UTC)


def test_dates_in_chinese():
    with override("zh-hans"):
        assert formats.cn_date(DAY) == "11月20日 周五"
        assert formats.cn_date(DAY, "year") == "2026年11月20日 周五"
        assert formats.cn_day(DAY) == "11-20"
        assert formats.cn_datetime(MOMENT) == "11月20日 16:25"
        assert formats.cn_date(MOMENT) == "11月20日 周五"


def test_dates_in_english():
    with override("en"):
        assert formats.cn_date(DAY) == "Fri 20 Nov"
        assert formats.cn_date(DAY, "year") == "Fri 20 Nov 2026"
        assert formats.cn_day(DAY) == "20 Nov"
        assert formats.cn_datetime(MOMENT) == "20 Nov 16:25"


@pytest.mark.parametrize(
    ("last", "chinese", "english"),
    [
        (dt.date(2027, 1, 22), "2026年11月20日 周五 – 2027年1月22日 周五", "Fri 20 Nov 2026 – Fri 22 Jan 2027"),
        (None, "2026年11月20日 周五起", "from Fri 20 Nov 2026 on"),
    ],
)
def test_the_days_of_a_row(last, chinese, english):
    row = SimpleNamespace(starts_on=DAY, ends_on=last)
    with override("zh-hans"):
        assert formats.cn_span(row, "year") == formats.cn_span((DAY, last), "year") == chinese
    with override("en"):
        assert formats.cn_span(row, "year") == english
    assert formats.cn_span((None, None)) == ""


def test_late_in_the_utc_day_is_the_next_school_day():
    with override("zh-hans"):
        assert formats.cn_date(dt.datetime(2026, 11, 20, 17, 0, tzinfo=dt.UTC)) == "11月21日 周六"


@pytest.mark.parametrize(
    ("value", "end", "shown"),
    [
        (dt.time(16, 25), None, "16:25"),
        (dt.time(16, 25), dt.time(17, 10), "16:25–17:10"),
        ((dt.time(16, 25), dt.time(17, 10)), None, "16:25–17:10"),
        (SimpleNamespace(starts_at=dt.time(8), ends_at=dt.time(8, 40)), None, "08:00–08:40"),
        (MOMENT, None, "16:25"),
        (None, None, ""),
    ],
)
def test_times_are_of_24_hours(value, end, shown):
    assert formats.times(value, end) == shown


@pytest.mark.parametrize(
    ("phone", "shown"), [("19912340012", "199****0012"), ("", ""), (None, ""), ("1234567", "*******")]
)
def test_a_phone_is_masked(phone, shown):
    assert formats.mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [("G330102201501012312", "G3301************12"), ("12345", "*****"), (None, "")]
)
def test_a_number_is_masked_and_keeps_its_length(number, shown):
    assert formats.mask_number(number) == shown
    assert len(shown) == len(number or "")


def test_a_rate_shows_what_it_was_made_of():
    assert formats.rate(1075, 1237) == '<span class="number">1,075 / 1,237 = 86.9 %</span>'
    assert formats.rate(0, 0) == '<span class="number">–</span>'
    assert formats.percent(1, 3) == "33.3 %"
    assert formats.count(None) == "–"


def test_an_amount_of_nothing_is_free():
    with override("zh-hans"):
        assert [formats.yuan(amount) for amount in (0, 100, Decimal("1234.50"), -3, None)] == [
            "免费",
            "¥100",
            "¥1,234.50",
            "-¥3",
            "–",
        ]


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 Mobile MicroMessenger/8.0.50", "iPhone · 微信"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", "Windows · Edge"),
        ("curl/8", "curl/8"),
        ("", "–"),
    ],
)
def test_a_device_is_named_for_people(agent, shown):
    assert formats.device_name(agent) == shown
