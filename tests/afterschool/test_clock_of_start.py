"""What script/start keeps of the demonstration's time, and to whom it passes it on."""

import time

import pytest

from local import office, start

SHOWN = "2026-11-30T16:38:00+08:00@1796099395.453"


@pytest.fixture
def var(tmp_path, monkeypatch):
    monkeypatch.setenv("HTTPS", "0")
    (tmp_path / office.CLOCK).write_text(f"{SHOWN} 1796146195")
    return tmp_path


def test_the_offices_processes_are_told(var):
    assert office.played_clock(var) == (SHOWN, 1796146195)
    assert office.with_clock({"A": "1"}, var) == {"A": "1", "DEMONSTRATION_CLOCK": SHOWN}


@pytest.mark.parametrize("https", ["1", "true", "on", "yes"])
def test_on_https_nobody_is_told(var, https, monkeypatch):
    monkeypatch.setenv("HTTPS", https)
    assert office.with_clock({"A": "1"}, var) == {"A": "1"}


@pytest.mark.parametrize("written", [None, "", "nonsense"])
def test_an_office_of_ones_own_has_no_such_time(tmp_path, written, monkeypatch):
    monkeypatch.setenv("HTTPS", "0")
    if written is not None:
        (tmp_path / office.CLOCK).write_text(written)
    assert office.played_clock(tmp_path) == ("", 0)
    assert office.with_clock({}, tmp_path) == {}


@pytest.mark.parametrize(("ahead", "steps"), [(3600, 0), (-1, 1)])
def test_a_start_takes_its_steps_again_once_the_afternoon_is_played_out(var, ahead, steps, monkeypatch):
    """Everything is stamped; only the time differs."""
    taken = []

    def first_steps(wanted, *_more):
        taken.append(wanted)
        return ""

    monkeypatch.setattr(start, "run_first_steps", first_steps)
    monkeypatch.setattr(start, "mark_migrated", lambda *_more: None)
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.setattr(start, "own_servers_wanted", lambda: True)
        monkeypatch.delenv(name, raising=False)
    environment = {"DATABASE_URL": "postgres://a:b@127.0.0.1:1/x"}
    start.take_first_steps(var, environment, empty=False, static=False)
    taken.clear()
    (var / office.CLOCK).write_text(f"{SHOWN} {time.time() + ahead}")
    start.take_first_steps(var, environment, empty=False, static=False)
    assert taken == [["demonstration", f"clock={SHOWN}", "day="]] * steps
