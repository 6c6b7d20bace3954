"""What `reports` adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from school import navigation

READERS = ("principal", "service_office", "academic_office", "duty_leader")
OFFICE = ("service_office", "academic_office")


def register() -> None:
    navigation.register(
        "reports:dashboard",
        _("Today"),
        "layout-dashboard",
        roles={"principal"},
        group="today",
        order=1,
        bottom=True,
        does=_("The day in six figures, and what needs a decision"),
    )
    navigation.register(
        "reports:office_today",
        _("Today"),
        "sun",
        roles=OFFICE,
        group="today",
        order=2,
        bottom=True,
        does=_("The day's rolls, substitutes, and the month so far"),
    )
    navigation.register(
        "reports:run_list",
        _("Term summary"),
        "report-analytics",
        roles=READERS,
        group="figures",
        order=70,
        bottom=True,
        does=_("The term in figures, as PDF and Excel, each with its rows"),
    )
    navigation.register(
        "reports:schedule",
        _("Schedule"),
        "clock",
        roles=OFFICE,
        group="settings",
        order=70,
        does=_("What runs by itself, and when it last did"),
    )
    navigation.register_action(
        "reports:agreement_print", _("Print agreements"), "signup", _("Agreements of a class as one PDF")
    )
