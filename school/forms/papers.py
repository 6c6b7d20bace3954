"""A face of the school's own for official papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.fonts import FACES, check_face
from documents.pdf import OWN_FACES
from documents.uploads import FontField


class FaceForm(forms.Form):
    family = forms.ChoiceField(
        label=_("Used for"),
        choices=[(family, FACES[name.removeprefix("fonts/")]) for family, name in OWN_FACES.items()],
    )
    file = FontField(label=_("Font (TTF or OTF)"))

    def clean_file(self) -> bytes:
        """The font itself."""
        content: bytes = self.cleaned_data["file"].read()
        check_face(content)
        return content
