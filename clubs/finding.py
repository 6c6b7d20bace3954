"""Clubs by their names, for the search."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from clubs.models import Club
from school.models import Term, User
from school.searching import MOST, Hit


def clubs_named(user: User, words: str) -> Iterator[Hit]:
    """Of the running term, by the club's name or its instructor's."""
    term = Term.objects.current(timezone.localdate())
    rows = Club.objects.visible_to(user).filter(term=term).select_related("instructor")
    for club in rows.filter(Q(name__icontains=words) | Q(instructor__name=words)).order_by("name", "pk")[:MOST]:
        detail = f"{club.instructor.name} · {club.get_status_display()}"
        yield Hit(club.name, reverse("clubs:club_detail", args=[club.pk]), detail, "ball-basketball")
