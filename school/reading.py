"""Who read what of which child: in words, and what waits for somebody to look into it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.inbox import Task
from school.models import AccessLog, UnusualReading, User
from web.templatetags.formats import cn_datetime

READERS = ("principal", "service_office", "academic_office")
WORDS: dict[str, str | Promise] = {
    "number": gettext_lazy("student number"),
    "birth_date": gettext_lazy("date of birth"),
    "health_note": gettext_lazy("health note"),
    "phone": gettext_lazy("phones"),
    "phones": gettext_lazy("phones"),
    "special_groups": gettext_lazy("special groups"),
    "collector photo": gettext_lazy("photo of a collector"),
    "collector": gettext_lazy("who collects"),
    "document of a bar": gettext_lazy("document of a restriction"),
    "waiver": gettext_lazy("request for a waiver"),
    "waiver evidence": gettext_lazy("evidence of a waiver"),
    "care_file": gettext_lazy("care file"),
    "home_visit": gettext_lazy("home visit"),
    "visits": gettext_lazy("home visit"),
    "coaching": gettext_lazy("coaching"),
    "homework record": gettext_lazy("homework record"),
    "signature": gettext_lazy("signatures"),
    "fees": gettext_lazy("charges of fees"),
    "concern": gettext_lazy("concerns about collecting"),
}


def fields_in_words(entry: AccessLog) -> str:
    """«学籍号、出生日期»; of an export what is more than names."""
    return "、".join(dict.fromkeys(str(WORDS[field]) for field in entry.fields if field in WORDS))


def reading_tasks(user: User) -> Iterator[Task]:
    if user.has_role(*READERS):
        for one in UnusualReading.objects.filter(looked_into_at=None).exclude(user=user).select_related("user")[:5]:
            facts = {"who": one.user.name, "children": one.children, "when": cn_datetime(one.at)}
            title = (
                _("%(who)s opened the data of %(children)d children within an hour (%(when)s): look into it") % facts
            )
            yield Task(title, reverse("school:reading_look", args=[one.pk]))
