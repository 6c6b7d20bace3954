import polib
import pytest

from local import translations


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Save")', [(None, "Save")]),
        ('gettext_lazy("Save") + pgettext("verb", "Open")', [(None, "Save"), ("verb", "Open")]),
        ('ngettext("%(n)s day", "%(n)s days", n)', [(None, "%(n)s day")]),
        ("_(name)", []),
    ],
)
def test_strings_in_code(source, found):
    assert [(context, message) for context, message, _ in translations.in_python(source)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% trans "Save" %}', [(None, "Save")]),
        ('{% translate "Open" context "verb" %}', [("verb", "Open")]),
        ("{% blocktrans %}Hello {{ name }}{% endblocktrans %}", [(None, "Hello %(name)s")]),
        ('{% card _("Today") %}', [(None, "Today")]),
        ("{# _('no') #}", []),
    ],
)
def test_strings_in_templates(source, found):
    assert list(translations.in_template(source)) == found


def entry(msgid, msgstr, **more):
    return list(
        translations._entry_problems(
            polib.POEntry(msgid=msgid, msgstr=msgstr, **more), msgstr, translations.ROOT / "x.po"
        )
    )


def test_entries_with_problems():
    assert entry("Save", "保存") == []
    assert entry("Save", "")[0].endswith("is not translated")
    assert entry("Save", "保存", flags=["fuzzy"])[0].endswith("is marked fuzzy")
    assert entry("Hello %(name)s", "你好 %(nome)s")[0].endswith("other placeholders")
    assert entry("%(n)s children", "%(n)s 名学生") == []
    assert entry("Full: %s", "已满:%s")[0].endswith("half-width mark in Chinese")
    assert entry("See https://x.cn: %s", "见 https://x.cn：%s") == entry("Of «x:y»", "“名称:x”的") == []
