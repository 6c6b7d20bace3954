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
    )
    navigation.register("reports:office_today", _("Today"), "sun", roles=OFFICE, group="today", order=2, bottom=True)
    navigation.register("reports:run_list", _("Term summary"), "report-analytics", roles=READERS, order=70, bottom=True)
    navigation.register("reports:schedule", _("Schedule"), "clock", roles=OFFICE, group="settings", order=70)
