"""What `surveys` registers when the project is loaded."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from school import inbox, notices
from surveys import menu, notice
from surveys.open_surveys import waiting_for


def register(config: AppConfig) -> None:
    menu.register()
    notices.register_notice("survey", _("Survey"), notice.load, current=notice.current)
    inbox.register_tasks(waiting_for)
