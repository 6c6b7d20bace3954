"""One event is one line of the log, whatever stands in an address."""

import logging

from web.logs import LineFormatter

FORMAT = {"fmt": "{asctime} {levelname} {name} {message}", "datefmt": "%Y-%m-%dT%H:%M:%S%z", "style": "{"}


def written(message, *values, exc_info=None):
    record = logging.LogRecord("web", logging.WARNING, "here.py", 1, message, values, exc_info)
    return LineFormatter(**FORMAT).format(record)


def test_nobody_writes_a_line_of_the_log_by_an_address():
    line = written(
        "Refused: %s", "/students/\n2026-11-30T00:00:00+0800 INFO school.auth Signed in: user 1\x1b[2K\u2028"
    )
    assert len(line.splitlines()) == 1
    assert "\\x0a2026" in line
    assert "\x1b" not in line


def test_a_line_says_when_with_its_offset():
    day, rest = written("ok").split("T", 1)
    assert len(day) == 10
    assert rest[8] in "+-"


def test_a_traceback_stays_readable_and_is_told_from_lines():
    try:
        raise ValueError("typed\n2026-11-30T00:00:00+0800 INFO school.auth Signed in: user 1")
    except ValueError as error:
        told = written("failed", exc_info=(type(error), error, error.__traceback__))
    assert "ValueError" in told
    assert all(line.startswith("    ") for line in told.splitlines()[1:])
