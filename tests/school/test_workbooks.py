"""Files as schools have them (../shared/samples/workbooks), each against what a clerk expects of it in an empty office."""

import io
import zipfile
from pathlib import Path

import pytest

from school.importing.containers import WorkbookRefused
from school.importing.run import kept_copy, plan_import

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "samples" / "workbooks"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.exists(), reason="the sample workbooks lie beside the repository"),
]
WHOLE = (24, 8, 5, 2)
TAKEN = [
    "a12-parents4", "b01-control", "b02-date1904", "b04-date-serial", "b06-phones", "b09-hidden-filter",
    "b10-formula-serial", "b11-formula-birth", "b14-merged-class", "b15-two-row-header", "b17-repeated-header",
    "b18-names", "b20-sex-codes", "b22-borders-25000", "b23-richtext", "b24-inlinestr", "b25-sheet-protected",
    "b27-sheet-names", "b28-no-term", "b29-strict-ooxml", "b30-wps", "b31-odd-style", "b32-bare",
    "b33-prefixed", "c01-old", "c02-wps", "c03-xls-named", "c10-numbers", "c15-libreoffice", "d01-66-columns",
    "d03-x000d", "d05-starts-at-B5", "e01-empty-fill", "e04-bad-defined-name", "e06-iso-dates",
    "e07-case-of-parts", "e08-b5", "e09-b5-chart",
]  # fmt: skip


def read(name):
    return next(FOLDER.glob(f"{name}*")).read_bytes()


def made(plan):
    summary = plan.summary()
    return tuple(summary[key]["created"] if key in summary else None for key in ("students", "staff", "rooms", "clubs"))


@pytest.mark.parametrize("name", TAKEN)
def test_a_habit_of_real_files_is_taken(name):
    plan = plan_import(read(name))
    assert [problem.as_json() for problem in plan.context.refused] == []
    assert made(plan) == WHOLE
    assert "_x000D_" not in str([row.values for row in plan.sheets["students"].rows])


@pytest.mark.parametrize(
    ("name", "students", "refused"),
    [
        ("a13-onlystudents", 24, 0),
        ("b12-formula-vlookup", 23, 1),
        ("b26-error-cells", 23, 1),
        ("d06-fullwidth-heads", 23, 1),
        ("d07-sheet-space", 23, 1),
        ("c04-gb18030", 24, 0),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_row(name, students, refused):
    plan = plan_import(read(name))
    assert (made(plan)[0], len(plan.context.refused)) == (students, refused)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("c06-tsv-named", "."),
        ("c07-html-named", "网页"),
        ("c12-truncated", "不完整"),
        ("c13-empty", "空"),
        ("c11-sheet", "学期"),
        ("c14-docx-named", "Word"),
        ("e03-sheet-cut", "损坏"),
        ("a04-teacher-bench", "."),
        ("a08-kehou-signup", "."),
        ("a09-teachers", "工号"),
        ("a11-clubs", "."),
        ("a15-english", "."),
        ("a16-meibo", "."),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_a_sentence(name, sentence):
    with pytest.raises(WorkbookRefused, match=sentence):
        plan_import(read(name))


@pytest.mark.parametrize("name", [*TAKEN, "c04-gb18030"])
def test_what_is_kept_says_the_same_and_names_no_author(name):
    data = read(name)
    kept = kept_copy(data)
    if kept.startswith(b"PK"):
        parts = zipfile.ZipFile(io.BytesIO(kept)).namelist()
        assert not [part for part in parts if part.lower().startswith(("docprops/", "xl/persons/"))]
    assert kept.startswith(b"PK") == (name != "c04-gb18030")
    assert plan_import(kept).as_json() == plan_import(data).as_json()
