"""The icons: exactly those that our pages name stand in the sprite, and a new one is there without a further step."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template, TemplateSyntaxError

from web import made
from web.icons import icons_used, make_sprite
from web.sources import Sources, our_sources
from web.templatetags.components import STATUS_ICONS


@pytest.fixture
def sources_of(settings, tmp_path):
    """Templates and modules as sources, by their text."""
    settings.BASE_DIR = tmp_path

    def sources_of(*templates, code=""):
        pages = []
        for number, text in enumerate(templates):
            pages.append(tmp_path / f"{number}.html")
            pages[-1].write_text(text)
        module = tmp_path / "module.py"
        module.write_text(code)
        return Sources(tuple(pages), (module,), ())

    return sources_of


def symbols(text):
    return re.findall(r'<symbol id="([^"]+)"', text)


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ('{% icon "printer" %}', ["printer"]),
        ('{% icon "pin" label %}', ["pin"]),
        ('{% status_badge "locked" "ok" icon="lock" %}', ["lock"]),
        ('{% include "a.html" with icon_name="scale" text=x %}', ["scale"]),
        ("{% icon item.icon %}", []),
        ('{% trans "printer" %}', []),
        ('<a class="btn-icon" title="printer">printer</a>', []),
    ],
)
def test_icons_of_a_template(template, names, sources_of):
    assert sorted(icons_used(sources_of(template))) == names


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ('def add(url, icon, n): ...\nadd("users", "printer", 1)', ["printer"]),
        ('def add(url, icon): ...\nadd(icon="pin", url="users")', ["pin"]),
        ('def add(url, icon): ...\nadd("", "pin" if late else "sun")', ["pin", "sun"]),
        ('class Empty:\n    icon: str\n    title: str\n\nempty = Empty("file-text", "users")', ["file-text"]),
        ('class Batch:\n    action: str\n    icon: str = "check"', ["check"]),
        ('def badge(label, icon="star"): ...', ["star"]),
        ('KIND_ICONS = {"users": "clock"}', ["clock"]),
        ('def add(url, icon): ...\ndef menu():\n    put = add\n    put("users", "sun")', ["sun"]),
        ('def add(url, icon): ...\ndef menu():\n    put = partial(add, x=1)\n    put("users", "sun")', ["sun"]),
        (
            'def add(url, icon): ...\ndef one():\n    put = add\ndef two():\n    put = other\n    put("users", "sun")',
            [],
        ),
        ('title = "users"', []),
    ],
)
def test_icons_of_code(code, names, sources_of):
    assert sorted(icons_used(sources_of(code=code))) == names


def test_a_tag_that_takes_an_icon_takes_it_at_its_place(sources_of):
    code = "def empty_state(icon, title): ..."
    assert sorted(icons_used(sources_of('{% empty_state "inbox" "users" %}', code=code))) == ["inbox"]


def test_the_sprite_holds_exactly_the_icons_that_are_used():
    used = icons_used(our_sources())
    assert set(STATUS_ICONS.values()) <= set(used)
    assert symbols(made.made_file(made.SPRITE).read_text()) == sorted(used)


def test_each_icon_is_drawn_and_none_says_its_own_colour():
    text = make_sprite(our_sources())
    drawings = re.findall(r"<symbol [^>]*>(.*?)</symbol>", text)
    assert all(drawings)
    assert [one for one in drawings if re.search(r"\b(fill|stroke)=\"(?!currentColor)", one)] == []


def test_an_icon_that_tabler_does_not_have_is_refused_with_its_place(sources_of):
    with pytest.raises(
        ImproperlyConfigured, match=re.escape("0.html names the icon «no-such», which Tabler does not have.")
    ):
        make_sprite(sources_of('{% icon "no-such" %}'))


def test_a_name_that_is_not_in_the_sprite_is_refused_at_once():
    with pytest.raises(TemplateSyntaxError, match="There is no icon «brand-tabler»"):
        Template("{% icon x %}").render(Context({"x": "brand-tabler"}))


def test_a_new_icon_and_a_new_class_are_there_without_a_further_step(tmp_path, monkeypatch):
    page = tmp_path / "page.html"
    page.write_text("<p></p>")
    ours = our_sources()
    monkeypatch.setattr(made, "FOLDER", tmp_path / "made")
    monkeypatch.setattr(made, "LOOK_EVERY", 0)
    monkeypatch.setattr(made, "our_sources", lambda: Sources((*ours.templates, page), ours.modules, ours.scripts))
    before = {name: made.made_file(name).read_text() for name in (made.SPRITE, made.STYLESHEET)}
    assert "anchor" not in symbols(before[made.SPRITE])
    assert ".carousel-item" not in before[made.STYLESHEET]
    page.write_text('<p class="carousel-item">{% icon "anchor" %}</p>')
    assert "anchor" in symbols(made.made_file(made.SPRITE).read_text())
    assert ".carousel-item" in made.made_file(made.STYLESHEET).read_text()
