from fees.models.bank import BankFile, BankLine
from fees.models.days import UncountedDay
from fees.models.ledger import Charge, ChargeMonth, Entry, Refund
from fees.models.purse import AccountLine, DistributionPlan, PlanStep
from fees.models.rosters import Roster, RosterDifference, RosterLine
from fees.models.scales import FeeNotice, FeeSettings, RefundRule, TermFunding
from fees.models.waivers import Waiver

__all__ = [
    "AccountLine",
    "BankFile",
    "BankLine",
    "Charge",
    "ChargeMonth",
    "DistributionPlan",
    "Entry",
    "FeeNotice",
    "FeeSettings",
    "PlanStep",
    "Refund",
    "RefundRule",
    "Roster",
    "RosterDifference",
    "RosterLine",
    "TermFunding",
    "UncountedDay",
    "Waiver",
]
