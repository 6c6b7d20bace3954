"""What people and telephones write into a field, and what is kept of it."""

import pytest

from web.cleaning import clean_phone, clean_text, fold_name


@pytest.mark.parametrize(
    "written",
    [
        "19900000555",
        "\u202a+86 199 0000 0555\u202c",  # as an iPhone's contact gives it
        "\u2066199-0000-0555\u2069",
        "199\u200b0000\ufeff0555",
        "".join(chr(ord(digit) + 0xFEE0) for digit in "19900000555"),
        "199\u00ad00000555\ufe0e",
    ],
)
def test_a_phone_is_eleven_digits_whatever_surrounds_them(written):
    assert clean_phone(written) == "19900000555"


@pytest.mark.parametrize("written", ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽 买买提", "阿依古丽\u200f买买提"])
def test_a_name_has_one_key(written):
    assert fold_name(written) == "阿依古丽买买提"


def test_text_keeps_what_is_seen():
    assert clean_text(" 阿依古丽·买买提 \u200b") == "阿依古丽·买买提"
    assert clean_text("José") == "José"
