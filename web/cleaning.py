"""Normalises names, phones, dates and numbers as people write them. Used by the import and by forms."""

import datetime as dt
import re
import unicodedata
from functools import lru_cache
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
    return cleaned(str(value))


@lru_cache(maxsize=20_000)
def cleaned(text: str) -> str:
    """A list of a whole school has the same words again and again; plain ASCII has none of these signs."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKC", text) if not is_invisible(sign))
    return " ".join(text.split())


def clean_prose(value: Any) -> str:
    """What people wrote as a text: without invisible signs and needless blanks; its marks and lines stay as they are."""
    text = "".join(sign for sign in str("" if value is None else value) if not is_invisible(sign))
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


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


def clean_phones(value: Any) -> list[str]:
    """All mobile numbers of a cell, whatever stands between and beside them: 19900000001/19900000002(妈妈)."""
    text = re.sub(r"(?<=\d)[\s\-]+(?=\d)", "", clean_text(value))
    found = []
    for run in re.findall(r"\d+", text):
        digits = run if len(run) % 11 == 0 else re.sub(r"^(00)?86", "", run)
        parts = [digits[at : at + 11] for at in range(0, len(digits), 11)]
        if all(re.fullmatch(r"1\d{10}", part) for part in parts):
            found += parts
    return list(dict.fromkeys(found))


# A day of Excel's calendar as a number, 1954 to 2064: a cell of dates that was formatted as a number.
SERIALS = range(20_000, 60_000)


def clean_date(value: Any) -> dt.date | None:
    """A date from a date, 2020-03-27, 2020/3/27, 2020.3.27, 2020年3月27日, 20200327, or the number of one of Excel's days."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and int(value) in SERIALS:
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
    text = re.sub(r"[ T]0?0:00(:00)?$", "", clean_text(value))
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
