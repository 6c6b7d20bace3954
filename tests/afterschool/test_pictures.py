"""README shows what script/pictures makes: every picture at both widths and in both languages, small enough to load."""

import re
from itertools import product

import pytest
from PIL import Image

from local import pictures
from local.office import ROOT

ALL = sorted(
    pictures.file_of(picture.name, language, width).relative_to(ROOT).as_posix()
    for picture, language, width in product(pictures.PICTURES, pictures.LANGUAGES, pictures.SIZES)
)


def test_they_are_all_there_and_nothing_else_is():
    assert sorted(file.relative_to(ROOT).as_posix() for file in pictures.TO.iterdir()) == ALL


@pytest.mark.parametrize("file", ALL)
def test_each_is_small_and_as_wide_as_it_says(file):
    with Image.open(ROOT / file) as image:
        width = int(re.search(r"-(\d+)\.png", file)[1])
        assert image.size == (width, pictures.SIZES[width])
    assert (ROOT / file).stat().st_size <= pictures.MOST_BYTES


@pytest.mark.parametrize(("readme", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_each_readme_shows_those_of_its_language(readme, language):
    shown = re.findall(r"\((docs/img/[^)]+)\)", (ROOT / readme).read_text())
    assert sorted(shown) == [file for file in ALL if f"-{language}-" in file]


def test_a_name_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit):
        pictures.main(["nothing"])
    assert "There is no picture «nothing»" in capsys.readouterr().err
