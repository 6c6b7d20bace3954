"""Why each choice was or was not met, as the family reads it (clubs.explaining says which it was)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clubs.models import ChoiceSheet, DrawLine

PLAIN = {
    "enough": gettext_lazy("Your child already had as many clubs as you wanted."),
    "gone": gettext_lazy("The club was called off before the draw."),
    "unfit": gettext_lazy("On its days your child no longer took part in after-school care when the draw was made."),
}


def told(line: DrawLine, sheet: ChoiceSheet) -> list[tuple[str, str, str]]:
    """(club, badge, sentence) a choice, by rank."""
    names = {club["id"]: club for club in line.draw.summary["clubs"]}
    known = {choice.club_id: choice for choice in sheet.choices.all()}
    rows = []
    for result in line.results:
        choice = known[result["club"]]
        kind, words = sentence(result, names, line.place)
        if choice.not_given:
            kind, words = "attention", _("Drawn, but the place could not be given: %s") % choice.not_given
        rows.append((choice.club.name, kind, words))
    return rows


def sentence(result: dict[str, Any], names: dict[int, dict[str, Any]], place: int) -> tuple[str, str]:
    """(badge, words) of one result; `place` is the child's in the order."""
    kind, club = result["is"], names.get(result["club"], {})
    if kind == "got":
        if not result["turn"]:
            return "ok", _("Got it beforehand, which the public file does not show.")
        return "ok", _("Got it, in round %d.") % result["turn"]
    if kind == "dropped":
        facts = {"size": result["size"], "least": club["least"]}
        return "neutral", _("Does not come about: %(size)d children, at least %(least)d are needed.") % facts
    if kind == "clash":
        other = names.get(result["with"])
        if other:
            return "neutral", _("At the same time as %s, which your child got.") % other["name"]
        return "neutral", _("At the same time as a club in which your child already was.")
    if kind in PLAIN:
        return "neutral", str(PLAIN[kind])
    if not result["turn"]:
        return "attention", _("There was no free place.")
    facts = {"turn": result["turn"], "last": result["place"], "own": place}
    full = _("Full: the last place went in round %(turn)d to number %(last)d of the order; yours is %(own)d.")
    return "attention", full % facts
