"""CONTRIBUTING.md walks one thing from its field to its figure; each step is where it says."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STEP = re.compile(r"^\| (?P<what>[^|]+) \| `(?P<file>[\w./-]+)` \| (?P<there>[^|]+) \|$", re.MULTILINE)


def test_each_step_from_a_field_to_a_figure_is_where_the_table_says():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    _before, _title, example = text.partition("## From a field to a figure")
    steps = list(STEP.finditer(example.partition("\n## ")[0]))
    moved = [
        (step["what"], step["file"], step["there"])
        for step in steps
        if not (ROOT / step["file"]).exists() or step["there"] not in (ROOT / step["file"]).read_text()
    ]
    assert moved == []
    assert len(steps) == 16


def test_the_layers_are_those_that_import_linter_holds():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    contract = re.search(r'^layers = \["(.+)"\]$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]
    layers = [f"({one})" if "|" in one else one for one in contract.split('", "')]
    assert f"`{' → '.join(layers)}`" in text
