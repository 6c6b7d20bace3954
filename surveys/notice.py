"""A survey as a notice to families (school.notices)."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from school.notices import Notice
from surveys.models import Survey


def load(pk: int) -> Notice | None:
    survey = Survey.objects.exclude(status=Survey.Status.DRAFT).filter(pk=pk).first()
    if survey is None:
        return None
    addressed = survey.addressed()
    return Notice(
        kind="survey",
        pk=survey.pk,
        title=survey.title,
        text=survey.intro,
        path=reverse("surveys:family_surveys"),
        closes_at=survey.closes_at,
        addressed=addressed,
        outstanding=addressed.exclude(pk__in=survey.participations.values("student")),
        back_url=survey.get_absolute_url(),
    )


def current() -> Iterable[int]:
    return Survey.objects.open_at(timezone.now()).values_list("pk", flat=True)
