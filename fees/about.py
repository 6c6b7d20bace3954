"""Money of a child, for those who look after it: what is owed, waivers, refunds."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.balances import balance_of
from fees.models import Refund, Waiver
from fees.services import payable
from fees.templatetags.money import money
from school.models import Student, User
from school.parts import Line, Part
from web.templatetags.formats import cn_date

READERS = ("service_office", "principal")


def fees_of(user: User, student: Student) -> Part | None:
    if not user.has_role(*READERS):
        return None
    owed = balance_of(student)
    if owed > 0:
        lines = [Line(_("Owes %s") % money(owed), kind="attention", badge=_("owing"))]
    elif owed < 0:
        lines = [Line(_("Has paid %s ahead or too much") % money(-owed))]
    else:
        lines = [Line(_("Owes nothing"))]
    today = timezone.localdate()
    for waiver in Waiver.objects.filter(student=student).from_day(today)[:5]:
        span = f"{cn_date(waiver.starts_on)} – {cn_date(waiver.ends_on) if waiver.ends_on else ''}"
        words = f"{waiver.get_share_display()} · {waiver.get_ground_display()}"
        lines.append(Line(words, span, badge=waiver.get_status_display()))
    for refund in Refund.objects.filter(student=student).order_by("-proposed_at")[:5]:
        amount = refund.credit or refund.amount or payable(refund)
        lines.append(Line(_("Refund %s") % money(amount), badge=refund.get_status_display()))
    return Part(_("Fees"), lines, url=reverse("fees:account_detail", args=[student.pk]), url_label=_("Account"))
