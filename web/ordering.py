"""The order of names of rooms, groups and clubs as people count them."""

from typing import Any

from django.db.models import CharField, F, Func, Value


def natural(field: str) -> Func:
    """Orders by a name with its numbers: 一, 二, 三 (as figures) and 2 before 10 (each number filled up to five figures)."""
    figures = Func(
        F(field), Value("一二三四五六七八九"), Value("123456789"), function="translate", output_field=CharField()
    )
    filled = _replace(figures, r"(\d+)", r"00000\1")
    return _replace(filled, r"\d*(\d{5})", r"\1")


def _replace(text: Any, pattern: str, by: str) -> Func:
    return Func(text, Value(pattern), Value(by), Value("g"), function="regexp_replace", output_field=CharField())
