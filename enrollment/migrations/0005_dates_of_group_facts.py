from django.db import migrations


def date_facts(apps, schema_editor):
    """What was arranged for a term holds from its first day on."""
    models = {
        name: apps.get_model("enrollment", name)
        for name in ("CareGroup", "CareGroupRoom", "CareGroupAdult", "CareDuty")
    }
    begins = dict(apps.get_model("school", "Term").objects.values_list("pk", "starts_on"))
    own = {}
    for group, person in models["CareGroup"].teachers.through.objects.values_list("caregroup", "staff"):
        own.setdefault(group, []).append(person)
    rooms, adults = [], []
    for group in models["CareGroup"].objects.all():
        fact = {"term_id": group.term_id, "group_id": group.pk, "starts_on": begins[group.term_id]}
        if group.room_id:
            rooms.append(models["CareGroupRoom"](room_id=group.room_id, **fact))
        adults += [models["CareGroupAdult"](staff_id=person, **fact) for person in own.get(group.pk, [])]
        models["CareDuty"].objects.filter(group=group.pk).update(starts_on=begins[group.term_id])
    models["CareGroupRoom"].objects.bulk_create(rooms)
    models["CareGroupAdult"].objects.bulk_create(adults)


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0004_dated_group_facts")]

    operations = [migrations.RunPython(date_facts, migrations.RunPython.noop)]
