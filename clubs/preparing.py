"""The clubs' line of the checklist before a term."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clubs.models import Club
from enrollment.preparing import Item, of_term
from school.models import Term


def clubs_of_term(term: Term) -> Item | None:
    """How many clubs the catalogue has and how many wait to be published; nothing in a school that never had a club."""
    rows = Club.objects.exclude(status=Club.Status.CANCELLED)
    here = Q(term=term)
    published = here & Q(status=Club.Status.PUBLISHED)
    found = rows.aggregate(ever=Count("pk"), all=Count("pk", filter=here), published=Count("pk", filter=published))
    if not found["ever"]:
        return None
    there = ngettext("%d club in the catalogue", "%d clubs in the catalogue", found["published"]) % found["published"]
    missing = []
    if drafts := found["all"] - found["published"]:
        missing.append(ngettext("%d club is not published", "%d clubs are not published", drafts) % drafts)
    if not found["all"]:
        missing.append(_("no club yet"))
    url = of_term("clubs:club_list", term)
    return Item(
        "clubs", _("Clubs"), there if found["published"] else "", missing, f"{url}&status=drafts" if drafts else url
    )
