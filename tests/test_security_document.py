"""docs/security.md answers every point of ASVS 5.0, levels 1 and 2, and what it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "security.md"
# Points of level 1 and 2 by section (a fact of the standard); chapters of which nothing is used stand as one range.
POINTS = {
    "1.1": "1-2", "1.2": "1-9", "1.3": "1-11", "1.4": "1-3", "1.5": "1-2",
    "2.1": "1-3", "2.2": "1-3", "2.3": "1-4", "2.4": "1",
    "3.2": "1-2", "3.3": "1-4", "3.4": "1-6", "3.5": "1-5", "3.7": "1-2",
    "4.1": "1-3", "4.2": "1", "4.3": "1-2", "4.4": "1-4",
    "5.1": "1", "5.2": "1-3", "5.3": "1-2", "5.4": "1-3",
    "6.1": "1-3", "6.2": "1-11", "6.3": "1-3", "6.4": "1-4", "6.5": "1-5", "6.6": "1-3", "6.8": "1-4",
    "7.1": "1-3", "7.2": "1-4", "7.3": "1-2", "7.4": "1-5", "7.5": "1-2", "7.6": "1-2",
    "8.1": "1-2", "8.2": "1-3", "8.3": "1", "8.4": "1",
    "9.1": "1-3", "9.2": "1-4",
    "11.1": "1-2", "11.2": "1-3", "11.3": "1-3", "11.4": "1-3", "11.5": "1", "11.6": "1",
    "12.1": "1-3", "12.2": "1-2", "12.3": "1-4",
    "13.1": "1", "13.2": "1-5", "13.3": "1-2", "13.4": "1-5",
    "14.1": "1-2", "14.2": "1-4", "14.3": "1-3",
    "15.1": "1-3", "15.2": "1-3", "15.3": "1-7",
    "16.1": "1", "16.2": "1-5", "16.3": "1-4", "16.4": "1-3", "16.5": "1-3",
}  # fmt: skip
ROW = re.compile(r"^\| ([\d.]+)(?:–([\d.]+))? \| (.+?) \| (yes|partly|no|n\. a\.) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w./-]+)(?:::(\w+))?`|\]\(([\w./]+)\)")


def rows():
    return ROW.findall(DOCUMENT.read_text())


def expected():
    for section, numbers in POINTS.items():
        first, _, last = numbers.partition("-")
        yield from (f"{section}.{number}" for number in range(int(first), int(last or first) + 1))


def test_no_point_is_left_out_or_answered_twice():
    answered = []
    for first, last, *_rest in rows():
        section, number = first.rsplit(".", 1)
        if last and last.rsplit(".", 1)[0] == section:
            answered += [f"{section}.{one}" for one in range(int(number), int(last.rsplit(".", 1)[1]) + 1)]
        elif not last:
            answered.append(first)
    assert sorted(answered) == sorted(expected())


def path_of(name):
    return next((path for path in (ROOT / "tests" / name, ROOT / name, ROOT / "docs" / name) if path.exists()), None)


@pytest.mark.parametrize(("point", "answer", "held_by"), [(row[0], row[3], row[4]) for row in rows()])
def test_what_is_named_is_there(point, answer, held_by):
    named = [
        (file or link, test) for file, test, link in NAMED.findall(held_by) if "." in (file or link) or "/" in file
    ]
    named = [(name, test) for name, test in named if not name.startswith("/")]
    for name, test in named:
        assert path_of(name), f"{point}: {name}"
        assert not test or f"def {test}(" in path_of(name).read_text(), f"{point}: {name}::{test}"
    if answer == "yes":
        assert named or "this page" in held_by or re.search(r"ruff|bandit|mypy|Django", held_by), point
    else:
        assert len(held_by) >= 10, point
