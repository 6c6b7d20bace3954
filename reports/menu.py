"""What `reports` adds to the navigation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from school import navigation

READERS = ("principal", "service_office", "academic_office", "duty_leader")
OFFICE = ("service_office", "academic_office")


def register() -> None:
    today = partial(navigation.register, group="today", bottom=True)
    six = _("The day in six figures, and what needs a decision")
    day = _("The day's rolls, substitutes, and the month so far")
    summary = _("The term in figures, as PDF and Excel, each with its rows")
    by_itself = _("What runs by itself, and when it last did")
    today("reports:dashboard", _("Today"), "layout-dashboard", {"principal"}, 1, six)
    today("reports:office_today", _("Today"), "sun", OFFICE, 2, day)
    add = navigation.register
    add("reports:run_list", _("Term summary"), "report-analytics", READERS, 70, summary, group="figures", bottom=True)
    add("reports:schedule", _("Schedule"), "clock", OFFICE, 70, by_itself, group="settings")
    agreements = _("Agreements of a class as one PDF")
    navigation.register_action("reports:agreement_print", _("Print agreements"), agreements, group="signup")
