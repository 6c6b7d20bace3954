"""What the columns of a list of pupils are called by schools and programs, and how its cells are read."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from school.class_names import split_class
from school.models import Student
from school.models.calendar import school_year_of
from school.student_numbers import CHECK_DIGITS, check_digit, check_student_number
from web.cleaning import clean_date, clean_phones, clean_text

# The codes are those of the national register (GB/T 2261.1).
SEXES = dict.fromkeys(("男", "男性", "男生", "1", "m", "male"), Student.Sex.MALE.value) | dict.fromkeys(
    ("女", "女性", "女生", "2", "f", "female"), Student.Sex.FEMALE.value
)


WHATS = ("姓名", "关系", "手机")


# Columns of adults: the word before 姓名, 关系, 手机, and the relation that it says by itself.
ADULTS = {"监护人1": "", "监护人2": "", "父亲": "父亲", "母亲": "母亲"}


SYNONYMS = (
    {
        "学生姓名": "姓名",
        "名字": "姓名",
        "学籍号码": "学籍号",
        "全国学籍号": "学籍号",
        "身份证号": "身份证件号",
        "身份证号码": "身份证件号",
        "身份证": "身份证件号",
        "出生年月": "出生日期",
        "出生年月日": "出生日期",
        "生日": "出生日期",
        "所在年级": "年级",
        "所在班级": "班级",
        "班别": "班级",
        "班号": "班级",
        "行政班": "班级",
        "健康状况备注": "健康备注",
        "孩子姓名": "姓名",
        "孩子": "姓名",
        "男女": "性别",
        "班": "班级",
        "您孩子的姓名": "姓名",
        "学生的姓名": "姓名",
        "学生身份证号": "身份证件号",
        "学生身份证号码": "身份证件号",
        "身份证件号码": "身份证件号",
        "孩子性别": "性别",
        "学生性别": "性别",
        "孩子班级": "班级",
        "学生班级": "班级",
        "所在年级班级": "班级",
        "年级班级": "班级",
        "年级和班级": "班级",
        "部门": "班级",
        "所在部门": "班级",
        "家长称谓": "监护人1关系",
        "称谓": "监护人1关系",
        "与孩子关系": "监护人1关系",
        "与学生的关系": "监护人1关系",
        "亲属关系": "监护人1关系",
        "家长关系": "监护人1关系",
        "家长1称谓": "监护人1关系",
        "家长2称谓": "监护人2关系",
        "关系": "监护人1关系",
    }
    | {
        f"{word}{what}": f"监护人1{what}"
        for word in ("监护人", "家长", "监护人一", "家长1", "家长一", "成员1")
        for what in WHATS
    }
    | {f"{word}{what}": f"监护人2{what}" for word in ("监护人二", "家长2", "家长二", "成员2") for what in WHATS}
    | {
        f"{before}{word}": f"{who}手机"
        for before, who in (
            *(
                ("监护人1", "监护人1"),
                ("家长1", "监护人1"),
                ("成员1", "监护人1"),
                ("监护人", "监护人1"),
                ("家长", "监护人1"),
            ),
            *(("监护人2", "监护人2"), ("家长2", "监护人2"), ("成员2", "监护人2")),
            *(("父亲", "父亲"), ("母亲", "母亲"), ("爸爸", "父亲"), ("妈妈", "母亲"), ("父", "父亲"), ("母", "母亲")),
            # Of whom they are is not said: after all that say it.
            ("", "监护人1"),
        )
        for word in ("手机", "电话", "手机号", "手机号码", "联系电话", "联系方式", "电话号码")
    }
    | {
        "家长": "监护人1姓名",
        "家长姓名": "监护人1姓名",
        "监护人": "监护人1姓名",
        "与学生关系": "监护人1关系",
        "爸爸": "父亲姓名",
        "妈妈": "母亲姓名",
        "父亲": "父亲姓名",
        "母亲": "母亲姓名",
        "爸爸姓名": "父亲姓名",
        "妈妈姓名": "母亲姓名",
        "手机": "监护人1手机",
    }
)


# Contacts of parents (钉钉, 企业微信) say whose phone it is; answers of a questionnaire (问卷星) say when they were given.
PROGRAMS = (
    *(("学生姓名", relation) for relation in ("与学生关系", "家长称谓", "家长1称谓", "称谓", "亲属关系")),
    ("提交答卷时间",),
)


RELATIONS = {"爸爸": "父亲", "妈妈": "母亲", "父": "父亲", "母": "母亲"}


MONTH_ONLY = re.compile(r"(19|20)\d{2}\s*([-/.年]\s*)?\d{1,2}\s*月?")


LOST_DIGITS = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)


def clean_sex(value: Any) -> int | None:
    return SEXES.get(clean_text(value).casefold())


def is_name(value: Any) -> bool:
    """Two to four Chinese characters, or more with a dot between."""
    return (
        isinstance(value, str)
        and re.fullmatch(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff·•]{4,20}", clean_text(value)) is not None
    )


BY_VALUE: dict[str, Callable[[Any], bool]] = {
    "身份证件号": lambda value: bool(number_of_document(clean_text(value).upper())),
    "学籍号": lambda value: (
        clean_text(value).upper().startswith("G") and not check_student_number(clean_text(value).upper())
    ),
    "监护人1手机": lambda value: bool(clean_phones(value)),
    "监护人2手机": lambda value: bool(clean_phones(value)),
    "性别": lambda value: clean_sex(value) is not None,
    "出生日期": lambda value: clean_date(value) is not None,
    "班级": lambda value: (
        isinstance(value, str) and split_class(value, school_year_of(timezone.localdate())) is not None
    ),
    "姓名": is_name,
    "监护人1姓名": is_name,
}


def number_of_document(document: str) -> str:
    """The student number of an identity number with a right check digit, which is the same behind a G; else nothing."""
    digits = document[:17].isdigit() and len(document) == 18 and document[17] in CHECK_DIGITS
    return f"G{document}" if digits and check_digit(document[:17]) == document[17] else ""


def sex_of_document(number: str) -> int | None:
    """By the seventeenth digit of an identity number behind its G: odd is male."""
    if not number:
        return None
    return Student.Sex.MALE.value if int(number[17]) % 2 else Student.Sex.FEMALE.value


def digits_lost(value: Any) -> bool:
    """Whether a number of eighteen digits was kept as a number, of which fifteen are left: 9.90002E+17."""
    return (isinstance(value, (int, float)) and abs(value) >= 10**15) or LOST_DIGITS.fullmatch(
        clean_text(value)
    ) is not None


def is_month_of(text: str, day: dt.date) -> bool:
    """Whether a text is empty or names the day's year and month alone: 2020年2月, 2020.02, 202002."""
    digits = re.findall(r"\d+", text)
    if len(digits) == 1 and len(digits[0]) == 6:
        digits = [digits[0][:4], digits[0][4:]]
    return not text or (
        MONTH_ONLY.fullmatch(text) is not None and [int(one) for one in digits] == [day.year, day.month]
    )


def both_in_one(name: str, phones: list[str]) -> list[str]:
    """Two parents in one cell, each with a phone: «赵父安、吴母一»; else the one name."""
    names = [one for one in re.split(r"[、,;/]|\s+", name) if one]
    return names if len(names) == len(phones) == 2 else [name]


def split_words(value: Any) -> list[str]:
    text = clean_text(value)
    for mark in ("、", ",", ";", "/"):
        text = text.replace(mark, " ")
    return text.split()
