"""A service that is not sure whether something is meant asks, and the form shows the question with a tick to go on."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Asked(ValidationError):
    """A question, not a refusal: with `another=True` the service does what it was asked for."""


class AskingForm(forms.Form):
    """The tick is there once a question has been asked."""

    another = forms.BooleanField(
        label=_("Yes, this is another one beside it"), required=False, widget=forms.HiddenInput
    )

    def ask(self, question: Asked, field: str | None = None) -> None:
        """Shows the question above the form, or at the field that it is about, and the tick."""
        self.add_error(field, question.messages)
        self.fields["another"].widget = forms.CheckboxInput()
