"""The letter to parents as a notice: its addressees, and who has not answered."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import Letter, Receipt
from school.models import Student
from school.notices import Notice


def letters_now() -> Iterable[int]:
    """Published letters whose sign-up is open."""
    now = timezone.now()
    open_now = Letter.objects.filter(published_at__isnull=False, options__opens_at__lte=now, options__closes_at__gt=now)
    return open_now.distinct().values_list("pk", flat=True)


def letter_notice(pk: int) -> Notice | None:
    letter = Letter.objects.select_related("term").filter(pk=pk, published_at__isnull=False).first()
    if letter is None:
        return None
    closes = letter.options.filter(closes_at__isnull=False).order_by("closes_at").values_list("closes_at", flat=True)
    addressed = Student.objects.of_the_school(timezone.localdate())
    answered = Receipt.objects.filter(letter=letter).exclude(answer="").values("student")
    return Notice(
        kind="letter",
        pk=letter.pk,
        title=letter.title,
        text=_(
            "The letter about after-school service is on your phone. Taking part is voluntary; please read it and answer "
            "either way. Sign in today or tomorrow rather than on the first evening: then everything goes quickly."
        ),
        path=reverse("enrollment:family_tasks"),
        closes_at=next(iter(closes), None),
        addressed=addressed,
        outstanding=addressed.exclude(pk__in=answered),
        back_url=reverse("enrollment:letter_status", args=[letter.pk]),
    )
