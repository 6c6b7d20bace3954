"""The load of some days at a glance, as page, workbook and paper show it: heat map, figures, trend, most and least."""

import datetime as dt
from typing import Any

from django.urls import reverse

from documents.charts import line_chart
from homework.drawing import OVER, Tile, heat_svg
from homework.load import (
    Line,
    by_subject,
    counted_breaches,
    days_with_lessons,
    finished_share,
    heat,
    no_homework_days,
    returns,
    shade,
    trend,
)
from homework.models.planning import monday_of
from school.models.places import grade_name
from web.templatetags.formats import cn_date, cn_day

MOST_DAYS = 25  # more columns than that are shown week by week
EXTREMES = 5


def overview(first: dt.date, last: dt.date, grade: int | None) -> dict[str, Any]:
    """By the names that the templates know it by; of one grade or of the school."""
    lines = [line for line in heat(first, last) if grade in (None, line.grade(last))]
    classes = [line.class_pk for line in lines]
    # Sheets of days without lessons (H4) have their column too.
    days = sorted({*days_with_lessons(first, last), *(day for line in lines for day in line.minutes)})
    weekly = len(days) > MOST_DAYS
    quiet = [line for line in lines if not any(line.minutes.values())]
    return {
        "first": first,
        "last": last,
        "grade": grade_name(grade) if grade else "",
        "days": days,
        "weekly": weekly,
        "heat": draw([line for line in lines if line not in quiet], days, last, weekly=weekly),
        "quiet": "、".join(line.label(last) for line in quiet),
        "lines": labelled(lines, last),
        "subjects": by_subject(first, last, lines),
        "counted": counted_breaches(first, last, classes),
        "returned": returns(first, last, classes),
        "finished": finished_share(first, last, None if grade is None else classes),
        **sums(lines),
        **extremes(lines, last),
        **weeks_of(lines),
        **free_days(lines, days),
    }


def labelled(lines: list[Line], day: dt.date) -> list[tuple[Line, str]]:
    return [(line, line.label(day)) for line in lines]


def sums(lines: list[Line]) -> dict[str, Any]:
    sheets = sum(len(line.minutes) for line in lines)
    return {
        "sheets": sheets,
        "mean": round(sum(line.total for line in lines) / sheets, 1) if sheets else None,
        "over": sum(line.days_over for line in lines),
    }


def extremes(lines: list[Line], day: dt.date) -> dict[str, Any]:
    """Of the classes with a cap, those with most and with least."""
    capped = [line for line in lines if any(line.caps.values())]
    ranked = sorted(capped, key=lambda line: -(line.mean or 0))
    return {"most": labelled(ranked[:EXTREMES], day), "least": labelled(ranked[: -EXTREMES - 1 : -1], day)}


def weeks_of(lines: list[Line]) -> dict[str, Any]:
    weeks = trend(lines)
    drawn = line_chart([(cn_day(week.monday), week.mean) for week in weeks]) if len(weeks) > 1 else ""
    return {"weeks": weeks, "trend": drawn}


def free_days(lines: list[Line], days: list[dt.date]) -> dict[str, Any]:
    free = no_homework_days(lines, days)
    return {
        "free": free,
        "free_kept": sum(kept for _day, kept, _all in free),
        "free_all": sum(whole for _day, _kept, whole in free),
    }


def draw(lines: list[Line], days: list[dt.date], last: dt.date, *, weekly: bool) -> str:
    if not lines:
        return ""
    if weekly:
        columns = list(dict.fromkeys(monday_of(day) for day in days))
        return heat_svg([(line.label(last), week_tiles(line, last)) for line in lines], columns, cn_day)
    return heat_svg([(line.label(last), day_tiles(line)) for line in lines], days, cn_day)


def day_tiles(line: Line) -> dict[dt.date, Tile]:
    return {
        day: Tile(
            minutes,
            shade(minutes, line.caps[day]),
            reverse("homework:sheet_detail", args=[line.class_pk, day.isoformat()]),
            f"{line.label(day)} {cn_date(day)} {minutes} / {line.caps[day]}",
        )
        for day, minutes in line.minutes.items()
    }


def week_tiles(line: Line, last: dt.date) -> dict[dt.date, Tile]:
    """The mean of a week's sheets; amber where one of its days is over the cap."""
    weeks: dict[dt.date, list[tuple[int, int]]] = {}
    for day, minutes in line.minutes.items():
        weeks.setdefault(monday_of(day), []).append((minutes, line.caps[day]))
    page = reverse("homework:load_overview")
    tiles = {}
    for monday, cells in weeks.items():
        mean = round(sum(minutes for minutes, _cap in cells) / len(cells), 1)
        over = any(minutes > cap for minutes, cap in cells)
        tone = OVER if over else shade(mean, sum(cap for _minutes, cap in cells) / len(cells))
        sunday = monday + dt.timedelta(days=6)
        url = f"{page}?first={monday}&last={sunday}&grade={line.grade(last)}"
        tiles[monday] = Tile(mean, tone, url, f"{line.label(last)} {cn_day(monday)}–{cn_day(sunday)} {mean}")
    return tiles
