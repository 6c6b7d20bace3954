"""Normalises names, phones, dates and numbers as people write them. Used by the import and by forms."""

import datetime as dt
import re
import unicodedata
from typing import Any

NUMERALS = "一二三四五六七八九"
# Between the parts of a name, as phones and input methods write it.
DOTS = "·•‧∙⋅・･•"


def is_invisible(sign: str) -> bool:
    """Signs that format (zero-width, bidirectional, soft hyphen) and variation selectors: nobody typed them on purpose."""
    return unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


def clean_text(value: Any) -> str:
    """Text without invisible signs, with full-width forms folded and runs of white space made one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "".join(sign for sign in unicodedata.normalize("NFKC", str(value)) if not is_invisible(sign))
    return " ".join(text.split())


def fold_name(value: Any) -> str:
    """The key by which two names are the same person's, however they are written: without blanks, dots, marks and case."""
    text = unicodedata.normalize("NFKC", clean_text(value))
    kept = (sign for sign in text if sign not in DOTS and unicodedata.category(sign) not in ("Mn", "Zs"))
    return "".join(kept).casefold()


def same_name(one: Any, other: Any) -> bool:
    return fold_name(one) == fold_name(other)


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
