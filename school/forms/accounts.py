"""Signing in and activating."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """One field takes a phone number or a staff number; school.auth finds the user."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Phone number or staff number")
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "placeholder": ""})
        self.fields["password"].widget.attrs["placeholder"] = ""


class ActivateForm(forms.Form):
    code = forms.CharField(
        label=_("Code from your letter"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "data-scanned": True}),
    )
    password = forms.CharField(
        label=_("Choose a password (8 characters at least)"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
