"""Filters: how dates, times, figures and sensitive numbers are shown. Built in, so no template loads them."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

DASH = "–"


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _day(value: dt.date) -> dt.date:
    return _local(value).date() if isinstance(value, dt.datetime) else value


@register.filter
def cn_date(value: dt.date | None, year: str = "") -> str:
    """11月20日 周五 / Fri 20 Nov; with «year»: 2026年11月20日 周五 / Fri 20 Nov 2026."""
    if not value:
        return ""
    day = _day(value)
    if _is_chinese():
        shown = f"{day.month}月{day.day}日 周{'一二三四五六日'[day.weekday()]}"
        return f"{day.year}年{shown}" if year else shown
    return date_format(day, "D j M Y" if year else "D j M")


@register.filter
def cn_day(value: dt.date | None) -> str:
    """The short form of tables: 11-20 / 20 Nov."""
    if not value:
        return ""
    day = _day(value)
    return f"{day:%m-%d}" if _is_chinese() else date_format(day, "j M")


@register.filter
def cn_span(value: Any, year: str = "") -> str:
    """9月1日 周二 – 1月22日 周五, or 9月1日 周二 起 without an end; of a pair, or anything with `starts_on` and `ends_on`."""
    first, last = value if isinstance(value, (tuple, list)) else (value.starts_on, value.ends_on)
    if first and not last:
        return _("from %s on") % cn_date(first, year)
    return f" {DASH} ".join(cn_date(day, year) for day in (first, last) if day)


@register.filter
def cn_datetime(value: dt.datetime | None) -> str:
    """11月20日 16:25 / 20 Nov 16:25, in the school's time zone."""
    if not value:
        return ""
    moment = _local(value)
    day = f"{moment.month}月{moment.day}日" if _is_chinese() else date_format(moment, "j M")
    return f"{day} {moment:%H:%M}"


@register.filter
def times(value: Any, end: dt.time | None = None) -> str:
    """16:25, or 16:25–17:10 of two times, a pair, or anything with `starts_at` and `ends_at`."""
    if not value:
        return ""
    if hasattr(value, "starts_at"):
        value, end = value.starts_at, value.ends_at
    elif isinstance(value, (tuple, list)):
        value, end = value
    return DASH.join(_clock(moment) for moment in (value, end) if moment)


def _clock(value: dt.time | dt.datetime) -> str:
    return f"{_local(value) if isinstance(value, dt.datetime) else value:%H:%M}"


@register.filter
def mask_phone(value: str | None) -> str:
    """199****0012: enough to recognise a known number."""
    phone = value or ""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "*" * len(phone)


@register.filter
def mask_number(value: str | None) -> str:
    """G3301************12: a document's or pupil's number, its first five and last two characters."""
    number = value or ""
    return f"{number[:5]}{'*' * (len(number) - 7)}{number[-2:]}" if len(number) >= 10 else "*" * len(number)


@register.filter
def count(value: int | None) -> str:
    """1,237; a dash where nothing was counted."""
    return DASH if value is None else f"{value:,}"


def to_tenth(value: Decimal) -> Decimal:
    """Rounded as everybody rounds by hand: 41.25 to 41.3."""
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


@register.filter
def percent(value: int | None, whole: int | None) -> str:
    """`{{ part|percent:whole }}`: 86.9 %; a dash of nothing."""
    if value is None or not whole:
        return DASH
    return f"{to_tenth(100 * Decimal(value) / Decimal(whole))} %"


@register.simple_tag
def rate(part: int | None, whole: int | None) -> SafeString:
    """`{% rate 1075 1237 %}`: 1,075 / 1,237 = 86.9 %: a rate is never shown without numerator and denominator."""
    if part is None or not whole:
        return format_html('<span class="number">{}</span>', DASH)
    return format_html('<span class="number">{} / {} = {}</span>', count(part), count(whole), percent(part, whole))


# Parts of the User-Agent that tell browsers apart, the more specific first.
APPS = {
    "MicroMessenger": "微信",
    "DingTalk": "钉钉",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


@register.filter
def device_name(user_agent: str) -> str:
    """«iPhone · 微信» from a User-Agent."""
    names = [next((shown for sign, shown in table.items() if sign in user_agent), "") for table in (MACHINES, APPS)]
    return " · ".join(name for name in names if name) or user_agent[:40] or DASH


@register.filter
def yuan(value: Decimal | int | None) -> str:
    """¥1,234.50; ¥0 is shown as «free»."""
    if value is None:
        return DASH
    if not value:
        return _("free")
    amount = f"{abs(value):,.2f}".removesuffix(".00")
    return f"{'-' if value < 0 else ''}¥{amount}"


@register.filter
def weekdays(days: list[int]) -> str:
    """周一、周三 / Mon, Wed for [1, 3]; 周一至周五 for the whole week."""
    if _is_chinese():
        if sorted(days) == [1, 2, 3, 4, 5]:
            return "周一至周五"
        return "、".join(f"周{'一二三四五六日'[day - 1]}" for day in days)
    return ", ".join(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day - 1] for day in days)


@register.filter
def leaving(days: dict[str, int]) -> str:
    """周三第1节后 / Wed after period 1 for {"3": 1}: when a child leaves before the end."""
    words = "{day}第{number}节后" if _is_chinese() else "{day} after period {number}"
    found = [words.format(day=weekdays([int(day)]), number=number) for day, number in sorted(days.items())]
    return ("、" if _is_chinese() else ", ").join(found)


@register.filter
def bracketed(text: object) -> str:
    """「（母亲）」 / " (mother)": what stands in brackets after a name; empty for nothing."""
    if not text:
        return ""
    return f"（{text}）" if _is_chinese() else f" ({text})"


@register.filter
def colon(text: object) -> str:
    """「票据：」 / "Receipt: ": what a sentence says of it follows."""
    return f"{text}：" if _is_chinese() else f"{text}: "


@register.filter
def lookup(mapping: dict[Any, Any], key: Any) -> Any:
    """mapping[key] in a template, empty where there is none."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def month_name(value: dt.date | None) -> str:
    """2026年11月 / November 2026."""
    if not value:
        return ""
    if _is_chinese():
        return f"{value.year}年{value.month}月"
    return date_format(value, "F Y")
