"""How people write grades and classes, brought to numbers: 三年级, 3年级(2)班, 三(2)班."""

import re
from typing import Any

from web.cleaning import NUMERALS, clean_number, clean_text


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
