"""Fields of forms and of models for names and mobile phones, cleaned whichever way they come in."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from web.cleaning import clean_phone, clean_text


class CleanCharField(forms.CharField):
    """One line without signs that nobody sees, full-width forms folded; its length is counted after that."""

    def to_python(self, value: Any) -> Any:
        return clean_text(super().to_python(value)) or self.empty_value


class MobileField(forms.CharField):
    """A mobile phone as people write it: with spaces, hyphens, +86, or as an address book gives it. Cleaned to eleven digits."""

    widget = forms.TextInput(attrs={"inputmode": "tel"})
    default_error_messages = {"invalid": _("This is not a mobile phone number of eleven digits.")}

    def to_python(self, value: Any) -> Any:
        written = clean_text(super().to_python(value))
        if not written:
            return self.empty_value
        phone = clean_phone(written)
        if phone is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return phone


class Cleaned(models.CharField):
    """Base of the two below: the database sees a CharField, so that neither changes a table."""

    form_class: type[forms.CharField]

    def clean_value(self, value: str) -> str:
        raise NotImplementedError

    def get_prep_value(self, value: Any) -> Any:
        """What is stored, and what is looked for."""
        prepared = super().get_prep_value(value)
        return self.clean_value(prepared) if isinstance(prepared, str) else prepared

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class CleanColumn(Cleaned):
    """A person's name, or another line in which no sign may hide."""

    form_class = CleanCharField

    def clean_value(self, value: str) -> str:
        return clean_text(value)


class MobileColumn(Cleaned):
    """Eleven digits; forms take any way of writing them."""

    form_class = MobileField

    def clean_value(self, value: str) -> str:
        return clean_phone(value) or value

    def formfield(self, **kwargs: Any) -> Any:
        # Nothing is cut while it is typed or pasted: the eleven digits are what is left after cleaning.
        return super().formfield(**{**kwargs, "max_length": None})
