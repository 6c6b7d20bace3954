from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0006_homework_rules"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="periodtime",
            name="periodtime_once",
        ),
        migrations.AddField(
            model_name="periodtime",
            name="grade_from",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade"),
        ),
        migrations.AddField(
            model_name="periodtime",
            name="grade_to",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade"),
        ),
        migrations.AddField(
            model_name="periodtime",
            name="weekday",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[
                    (1, "Monday"),
                    (2, "Tuesday"),
                    (3, "Wednesday"),
                    (4, "Thursday"),
                    (5, "Friday"),
                    (6, "Saturday"),
                    (7, "Sunday"),
                ],
                null=True,
                verbose_name="weekday",
            ),
        ),
        migrations.AddConstraint(
            model_name="periodtime",
            constraint=models.UniqueConstraint(
                fields=("period", "season", "grade_from", "grade_to", "weekday"),
                name="periodtime_once",
                nulls_distinct=False,
                violation_error_message="These times are entered already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="periodtime",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grade_from__isnull", True), ("grade_to__isnull", True)),
                    models.Q(
                        ("grade_from__isnull", False),
                        ("grade_to__gte", models.F("grade_from")),
                        ("grade_to__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="periodtime_grades_in_order",
                violation_error_message="Name the first and the last grade, in order, or neither.",
            ),
        ),
    ]
