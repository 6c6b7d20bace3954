"""What `fees` adds to the navigation. Teachers have no page here."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    add = partial(navigation.register, group="figures")
    add("fees:family_fees", _("Fees"), "receipt-yuan", roles={code.GUARDIAN}, order=60)
    add(
        "fees:overview",
        _("Fees"),
        "receipt-yuan",
        roles={code.SERVICE_OFFICE, code.PRINCIPAL},
        order=60,
        does=_("Charged, paid and owed in this term"),
    )
    add(
        "fees:roster_list",
        _("Monthly roster"),
        "calendar-user",
        roles={code.SERVICE_OFFICE},
        order=62,
        does=_("Who took part in a month, and what changed"),
    )
    action = partial(navigation.register_action, group="figures")
    action("fees:charge_list", _("Charges of a month"), does=_("Draft, lock and correct the month's fees"))
    action("fees:account_list", _("Accounts"), does=_("What each child was charged and has paid"))
    action("fees:payment_list", _("Payments"), does=_("Enter a payment, find one, take one back"))
    action("fees:bank_list", _("Bank files"), does=_("Read the bank's list of payments"))
    action("fees:waiver_list", _("Waivers"), does=_("Waive or lower the fee of a child"))
    action("fees:refund_list", _("Refunds"), does=_("Propose, decide and pay out refunds"))
    action("fees:notice_list", _("Scale of fees"), does=_("Prices with their public notices, refund rules, the poster"))
    action("fees:fee_settings", _("Settings of fees"), does=_("How fees are counted and paid"))
    action("fees:class_balance", _("Balance by class"), does=_("Charged, paid and owed by class"))
    action("fees:purse", _("Income and spending"), does=_("What came in and what it was spent on"))
    action("fees:plan", _("Plan of the year"))
