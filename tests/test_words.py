"""One English word is not a field, a state and a button at once, unless the Chinese word is the same for all of them."""

import re
import sys
from collections import defaultdict
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.functional import Promise

ROOT = Path(settings.BASE_DIR)
BUTTON = re.compile(r'<button\b[^>]*>(.*?)</button>|<a\b[^>]*class="btn[^>]*>(.*?)</a>', re.DOTALL)
HEADING = re.compile(r"<(?:th|dt|h\d)\b[^>]*>(.*?)</(?:th|dt|h\d)>", re.DOTALL)
TRANS = re.compile(r'\{% trans "([^"]+)" %\}')
COLUMN = re.compile(r'Column\(\s*_\("([^"]+)"\)')

# A field and a state of one word: its object is the same, and so is its Chinese name.
FIELD_AND_STATE = {
    "answer of the teacher",
    "barred",
    "cancelled",
    "care institution",
    "classroom",
    "clubs",
    "days",
    "given back by rule",
    "guardian",
    "spot check",
    "teacher",
}
# What a button does and what a heading names: 答复, 文件, 修改, 结束 and these pages' names are both in Chinese.
BUTTON_AND_HEADING = {
    "Answer",
    "Applications",
    "Class sheet",
    "Document",
    "Edit",
    "End",
    "Fee notice",
    "Public page",
}


def plain_msgid(words):
    """The msgid of a lazy translation without a context."""
    if not isinstance(words, Promise):
        return None
    given = [one for one in words._args if isinstance(one, str)]
    return given[0] if len(given) == 1 else None


def our_models():
    for model in apps.get_models():
        file = Path(sys.modules[model.__module__].__file__)
        if file.is_relative_to(ROOT) and ".venv" not in file.parts:
            yield model


def named_by_models():
    """msgid → the fields that it names; msgid → the fields of which it is a choice."""
    names, states = defaultdict(set), defaultdict(set)
    for model in our_models():
        for field in model._meta.get_fields():
            where = f"{model.__name__}.{field.name}"
            if name := plain_msgid(getattr(field, "verbose_name", None)):
                names[name].add(where)
            for _value, label in getattr(field, "choices", None) or ():
                if state := plain_msgid(label):
                    states[state].add(where)
    return names, states


def words_of_pages():
    """msgid → the templates of whose buttons it is the word; msgid → where it is a heading."""
    buttons, headings = defaultdict(set), defaultdict(set)
    for path in (ROOT / "templates").rglob("*.html"):
        text, name = path.read_text(), path.name
        for found, kind in ((BUTTON, buttons), (HEADING, headings)):
            for groups in found.finditer(text):
                for word in TRANS.findall("".join(filter(None, groups.groups()))):
                    kind[word].add(name)
    for path in [*ROOT.glob("*/tables.py"), *ROOT.glob("*/tables/*.py")]:
        for word in COLUMN.findall(path.read_text()):
            headings[word].add(f"{path.parent.name}/{path.name}")
    return buttons, headings


def test_a_field_and_a_state_have_contexts_where_they_share_a_word():
    names, states = named_by_models()
    assert len(names) > 300
    assert {word: (names[word], states[word]) for word in names.keys() & states.keys() - FIELD_AND_STATE} == {}
    assert names.keys() & states.keys() >= FIELD_AND_STATE


def test_a_button_and_a_heading_have_contexts_where_they_share_a_word():
    buttons, headings = words_of_pages()
    assert len(buttons) > 100
    shared = buttons.keys() & headings.keys()
    assert {word: (buttons[word], headings[word]) for word in shared - BUTTON_AND_HEADING} == {}
    assert shared >= BUTTON_AND_HEADING


RULE = re.compile(r"(?<![A-Za-z0-9])[HSTFR]\d{1,3}(?![0-9A-Za-z])")


def test_no_sentence_carries_the_number_of_a_rule():
    """«(H2)» says nothing to a teacher: its title and its source do."""
    catalogues = [*ROOT.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"), ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"]
    lines = [line for path in catalogues for line in path.read_text().splitlines() if not line.startswith("#")]
    assert len(lines) > 10_000
    assert [line for line in lines if RULE.search(line)] == []
