"""The bar and the lines of long steps."""

import io
import sys

import pytest

from local import progress, start
from local.progress import Step, watch


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_without_a_terminal_a_step_is_a_line_and_a_long_one_says_how_far_it_is(monkeypatch):
    clock = iter([0.0, *[11.0] * 9])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(Step, "_tick", lambda self: None)
    out = io.StringIO()
    with Step("Making the tables", out) as step:
        step.to(0.5, "school")
    assert out.getvalue() == (
        "Making the tables …\n  Making the tables: 50%, 11 s, school\nMaking the tables: done in 11 s\n"
    )


def test_on_a_terminal_a_bar_is_drawn_and_wiped(monkeypatch):
    monkeypatch.setattr(progress, "REDRAW_EVERY", 0)
    out = Terminal()
    with Step("Making the tables", out) as step:
        step.to(0.5)
        step.to(0.25)  # never back
    drawn = out.getvalue().split("\r\x1b[K")
    assert "Making the tables [############............] 50%, 0 s" in drawn
    assert not any("25%" in one for one in drawn)
    assert drawn[-1] == "Making the tables: done in 0 s\n"


def test_a_step_that_fails_does_not_say_that_it_is_done():
    out = io.StringIO()
    with pytest.raises(ValueError), Step("Making the tables", out):
        raise ValueError
    assert out.getvalue() == "Making the tables …\n"


def test_watch_hands_on_lines_and_gives_code_and_text():
    seen = []
    command = [sys.executable, "-c", "print('one'); print('two'); raise SystemExit(4)"]
    assert watch(command, seen.append) == (4, "one\ntwo\n")
    assert seen == ["one\n", "two\n"]


def test_name_and_admin_go_with_empty(capsys):
    assert start.parse(["--empty", "--name", "春风小学"]).name == "春风小学"
    for wrong in (["--name", "春风小学"], ["--port", "0"]):
        with pytest.raises(SystemExit) as ended:
            start.parse(wrong)
        assert ended.value.code == 2
    assert "--name and --admin go with --empty" in capsys.readouterr().err
