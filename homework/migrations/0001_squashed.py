import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("homework", "0001_initial"), ("homework", "0002_initial"), ("homework", "0003_homework_in_full")]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("school", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="MarkingTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("written", "written"),
                            ("composition", "composition"),
                            ("oral", "oral"),
                            ("reading", "reading"),
                            ("practical", "practical"),
                            ("sport", "sport"),
                            ("labour", "housework"),
                            ("project", "project"),
                        ],
                        max_length=12,
                        unique=True,
                        verbose_name="kind",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(help_text="0: the same day.", verbose_name="days")),
            ],
            options={
                "verbose_name": "time for marking",
                "verbose_name_plural": "times for marking",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SheetStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("coordination", "coordination"),
                            ("year_check", "check by the grade"),
                            ("office_review", "review by the office"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="step",
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("homeroom_teacher", "homeroom teacher"),
                            ("coordinator", "coordinator of the class"),
                            ("grade_head", "grade head"),
                            ("academic_office", "academic office"),
                        ],
                        max_length=20,
                        verbose_name="who takes it",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="the school has this step")),
            ],
            options={
                "verbose_name": "step of a sheet",
                "verbose_name_plural": "steps of a sheet",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SpotCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("seed", models.CharField(max_length=64, verbose_name="seed")),
                ("grades", models.JSONField(verbose_name="grades drawn")),
                ("count", models.PositiveSmallIntegerField(verbose_name="classes drawn")),
                ("candidates", models.JSONField(help_text="[[pk, grade], …]", verbose_name="classes to draw from")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="drawn")),
            ],
            options={
                "verbose_name": "spot check",
                "verbose_name_plural": "spot checks",
                "ordering": ["-day"],
            },
        ),
        migrations.CreateModel(
            name="WatchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule_key",
                    models.CharField(
                        choices=[
                            ("H6", "something for parents"),
                            ("H7", "repetition or punishment"),
                            ("H9", "phone, chat group or printer"),
                        ],
                        max_length=4,
                        verbose_name="rule",
                    ),
                ),
                (
                    "word",
                    models.CharField(
                        help_text="* stands for up to four characters; spaces do not count.",
                        max_length=20,
                        unique=True,
                        verbose_name="word",
                    ),
                ),
            ],
            options={
                "verbose_name": "watch word",
                "verbose_name_plural": "watch words",
                "ordering": ["rule_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BankItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=300, verbose_name="content")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("written", "written"),
                            ("composition", "composition"),
                            ("oral", "oral"),
                            ("reading", "reading"),
                            ("practical", "practical"),
                            ("sport", "sport"),
                            ("labour", "housework"),
                            ("project", "project"),
                        ],
                        default="written",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("all", "for all"),
                            ("basic", "basic"),
                            ("improving", "improving"),
                            ("extending", "extending"),
                            ("package_a", "package A"),
                            ("package_b", "package B"),
                        ],
                        default="all",
                        max_length=10,
                        verbose_name="tier",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(help_text="for an average pupil", verbose_name="minutes")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("home", "at home"),
                            ("service", "in after-school care"),
                            ("class", "in the lesson"),
                            ("noon", "at noon"),
                        ],
                        default="home",
                        max_length=10,
                        verbose_name="done",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "一年级"),
                            (2, "二年级"),
                            (3, "三年级"),
                            (4, "四年级"),
                            (5, "五年级"),
                            (6, "六年级"),
                            (7, "七年级"),
                            (8, "八年级"),
                            (9, "九年级"),
                        ],
                        verbose_name="grade",
                    ),
                ),
                ("unit", models.CharField(max_length=60, verbose_name="teaching unit")),
                (
                    "abilities",
                    models.CharField(blank=True, help_text="What it trains.", max_length=120, verbose_name="abilities"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="made by",
                    ),
                ),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="retired on")),
            ],
            options={
                "verbose_name": "bank item",
                "verbose_name_plural": "homework bank",
                "ordering": ["grade", "subject__order", "unit", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 240)),
                        name="bankitem_minutes_make_sense",
                        violation_error_message="Minutes are between 1 and 240.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BankItemEvent",
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
                        to="homework.bankitem",
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
                ("content", models.CharField(max_length=300, verbose_name="content")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("written", "written"),
                            ("composition", "composition"),
                            ("oral", "oral"),
                            ("reading", "reading"),
                            ("practical", "practical"),
                            ("sport", "sport"),
                            ("labour", "housework"),
                            ("project", "project"),
                        ],
                        default="written",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("all", "for all"),
                            ("basic", "basic"),
                            ("improving", "improving"),
                            ("extending", "extending"),
                            ("package_a", "package A"),
                            ("package_b", "package B"),
                        ],
                        default="all",
                        max_length=10,
                        verbose_name="tier",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(help_text="for an average pupil", verbose_name="minutes")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("home", "at home"),
                            ("service", "in after-school care"),
                            ("class", "in the lesson"),
                            ("noon", "at noon"),
                        ],
                        default="home",
                        max_length=10,
                        verbose_name="done",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "一年级"),
                            (2, "二年级"),
                            (3, "三年级"),
                            (4, "四年级"),
                            (5, "五年级"),
                            (6, "六年级"),
                            (7, "七年级"),
                            (8, "八年级"),
                            (9, "九年级"),
                        ],
                        verbose_name="grade",
                    ),
                ),
                ("unit", models.CharField(max_length=60, verbose_name="teaching unit")),
                (
                    "abilities",
                    models.CharField(blank=True, help_text="What it trains.", max_length=120, verbose_name="abilities"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="made by",
                    ),
                ),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="retired on")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BoardEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("monday", "Monday edition"), ("friday", "Friday edition")],
                        max_length=10,
                        verbose_name="edition",
                    ),
                ),
                ("week", models.DateField(verbose_name="week from")),
                ("file", models.FileField(upload_to="editions/%Y/")),
                ("entries", models.PositiveIntegerField(verbose_name="number of entries")),
                ("made_at", models.DateTimeField(auto_now=True, verbose_name="made")),
            ],
            options={
                "verbose_name": "edition of the board",
                "verbose_name_plural": "editions of the board",
                "ordering": ["-week", "kind"],
                "constraints": [models.UniqueConstraint(fields=("kind", "week"), name="boardedition_once")],
            },
        ),
        migrations.CreateModel(
            name="ClassCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("code", models.CharField(max_length=16, unique=True, verbose_name="code")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
            ],
            options={
                "verbose_name": "code of a class",
                "verbose_name_plural": "codes of classes",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("school_class",),
                        name="classcode_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "being gathered"),
                            ("review", "under review"),
                            ("returned", "returned"),
                            ("published", "published"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="homework.sheetstage",
                        verbose_name="waits for",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=0, verbose_name="written minutes")),
                ("cap", models.PositiveSmallIntegerField(verbose_name="cap (minutes)")),
                ("cap_source", models.CharField(max_length=120, verbose_name="source of the cap")),
                ("released", models.PositiveSmallIntegerField(default=0, verbose_name="released (minutes)")),
                (
                    "counted",
                    models.PositiveSmallIntegerField(default=0, verbose_name="over the cap, counted (minutes)"),
                ),
                ("release_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for the release")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "class sheet",
                "verbose_name_plural": "class sheets",
                "ordering": ["-day", "school_class"],
                "indexes": [models.Index(fields=["day"], name="classsheet_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("school_class", "day"), name="classsheet_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "minutes__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("cap"), "+", models.F("released")
                                ),
                            )
                        ),
                        name="classsheet_within_cap",
                        violation_error_message="The written minutes of the day are over the cap.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counted__lte", models.F("released"))),
                        name="classsheet_counted_within_released",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released", 0), models.Q(("release_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="classsheet_release_has_reason",
                        violation_error_message="A release needs a reason.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coaching",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("aim", models.CharField(max_length=200, verbose_name="what for")),
            ],
            options={
                "verbose_name": "coaching",
                "verbose_name_plural": "coaching",
                "ordering": ["-starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="coaching_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("student", "subject", "coach"),
                        name="coaching_once_open",
                        violation_error_message="This teacher coaches the child in this subject already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachingEvent",
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
                        to="homework.coaching",
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
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
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
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("aim", models.CharField(max_length=200, verbose_name="what for")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CoachingSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "coaching",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="homework.coaching",
                        verbose_name="coaching",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("note", models.CharField(max_length=200, verbose_name="what was done")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "coaching meeting",
                "verbose_name_plural": "coaching meetings",
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Coordinator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
            ],
            options={
                "verbose_name": "coordinator",
                "verbose_name_plural": "coordinators",
                "ordering": ["school_class", "-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="coordinator_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.UniqueConstraint(
                        fields=("staff", "school_class", "starts_on"),
                        name="coordinator_once",
                        violation_error_message="This is entered already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoordinatorEvent",
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
                        to="homework.coordinator",
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
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("text", models.CharField(max_length=300, verbose_name="statement")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
                "constraints": [models.UniqueConstraint(fields=("staff", "day"), name="declaration_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="FinishedAtSchool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="finished",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        choices=[(100, "100 %"), (90, "90 %"), (75, "75 %"), (50, "50 %"), (25, "25 %")],
                        verbose_name="finished (%)",
                    ),
                ),
                (
                    "rest_minutes",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "0"), (10, "10"), (20, "20"), (30, "30")],
                        default=0,
                        verbose_name="minutes left for the others",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="entered by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "finished at school",
                "verbose_name_plural": "finished at school",
                "ordering": ["-day", "school_class"],
                "constraints": [
                    models.UniqueConstraint(fields=("school_class", "day"), name="finishedatschool_once"),
                    models.CheckConstraint(condition=models.Q(("percent__lte", 100)), name="finishedatschool_percent"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FinishedAtSchoolEvent",
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
                        to="homework.finishedatschool",
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
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        choices=[(100, "100 %"), (90, "90 %"), (75, "75 %"), (50, "50 %"), (25, "25 %")],
                        verbose_name="finished (%)",
                    ),
                ),
                (
                    "rest_minutes",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "0"), (10, "10"), (20, "20"), (30, "30")],
                        default=0,
                        verbose_name="minutes left for the others",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="entered by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now=True, verbose_name="at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HomeworkSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gather_by", models.TimeField(default=datetime.time(10, 0), verbose_name="sheets are gathered by")),
                (
                    "afternoon_by",
                    models.TimeField(default=datetime.time(16, 0), verbose_name="lessons of the afternoon by"),
                ),
                ("morning_lessons", models.PositiveSmallIntegerField(default=4, verbose_name="lessons in the morning")),
                (
                    "closes",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise what is entered later is marked as late.",
                        verbose_name="after these hours only the homeroom teacher and the office enter",
                    ),
                ),
                (
                    "trial_required",
                    models.BooleanField(
                        default=False,
                        help_text="An entry then needs the teacher's own minutes.",
                        verbose_name="teachers do the work themselves first",
                    ),
                ),
                (
                    "over_cap",
                    models.CharField(
                        choices=[
                            ("refuse", "is refused"),
                            ("ask", "is refused, and a release can be asked of the homeroom teacher"),
                        ],
                        default="refuse",
                        max_length=10,
                        verbose_name="what is over the cap",
                    ),
                ),
                (
                    "records",
                    models.CharField(
                        choices=[
                            ("off", "none"),
                            ("daily", "every day, on the phone"),
                            ("sample", "in a sample week, on the phone"),
                            ("paper", "on paper, entered by the homeroom teacher"),
                        ],
                        default="off",
                        max_length=10,
                        verbose_name="record sheets of the pupils",
                    ),
                ),
                ("records_from", models.DateField(blank=True, null=True, verbose_name="sample week from")),
                ("records_until", models.DateField(blank=True, null=True, verbose_name="sample week until")),
                ("monitor_form", models.BooleanField(default=False, verbose_name="form for the class monitor")),
                ("parent_form", models.BooleanField(default=False, verbose_name="form for parents by QR code")),
                ("spot_checks", models.BooleanField(default=False, verbose_name="daily spot checks")),
                ("spot_classes", models.PositiveSmallIntegerField(default=2, verbose_name="classes a spot check")),
                ("spot_grades", models.PositiveSmallIntegerField(default=2, verbose_name="out of so many grades")),
                (
                    "tolerance",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Between the sheet and what class monitor and parents say.",
                        verbose_name="tolerated difference (minutes)",
                    ),
                ),
                (
                    "rectification_days",
                    models.PositiveSmallIntegerField(default=3, verbose_name="days to answer a rectification notice"),
                ),
                ("monday_edition", models.BooleanField(default=True, verbose_name="Monday edition: the week's plan")),
                ("friday_edition", models.BooleanField(default=True, verbose_name="Friday edition: what was set")),
                (
                    "screen_seconds",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="the screen turns its page after (seconds)"
                    ),
                ),
                (
                    "screen_classes",
                    models.PositiveSmallIntegerField(default=6, verbose_name="classes on a page of the screen"),
                ),
            ],
            options={
                "verbose_name": "homework settings",
                "verbose_name_plural": "homework settings",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="homeworksettings_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("afternoon_by__gte", models.F("gather_by"))),
                        name="homeworksettings_hours_in_order",
                        violation_error_message="Lessons of the afternoon cannot be due before those of the morning.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("records", "sample"), _negated=True),
                            models.Q(
                                ("records_from__isnull", False),
                                ("records_until__gte", models.F("records_from")),
                                ("records_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="homeworksettings_sample_has_days",
                        violation_error_message="Say from which day to which the sample week lasts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("screen_classes__gte", 1),
                            ("screen_seconds__gte", 5),
                            ("spot_classes__gte", 1),
                            ("spot_grades__gte", 1),
                        ),
                        name="homeworksettings_numbers_make_sense",
                        violation_error_message="At least one class, one grade, one class a page, and five seconds.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeworkSettingsEvent",
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
                        to="homework.homeworksettings",
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
                ("gather_by", models.TimeField(default=datetime.time(10, 0), verbose_name="sheets are gathered by")),
                (
                    "afternoon_by",
                    models.TimeField(default=datetime.time(16, 0), verbose_name="lessons of the afternoon by"),
                ),
                ("morning_lessons", models.PositiveSmallIntegerField(default=4, verbose_name="lessons in the morning")),
                (
                    "closes",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise what is entered later is marked as late.",
                        verbose_name="after these hours only the homeroom teacher and the office enter",
                    ),
                ),
                (
                    "trial_required",
                    models.BooleanField(
                        default=False,
                        help_text="An entry then needs the teacher's own minutes.",
                        verbose_name="teachers do the work themselves first",
                    ),
                ),
                (
                    "over_cap",
                    models.CharField(
                        choices=[
                            ("refuse", "is refused"),
                            ("ask", "is refused, and a release can be asked of the homeroom teacher"),
                        ],
                        default="refuse",
                        max_length=10,
                        verbose_name="what is over the cap",
                    ),
                ),
                (
                    "records",
                    models.CharField(
                        choices=[
                            ("off", "none"),
                            ("daily", "every day, on the phone"),
                            ("sample", "in a sample week, on the phone"),
                            ("paper", "on paper, entered by the homeroom teacher"),
                        ],
                        default="off",
                        max_length=10,
                        verbose_name="record sheets of the pupils",
                    ),
                ),
                ("records_from", models.DateField(blank=True, null=True, verbose_name="sample week from")),
                ("records_until", models.DateField(blank=True, null=True, verbose_name="sample week until")),
                ("monitor_form", models.BooleanField(default=False, verbose_name="form for the class monitor")),
                ("parent_form", models.BooleanField(default=False, verbose_name="form for parents by QR code")),
                ("spot_checks", models.BooleanField(default=False, verbose_name="daily spot checks")),
                ("spot_classes", models.PositiveSmallIntegerField(default=2, verbose_name="classes a spot check")),
                ("spot_grades", models.PositiveSmallIntegerField(default=2, verbose_name="out of so many grades")),
                (
                    "tolerance",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Between the sheet and what class monitor and parents say.",
                        verbose_name="tolerated difference (minutes)",
                    ),
                ),
                (
                    "rectification_days",
                    models.PositiveSmallIntegerField(default=3, verbose_name="days to answer a rectification notice"),
                ),
                ("monday_edition", models.BooleanField(default=True, verbose_name="Monday edition: the week's plan")),
                ("friday_edition", models.BooleanField(default=True, verbose_name="Friday edition: what was set")),
                (
                    "screen_seconds",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="the screen turns its page after (seconds)"
                    ),
                ),
                (
                    "screen_classes",
                    models.PositiveSmallIntegerField(default=6, verbose_name="classes on a page of the screen"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LearningPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "一年级"),
                            (2, "二年级"),
                            (3, "三年级"),
                            (4, "四年级"),
                            (5, "五年级"),
                            (6, "六年级"),
                            (7, "七年级"),
                            (8, "八年级"),
                            (9, "九年级"),
                        ],
                        verbose_name="grade",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                ("week", models.DateField(verbose_name="week from")),
                ("text", models.TextField(max_length=500, verbose_name="learning points")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "learning points",
                "verbose_name_plural": "learning points",
                "ordering": ["-week", "grade", "subject__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("grade", "subject", "week"),
                        name="learningpoint_once",
                        violation_error_message="This subject's points of the week are entered already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningPointEvent",
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
                        to="homework.learningpoint",
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
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "一年级"),
                            (2, "二年级"),
                            (3, "三年级"),
                            (4, "四年级"),
                            (5, "五年级"),
                            (6, "六年级"),
                            (7, "七年级"),
                            (8, "八年级"),
                            (9, "九年级"),
                        ],
                        verbose_name="grade",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                ("week", models.DateField(verbose_name="week from")),
                ("text", models.TextField(max_length=500, verbose_name="learning points")),
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
                ("at", models.DateTimeField(auto_now=True, verbose_name="at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MonitorEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                ("content", models.CharField(max_length=200, verbose_name="content")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "entry of the class monitor",
                "verbose_name_plural": "entries of class monitors",
                "ordering": ["-day", "school_class", "subject__order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__lte", 300)),
                        name="monitorentry_minutes_make_sense",
                        violation_error_message="At the most 300 minutes.",
                    ),
                    models.UniqueConstraint(fields=("school_class", "day", "subject"), name="monitorentry_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonitorEntryEvent",
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
                        to="homework.monitorentry",
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
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                ("content", models.CharField(max_length=200, verbose_name="content")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ParentReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                ("content", models.CharField(max_length=200, verbose_name="content")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "to be read"), ("confirmed", "counts"), ("aside", "set aside")],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("source", models.CharField(max_length=16)),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="read by",
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
            ],
            options={
                "verbose_name": "report of a parent",
                "verbose_name_plural": "reports of parents",
                "ordering": ["-at"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__lte", 300)),
                        name="parentreport_minutes_make_sense",
                        violation_error_message="At the most 300 minutes.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ParentReportEvent",
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
                        to="homework.parentreport",
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
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                ("content", models.CharField(max_length=200, verbose_name="content")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "to be read"), ("confirmed", "counts"), ("aside", "set aside")],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("source", models.CharField(max_length=16)),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="read by",
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecordSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="homework.classsheet",
                        verbose_name="class sheet",
                    ),
                ),
                ("extra_content", models.CharField(blank=True, max_length=200, verbose_name="own additions")),
                ("extra_minutes", models.PositiveSmallIntegerField(default=0, verbose_name="minutes of own additions")),
                ("bedtime", models.TimeField(blank=True, null=True, verbose_name="went to bed")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                (
                    "filled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filled in by",
                    ),
                ),
                ("on_paper", models.BooleanField(default=False, verbose_name="taken over from paper")),
                ("filled_at", models.DateTimeField(verbose_name="filled in")),
                ("reply", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "replied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="taken in")),
            ],
            options={
                "verbose_name": "record sheet",
                "verbose_name_plural": "record sheets",
                "ordering": ["-sheet__day", "student__name_key"],
                "constraints": [
                    models.UniqueConstraint(fields=("student", "sheet"), name="recordsheet_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extra_minutes", 0),
                            models.Q(("extra_minutes__lte", 300), models.Q(("extra_content", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="recordsheet_extra_makes_sense",
                        violation_error_message="Say what was done on top, 300 minutes at the most.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordSheetEvent",
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
                        to="homework.recordsheet",
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
                    "sheet",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homework.classsheet",
                        verbose_name="class sheet",
                    ),
                ),
                ("extra_content", models.CharField(blank=True, max_length=200, verbose_name="own additions")),
                ("extra_minutes", models.PositiveSmallIntegerField(default=0, verbose_name="minutes of own additions")),
                ("bedtime", models.TimeField(blank=True, null=True, verbose_name="went to bed")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                (
                    "filled_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filled in by",
                    ),
                ),
                ("on_paper", models.BooleanField(default=False, verbose_name="taken over from paper")),
                ("filled_at", models.DateTimeField(verbose_name="filled in")),
                ("reply", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "replied_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="taken in")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("day", models.DateField(verbose_name="day of the finding")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("spot_check", "spot check"),
                            ("comparison", "comparison with class monitor and parents"),
                            ("report", "complaint"),
                            ("patrol", "patrol"),
                        ],
                        max_length=12,
                        verbose_name="found by",
                    ),
                ),
                ("finding", models.CharField(max_length=300, verbose_name="finding")),
                ("demand", models.CharField(max_length=300, verbose_name="what is to be changed")),
                ("answer_by", models.DateField(verbose_name="to be answered until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "notice issued"),
                            ("talked", "talked through"),
                            ("answered", "teacher has answered"),
                            ("rechecked", "rechecked"),
                            ("closed", "closed after recheck"),
                        ],
                        default="issued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="notice issued by",
                    ),
                ),
                ("issued_at", models.DateTimeField(verbose_name="issued on")),
                ("talked_on", models.DateField(blank=True, null=True, verbose_name="talk on")),
                ("talk_note", models.CharField(blank=True, max_length=300, verbose_name="what was agreed")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer of the teacher")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("rechecked_on", models.DateField(blank=True, null=True, verbose_name="rechecked on")),
                ("recheck_note", models.CharField(blank=True, max_length=300, verbose_name="what the recheck found")),
                ("recheck_good", models.BooleanField(blank=True, null=True, verbose_name="put right")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed after recheck on")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="made public")),
            ],
            options={
                "verbose_name": "rectification notice",
                "verbose_name_plural": "rectification notices",
                "ordering": ["-year", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "number"), name="rectification_number"),
                    models.UniqueConstraint(
                        fields=("school_class", "subject", "day"),
                        name="rectification_once_an_event",
                        nulls_distinct=False,
                        violation_error_message="There is a notice about this class, subject and day already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("closed_at__isnull", False), ("recheck_good", True)),
                            _connector="OR",
                        ),
                        name="rectification_closed_when_good",
                        violation_error_message="A notice closes once the recheck found it put right.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RectificationEvent",
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
                        to="homework.rectification",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("day", models.DateField(verbose_name="day of the finding")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("spot_check", "spot check"),
                            ("comparison", "comparison with class monitor and parents"),
                            ("report", "complaint"),
                            ("patrol", "patrol"),
                        ],
                        max_length=12,
                        verbose_name="found by",
                    ),
                ),
                ("finding", models.CharField(max_length=300, verbose_name="finding")),
                ("demand", models.CharField(max_length=300, verbose_name="what is to be changed")),
                ("answer_by", models.DateField(verbose_name="to be answered until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "notice issued"),
                            ("talked", "talked through"),
                            ("answered", "teacher has answered"),
                            ("rechecked", "rechecked"),
                            ("closed", "closed after recheck"),
                        ],
                        default="issued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="notice issued by",
                    ),
                ),
                ("issued_at", models.DateTimeField(verbose_name="issued on")),
                ("talked_on", models.DateField(blank=True, null=True, verbose_name="talk on")),
                ("talk_note", models.CharField(blank=True, max_length=300, verbose_name="what was agreed")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer of the teacher")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("rechecked_on", models.DateField(blank=True, null=True, verbose_name="rechecked on")),
                ("recheck_note", models.CharField(blank=True, max_length=300, verbose_name="what the recheck found")),
                ("recheck_good", models.BooleanField(blank=True, null=True, verbose_name="put right")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed after recheck on")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="made public")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RectificationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="homework.rectification",
                        verbose_name="rectification notice",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "talk with the teacher"),
                            ("answer", "answer of the teacher"),
                            ("good", "recheck: put right"),
                            ("not_yet", "recheck: not put right yet"),
                            ("closed", "closed after recheck"),
                            ("public", "class and subject made public"),
                            ("withdrawn", "taken off the public page"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="what was said")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "step of a notice",
                "verbose_name_plural": "steps of a notice",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReleaseRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="homework.classsheet",
                        verbose_name="sheet",
                    ),
                ),
                ("entry", models.JSONField(verbose_name="homework entry")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes on top of the cap")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked at")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("granted", "granted"), ("refused", "not granted")],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="answer")),
            ],
            options={
                "verbose_name": "request for a release",
                "verbose_name_plural": "requests for a release",
                "ordering": ["asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "waiting")),
                            models.Q(("decided_at__isnull", False), ("state__in", ["granted", "refused"])),
                            _connector="OR",
                        ),
                        name="releaserequest_decided_or_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseRequestEvent",
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
                        to="homework.releaserequest",
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
                    "sheet",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homework.classsheet",
                        verbose_name="sheet",
                    ),
                ),
                ("entry", models.JSONField(verbose_name="homework entry")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes on top of the cap")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked at")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("granted", "granted"), ("refused", "not granted")],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "decided_by",
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="answer")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ResponsibilityLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                ("body", models.TextField(max_length=4000, verbose_name="text")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
            ],
            options={
                "verbose_name": "letter of responsibility",
                "verbose_name_plural": "letters of responsibility",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="homework.responsibilityletter",
                        verbose_name="letter of responsibility",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name as signed")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="signed")),
            ],
            options={
                "verbose_name": "signature under a letter",
                "verbose_name_plural": "signatures under letters",
                "ordering": ["-at"],
                "constraints": [models.UniqueConstraint(fields=("letter", "staff"), name="lettersignature_once")],
            },
        ),
        migrations.CreateModel(
            name="SheetAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="homework.classsheet",
                        verbose_name="sheet",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("passed", "passed on"),
                            ("published", "published"),
                            ("returned", "returned"),
                            ("reopened", "changed, to be coordinated again"),
                            ("cut", "minutes cut"),
                            ("released", "minutes released"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=20, verbose_name="step")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "–"),
                            ("too_much", "too much altogether"),
                            ("mechanical", "mechanical repetition"),
                            ("beyond", "beyond the syllabus"),
                            ("punitive", "a punishment"),
                            ("parents", "something for parents to do, mark or print"),
                            ("unclear", "unclear or incomplete"),
                        ],
                        max_length=10,
                        verbose_name="ground",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "step taken",
                "verbose_name_plural": "steps taken",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "returned"), _negated=True),
                            models.Q(("ground", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sheetaction_return_has_ground",
                        violation_error_message="Say why the sheet is returned.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "cut"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sheetaction_cut_has_note",
                        violation_error_message="Say why minutes are cut.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassSheetEvent",
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
                        to="homework.classsheet",
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
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "being gathered"),
                            ("review", "under review"),
                            ("returned", "returned"),
                            ("published", "published"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homework.sheetstage",
                        verbose_name="waits for",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=0, verbose_name="written minutes")),
                ("cap", models.PositiveSmallIntegerField(verbose_name="cap (minutes)")),
                ("cap_source", models.CharField(max_length=120, verbose_name="source of the cap")),
                ("released", models.PositiveSmallIntegerField(default=0, verbose_name="released (minutes)")),
                (
                    "counted",
                    models.PositiveSmallIntegerField(default=0, verbose_name="over the cap, counted (minutes)"),
                ),
                ("release_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for the release")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SheetStageEvent",
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
                        to="homework.sheetstage",
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
                    "step",
                    models.CharField(
                        choices=[
                            ("coordination", "coordination"),
                            ("year_check", "check by the grade"),
                            ("office_review", "review by the office"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("homeroom_teacher", "homeroom teacher"),
                            ("coordinator", "coordinator of the class"),
                            ("grade_head", "grade head"),
                            ("academic_office", "academic office"),
                        ],
                        max_length=20,
                        verbose_name="who takes it",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="the school has this step")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SheetVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="homework.classsheet",
                        verbose_name="sheet",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="written minutes")),
                ("entries", models.JSONField(verbose_name="entries")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "published version",
                "verbose_name_plural": "published versions",
                "ordering": ["sheet", "number"],
                "constraints": [models.UniqueConstraint(fields=("sheet", "number"), name="sheetversion_once")],
            },
        ),
        migrations.CreateModel(
            name="SpotCheckClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "spot_check",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classes",
                        to="homework.spotcheck",
                        verbose_name="spot check",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("open", "result to be entered"),
                            ("agrees", "agrees with the sheet"),
                            ("more", "more was set than on the sheet"),
                            ("less", "less was set than on the sheet"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                ("asked", models.PositiveSmallIntegerField(default=0, verbose_name="families asked")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="written minutes they said"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="entered")),
            ],
            options={
                "verbose_name": "class of a spot check",
                "verbose_name_plural": "classes of spot checks",
                "ordering": ["-spot_check__day", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("spot_check", "school_class"), name="spotcheckclass_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", "open"), models.Q(("asked__gte", 1), ("at__isnull", False)), _connector="OR"
                        ),
                        name="spotcheckclass_result_has_families",
                        violation_error_message="Say how many families were asked.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpotCheckClassEvent",
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
                        to="homework.spotcheckclass",
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
                    "spot_check",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homework.spotcheck",
                        verbose_name="spot check",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("open", "result to be entered"),
                            ("agrees", "agrees with the sheet"),
                            ("more", "more was set than on the sheet"),
                            ("less", "less was set than on the sheet"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                ("asked", models.PositiveSmallIntegerField(default=0, verbose_name="families asked")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="written minutes they said"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="entered")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WeekPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "一年级"),
                            (2, "二年级"),
                            (3, "三年级"),
                            (4, "四年级"),
                            (5, "五年级"),
                            (6, "六年级"),
                            (7, "七年级"),
                            (8, "八年级"),
                            (9, "九年级"),
                        ],
                        verbose_name="grade",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                ("week", models.DateField(help_text="A Monday.", verbose_name="week from")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("handed_in", "handed in"),
                            ("returned", "returned"),
                            ("confirmed", "confirmed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="handed in by",
                    ),
                ),
                ("handed_in_at", models.DateTimeField(blank=True, null=True, verbose_name="handed in")),
                ("late", models.BooleanField(default=False, verbose_name="handed in late")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "verbose_name": "week plan",
                "verbose_name_plural": "week plans",
                "ordering": ["-week", "grade", "subject__order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("grade", "subject", "week"),
                        name="weekplan_once",
                        violation_error_message="There is a plan of this subject for this week already.",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.datetime.ExtractIsoWeekDay("week"), 1
                        ),
                        name="weekplan_from_monday",
                        violation_error_message="A week begins on a Monday.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="weekplan_return_has_note",
                        violation_error_message="Say what is to be changed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeekPlanEvent",
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
                        to="homework.weekplan",
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
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "一年级"),
                            (2, "二年级"),
                            (3, "三年级"),
                            (4, "四年级"),
                            (5, "五年级"),
                            (6, "六年级"),
                            (7, "七年级"),
                            (8, "八年级"),
                            (9, "九年级"),
                        ],
                        verbose_name="grade",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                ("week", models.DateField(help_text="A Monday.", verbose_name="week from")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("handed_in", "handed in"),
                            ("returned", "returned"),
                            ("confirmed", "confirmed"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="handed in by",
                    ),
                ),
                ("handed_in_at", models.DateTimeField(blank=True, null=True, verbose_name="handed in")),
                ("late", models.BooleanField(default=False, verbose_name="handed in late")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WeekPlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=300, verbose_name="content")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("written", "written"),
                            ("composition", "composition"),
                            ("oral", "oral"),
                            ("reading", "reading"),
                            ("practical", "practical"),
                            ("sport", "sport"),
                            ("labour", "housework"),
                            ("project", "project"),
                        ],
                        default="written",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("all", "for all"),
                            ("basic", "basic"),
                            ("improving", "improving"),
                            ("extending", "extending"),
                            ("package_a", "package A"),
                            ("package_b", "package B"),
                        ],
                        default="all",
                        max_length=10,
                        verbose_name="tier",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(help_text="for an average pupil", verbose_name="minutes")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("home", "at home"),
                            ("service", "in after-school care"),
                            ("class", "in the lesson"),
                            ("noon", "at noon"),
                        ],
                        default="home",
                        max_length=10,
                        verbose_name="done",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="homework.weekplan",
                        verbose_name="week plan",
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(verbose_name="weekday")),
                (
                    "bank_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="planned",
                        to="homework.bankitem",
                        verbose_name="from the bank",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned item",
                "verbose_name_plural": "planned items",
                "ordering": ["plan", "weekday", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 240)),
                        name="weekplanitem_minutes_make_sense",
                        violation_error_message="Minutes are between 1 and 240.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__gte", 1), ("weekday__lte", 7)), name="weekplanitem_weekday"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeworkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=300, verbose_name="content")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("written", "written"),
                            ("composition", "composition"),
                            ("oral", "oral"),
                            ("reading", "reading"),
                            ("practical", "practical"),
                            ("sport", "sport"),
                            ("labour", "housework"),
                            ("project", "project"),
                        ],
                        default="written",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("all", "for all"),
                            ("basic", "basic"),
                            ("improving", "improving"),
                            ("extending", "extending"),
                            ("package_a", "package A"),
                            ("package_b", "package B"),
                        ],
                        default="all",
                        max_length=10,
                        verbose_name="tier",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(help_text="for an average pupil", verbose_name="minutes")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("home", "at home"),
                            ("service", "in after-school care"),
                            ("class", "in the lesson"),
                            ("noon", "at noon"),
                        ],
                        default="home",
                        max_length=10,
                        verbose_name="done",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="homework.classsheet",
                        verbose_name="sheet",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "lesson",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The lesson of the day before whose end it was set.",
                        null=True,
                        verbose_name="set in lesson",
                    ),
                ),
                (
                    "tried_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How long the teacher took to do it.",
                        null=True,
                        verbose_name="own minutes",
                    ),
                ),
                (
                    "cut_from",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes before the cut"),
                ),
                (
                    "bank_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="used",
                        to="homework.bankitem",
                        verbose_name="from the bank",
                    ),
                ),
                (
                    "plan_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="set_items",
                        to="homework.weekplanitem",
                        verbose_name="from the week's plan",
                    ),
                ),
                ("late", models.BooleanField(default=False, verbose_name="entered late")),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
            ],
            options={
                "verbose_name": "homework item",
                "verbose_name_plural": "homework items",
                "ordering": ["sheet", "subject__order", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 240)),
                        name="homeworkitem_minutes_make_sense",
                        violation_error_message="Minutes are between 1 and 240.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warnings",
                        to="homework.classsheet",
                        verbose_name="sheet",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="warnings",
                        to="homework.homeworkitem",
                        verbose_name="item",
                    ),
                ),
                ("content", models.CharField(max_length=300, verbose_name="content")),
                ("rule_key", models.CharField(max_length=20, verbose_name="rule")),
                ("severity", models.CharField(max_length=6)),
                ("sentence", models.CharField(max_length=300, verbose_name="what was said")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "counted warning",
                "verbose_name_plural": "counted warnings",
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Marking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marking",
                        to="homework.homeworkitem",
                        verbose_name="item",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="to be marked until")),
                ("collected_on", models.DateField(blank=True, null=True, verbose_name="taken in")),
                ("marked_on", models.DateField(blank=True, null=True, verbose_name="marked")),
                ("discussed_on", models.DateField(blank=True, null=True, verbose_name="discussed")),
                ("corrected_on", models.DateField(blank=True, null=True, verbose_name="corrected")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="marked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "marking",
                "verbose_name_plural": "markings",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("marked_on__isnull", True)), fields=["due_on"], name="marking_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("marked_on__isnull", True), ("collected_on__isnull", False), _connector="OR"),
                            models.Q(("discussed_on__isnull", True), ("marked_on__isnull", False), _connector="OR"),
                            models.Q(("corrected_on__isnull", True), ("discussed_on__isnull", False), _connector="OR"),
                        ),
                        name="marking_steps_in_order",
                        violation_error_message="First collected, then marked, discussed, corrected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("marked_on__isnull", True), ("by__isnull", False), _connector="OR"),
                        name="marking_has_teacher",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="homework.recordsheet",
                        verbose_name="record",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="homework.homeworkitem",
                        verbose_name="item",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="actual minutes")),
                ("at_school", models.BooleanField(default=False, verbose_name="finished at school")),
            ],
            options={
                "verbose_name": "line of a record",
                "verbose_name_plural": "lines of a record",
                "ordering": ["record", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("record", "item"), name="recordline_once"),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__lte", 300)),
                        name="recordline_minutes_make_sense",
                        violation_error_message="At the most 300 minutes.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordLineEvent",
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
                        to="homework.recordline",
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
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homework.recordsheet",
                        verbose_name="record",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homework.homeworkitem",
                        verbose_name="item",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="actual minutes")),
                ("at_school", models.BooleanField(default=False, verbose_name="finished at school")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HomeworkItemEvent",
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
                        to="homework.homeworkitem",
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
                ("content", models.CharField(max_length=300, verbose_name="content")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("written", "written"),
                            ("composition", "composition"),
                            ("oral", "oral"),
                            ("reading", "reading"),
                            ("practical", "practical"),
                            ("sport", "sport"),
                            ("labour", "housework"),
                            ("project", "project"),
                        ],
                        default="written",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("all", "for all"),
                            ("basic", "basic"),
                            ("improving", "improving"),
                            ("extending", "extending"),
                            ("package_a", "package A"),
                            ("package_b", "package B"),
                        ],
                        default="all",
                        max_length=10,
                        verbose_name="tier",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(help_text="for an average pupil", verbose_name="minutes")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("home", "at home"),
                            ("service", "in after-school care"),
                            ("class", "in the lesson"),
                            ("noon", "at noon"),
                        ],
                        default="home",
                        max_length=10,
                        verbose_name="done",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homework.classsheet",
                        verbose_name="sheet",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="teacher",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "lesson",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The lesson of the day before whose end it was set.",
                        null=True,
                        verbose_name="set in lesson",
                    ),
                ),
                (
                    "tried_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How long the teacher took to do it.",
                        null=True,
                        verbose_name="own minutes",
                    ),
                ),
                (
                    "cut_from",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes before the cut"),
                ),
                (
                    "bank_item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homework.bankitem",
                        verbose_name="from the bank",
                    ),
                ),
                (
                    "plan_item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homework.weekplanitem",
                        verbose_name="from the week's plan",
                    ),
                ),
                ("late", models.BooleanField(default=False, verbose_name="entered late")),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworksettings",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_homeworksettingsevent" ("afternoon_by", "closes", "friday_edition", "gather_by", "id", "monday_edition", "monitor_form", "morning_lessons", "over_cap", "parent_form", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "records_from", "records_until", "rectification_days", "screen_classes", "screen_seconds", "spot_checks", "spot_classes", "spot_grades", "tolerance", "trial_required") SELECT new_values."afternoon_by", new_values."closes", new_values."friday_edition", new_values."gather_by", new_values."id", new_values."monday_edition", new_values."monitor_form", new_values."morning_lessons", new_values."over_cap", new_values."parent_form", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."records", new_values."records_from", new_values."records_until", new_values."rectification_days", new_values."screen_classes", new_values."screen_seconds", new_values."spot_checks", new_values."spot_classes", new_values."spot_grades", new_values."tolerance", new_values."trial_required" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ab3e19bcc6df8ce453320fa981d6f8f476613378",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b8224",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_homeworksettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworksettings",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_homeworksettingsevent" ("afternoon_by", "closes", "friday_edition", "gather_by", "id", "monday_edition", "monitor_form", "morning_lessons", "over_cap", "parent_form", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "records_from", "records_until", "rectification_days", "screen_classes", "screen_seconds", "spot_checks", "spot_classes", "spot_grades", "tolerance", "trial_required") SELECT new_values."afternoon_by", new_values."closes", new_values."friday_edition", new_values."gather_by", new_values."id", new_values."monday_edition", new_values."monitor_form", new_values."morning_lessons", new_values."over_cap", new_values."parent_form", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."records", new_values."records_from", new_values."records_until", new_values."rectification_days", new_values."screen_classes", new_values."screen_seconds", new_values."spot_checks", new_values."spot_classes", new_values."spot_grades", new_values."tolerance", new_values."trial_required" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d1b98cc28e52d020610d715868c75f825ea61e67",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8ba39",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_homeworksettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworksettings",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_homeworksettingsevent" ("afternoon_by", "closes", "friday_edition", "gather_by", "id", "monday_edition", "monitor_form", "morning_lessons", "over_cap", "parent_form", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "records", "records_from", "records_until", "rectification_days", "screen_classes", "screen_seconds", "spot_checks", "spot_classes", "spot_grades", "tolerance", "trial_required") SELECT old_values."afternoon_by", old_values."closes", old_values."friday_edition", old_values."gather_by", old_values."id", old_values."monday_edition", old_values."monitor_form", old_values."morning_lessons", old_values."over_cap", old_values."parent_form", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."records", old_values."records_from", old_values."records_until", old_values."rectification_days", old_values."screen_classes", old_values."screen_seconds", old_values."spot_checks", old_values."spot_classes", old_values."spot_grades", old_values."tolerance", old_values."trial_required" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="05ec6108c46a9145d586a6de112388d55c9e530c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9d350",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_homeworksettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheetstage",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_sheetstageevent" ("active", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step", "who") SELECT new_values."active", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."step", new_values."who" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b8aad537ead873d86ec8c98dd4a5e5888c4fd7f0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_26df1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_sheetstage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheetstage",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_sheetstageevent" ("active", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step", "who") SELECT new_values."active", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."step", new_values."who" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="280b63cf65d17f31fc81ad916d6a5397fb6a8474",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_65e0b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_sheetstage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheetstage",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_sheetstageevent" ("active", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step", "who") SELECT old_values."active", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."step", old_values."who" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ee57598710e6c16512100dcd447e7cb88aaeb37e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fb243",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_sheetstage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spotcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="55f199159ce4eaa1b0c6301d8b825a9d3fbeef02",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a93f4",
                    table="homework_spotcheck",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankitem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_bankitemevent" ("abilities", "content", "grade", "id", "kind", "made_by_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "retired_on", "subject_id", "tier", "unit") SELECT new_values."abilities", new_values."content", new_values."grade", new_values."id", new_values."kind", new_values."made_by_id", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."retired_on", new_values."subject_id", new_values."tier", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c2667913f67a05241790cef6d769f7cfeb5fb54a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_be45a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_bankitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_bankitemevent" ("abilities", "content", "grade", "id", "kind", "made_by_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "retired_on", "subject_id", "tier", "unit") SELECT new_values."abilities", new_values."content", new_values."grade", new_values."id", new_values."kind", new_values."made_by_id", new_values."minutes", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."retired_on", new_values."subject_id", new_values."tier", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c00ae2af146b5f5f6ba1d0b389e713a4148c6ad4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e837d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_bankitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankitem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_bankitemevent" ("abilities", "content", "grade", "id", "kind", "made_by_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "retired_on", "subject_id", "tier", "unit") SELECT old_values."abilities", old_values."content", old_values."grade", old_values."id", old_values."kind", old_values."made_by_id", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."retired_on", old_values."subject_id", old_values."tier", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d02f7e3c287b57039c7e758c8fed06244811f674",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_803f2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_bankitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankitemevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0dbb228784498ec31a10c043164e70b9f0edddfc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_95e24",
                    table="homework_bankitemevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coaching",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_coachingevent" ("aim", "coach_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "student_id", "subject_id") SELECT new_values."aim", new_values."coach_id", new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."student_id", new_values."subject_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="da9f1ebf8af962d380a384970336bdd1549be5cd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e18b1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_coaching",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coaching",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_coachingevent" ("aim", "coach_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "student_id", "subject_id") SELECT new_values."aim", new_values."coach_id", new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."student_id", new_values."subject_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e8af3f3f19cf20ba7c031f0d838b150c8d588041",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3d03a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_coaching",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coaching",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_coachingevent" ("aim", "coach_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "student_id", "subject_id") SELECT old_values."aim", old_values."coach_id", old_values."ends_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."student_id", old_values."subject_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9e5a6ad65bd59e75b41a5dcf004b7f4f452c7403",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_64112",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_coaching",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coachingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a72f64b8fb87984fc76604a98209fe705b3bc1f5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7cb01",
                    table="homework_coachingevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coachingsession",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="688f2c6f3422bb90ceced7745dc99b86958244cb",
                    operation="UPDATE",
                    pgid="pgtrigger_append_only_61b78",
                    table="homework_coachingsession",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinator",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_coordinatorevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "staff_id", "starts_on") SELECT new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_class_id", new_values."staff_id", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="03c3db1624f06017f8e8507f1ef93892d60064c9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e48db",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_coordinator",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinator",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_coordinatorevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "staff_id", "starts_on") SELECT new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_class_id", new_values."staff_id", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6bb042895640dee16787925787a3dbb0af732856",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_06ecd",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_coordinator",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinator",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_coordinatorevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "staff_id", "starts_on") SELECT old_values."ends_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_class_id", old_values."staff_id", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4e44dda2ef7ad3b40abdc9da739526a0715333a0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ade6a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_coordinator",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinatorevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4f7cfc691422720a18998971ba18abbfd1a61a4d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_631fe",
                    table="homework_coordinatorevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaration",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="72d552ebea681e9eb522badabb30b18af1e0f5e7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_08773",
                    table="homework_declaration",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finishedatschool",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_finishedatschoolevent" ("at", "by_id", "day", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rest_minutes", "school_class_id") SELECT new_values."at", new_values."by_id", new_values."day", new_values."id", new_values."percent", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rest_minutes", new_values."school_class_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0068914f6ba5fc6e53462ccc0848c5d1b52c64a0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2a695",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_finishedatschool",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finishedatschool",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_finishedatschoolevent" ("at", "by_id", "day", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rest_minutes", "school_class_id") SELECT new_values."at", new_values."by_id", new_values."day", new_values."id", new_values."percent", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rest_minutes", new_values."school_class_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="02e2adbf8a6292d6840ce0b8f68548f31b312920",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c84e9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_finishedatschool",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finishedatschool",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_finishedatschoolevent" ("at", "by_id", "day", "id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rest_minutes", "school_class_id") SELECT old_values."at", old_values."by_id", old_values."day", old_values."id", old_values."percent", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rest_minutes", old_values."school_class_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b03a112daed0e1aef1d7e6e9df1c5e39a787c06c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a4ff4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_finishedatschool",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finishedatschoolevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="abdf5e9e820a18741c7217903184f06d6bd6b687",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_86830",
                    table="homework_finishedatschoolevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworksettingsevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dec317170827930a974ecfeb8f97a0c08413658c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_136e8",
                    table="homework_homeworksettingsevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="itemwarning",
            trigger=pgtrigger.compiler.Trigger(
                name="no_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="8d7fc9a7966a5b17ee3b84f677d6eac009db876c",
                    operation="DELETE",
                    pgid="pgtrigger_no_delete_69d74",
                    table="homework_itemwarning",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="itemwarning",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."sheet_id" IS DISTINCT FROM (NEW."sheet_id") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."rule_key" IS DISTINCT FROM (NEW."rule_key") OR OLD."severity" IS DISTINCT FROM (NEW."severity") OR OLD."sentence" IS DISTINCT FROM (NEW."sentence") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="2b27523acc442c0592814a2eb5faeeab1d36d6cd",
                    operation="UPDATE",
                    pgid="pgtrigger_append_only_222b1",
                    table="homework_itemwarning",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learningpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_learningpointevent" ("at", "by_id", "grade", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject_id", "text", "week") SELECT new_values."at", new_values."by_id", new_values."grade", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."subject_id", new_values."text", new_values."week" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9ec3b2255e3511106596c43b417fe71d70354ac8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0c6b2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_learningpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learningpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_learningpointevent" ("at", "by_id", "grade", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject_id", "text", "week") SELECT new_values."at", new_values."by_id", new_values."grade", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."subject_id", new_values."text", new_values."week" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="17e7eea276b7cbf7231e516398a07fda90eb9121",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d218d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_learningpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learningpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_learningpointevent" ("at", "by_id", "grade", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject_id", "text", "week") SELECT old_values."at", old_values."by_id", old_values."grade", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."subject_id", old_values."text", old_values."week" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d95e0e410efede008b5a3b6bb5f1309766bfc12c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1f5c1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_learningpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learningpointevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5417fe03134ab050151f8f1d9c6a3565d2843495",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f4db7",
                    table="homework_learningpointevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monitorentry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_monitorentryevent" ("at", "content", "day", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "subject_id") SELECT new_values."at", new_values."content", new_values."day", new_values."id", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_class_id", new_values."subject_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e365c18816b71fdbe905f7c72e1712d7b34e7ee8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_10b32",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_monitorentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monitorentry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_monitorentryevent" ("at", "content", "day", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "subject_id") SELECT new_values."at", new_values."content", new_values."day", new_values."id", new_values."minutes", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_class_id", new_values."subject_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ef20336f0a9141c13b1047353a9939b938785f6d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0dbe9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_monitorentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monitorentry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_monitorentryevent" ("at", "content", "day", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "subject_id") SELECT old_values."at", old_values."content", old_values."day", old_values."id", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_class_id", old_values."subject_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e17801a4688f900ade4d67665031b8c598518e35",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_63688",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_monitorentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monitorentryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d28fd0ce452cd7caf1a0608aa4a7d8ef41f9b6c3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b3bb4",
                    table="homework_monitorentryevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parentreport",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_parentreportevent" ("at", "content", "day", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "school_class_id", "source", "state", "subject_id") SELECT new_values."at", new_values."content", new_values."day", new_values."id", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."read_at", new_values."read_by_id", new_values."school_class_id", new_values."source", new_values."state", new_values."subject_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e886605b6ed339b4a7ee5ae2d72fa37288f9e02e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a52e8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_parentreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parentreport",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_parentreportevent" ("at", "content", "day", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "school_class_id", "source", "state", "subject_id") SELECT new_values."at", new_values."content", new_values."day", new_values."id", new_values."minutes", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."read_at", new_values."read_by_id", new_values."school_class_id", new_values."source", new_values."state", new_values."subject_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="af89d8ae6a46ae655b963f9dc0eb92fcd8a55534",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_48734",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_parentreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parentreport",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_parentreportevent" ("at", "content", "day", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "school_class_id", "source", "state", "subject_id") SELECT old_values."at", old_values."content", old_values."day", old_values."id", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."read_at", old_values."read_by_id", old_values."school_class_id", old_values."source", old_values."state", old_values."subject_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3ab4a106d17b8b6c51517a6c13480f4a9c4f8d92",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_54420",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_parentreport",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parentreportevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e58488722daf7172a13d358d482276330d5ba7be",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c77d2",
                    table="homework_parentreportevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordsheet",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_recordsheetevent" ("bedtime", "extra_content", "extra_minutes", "filled_at", "filled_by_id", "id", "on_paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "replied_at", "replied_by_id", "reply", "seen_at", "sheet_id", "student_id") SELECT new_values."bedtime", new_values."extra_content", new_values."extra_minutes", new_values."filled_at", new_values."filled_by_id", new_values."id", new_values."on_paper", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."remark", new_values."replied_at", new_values."replied_by_id", new_values."reply", new_values."seen_at", new_values."sheet_id", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="64c2b48d7e991f51a640d9bc378846b168df2a15",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7478a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_recordsheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordsheet",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_recordsheetevent" ("bedtime", "extra_content", "extra_minutes", "filled_at", "filled_by_id", "id", "on_paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "replied_at", "replied_by_id", "reply", "seen_at", "sheet_id", "student_id") SELECT new_values."bedtime", new_values."extra_content", new_values."extra_minutes", new_values."filled_at", new_values."filled_by_id", new_values."id", new_values."on_paper", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."remark", new_values."replied_at", new_values."replied_by_id", new_values."reply", new_values."seen_at", new_values."sheet_id", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7e231b2ed8faad2e4ffe54bbf463b9bcc82a56ee",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9679b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_recordsheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordsheet",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_recordsheetevent" ("bedtime", "extra_content", "extra_minutes", "filled_at", "filled_by_id", "id", "on_paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "replied_at", "replied_by_id", "reply", "seen_at", "sheet_id", "student_id") SELECT old_values."bedtime", old_values."extra_content", old_values."extra_minutes", old_values."filled_at", old_values."filled_by_id", old_values."id", old_values."on_paper", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."remark", old_values."replied_at", old_values."replied_by_id", old_values."reply", old_values."seen_at", old_values."sheet_id", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6e6ed44651a3aca05531557ca3f904d2b86abba8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5ec41",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_recordsheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordlineevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1bf03dfae742944ee7ec298671b3f1c500e1cf6d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a24a1",
                    table="homework_recordlineevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordline",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_recordlineevent" ("at_school", "id", "item_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id") SELECT new_values."at_school", new_values."id", new_values."item_id", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."record_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="014d6a9d420780ce8642c5a84d4957ca580ef4df",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_584c1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_recordline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordline",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_recordlineevent" ("at_school", "id", "item_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id") SELECT new_values."at_school", new_values."id", new_values."item_id", new_values."minutes", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."record_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c9df66f861a8330f6543ac0051b16590f1fdd656",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_37e4b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_recordline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordline",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_recordlineevent" ("at_school", "id", "item_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id") SELECT old_values."at_school", old_values."id", old_values."item_id", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."record_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="08fa1445e20e447639bcd1f073a5ef653b289c04",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1c9bc",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_recordline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordsheetevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fa0a1dcdc98dcb728262cad0dfe9e71644230e73",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f7b74",
                    table="homework_recordsheetevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rectification",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_rectificationevent" ("answer", "answer_by", "answered_at", "closed_at", "day", "demand", "finding", "id", "issued_at", "issued_by_id", "number", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "recheck_good", "recheck_note", "rechecked_on", "school_class_id", "state", "subject_id", "talk_note", "talked_on", "teacher_id", "year") SELECT new_values."answer", new_values."answer_by", new_values."answered_at", new_values."closed_at", new_values."day", new_values."demand", new_values."finding", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."number", new_values."origin", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."recheck_good", new_values."recheck_note", new_values."rechecked_on", new_values."school_class_id", new_values."state", new_values."subject_id", new_values."talk_note", new_values."talked_on", new_values."teacher_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3cdf4d4adcd938b35137cfed2a694226e502fade",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_17b08",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_rectification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rectification",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_rectificationevent" ("answer", "answer_by", "answered_at", "closed_at", "day", "demand", "finding", "id", "issued_at", "issued_by_id", "number", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "recheck_good", "recheck_note", "rechecked_on", "school_class_id", "state", "subject_id", "talk_note", "talked_on", "teacher_id", "year") SELECT new_values."answer", new_values."answer_by", new_values."answered_at", new_values."closed_at", new_values."day", new_values."demand", new_values."finding", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."number", new_values."origin", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."recheck_good", new_values."recheck_note", new_values."rechecked_on", new_values."school_class_id", new_values."state", new_values."subject_id", new_values."talk_note", new_values."talked_on", new_values."teacher_id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ee97f4949aaa3d30217373ea8aab00296558ff8e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_697e3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_rectification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rectification",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_rectificationevent" ("answer", "answer_by", "answered_at", "closed_at", "day", "demand", "finding", "id", "issued_at", "issued_by_id", "number", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "recheck_good", "recheck_note", "rechecked_on", "school_class_id", "state", "subject_id", "talk_note", "talked_on", "teacher_id", "year") SELECT old_values."answer", old_values."answer_by", old_values."answered_at", old_values."closed_at", old_values."day", old_values."demand", old_values."finding", old_values."id", old_values."issued_at", old_values."issued_by_id", old_values."number", old_values."origin", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."recheck_good", old_values."recheck_note", old_values."rechecked_on", old_values."school_class_id", old_values."state", old_values."subject_id", old_values."talk_note", old_values."talked_on", old_values."teacher_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7a858de52a3c278190fc1d0e2b7c596295fcbcd4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_38ede",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_rectification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rectificationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="45764a71e608c352985e3b017e14f90cdb4d6010",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_01d1e",
                    table="homework_rectificationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rectificationstep",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="57fd6cf248e278c4011b3d36b3de7a5aa4a600be",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e8797",
                    table="homework_rectificationstep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaserequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_releaserequestevent" ("answer", "asked_at", "decided_at", "decided_by_id", "entry", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sheet_id", "state", "teacher_id") SELECT new_values."answer", new_values."asked_at", new_values."decided_at", new_values."decided_by_id", new_values."entry", new_values."id", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."sheet_id", new_values."state", new_values."teacher_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="630e4d27d5023d8389a4e3f5c855904b8dcbca38",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7c0c5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_releaserequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaserequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_releaserequestevent" ("answer", "asked_at", "decided_at", "decided_by_id", "entry", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sheet_id", "state", "teacher_id") SELECT new_values."answer", new_values."asked_at", new_values."decided_at", new_values."decided_by_id", new_values."entry", new_values."id", new_values."minutes", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."sheet_id", new_values."state", new_values."teacher_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4f40111ed119c5c93c891f119fc0c5da6d6d3308",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9c80d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_releaserequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaserequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_releaserequestevent" ("answer", "asked_at", "decided_at", "decided_by_id", "entry", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sheet_id", "state", "teacher_id") SELECT old_values."answer", old_values."asked_at", old_values."decided_at", old_values."decided_by_id", old_values."entry", old_values."id", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."sheet_id", old_values."state", old_values."teacher_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="87b23ec75a9dfe0b13740d6c3190c876b32093a7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_07187",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_releaserequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaserequestevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a522329862c5d6655e3f75d29ef9ea555f6a6f18",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_eafb7",
                    table="homework_releaserequestevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibilityletter",
            trigger=pgtrigger.compiler.Trigger(
                name="fixed_once_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."published_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1a304b5b07876ecfab487c9b94828a91a4847e95",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_fixed_once_published_dd1fd",
                    table="homework_responsibilityletter",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettersignature",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a238065396f773b7c31f1b4ec21684df2ea257e8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_08592",
                    table="homework_lettersignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheetaction",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2915e68f560ea73295a9b95d9ad6fc0c5d55a18f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_33b1c",
                    table="homework_sheetaction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classsheetevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9079a82240544a7be33e2d57b9ec10d84b5fc77e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6b4ae",
                    table="homework_classsheetevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classsheet",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_classsheetevent" ("cap", "cap_source", "counted", "day", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "release_reason", "released", "school_class_id", "stage_id", "status", "version") SELECT new_values."cap", new_values."cap_source", new_values."counted", new_values."day", new_values."id", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."release_reason", new_values."released", new_values."school_class_id", new_values."stage_id", new_values."status", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="20dc83931239fad14068ef0e2536d1381df40ffd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_250c5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_classsheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classsheet",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_classsheetevent" ("cap", "cap_source", "counted", "day", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "release_reason", "released", "school_class_id", "stage_id", "status", "version") SELECT new_values."cap", new_values."cap_source", new_values."counted", new_values."day", new_values."id", new_values."minutes", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."release_reason", new_values."released", new_values."school_class_id", new_values."stage_id", new_values."status", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="999c433bbf7245e592aff2d9fc70c5c072c4c923",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_666ff",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_classsheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classsheet",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_classsheetevent" ("cap", "cap_source", "counted", "day", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "release_reason", "released", "school_class_id", "stage_id", "status", "version") SELECT old_values."cap", old_values."cap_source", old_values."counted", old_values."day", old_values."id", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."release_reason", old_values."released", old_values."school_class_id", old_values."stage_id", old_values."status", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d7d21bf1a066f7c0dcc9c3ca6b23b717bd30f7da",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_21a65",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_classsheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheetstageevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="37d0ab167d9f8120a5ea34bb20c36647ebc391a8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e3aa9",
                    table="homework_sheetstageevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sheetversion",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="013b745cc25a601b9d16c1638a4e055201d6f045",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dfe8d",
                    table="homework_sheetversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spotcheckclass",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_spotcheckclassevent" ("asked", "at", "by_id", "id", "minutes", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "school_class_id", "spot_check_id") SELECT new_values."asked", new_values."at", new_values."by_id", new_values."id", new_values."minutes", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."result", new_values."school_class_id", new_values."spot_check_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="16b884525ab5b649ba44fdd610525c189ccbcbed",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c06c6",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_spotcheckclass",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spotcheckclass",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_spotcheckclassevent" ("asked", "at", "by_id", "id", "minutes", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "school_class_id", "spot_check_id") SELECT new_values."asked", new_values."at", new_values."by_id", new_values."id", new_values."minutes", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."result", new_values."school_class_id", new_values."spot_check_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9f6a0abeb798c04d75d9aa7939b21024de40e2d6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_01fbd",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_spotcheckclass",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spotcheckclass",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_spotcheckclassevent" ("asked", "at", "by_id", "id", "minutes", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "school_class_id", "spot_check_id") SELECT old_values."asked", old_values."at", old_values."by_id", old_values."id", old_values."minutes", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."result", old_values."school_class_id", old_values."spot_check_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="206a1293d98041e6d78fc4fdfea13dd0b25f7b33",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5dfc1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_spotcheckclass",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spotcheckclassevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="50e1662312ee795d2acf823c04cdb840ef24bb45",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_51d64",
                    table="homework_spotcheckclassevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weekplan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_weekplanevent" ("by_id", "grade", "handed_in_at", "id", "late", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by_id", "state", "subject_id", "week") SELECT new_values."by_id", new_values."grade", new_values."handed_in_at", new_values."id", new_values."late", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reviewed_at", new_values."reviewed_by_id", new_values."state", new_values."subject_id", new_values."week" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d4fef627f1d71bc71e0c1667029585b6270b8dc0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_78fb1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_weekplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weekplan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_weekplanevent" ("by_id", "grade", "handed_in_at", "id", "late", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by_id", "state", "subject_id", "week") SELECT new_values."by_id", new_values."grade", new_values."handed_in_at", new_values."id", new_values."late", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reviewed_at", new_values."reviewed_by_id", new_values."state", new_values."subject_id", new_values."week" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="19b2e7bbbd0c948edc6a8fb1da30f34c8449287a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c4cbc",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_weekplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weekplan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_weekplanevent" ("by_id", "grade", "handed_in_at", "id", "late", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reviewed_at", "reviewed_by_id", "state", "subject_id", "week") SELECT old_values."by_id", old_values."grade", old_values."handed_in_at", old_values."id", old_values."late", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reviewed_at", old_values."reviewed_by_id", old_values."state", old_values."subject_id", old_values."week" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b6d6ceb20c16a66902fe71fb5f093e1cad11438d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d2551",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_weekplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="weekplanevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4b909b6cd47748f59f0cb6c593e85f47097bafc9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_97c6f",
                    table="homework_weekplanevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworkitemevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3ecdbad17fb59716b5140c919e520533bee8ebd4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5b503",
                    table="homework_homeworkitemevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworkitem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_homeworkitemevent" ("bank_item_id", "content", "cut_from", "due_on", "entered_at", "entered_by_id", "id", "kind", "late", "lesson", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_item_id", "sheet_id", "subject_id", "teacher_id", "tier", "tried_minutes") SELECT new_values."bank_item_id", new_values."content", new_values."cut_from", new_values."due_on", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."kind", new_values."late", new_values."lesson", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."plan_item_id", new_values."sheet_id", new_values."subject_id", new_values."teacher_id", new_values."tier", new_values."tried_minutes" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c67c7f605edba3bd0a016f52c05ea423b01b339a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bd574",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="homework_homeworkitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworkitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_homeworkitemevent" ("bank_item_id", "content", "cut_from", "due_on", "entered_at", "entered_by_id", "id", "kind", "late", "lesson", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_item_id", "sheet_id", "subject_id", "teacher_id", "tier", "tried_minutes") SELECT new_values."bank_item_id", new_values."content", new_values."cut_from", new_values."due_on", new_values."entered_at", new_values."entered_by_id", new_values."id", new_values."kind", new_values."late", new_values."lesson", new_values."minutes", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."plan_item_id", new_values."sheet_id", new_values."subject_id", new_values."teacher_id", new_values."tier", new_values."tried_minutes" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f4aac82b737c59046492d5fb6add9784d4a6e3b9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_be6cd",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="homework_homeworkitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeworkitem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "homework_homeworkitemevent" ("bank_item_id", "content", "cut_from", "due_on", "entered_at", "entered_by_id", "id", "kind", "late", "lesson", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_item_id", "sheet_id", "subject_id", "teacher_id", "tier", "tried_minutes") SELECT old_values."bank_item_id", old_values."content", old_values."cut_from", old_values."due_on", old_values."entered_at", old_values."entered_by_id", old_values."id", old_values."kind", old_values."late", old_values."lesson", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."plan_item_id", old_values."sheet_id", old_values."subject_id", old_values."teacher_id", old_values."tier", old_values."tried_minutes" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8dba0b27caff36e1e404073fd420294ae5988bdd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1dfd1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="homework_homeworkitem",
                    when="AFTER",
                ),
            ),
        ),
    ]
