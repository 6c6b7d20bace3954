"""The preconditions of a term's service: leading group, filed plan, approval (领导小组、方案备案、批文)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.uploads import DocumentColumn
from school.history import track


@track()
class TermPreparation(models.Model):
    """The preconditions of one term. Each counts as met when its facts are complete; the scan is optional."""

    # Each paper with the fields that have to be filled in, in the order of the page.
    PAPERS = {
        "group": ("group_members", "group_document", "group_date"),
        "plan": ("plan_number", "plan_filed_on", "plan_authority"),
        "approval": ("approval_number", "approved_on", "approval_issuer"),
    }

    term = models.OneToOneField("school.Term", models.CASCADE, related_name="preparation", verbose_name=_("term"))
    group_members = models.TextField(
        _("members of the leading group"), blank=True, help_text=_("Name, post and what each answers for.")
    )
    group_document = models.CharField(_("document that sets up the leading group"), max_length=100, blank=True)
    group_date = models.DateField(_("date of that document"), null=True, blank=True)
    group_file = DocumentColumn(_("scan of that document"), upload_to="preparation/%Y/", blank=True)
    plan_number = models.CharField(_("filing number of the plan"), max_length=100, blank=True)
    plan_filed_on = models.DateField(_("plan filed on"), null=True, blank=True)
    plan_authority = models.CharField(_("filed with"), max_length=100, blank=True)
    plan_file = DocumentColumn(_("scan of the plan"), upload_to="preparation/%Y/", blank=True)
    approval_number = models.CharField(_("number of the approval"), max_length=100, blank=True)
    approved_on = models.DateField(_("date of the approval"), null=True, blank=True)
    approval_issuer = models.CharField(_("approved by the authority"), max_length=100, blank=True)
    approval_file = DocumentColumn(_("scan of the approval"), upload_to="preparation/%Y/", blank=True)

    class Meta:
        verbose_name = _("preparation of a term")
        verbose_name_plural = _("preparations of terms")

    def __str__(self) -> str:
        return str(self.term)

    def missing(self, paper: str) -> list[str]:
        """The missing fields of one precondition, in words."""
        return [
            str(getattr(self._meta.get_field(name), "verbose_name", name))
            for name in self.PAPERS[paper]
            if not getattr(self, name)
        ]
