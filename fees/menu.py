"""What `fees` adds to the navigation. Teachers have no page here."""


def register() -> None:
    from django.utils.translation import gettext_lazy as _

    from school.models.accounts import Role
    from school.navigation import register

    code = Role.Code
    register("fees:family_fees", _("Fees"), "receipt-yuan", roles={code.GUARDIAN}, order=60)
    register("fees:overview", _("Fees"), "receipt-yuan", roles={code.SERVICE_OFFICE, code.PRINCIPAL}, order=60)
    register("fees:roster_list", _("Monthly roster"), "calendar-user", roles={code.SERVICE_OFFICE}, order=35)
