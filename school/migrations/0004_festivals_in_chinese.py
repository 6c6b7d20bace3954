from django.db import migrations

FESTIVALS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋",
    "Anti-Fascist 70th Day": "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
}


def name_in_chinese(apps, schema_editor):
    days = apps.get_model("school", "SchoolDay").objects
    for english, chinese in FESTIVALS.items():
        days.filter(note=english).update(note=chinese)


class Migration(migrations.Migration):
    dependencies = [("school", "0003_closed_rooms")]

    operations = [migrations.RunPython(name_in_chinese, migrations.RunPython.noop)]
