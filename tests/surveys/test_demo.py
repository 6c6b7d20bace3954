"""The demonstration's surveys hold what the services would have left."""

import datetime as dt

import pytest

from surveys.demo import ask_families
from surveys.models import Box, Participation, Sheet, Survey
from surveys.results import result_of
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_each_answer_has_its_participation_and_no_anonymous_one_a_sheet(cast, many_children):
    ask_families(cast.term, TODAY - dt.timedelta(days=1), cast.office.user)
    closed, running = Survey.objects.order_by("pk")
    assert (closed.anonymous, closed.is_over, running.is_open) == (True, True, True)
    found = [
        (Participation.objects.filter(survey=survey).count(), result_of(survey)["questions"][0]["answered"])
        for survey in (closed, running)
    ]
    assert found == [(n, n) for n, _answered in found]
    assert sum(len(box.sheets) for box in Box.objects.all()) == found[0][0]
    assert Sheet.objects.filter(survey=running).count() == found[1][0]
