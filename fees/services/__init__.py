from fees.services.bank import assign_line, book_bank_file, upload_bank_file
from fees.services.charging import check_lockable, leave_out_days, lock_month, make_charges, open_days, plan_charges
from fees.services.ledger import record_payment, reverse_entry, set_receipt
from fees.services.purse import record_line, record_step, reverse_line, save_plan
from fees.services.refunds import ask_refund, decide_refund, pay_refund, payable, propose_refunds
from fees.services.rosters import compare_roster, make_roster, settle_differences
from fees.services.scales import draft_notice, follow_option, publish_notice
from fees.services.waivers import ask_waiver, decide_waiver, end_waiver, propose_waivers

__all__ = [
    "ask_refund",
    "ask_waiver",
    "assign_line",
    "book_bank_file",
    "check_lockable",
    "compare_roster",
    "decide_refund",
    "decide_waiver",
    "draft_notice",
    "end_waiver",
    "follow_option",
    "leave_out_days",
    "lock_month",
    "make_charges",
    "make_roster",
    "open_days",
    "pay_refund",
    "payable",
    "plan_charges",
    "propose_refunds",
    "propose_waivers",
    "publish_notice",
    "record_line",
    "record_payment",
    "record_step",
    "reverse_entry",
    "reverse_line",
    "save_plan",
    "set_receipt",
    "settle_differences",
    "upload_bank_file",
]
