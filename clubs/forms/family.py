"""Forms of a family's choices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clubs.models import ChoiceRound, ChoiceSheet, Club


class ChoicesForm(forms.Form):
    """One select a rank, the dearest first; gaps close by themselves."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    places_wanted = forms.TypedChoiceField(
        label=_("How many clubs at most"), coerce=int, help_text=_("Places are given one by one, in rounds.")
    )

    def __init__(
        self, round: ChoiceRound, clubs: list[Club], sheet: ChoiceSheet | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.clubs = {club.pk: club for club in clubs}
        chosen = [choice.club_id for choice in sheet.choices.all()] if sheet else []
        fields["version"].initial = sheet.version if sheet else 0
        fields["places_wanted"].choices = [
            (n, str(n)) for n in range(1, max(1, min(round.most_places, len(clubs))) + 1)
        ]
        fields["places_wanted"].initial = sheet.places_wanted if sheet else 1
        options = [("", _("no choice")), *((club.pk, described(club)) for club in clubs)]
        self.ranks = [f"rank_{n}" for n in range(1, min(round.most_choices, len(clubs)) + 1)]
        for n, name in enumerate(self.ranks, start=1):
            fields[name] = forms.TypedChoiceField(
                label=_("Choice %d") % n,
                choices=options,
                coerce=int,
                empty_value=None,
                required=False,
                initial=chosen[n - 1] if n <= len(chosen) else None,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        seen: set[int] = set()
        for name in self.ranks:
            if (pk := data.get(name)) in seen:
                self.add_error(name, _("This club is chosen twice."))
            if pk:
                seen.add(pk)
        return data

    def chosen(self) -> list[Club]:
        return [self.clubs[pk] for name in self.ranks if (pk := self.cleaned_data.get(name))]

    def facts(self) -> dict[str, Any]:
        """As save_choices() takes them."""
        return {"clubs": self.chosen()} | {name: self.cleaned_data[name] for name in ("places_wanted", "version")}


def described(club: Club) -> str:
    return f"{club.name} · {club.slot_words} · {club.room}"
