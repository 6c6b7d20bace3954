"""Records of meetings, and what families say of a club."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clubs.models import Club, ClubEvaluation, MeetingRecord, ThemeMonth
from documents.uploads import PICTURE_SIDE, PictureField
from school.models import Term
from web.forms import RowForm


class NewPhotoForm(forms.Form):
    """A photo with the tick that nobody can be recognised; without the tick it is refused."""

    new_photo = PictureField(
        side=PICTURE_SIDE,
        label=_("Photo"),
        required=False,
        help_text=_("Of works or the room. What the camera noted in it is left out."),
    )
    no_faces = forms.BooleanField(label=_("No face of a child can be recognised"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new_photo") and not data.get("no_faces"):
            self.add_error("no_faces", _("Look at the photo once more and tick this, or leave the photo out."))
        return data


class RecordForm(NewPhotoForm, forms.ModelForm):
    """On the phone: the plan's words stand there already. A photo only where the school keeps them."""

    class Meta:
        model = MeetingRecord
        fields = ["content", "materials", "remark"]
        widgets = {"content": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, photos: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not photos:
            del self.fields["new_photo"], self.fields["no_faces"]


class RecordFilter(forms.Form):
    club = forms.ModelChoiceField(Club.objects.none(), label=_("Club"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["club"].queryset = (
            Club.objects.published().filter(term=Term.objects.current(timezone.localdate())).order_by("name")
        )
        fields["club"].empty_label = _("All clubs")


class EvaluationForm(forms.ModelForm):
    """Three questions, about the club only."""

    content = forms.TypedChoiceField(
        label=_("What the club does"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[(5, _("very good")), (4, _("good")), (3, _("all right")), (2, _("rather weak")), (1, _("weak"))],
    )
    again = forms.TypedChoiceField(
        label=_("Would you choose this club again?"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )

    class Meta:
        model = ClubEvaluation
        fields = ["content", "again", "sentence"]
        help_texts = {"sentence": _("About the club, without names. The instructor reads it without yours.")}


class ThemeForm(RowForm):
    belongs_to = ("term",)

    class Meta:
        model = ThemeMonth
        fields = ["month", "title", "lower", "middle", "upper"]
