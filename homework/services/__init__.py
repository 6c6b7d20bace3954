from homework.services.coordinating import cut_minutes, pass_class, pass_sheet, publish_sheet, return_sheet
from homework.services.entering import (
    NeedsConfirmation,
    decide_release,
    declare,
    enter_homework,
    enter_sheet,
    release_minutes,
    remove_item,
    request_release,
    set_item,
)
from homework.services.sheets import open_sheet

__all__ = [
    "NeedsConfirmation",
    "cut_minutes",
    "decide_release",
    "declare",
    "enter_homework",
    "enter_sheet",
    "open_sheet",
    "pass_class",
    "pass_sheet",
    "publish_sheet",
    "release_minutes",
    "remove_item",
    "request_release",
    "return_sheet",
    "set_item",
]
