from django.db import migrations


def tell(apps, schema_editor):
    """H8 names its day by the rule's weekday instead of by its value; the school's own H10 stands on the school's layer."""
    rules = apps.get_model("school", "PolicyRule").objects
    for rule in rules.filter(key="H8", measure="no_homework_weekday"):
        rule.weekday = rule.value if rule.value in range(1, 8) else 3
        rule.value, rule.unit, rule.tighter, rule.measure = True, "", "true", "no_homework_day"
        rule.save()
    rules.filter(key="H10", source_title="校内规定").update(layer=4)


class Migration(migrations.Migration):
    dependencies = [("school", "0005_timetable_and_subjects")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
