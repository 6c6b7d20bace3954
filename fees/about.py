"""Money of a child, for those who look after it: what is owed, waivers, refunds."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.balances import balance_of, given_back
from fees.models import Refund, Waiver
from fees.templatetags.money import money, sum_given
from school.models import Student, User
from school.parts import Line, Part
from web.templatetags.formats import cn_span

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
    for waiver in Waiver.objects.visible_to(user).filter(student=student).from_day(today)[:5]:
        words = f"{waiver.get_share_display()} · {waiver.get_ground_display()}"
        lines.append(Line(words, cn_span(waiver), badge=waiver.get_status_display()))
    refunds = list(Refund.objects.visible_to(user).filter(student=student).order_by("-proposed_at")[:5])
    given = given_back(refunds)
    for refund in refunds:
        lines.append(Line(_("Refund %s") % sum_given(given[refund.pk]), badge=refund.get_status_display()))
    return Part(_("Fees"), lines, url=reverse("fees:account_detail", args=[student.pk]), url_label=_("Account"))
