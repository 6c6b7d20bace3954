"""How people write names, phones, dates and classes, brought to one form. Used by the import and by forms."""

import datetime as dt
import re
import unicodedata
from typing import Any

from school.models.places import NUMERALS

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])


def clean_text(value: Any) -> str:
    """Text without zero-width characters, with full-width forms folded and runs of white space made one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value)).translate(_INVISIBLE)
    return " ".join(text.split())


def clean_phone(value: Any) -> str | None:
    """Eleven digits beginning with 1, or None: spaces, hyphens, +86 and full-width digits are allowed for."""
    digits = re.sub(r"[\s\-()]", "", clean_text(value))
    digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", digits)
    return digits if re.fullmatch(r"1\d{10}", digits) else None


def clean_date(value: Any) -> dt.date | None:
    """A date from a date, 2020-03-27, 2020/3/27, 2020.3.27, 2020年3月27日 or 20200327 (text or number)."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = clean_text(value).removesuffix(" 00:00:00")
    match = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text) or re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", text
    )
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def clean_number(value: Any) -> int | None:
    text = clean_text(value)
    if text in NUMERALS and text:
        return NUMERALS.index(text) + 1
    return int(text) if re.fullmatch(r"\d{1,4}", text) else None


def clean_grade(value: Any) -> int | None:
    """1–9 from 一年级, 1年级, 一, 1; None for anything else (0 and 七年纪 included)."""
    text = clean_text(value).removesuffix("年级").strip()
    number = clean_number(text)
    return number if number is not None and 1 <= number <= len(NUMERALS) else None


def clean_class_number(value: Any) -> int | None:
    """The number of a class from 1班, (1)班, (1)班, 1, 一班."""
    text = clean_text(value).removesuffix("班").strip().strip("()").strip()
    number = clean_number(text)
    return number if number is not None and 1 <= number <= 99 else None


def split_class(value: Any) -> tuple[int, int] | None:
    """(grade, number) from 一年级1班, 1年级(1)班, 一(1)班."""
    text = clean_text(value).replace(" ", "")
    match = re.fullmatch(r"(.)(?:年级)?\(?([\d一二三四五六七八九]{1,2})\)?班?", text)
    if not match:
        return None
    grade, number = clean_grade(match[1]), clean_class_number(match[2])
    return (grade, number) if grade and number else None
