"""Forms of the office for preparing a term."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from enrollment.models import TermPreparation
from web.forms import date_input

MOST_BYTES = 8 * 1024 * 1024
# First bytes → content type of what is taken.
KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF": "application/pdf"}


def kind_of(beginning: bytes) -> str:
    return next((kind for start, kind in KINDS.items() if beginning.startswith(start)), "")


def scan_input() -> forms.ClearableFileInput:
    return forms.ClearableFileInput(attrs={"accept": ",".join(KINDS.values())})


class PreparationForm(forms.ModelForm):
    class Meta:
        model = TermPreparation
        fields = [
            "group_members",
            "group_document",
            "group_date",
            "group_file",
            "plan_number",
            "plan_filed_on",
            "plan_authority",
            "plan_file",
            "approval_number",
            "approved_on",
            "approval_issuer",
            "approval_file",
        ]
        widgets = {
            "group_members": forms.Textarea(attrs={"rows": 6}),
            "group_date": date_input(),
            "plan_filed_on": date_input(),
            "approved_on": date_input(),
            "group_file": scan_input(),
            "plan_file": scan_input(),
            "approval_file": scan_input(),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for paper in TermPreparation.PAPERS:
            file = data.get(f"{paper}_file")
            if isinstance(file, UploadedFile):
                self._check(f"{paper}_file", file)
        return data

    def _check(self, name: str, file: UploadedFile) -> None:
        if (file.size or 0) > MOST_BYTES:
            self.add_error(name, _("The file is larger than 8 MB. Please take the photo once more, smaller."))
        elif not kind_of(file.read(4)):
            self.add_error(name, _("Please choose a photo (JPEG, PNG) or a PDF."))
        file.seek(0)
