"""The lists of the pages about people, classes and places."""

from django.utils.translation import gettext_lazy as _

from web.tables import Column, Empty, ListTable, TitleColumn
from web.templatetags.formats import mask_number


class StudentTable(ListTable):
    title = _("Students")
    empty = Empty("users", _("Nobody found"), _("Children come in with the school's own workbook."))
    taken = ["name", "number"]

    name = TitleColumn(_("Name"), url="school:student_detail")
    class_label = Column(_("Class"))
    sex = Column(_("Sex"))
    number = Column(_("Student number"))

    def render_number(self, value: str) -> str:
        return mask_number(value)

    def value_number(self, value: str) -> str:
        return value
