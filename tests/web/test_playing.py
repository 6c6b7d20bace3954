"""The demonstration's time: it goes on, never back, and a school's own office knows nothing of it."""

import datetime as dt
import time

import pytest
from django.utils import timezone

from safety.models import RollCall
from tests.afterschool.test_settings import PRODUCTION, django_with
from web import playing
from web.playing import Clock, moment

SHOWN = dt.datetime(2026, 11, 30, 16, 38, tzinfo=dt.timezone(dt.timedelta(hours=8)))
ASK = (
    "from django.utils import timezone; from safety.models import RollCall; "
    "default = RollCall._meta.get_field('at').get_default; "
    "print(timezone.now.__code__.co_filename, timezone.localdate(), (default() - timezone.now()).total_seconds() < 1)"
)


def after(seconds):
    return Clock(SHOWN, time.time() - seconds)


def test_it_goes_on_for_an_hour_and_then_slowly():
    for seconds, shown in ((0, 0), (60, 60), (3600, 3600), (2 * 3600, 3660), (25 * 3600, 3600 + 24 * 60)):
        passed = (after(seconds).now() - SHOWN).total_seconds()
        assert passed == pytest.approx(shown, abs=1)


def test_it_never_goes_back_though_the_machines_clock_does():
    assert Clock(SHOWN, time.time() + 500).now() == SHOWN


def test_it_says_when_it_will_show_a_moment():
    clock = after(0)
    for minutes in (10, 60, 72):
        later = SHOWN + dt.timedelta(minutes=minutes)
        ahead = clock.shows_at(later) - clock.since
        assert (after(ahead).now() - later).total_seconds() == pytest.approx(0, abs=1)


def test_what_is_written_is_read_again():
    clock = Clock(SHOWN, 1796099395.453)
    assert Clock.read(str(clock)) == clock
    for wrong in ("", "2026-11-30T16:38:00@1", "yesterday@1", "2026-11-30T16:38:00+08:00@"):
        with pytest.raises(ValueError):
            Clock.read(wrong)


def test_a_moment_holds_for_everything_that_asks_and_then_is_over():
    before = timezone.now()
    at = RollCall._meta.get_field("at")
    with moment(dt.date(2026, 9, 2), 8, 15):
        assert timezone.localtime().strftime("%F %R") == "2026-09-02 08:15"
        assert timezone.localtime(at.get_default()).strftime("%F %R") == "2026-09-02 08:15"
        with moment(dt.date(2026, 9, 3), 9):
            assert timezone.localdate() == dt.date(2026, 9, 3)
        assert timezone.localdate() == dt.date(2026, 9, 2)
    assert dt.timedelta(0) <= timezone.now() - before < dt.timedelta(minutes=1)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_it_is_over_whatever_happens(error):
    with pytest.raises(error), moment(dt.date(2026, 9, 2), 8):
        raise error
    assert timezone.localdate() > dt.date(2026, 9, 2)


def test_without_the_setting_nothing_is_changed():
    for environment in (PRODUCTION, PRODUCTION | {"HTTPS": "0"}):
        done = django_with("shell", "--no-imports", "-c", ASK, **environment)
        file, day, same = done.stdout.split()
        assert file.endswith("django/utils/timezone.py"), done.stderr
        assert (day, same) == (str(dt.datetime.now(playing.timezone.get_default_timezone()).date()), "True")


def test_with_it_every_process_lives_in_that_time():
    setting = {"HTTPS": "0", "DEMONSTRATION_CLOCK": str(after(5))}
    done = django_with("shell", "--no-imports", "-c", ASK, **PRODUCTION | setting)
    file, day, same = done.stdout.split()
    assert file.endswith("web/playing.py"), done.stderr
    assert (day, same) == ("2026-11-30", "True")


def test_the_scheduler_of_jobs_goes_by_the_machine():
    """Its rows compare the time with datetime.now(): with another one it would run each job again and again."""
    setting = {
        "HTTPS": "0",
        "DEMONSTRATION_CLOCK": str(after(5)),
        "DJANGO_SETTINGS_MODULE": "afterschool.clock_settings",
    }
    ask = "from django.utils import timezone; print(timezone.now.__code__.co_filename)"
    done = django_with("shell", "--no-imports", "-c", ask, **PRODUCTION | setting)
    assert done.stdout.strip().endswith("django/utils/timezone.py"), done.stderr


def test_an_office_on_https_refuses_it():
    done = django_with("check", **PRODUCTION | {"DEMONSTRATION_CLOCK": str(after(5))})
    assert done.returncode != 0
    assert "DEMONSTRATION_CLOCK" in done.stderr
