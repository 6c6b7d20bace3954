"""What `fees` adds to the navigation. Teachers have no page here."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role

CODE = Role.Code


def register() -> None:
    add = partial(navigation.register, group="figures")
    own, term = _("What is charged and paid, waivers, statements"), _("Charged, paid and owed in this term")
    roster = _("Who took part in a month, and what changed")
    add("fees:family_fees", _("Fees"), "receipt-yuan", {CODE.GUARDIAN}, 60, own)
    add("fees:overview", _("Fees"), "receipt-yuan", {CODE.SERVICE_OFFICE, CODE.PRINCIPAL}, 60, term)
    add("fees:roster_list", _("Monthly roster"), "calendar-user", {CODE.SERVICE_OFFICE}, 62, roster)
    register_actions()


def register_actions() -> None:
    add = partial(navigation.register_action, group="figures")
    add("fees:charge_list", _("Charges"), _("Draft, lock and correct the month's fees"))
    add("fees:account_list", _("Accounts"), _("What each child was charged and has paid"))
    add("fees:payment_list", _("Payments"), _("Enter a payment, find one, take one back"))
    add("fees:bank_list", _("Bank files"), _("Read the bank's list of payments"))
    add("fees:waiver_list", _("Waivers"), _("Waive or lower the fee of a child"))
    add("fees:refund_list", _("Refunds"), _("Propose, decide and pay out refunds"))
    add("fees:notice_list", _("Fee notices"), _("Prices with their public notices, refund rules, the poster"))
    add("fees:fee_settings", _("Settings of fees"), _("How fees are counted and paid"))
    add("fees:class_balance", _("Balance by class"), _("Charged, paid and owed by class"))
    add("fees:purse", _("Income and spending"), _("What came in and what it was spent on"))
    add("fees:plan", _("Plan of the year"))
