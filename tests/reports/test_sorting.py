"""Every heading that can be pressed sorts: on each list of the office, both ways; nothing sorts by what is not shown."""

import pytest
from django.urls import reverse
from django_tables2 import Table

from tests.entrances import ACADEMIC, ENTRANCES, GATE, PRINCIPAL, SERVICE, TEACHERS

pytestmark = pytest.mark.django_db
READERS = {"office": SERVICE, "academic": ACADEMIC, "principal": PRINCIPAL, "gate": GATE, "homeroom": TEACHERS}


@pytest.mark.parametrize("name", READERS)
def test_every_heading_of_every_list_sorts(happened, as_user, name):
    client, wrong, pressed = as_user(getattr(happened, name)), [], 0
    for route, roles in ENTRANCES.items():
        if not READERS[name] & roles or route.endswith(("_add", "_print", "_export", "_confirm")):
            continue
        url = reverse(route)
        table = (client.get(url).context or {}).get("table")
        # The table of a paper is a string.
        for column in table.columns.iterall() if isinstance(table, Table) else ():
            if column.orderable:
                # The order of what is masked, or not shown, would tell it.
                shown = [str(row.get_cell(column.name)) for row in table.rows] if column.visible else ["****"]
                if any("****" in cell for cell in shown):
                    wrong.append((route, column.name, "is not shown"))
                for sort in (column.name, f"-{column.name}"):
                    pressed += 1
                    if client.get(url, {"sort": sort}).status_code != 200:
                        wrong.append((route, sort))
    assert wrong == []
    assert pressed > 10 or name == "gate"
