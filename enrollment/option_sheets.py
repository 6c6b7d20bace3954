"""What a family reads and signs of an option, the same for all, cached briefly."""

from dataclasses import dataclass

from enrollment.merging import ServiceTimes, fee_words, latest_templates
from enrollment.models import AgreementTemplate, ServiceOption
from school.models import Period
from web.caching import cached_briefly


@dataclass(frozen=True)
class OptionSheet:
    """An option with all that a family reads and signs; the same for every family, so it is cached."""

    option: ServiceOption
    facts: list[tuple[str, str]]
    periods: list[Period]
    times: ServiceTimes
    fee: str
    templates: list[AgreementTemplate]

    @property
    def versions(self) -> str:
        return ",".join(str(template.pk) for template in self.templates)


def option_sheet(pk: int) -> OptionSheet | None:
    """The cached sheet, None for an option that does not exist. Whether it is open is checked against the clock each time."""

    def make() -> OptionSheet | None:
        option = ServiceOption.objects.select_related("letter", "term").filter(pk=pk).first()
        if option is None:
            return None
        facts = option.letter.facts() if option.letter else []
        return OptionSheet(
            option, facts, list(option.periods.all()), ServiceTimes(option), fee_words(option), latest_templates()
        )

    return cached_briefly(f"sheet:{pk}", make)
