"""An address that a button sends to, opened by itself: a page that says so."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_person_reads_a_page(cast, as_user):
    url = reverse("clubs:feed_renew")
    answer = as_user(cast.office).get(url, headers={"Accept": "text/html,*/*"})
    assert (answer.status_code, answer["Allow"], answer.templates[0].name) == (405, "POST", "405.html")
    assert "没有执行任何操作" in answer.content.decode()


@pytest.mark.parametrize("headers", [{"Accept": "*/*"}, {"Accept": "text/html", "HX-Request": "true"}])
def test_a_program_gets_the_bare_answer(cast, as_user, headers):
    answer = as_user(cast.office).get(reverse("clubs:feed_renew"), headers=headers)
    assert (answer.status_code, answer["Allow"], answer.content) == (405, "POST", b"")
