"""Explains in words how a charge was computed: «16 of 20 days × 3.00», from the facts stored with it."""

from django.utils.translation import gettext as _

from fees.models import Charge, Refund, TermFunding, Waiver


def explain(charge: Charge) -> str:
    """One line for the list, the statement and the family's page."""
    parts = [_base(charge)]
    facts = charge.facts
    if facts.get("waiver"):
        parts.append(_("waiver: %s") % Waiver.Share(facts["waiver"]).label)
    if facts.get("funded"):
        parts.append(_("borne by: %s") % TermFunding.Source(facts["funded"]).label)
    if charge.rate and (charge.mode in ("day", "period") or "counted" in facts):  # else the roll calls decide nothing
        if facts.get("unrecorded"):
            parts.append(_("%d days without a roll call are not counted") % facts["unrecorded"])
        if facts.get("to_come"):
            parts.append(_("%d days are still to come") % facts["to_come"])
    text = " · ".join(parts)
    if charge.is_correction:
        change = {"was": facts["was"], "now": facts["now"], "text": text}
        return _("Correction: charged %(was)s, now %(now)s (%(text)s)") % change
    return text


def _base(charge: Charge) -> str:
    facts = {"there": 0, "days": 0, "own_days": 0, "month_days": 0, "periods": 0} | charge.facts
    values = facts | {"rate": f"{charge.rate:.2f}"}
    if not charge.rate:
        return _("free of charge; there on %(there)d of %(days)d days") % values
    if charge.mode == "day":
        return _("%(there)d of %(days)d days × %(rate)s") % values
    if charge.mode == "period":
        return _("%(periods)d periods on %(there)d of %(days)d days × %(rate)s") % values
    if charge.mode == "once":
        return _("%(rate)s once, at cost") % values
    if facts.get("half") and facts.get("part"):
        return (
            _("half of %(own_days)d of %(month_days)d days of %(rate)s: there on %(there)d of %(counted)d days")
            % values
        )
    if facts.get("half"):
        return _("%(rate)s a month, half: there on %(there)d of %(counted)d days") % values
    if facts.get("part"):
        return _("%(own_days)d of %(month_days)d days of %(rate)s") % values
    if charge.mode == "term":
        return _("%(rate)s for the term") % values
    return _("%(rate)s a month; there on %(there)d of %(days)d days") % values


def explain_refund(refund: Refund) -> str:
    facts = refund.facts
    if refund.kind == Refund.Kind.LEFT:
        return _("%(percent)d %% of %(of)s: there from %(from)s to %(to)s") % facts
    if refund.kind == Refund.Kind.CANCELLED:
        return _("%(percent)d %% of %(n)d of %(of_days)d days of %(of)s") % (facts | {"n": len(facts["days"])})
    return _("more was paid than was owed")
