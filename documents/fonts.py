"""The faces that papers are set in, and signs that no face of this machine has."""

import io
import re
import subprocess
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.pdf import OWN_FACES, own_faces, static_path

# Custom property of css/official.css → what it is for. Each names the prescribed face first, then those that stand in for it.
FACES = {
    "fangsong": _("Body (FangSong)"),
    "xiaobiaosong": _("Title (XiaoBiaoSong)"),
    "heiti": _("Headings, first level (HeiTi)"),
    "kaiti": _("Headings, second level (KaiTi)"),
    "songti": _("Page numbers (SongTi)"),
}
GENERIC = ("serif", "sans-serif")
# Signs that stand on nearly every official paper.
WANTED = "关于学校课后服务工作的通知年月日一二三〔〕、。，：（）"


@dataclass(frozen=True)
class Face:
    """What is set in which of the installed families. `stands_in`: no family of the prescribed kind is installed."""

    use: str | Promise
    family: str
    stands_in: bool


def faces_in_use() -> list[Face]:
    """Of each kind of text in official papers, the first installed family that its style sheet names."""
    installed = families() | {family.casefold() for family, _path, _changed in own_faces()}
    found = []
    for name, use in FACES.items():
        wanted = stack(name)
        family = next((one for one in wanted if one.casefold() in installed), "")
        found.append(Face(use, family, family.startswith("Noto") or not family))
    return found


def stack(name: str) -> list[str]:
    """The families of a custom property in css/official.css, without the generic ones."""
    text = static_path("css/official.css").read_text()
    match = re.search(rf"--{name}:([^;]*);", text)
    names = [one.strip().strip('"') for one in match[1].split(",")] if match else []
    return [one for one in names if one not in GENERIC]


@cache
def _listed() -> list[tuple[str, str]]:
    """(families, code points) of each installed face; nothing where fontconfig is missing (`manage doctor` says so)."""
    command = ["fc-list", "--format", "%{family}|%{charset}\n"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    return [(names, points) for names, _bar, points in (line.partition("|") for line in listed.splitlines())]


@cache
def families() -> frozenset[str]:
    return frozenset(name.strip().casefold() for names, _points in _listed() for name in names.split(","))


@cache
def _covered() -> tuple[list[int], list[int]]:
    """First and last code points of the ranges that some face has, in order, none overlapping."""
    ranges = set()
    for _names, points in _listed():
        for part in points.split():
            first, _dash, last = part.partition("-")
            ranges.add((int(first, 16), int(last or first, 16)))
    firsts: list[int] = []
    lasts: list[int] = []
    for start, end in sorted(ranges):
        if lasts and start <= lasts[-1] + 1:
            lasts[-1] = max(lasts[-1], end)
        else:
            firsts.append(start)
            lasts.append(end)
    return firsts, lasts


def signs_without_face(text: str) -> list[str]:
    """The signs of a text that would be an empty box on paper, each once."""
    firsts, lasts = _covered()
    if not firsts:
        return []

    def has_face(sign: str) -> bool:
        place = bisect_right(firsts, ord(sign)) - 1
        return place >= 0 and ord(sign) <= lasts[place]

    return [sign for sign in dict.fromkeys(text) if not sign.isspace() and not has_face(sign)]


def put_face(family: str, content: bytes) -> None:
    """A face of the school's own, taken from now on; it has been checked."""
    take_face_out(family)
    default_storage.save(OWN_FACES[family], ContentFile(content))


def take_face_out(family: str) -> None:
    default_storage.delete(OWN_FACES[family])


def check_face(content: bytes) -> None:
    """Raises ValidationError for a file that is no font, or has no Chinese."""
    from fontTools.ttLib import TTFont, TTLibError  # heavy, and a face is put in once in the life of an office

    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            signs = font.getBestCmap() or {}
    except (TTLibError, OSError, ValueError, KeyError, AssertionError) as error:
        raise ValidationError(gettext("This file is no font that can be read. Please choose a TTF or OTF.")) from error
    missing = [sign for sign in WANTED if ord(sign) not in signs]
    if missing:
        raise ValidationError(gettext("This font has no Chinese: it lacks %s.") % "、".join(missing[:5]))
