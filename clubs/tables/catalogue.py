"""Clubs, and the rounds that give out their places."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clubs.forms.catalogue import CapacityForm
from clubs.models import ChoiceRound, Club
from clubs.services.offering import set_capacity
from clubs.vetting import papers_of
from clubs.weekly import rotations_of
from web.tables import (
    Column,
    EditColumn,
    Empty,
    ListTable,
    NarrowColumn,
    NumberColumn,
    SelectColumn,
    StatusColumn,
    TitleColumn,
)
from web.templatetags.formats import DASH, cn_datetime

ROUND_KINDS = {"draft": "neutral", "announced": "ok", "drawn": "attention", "published": "ok", "cancelled": "neutral"}


def remarks_on(club: Club) -> Iterable[tuple[str, str]]:
    return ((remark.text, remark.kind) for remark in getattr(club, "remarks", ()))


class ClubTable(ListTable):
    title = _("Clubs")
    empty = Empty(
        "ball-basketball",
        _("No club here"),
        _("Clubs come in with the school's workbook, are proposed by teachers, or are added one by one."),
    )
    taken = ["none"]

    name = TitleColumn(_("Club"), url="clubs:club_detail", badges=remarks_on, orderable=True)
    category = Column(_("Category"))
    grades = Column(_("Grades"), accessor="grade_from")
    slot_words = NarrowColumn(_("Time"), empty_values=())
    room = Column(_("Room"))
    instructor = Column(_("Instructor"), accessor="instructor__name")
    taken_places = NumberColumn(_("Taken"), accessor="taken", orderable=True, sums=True)
    capacity = NumberColumn(_("Places"), orderable=True, sums=True)
    status = Column(_("Status"))

    def render_grades(self, record: Club) -> str:
        return f"{record.grade_from}–{record.grade_to}"

    def prepare(self, records: Sequence[Any]) -> None:
        self.rounds = rotations_of([club.pk for club in records])

    def render_slot_words(self, value: str, record: Club) -> str:
        # A line breaks between two times, not within one.
        return value.replace(" ", "\u00a0") or self.rounds.get(record.pk, DASH)

    def value_slot_words(self, value: str, record: Club) -> str:
        return value or self.rounds.get(record.pk, "")

    def render_taken_places(self, value: int, record: Club) -> int | str:
        return gettext("whole groups") if record.pk in self.rounds and not record.slot_words else value

    def value_taken_places(self, value: int) -> int:
        return value


class OfficeClubTable(ClubTable):
    """With what is to be said of the papers of a club's adults, and places to change."""

    capacity = EditColumn(
        _("Places"), form=CapacityForm, saved=lambda form: set_capacity(club=form.instance), orderable=True, sums=True
    )

    def prepare(self, records: Sequence[Any]) -> None:
        super().prepare(records)
        papers = papers_of(records)
        for club in records:
            club.remarks = papers[club.pk]


class DraftClubTable(ClubTable):
    """What is being prepared, to publish several at once."""

    select = SelectColumn(label="name")

    class Meta:
        sequence = ("select", "...")


class RoundTable(ListTable):
    title = _("Rounds and draws")
    empty = Empty(
        "dice",
        _("No round yet"),
        _("A round gives out the places of some clubs: first come, by draw, or by audition."),
    )

    name = TitleColumn(_("Round"), url="clubs:round_detail")
    term = Column(_("Term"))
    way = Column(_("Places are given"))
    opens_at = Column(_("Choosing"), orderable=True)
    club_count = NumberColumn(_("Clubs"))
    chosen = NumberColumn(_("Children who chose"))
    state = StatusColumn(_("State"), kinds=ROUND_KINDS)

    def render_opens_at(self, record: ChoiceRound) -> str:
        return f"{cn_datetime(record.opens_at)} – {cn_datetime(record.closes_at)}"

    def render_chosen(self, value: int, record: ChoiceRound) -> int | str:
        return DASH if record.way == ChoiceRound.Way.FIRST_COME else value
