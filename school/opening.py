"""Opening an office of one's own, once, while nobody has an account."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from school.models import ActivationCode, SchoolSettings
from web.caching import forget


@transaction.atomic
def open_office(*, name: str, login: str) -> str:
    """Name the school and make the first account; gives its password, which nothing else keeps.

    Raises ValidationError for a name or login that does not do, and once there is an account.
    """
    user_model = get_user_model()
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {user_model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    if user_model.objects.exists():
        raise ValidationError(_("This office is open already: it has accounts."))
    settings = SchoolSettings.fresh()
    settings.name = name.strip()
    settings.full_clean()
    settings.save()
    forget("settings")
    password = ActivationCode.new_code()
    user = user_model(username=login.strip(), name=login.strip(), is_staff=True, is_superuser=True)
    user.set_password(password)
    user.full_clean()
    user.save()
    return password
