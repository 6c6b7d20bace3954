from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Papers, charts, workbooks and QR codes, whatever they are about."""

    name = "documents"
    verbose_name = _("Documents")
