"""What a child who leaves the school leaves behind: nothing is charged for days after the last one."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from fees.balances import balance_of
from fees.rows import sees_accounts
from school.models import Student, User
from web.templatetags.formats import cn_date, yuan


def fees_after(student: Student, last_day: dt.date, by: User) -> Iterator[str]:
    """Charges rest on days of taking part, so that none come after the last; the sum is for those who see accounts."""
    yield _("Fees: nothing is charged for days after %s.") % cn_date(last_day)
    balance = balance_of(student) if sees_accounts(by) else 0
    if balance > 0:
        yield _("The account owes %s.") % yuan(balance)
    if balance < 0:
        yield _("The family has paid %s too much: propose a refund.") % yuan(-balance)
