"""clubs_take_place: a child is there in the periods of its option only; one that names none covers all."""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("clubs.migrations.0002_place_answers_offer")
BEFORE = EARLIER.changed(EARLIER.BEFORE)
OLD = "(e.leaves_after ->> s.weekday::text)::int < p.number))"
NEW = """(e.leaves_after ->> s.weekday::text)::int < p.number
                 OR EXISTS (SELECT 1 FROM enrollment_serviceoption_periods x WHERE x.serviceoption_id = o.id)
                    AND NOT EXISTS (SELECT 1 FROM enrollment_serviceoption_periods x
                                    WHERE x.serviceoption_id = o.id AND x.period_id = s.period_id)))"""
if BEFORE.count(OLD) != 1:
    raise ValueError("clubs_take_place is another one")


class Migration(migrations.Migration):
    dependencies = [("clubs", "0003_draw_beforehand"), ("enrollment", "0001_squashed")]

    operations = [migrations.RunSQL(BEFORE.replace(OLD, NEW), BEFORE)]
