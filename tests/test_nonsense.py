"""What nobody sends from a page, sent to every list with boxes to tick: nothing is written and nobody sees an error page."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

NONSENSE = ["abc", "²", "", "-1", "1e3", "9" * 30]
LISTS = [
    ("enrollment:application_list", "approve", "office"),
    ("enrollment:change_list", "approve", "office"),
    ("fees:waiver_list", "grant", "office"),
    ("homework:report_list", "use", "academic"),
    ("homework:sheet_list", "pass", "academic"),
]


@pytest.mark.parametrize(("name", "action", "who"), LISTS)
def test_keys_that_are_none_select_nothing(cast, as_user, name, action, who):
    client = as_user(getattr(cast, who))
    assert client.post(reverse(name), {"action": action, "row": NONSENSE}).status_code in (200, 302, 405)
