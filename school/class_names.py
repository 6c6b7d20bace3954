"""How people write grades and classes, brought to numbers: 三年级, 3年级(2)班, 三(2)班, 101, 2026级1班, 班号 202601."""

import re
from typing import Any

from web.cleaning import NUMERALS, clean_number, clean_text

BRACKETS = str.maketrans("〖〗【】[]〔〕{}", "()()()()()")
DIGIT = f"[1-9{NUMERALS}]"
# The year of a cohort: 2026级1班, and 班号 202601 of the national register.
COHORT = re.compile(r"(20\d{2})级?\(?(\d{1,2})\)?班?")
# 一年级1班, 1年级(1)班, 一(1)班, 一1班, 1.1班, 1-1; 101 has its grade in front of two digits.
WHOLE = re.compile(rf"(?:小学)?({DIGIT})(?:年级|年|[.\-])?\(?([\d{NUMERALS}]{{1,2}})班?\)?班?")


def clean_grade(value: Any) -> int | None:
    """1–9 from 一年级, 小学一年级, 1年级, 一年, 一, 1, 1.0; None for anything else (0 and 七年纪 included)."""
    text = re.sub(r"^小学", "", "".join(clean_text(value).split()))
    number = clean_number(re.sub(r"(年级|年)$", "", text))
    return number if number is not None and 1 <= number <= len(NUMERALS) else None


def clean_class_number(value: Any) -> int | None:
    """The number of a class from 1班, (1)班, (1)班, 1, 1.0, 一班."""
    text = clean_text(value).removesuffix("班").strip().strip("()").strip()
    number = clean_number(text)
    return number if number is not None and 1 <= number <= 99 else None


def split_class(value: Any, school_year: int | None = None) -> tuple[int, int] | None:
    """(grade, number) of a whole class. With the school year a cohort's year is read as well: 2026级1班, 202601."""
    text = "".join(clean_text(value).split()).translate(BRACKETS)
    if school_year and (match := COHORT.fullmatch(text)):
        grade, number = school_year - int(match[1]) + 1, int(match[2])
        return (grade, number) if 1 <= grade <= len(NUMERALS) and number else None
    match = WHOLE.fullmatch(text)
    if not match:
        return None
    whole = clean_grade(match[1]), clean_class_number(match[2])
    return whole if whole[0] and whole[1] else None  # type: ignore[return-value]


# What stands behind the class in the name of a sheet: 一(1)班学生花名册.
OF_A_CLASS = re.compile(
    r"(学生|同学|班级|家长)?(花名册|名册|名单|信息表?|通讯录|登记表|基本情况表?|家校通讯录)?(-表格\d*)?$"
)


def class_in_name(text: str) -> str:
    """The class that the name of a sheet or its title says (一(1)班学生花名册); empty without one."""
    name = OF_A_CLASS.sub("", "".join(clean_text(text).split()))
    says_it = COHORT.fullmatch(name) or (re.search("[班(]", name) and split_class(name))
    return name if says_it else ""


def last_of_path(value: Any) -> str:
    """The class at the end of a path of departments: 虚构小学/小学/一年级/1班, 虚构小学-2026级-1班."""
    parts = [part for part in re.split(r"[/>\\]|(?<=[级部学])-", clean_text(value)) if part.strip()]
    return (
        "".join(parts[-2:])
        if len(parts) > 1 and "班" in parts[-1] and "级" in parts[-2]
        else parts[-1]
        if parts
        else ""
    )


def read_class(grade: Any, number: Any, school_year: int) -> tuple[int | None, int | None]:
    """(grade, number) from the two columns 年级 and 班级, of which the second may say both."""
    number = number if isinstance(number, (int, float)) else last_of_path(number)
    years = re.fullmatch(r"(20\d{2})级", clean_text(grade))
    first = school_year - int(years[1]) + 1 if years else clean_grade(grade)
    second = clean_class_number(number)
    if first and second:
        return first, second
    whole = split_class(number, school_year)
    if whole and ((first is None and not clean_text(grade)) or first == whole[0]):
        return whole
    return first, second
