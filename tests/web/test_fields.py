"""Names and mobile phones come clean into every form and every column."""

import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps

from school.models import Guardian, Staff
from web.fields import CleanCharField, CleanColumn, MobileColumn, MobileField

HIDDEN = "\u202a沈\u200b月\u202c"
IPHONE = "\u202a+86 199 0000 0555\u202c"
# A landline with its extension, or whatever the office writes for calling back.
OTHER_PHONES = {"school.SchoolSettings.office_phone", "enrollment.Institution.phone"}


def own_models():
    return [model for model in apps.get_models() if apps.get_app_config(model._meta.app_label).name.count(".") == 0]


def own_forms():
    for config in {model._meta.app_label for model in own_models()} | {"web"}:
        found = [m.name for m in pkgutil.walk_packages(importlib.import_module(config).__path__, f"{config}.")]
        for name in found:
            if ".forms" in name:
                importlib.import_module(name)
    waiting, seen = [forms.BaseForm], set()
    while waiting:
        for cls in waiting.pop().__subclasses__():
            if cls not in seen:
                seen.add(cls)
                waiting.append(cls)
    return [cls for cls in seen if not cls.__module__.startswith(("django", "allauth", "tests"))]


def test_every_column_for_a_phone_takes_phones_only():
    phones = {
        f"{model._meta.label}.{field.name}": type(field)
        for model in own_models()
        for field in model._meta.get_fields()
        if "phone" in field.name and hasattr(field, "max_length") and not model._meta.label.endswith("Event")
    }
    assert len(phones) >= 7
    assert {label for label, kind in phones.items() if kind is not MobileColumn} == OTHER_PHONES


def test_every_field_for_a_phone_or_a_persons_name_cleans_what_is_typed():
    wanted = {"phone": MobileField, "other_phone": MobileField, "other_name": CleanCharField, "speaker": CleanCharField}
    found = 0
    for cls in own_forms():
        model = getattr(getattr(cls, "_meta", None), "model", None)
        for name, field in getattr(cls, "base_fields", {}).items():
            column = model._meta.get_field(name) if model and name in {f.name for f in model._meta.fields} else None
            if isinstance(column, CleanColumn | MobileColumn):
                assert isinstance(field, CleanCharField | MobileField), (cls, name)
                found += 1
            elif name in wanted and (column is None or column.model._meta.label + "." + name not in OTHER_PHONES):
                assert isinstance(field, wanted[name]), (cls, name)
                found += 1
    assert found >= 15


@pytest.mark.django_db
def test_what_is_stored_is_clean_whoever_stores_it(cast):
    guardian = Guardian.objects.create(name=HIDDEN, phone=IPHONE)
    guardian.refresh_from_db()
    assert (guardian.name, guardian.phone) == ("沈月", "19900000555")
    assert Guardian.objects.get(phone=IPHONE, name=f"{HIDDEN} ") == guardian
    Staff.objects.filter(pk=cast.teacher.pk).update(phone="+86 199-0000-0556", name="\u2066郑老师")
    cast.teacher.refresh_from_db()
    assert (cast.teacher.phone, cast.teacher.name) == ("19900000556", "郑老师")


@pytest.mark.parametrize("written", [IPHONE, "199 0000 0555", "1 9 9 0 0 0 0 0 5 5 5"])
def test_a_field_for_phones(written):
    assert MobileField().clean(written) == "19900000555"
    assert MobileField(required=False).clean(" \u200b") == ""


@pytest.mark.parametrize("written", ["1990000055", "29900000555", "打电话", "199000005551"])
def test_what_is_no_phone_is_refused(written):
    with pytest.raises(forms.ValidationError, match="11 位"):
        MobileField().clean(written)


def test_a_names_length_is_counted_without_what_nobody_sees():
    assert CleanCharField(max_length=4).clean("\u202a 沈 月 \u202c") == "沈 月"
    with pytest.raises(forms.ValidationError, match="必填"):
        CleanCharField().clean("\u200b")
