"""What `fees` adds to the navigation. Teachers have no page here."""

from django.utils.translation import gettext_lazy as _

from school import navigation
from school.models.accounts import Role


def register() -> None:
    code = Role.Code
    navigation.register("fees:family_fees", _("Fees"), "receipt-yuan", roles={code.GUARDIAN}, order=60)
    navigation.register(
        "fees:overview", _("Fees"), "receipt-yuan", roles={code.SERVICE_OFFICE, code.PRINCIPAL}, order=60
    )
    navigation.register("fees:roster_list", _("Monthly roster"), "calendar-user", roles={code.SERVICE_OFFICE}, order=35)
