"""Times of a period begin on a day: earlier days keep the times that they had."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0004_festivals_in_chinese"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="periodtime",
            name="periodtime_once",
        ),
        migrations.AddField(
            model_name="periodtime",
            name="ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="to"),
        ),
        migrations.AddField(
            model_name="periodtime",
            name="starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="from"),
        ),
        migrations.AddConstraint(
            model_name="periodtime",
            constraint=models.UniqueConstraint(
                fields=("period", "season", "grade_from", "grade_to", "weekday", "starts_on"),
                name="periodtime_once",
                nulls_distinct=False,
                violation_error_message="These times are entered already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="periodtime",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="periodtime_days_in_order",
                violation_error_message="The last day is before the first.",
            ),
        ),
    ]
