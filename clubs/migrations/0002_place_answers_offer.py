"""clubs_take_place: who has an open offer takes the place that is kept, and whoever takes a place waits no longer."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("clubs.migrations.0001_squashed").TAKE_PLACE.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)

CHANGES = [
    ("    member bigint;\n", "    member bigint;\n    kept int := 0;\n"),
    (
        "    SELECT c.id, c.term_id, c.name, c.taken < c.capacity - c.held AS free INTO club FROM clubs_club c\n",
        """    SELECT count(*) INTO kept FROM clubs_waiting w
    JOIN clubs_offer o ON o.waiting_id = w.id AND o.answered_at IS NULL
    WHERE w.club_id = the_club AND w.student_id = child AND w.state = 'offered';

    SELECT c.id, c.term_id, c.name, c.taken < c.capacity - c.held + kept AS free INTO club FROM clubs_club c
""",
    ),
    (
        "        UPDATE clubs_club SET taken = taken + 1 WHERE id = the_club AND taken < capacity - held;\n",
        """        kept := 0;
        IF EXISTS (SELECT 1 FROM clubs_waiting w
                   WHERE w.club_id = the_club AND w.student_id = child AND w.state IN ('waiting', 'offered')) THEN
            UPDATE clubs_offer o SET answer = 'accepted', answered_at = right_now FROM clubs_waiting w
            WHERE o.waiting_id = w.id AND w.club_id = the_club AND w.student_id = child AND o.answered_at IS NULL;
            GET DIAGNOSTICS kept = ROW_COUNT;
            UPDATE clubs_waiting SET state = 'taken'
            WHERE club_id = the_club AND student_id = child AND state IN ('waiting', 'offered');
        END IF;
        UPDATE clubs_club SET taken = taken + 1, held = held - kept
        WHERE id = the_club AND taken < capacity - held + kept;
""",
    ),
]


def changed(text: str) -> str:
    for old, new in CHANGES:
        if text.count(old) != 1:
            raise ValueError(f"not once in clubs_take_place: {old}")
        text = text.replace(old, new)
    return text


class Migration(migrations.Migration):
    dependencies = [("clubs", "0001_squashed")]

    operations = [migrations.RunSQL(changed(BEFORE), BEFORE)]
