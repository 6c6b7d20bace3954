"""Signing in and activating."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from school.access import WHOLE_SCHOOL

OFFICE_SESSION = 12 * 60 * 60


class SignInForm(LoginForm):
    """One field takes a phone number or a staff number; school.auth finds the user."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Phone number or staff number")
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "placeholder": ""})
        self.fields["password"].widget.attrs["placeholder"] = ""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Families stay signed in for a term; people who see the whole school sign in again each day."""
        response: HttpResponse = super().login(request, redirect_url)
        if self.user.has_role(*WHOLE_SCHOOL):
            request.session.set_expiry(OFFICE_SESSION)
        return response


class ActivateForm(forms.Form):
    code = forms.CharField(
        label=_("Code from your letter"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
    password = forms.CharField(
        label=_("Choose a password (8 characters at least)"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
