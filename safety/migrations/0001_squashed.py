import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("safety", "0001_initial"), ("safety", "0002_standing_in")]

    initial = True

    dependencies = [
        ("clubs", "0001_squashed"),
        ("enrollment", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("school", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                ("day", models.DateField(db_index=True, verbose_name="day")),
                ("reason", models.CharField(max_length=100, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reported on")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("staff", "day"),
                        name="absence_one_a_day",
                        violation_error_message="This person is away that day already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="safety.absence",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("reason", models.CharField(max_length=100, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reported on")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DayClose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("closed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="closed")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "closed day",
                "verbose_name_plural": "closed days",
                "ordering": ["-day"],
            },
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leaves",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
            ],
            options={
                "verbose_name": "leave",
                "verbose_name_plural": "leaves",
                "ordering": ["-day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("student", "day"),
                        name="leave_once_a_day",
                        violation_error_message="The child is on leave that day already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True, verbose_name="day")),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "care_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="enrollment.caregroup",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="session",
                        to="clubs.meeting",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="school.staff",
                        verbose_name="responsible adult",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="safety.session",
                        verbose_name="joined with",
                    ),
                ),
                ("roll_taken_at", models.DateTimeField(blank=True, null=True, verbose_name="roll called")),
                (
                    "roll_taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "ordering": ["day", "period__number", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("care_group", "day", "period"), name="session_group_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("care_group__isnull", False), ("meeting__isnull", True)),
                            models.Q(("care_group__isnull", True), ("meeting__isnull", False)),
                            _connector="OR",
                        ),
                        name="session_of_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("merged_into__isnull", True)),
                        fields=("day", "period", "staff"),
                        name="session_staff_one_place",
                        violation_error_message="This person answers for another session then.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="custodies", to="school.student"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custodies",
                        to="school.staff",
                        verbose_name="responsible adult",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custodies",
                        to="safety.session",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="since")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("late_entry", models.BooleanField(default=False, verbose_name="entered later")),
            ],
            options={
                "verbose_name": "custody",
                "verbose_name_plural": "custody ledger",
                "ordering": ["day", "student", "since"],
                "indexes": [models.Index(fields=["day", "student"], name="custody_day_student")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("student", "day"),
                        name="custody_one_open_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="custody_times_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "custody",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="release", to="safety.custody"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("collected", "collected"),
                            ("proxy", "collected by a proxy"),
                            ("alone", "went home alone"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "collector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="enrollment.collector",
                    ),
                ),
                ("to_name", models.CharField(max_length=80, verbose_name="to whom")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("late_entry", models.BooleanField(default=False, verbose_name="entered later")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
            ],
            options={
                "verbose_name": "release",
                "verbose_name_plural": "releases",
                "ordering": ["day", "at"],
                "constraints": [
                    models.UniqueConstraint(fields=("student", "day"), name="release_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("collector__isnull", True), ("how", "alone")),
                            models.Q(models.Q(("how", "alone"), _negated=True), ("collector__isnull", False)),
                            _connector="OR",
                        ),
                        name="release_to_a_collector_or_alone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roll_calls",
                        to="safety.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roll_calls",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("present", "here"),
                            ("absent", "missing"),
                            ("leave", "on leave"),
                            ("left", "left earlier"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("expected", models.BooleanField(default=True, verbose_name="was on the list")),
                ("late_entry", models.BooleanField(default=False, verbose_name="entered later")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            ],
            options={
                "verbose_name": "roll call",
                "verbose_name_plural": "roll calls",
                "constraints": [models.UniqueConstraint(fields=("session", "student"), name="rollcall_once")],
            },
        ),
        migrations.CreateModel(
            name="RollCallEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="safety.rollcall",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="safety.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("present", "here"),
                            ("absent", "missing"),
                            ("leave", "on leave"),
                            ("left", "left earlier"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("expected", models.BooleanField(default=True, verbose_name="was on the list")),
                ("late_entry", models.BooleanField(default=False, verbose_name="entered later")),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SessionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="safety.session",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("day", models.DateField(verbose_name="day")),
                (
                    "period",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "care_group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.caregroup",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.meeting",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="responsible adult",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="safety.session",
                        verbose_name="joined with",
                    ),
                ),
                ("roll_taken_at", models.DateTimeField(blank=True, null=True, verbose_name="roll called")),
                (
                    "roll_taken_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Substitution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "absence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutions",
                        to="safety.absence",
                        verbose_name="absence",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="substitutions",
                        to="safety.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "nobody yet"),
                            ("accepted", "asked and accepted"),
                            ("assigned", "assigned by the office"),
                            ("merged", "joined with another session"),
                            ("withdrawn", "no longer needed"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitutions",
                        to="school.staff",
                        verbose_name="who stands in",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "verbose_name": "substitution",
                "verbose_name_plural": "substitutions",
                "ordering": ["session__day", "session__period__number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("session",), name="substitution_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "open"), ("substitute__isnull", True)),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("state__in", ["accepted", "assigned"]),
                                ("substitute__isnull", False),
                            ),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("state__in", ["merged", "withdrawn"]),
                                ("substitute__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="substitution_settled_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubstitutionAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "substitution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asks",
                        to="safety.substitution",
                        verbose_name="substitution",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                ("why", models.CharField(max_length=200, verbose_name="why this person")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked on")),
                ("answer_by", models.DateTimeField(verbose_name="answer until")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not answered yet"),
                            ("accepted", "accepted"),
                            ("declined", "cannot"),
                            ("expired", "no answer in time"),
                            ("withdrawn", "taken back"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            ],
            options={
                "verbose_name": "request to stand in",
                "verbose_name_plural": "requests to stand in",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "")), fields=("substitution",), name="substitutionask_one_open"
                    ),
                    models.UniqueConstraint(fields=("substitution", "staff"), name="substitutionask_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubstitutionAskEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="safety.substitutionask",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "substitution",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="safety.substitution",
                        verbose_name="substitution",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                ("why", models.CharField(max_length=200, verbose_name="why this person")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked on")),
                ("answer_by", models.DateTimeField(verbose_name="answer until")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not answered yet"),
                            ("accepted", "accepted"),
                            ("declined", "cannot"),
                            ("expired", "no answer in time"),
                            ("withdrawn", "taken back"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SubstitutionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="safety.substitution",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "absence",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="safety.absence",
                        verbose_name="absence",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="safety.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "nobody yet"),
                            ("accepted", "asked and accepted"),
                            ("assigned", "assigned by the office"),
                            ("merged", "joined with another session"),
                            ("withdrawn", "no longer needed"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="who stands in",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_absenceevent" ("at", "by_id", "day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id", "withdrawn_at") SELECT new_values."at", new_values."by_id", new_values."day", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."staff_id", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ca1140ae58ca265a13b963413aa12e7982433f2f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_138a5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="safety_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_absenceevent" ("at", "by_id", "day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id", "withdrawn_at") SELECT new_values."at", new_values."by_id", new_values."day", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."staff_id", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="688c411341a09886f41214d46c07a2d51c9efd5c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3001f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="safety_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absence",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_absenceevent" ("at", "by_id", "day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id", "withdrawn_at") SELECT old_values."at", old_values."by_id", old_values."day", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."staff_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4dc828b9809df1b5370cd030ac58cbc0a9dce635",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_22195",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="safety_absence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="absenceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="19aff92603d5c1e1c5e8f5767c2753c0fd605d3a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_70292",
                    table="safety_absenceevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dayclose",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5e7d35227f6d71d6fd8126d72bd41c7090d9d77d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_07f01",
                    table="safety_dayclose",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b6bc1a920078e76ff87dbd2bc6c723ea3bbfaf52",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_f5caa",
                    table="safety_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_sessionevent" ("care_group_id", "day", "id", "meeting_id", "merged_into_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roll_taken_at", "roll_taken_by_id", "staff_id") SELECT new_values."care_group_id", new_values."day", new_values."id", new_values."meeting_id", new_values."merged_into_id", new_values."period_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."roll_taken_at", new_values."roll_taken_by_id", new_values."staff_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8a0ed2f77882d541b097bf7e7aeba4fc16aa4bc2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bad49",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="safety_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_sessionevent" ("care_group_id", "day", "id", "meeting_id", "merged_into_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roll_taken_at", "roll_taken_by_id", "staff_id") SELECT new_values."care_group_id", new_values."day", new_values."id", new_values."meeting_id", new_values."merged_into_id", new_values."period_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."roll_taken_at", new_values."roll_taken_by_id", new_values."staff_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="543bc37738f7f5b5a719cb05350df9ff1c8b43f2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4b990",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="safety_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="session",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_sessionevent" ("care_group_id", "day", "id", "meeting_id", "merged_into_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roll_taken_at", "roll_taken_by_id", "staff_id") SELECT old_values."care_group_id", old_values."day", old_values."id", old_values."meeting_id", old_values."merged_into_id", old_values."period_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."roll_taken_at", old_values."roll_taken_by_id", old_values."staff_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="53ac9631793b7a27b9ebdd097349e2902af22ba7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c83ec",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="safety_session",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rollcallevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="73ab4b6140a0cbee02a485752c4d991a8570a4a2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_de4bf",
                    table="safety_rollcallevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rollcall",
            trigger=pgtrigger.compiler.Trigger(
                name="present_has_custodian",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'present')",
                    constraint="CONSTRAINT",
                    declare="DECLARE that_day date;",
                    func="\n                    SELECT day INTO that_day FROM safety_session WHERE id = NEW.session_id;\n                    \n    IF NOT EXISTS (SELECT 1 FROM safety_custody c\n                   WHERE c.student_id = NEW.student_id AND c.day = that_day AND c.until IS NULL)\n       AND NOT EXISTS (SELECT 1 FROM safety_release e WHERE e.student_id = NEW.student_id AND e.day = that_day) THEN\n        RAISE EXCEPTION 'nobody answers for student % on %', NEW.student_id, that_day USING ERRCODE = 'check_violation';\n    END IF;\n\n                    RETURN NULL;\n                ",
                    hash="ec9eaf84eb52df1b5fb103e0388209c99edd497f",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_present_has_custodian_e2da8",
                    table="safety_rollcall",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rollcall",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_rollcallevent" ("at", "by_id", "expected", "id", "late_entry", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "status", "student_id") SELECT new_values."at", new_values."by_id", new_values."expected", new_values."id", new_values."late_entry", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."session_id", new_values."status", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="51f0151ad78bbb63e72bf53afc29bd0384190145",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_79148",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="safety_rollcall",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rollcall",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_rollcallevent" ("at", "by_id", "expected", "id", "late_entry", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "status", "student_id") SELECT old_values."at", old_values."by_id", old_values."expected", old_values."id", old_values."late_entry", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."session_id", old_values."status", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="862d2ee34bb61e18beb65806d80ff9daffbe0651",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_26ab9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="safety_rollcall",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="custody",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="3ba20722f2cdd95dc605c10a1da01a16534ca9f6",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_f7900",
                    table="safety_custody",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="custody",
            trigger=pgtrigger.compiler.Trigger(
                name="opened_as_it_was",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."staff_id" IS DISTINCT FROM (NEW."staff_id") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."since" IS DISTINCT FROM (NEW."since"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="1145020b8181f27f574c673942d7ad09a2f52382",
                    operation="UPDATE",
                    pgid="pgtrigger_opened_as_it_was_cda64",
                    table="safety_custody",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="custody",
            trigger=pgtrigger.compiler.Trigger(
                name="closed_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."until" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="555f51fe1a4d614245e595602e7b613a15b37105",
                    operation="UPDATE",
                    pgid="pgtrigger_closed_once_9d878",
                    table="safety_custody",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="custody",
            trigger=pgtrigger.compiler.Trigger(
                name="no_gap",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n                    IF EXISTS (\n                        SELECT 1 FROM safety_rollcall r JOIN safety_session s ON s.id = r.session_id\n                        WHERE r.student_id = NEW.student_id AND s.day = NEW.day AND r.status = 'present'\n                    ) THEN\n                        \n    IF NOT EXISTS (SELECT 1 FROM safety_custody c\n                   WHERE c.student_id = NEW.student_id AND c.day = NEW.day AND c.until IS NULL)\n       AND NOT EXISTS (SELECT 1 FROM safety_release e WHERE e.student_id = NEW.student_id AND e.day = NEW.day) THEN\n        RAISE EXCEPTION 'nobody answers for student % on %', NEW.student_id, NEW.day USING ERRCODE = 'check_violation';\n    END IF;\n\n                    END IF;\n                    RETURN NULL;\n                ",
                    hash="ed238cdd76e26a11339ba1154760fe92efa4afd1",
                    operation="UPDATE",
                    pgid="pgtrigger_no_gap_a3c8e",
                    table="safety_custody",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sessionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="68f1e625e167c5c5dff6016eb22680f420363eeb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7f131",
                    table="safety_sessionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitution",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_substitutionevent" ("absence_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "settled_at", "settled_by_id", "state", "substitute_id") SELECT new_values."absence_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."session_id", new_values."settled_at", new_values."settled_by_id", new_values."state", new_values."substitute_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ddc31b28790ed6ff055a3aa0684195361f154094",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c9813",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="safety_substitution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitution",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_substitutionevent" ("absence_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "settled_at", "settled_by_id", "state", "substitute_id") SELECT new_values."absence_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."session_id", new_values."settled_at", new_values."settled_by_id", new_values."state", new_values."substitute_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5a30f165f41f137bacd63903710377ef65610e24",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fd786",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="safety_substitution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitution",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_substitutionevent" ("absence_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "settled_at", "settled_by_id", "state", "substitute_id") SELECT old_values."absence_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."session_id", old_values."settled_at", old_values."settled_by_id", old_values."state", old_values."substitute_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3debcd26f090aad427a865682fdbdfa41e5860dd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2a699",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="safety_substitution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitutionask",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_substitutionaskevent" ("answer", "answer_by", "answered_at", "asked_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "substitution_id", "why") SELECT new_values."answer", new_values."answer_by", new_values."answered_at", new_values."asked_at", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."staff_id", new_values."substitution_id", new_values."why" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0a82fef6619fdc757ba9fd96fefb41f567891156",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_34e2a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="safety_substitutionask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitutionask",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_substitutionaskevent" ("answer", "answer_by", "answered_at", "asked_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "substitution_id", "why") SELECT new_values."answer", new_values."answer_by", new_values."answered_at", new_values."asked_at", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."staff_id", new_values."substitution_id", new_values."why" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9b8f702f9dc696698bac07f335bde57b737346d0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d3d17",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="safety_substitutionask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitutionask",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "safety_substitutionaskevent" ("answer", "answer_by", "answered_at", "asked_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "substitution_id", "why") SELECT old_values."answer", old_values."answer_by", old_values."answered_at", old_values."asked_at", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."staff_id", old_values."substitution_id", old_values."why" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="14e33e76d3bd7e1350a356ef6d40818e1cf5cdb0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_65de7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="safety_substitutionask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitutionaskevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4a731215ef5651c3f3e950fd2c227e5264d0b1f7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c6f5f",
                    table="safety_substitutionaskevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="substitutionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f0e07c4ab1a563ab5b4ceb0cedfa6e823fa2f792",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c7c15",
                    table="safety_substitutionevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
