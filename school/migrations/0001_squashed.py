import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import school.models.people
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("school", "0001_initial"),
        ("school", "0002_imported"),
        ("school", "0003_pupil_signs"),
        ("school", "0004_notices"),
        ("school", "0005_timetable_and_subjects"),
        ("school", "0006_homework_rules"),
        ("school", "0007_period_exceptions"),
        ("school", "0008_staffing"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(unique=True, verbose_name="number")),
                ("name", models.CharField(max_length=20, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("learning", "homework and reading"), ("activity", "activities and clubs")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "period",
                "verbose_name_plural": "periods",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("guardian", "guardian"),
                            ("teacher", "teacher"),
                            ("homeroom_teacher", "homeroom teacher"),
                            ("grade_head", "grade head"),
                            ("academic_office", "academic office"),
                            ("service_office", "service office"),
                            ("duty_leader", "duty leader"),
                            ("gate", "gate"),
                            ("principal", "principal"),
                            ("committee", "parents' committee"),
                        ],
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="name")),
                ("second_factor", models.BooleanField(default=False, verbose_name="needs a second factor")),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=50, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("classroom", "classroom"),
                            ("special", "special room"),
                            ("outdoor", "outdoors"),
                            ("other", "other"),
                        ],
                        default="classroom",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("capacity", models.PositiveSmallIntegerField(help_text="children", verbose_name="holds")),
                ("location", models.CharField(blank=True, max_length=50, verbose_name="place")),
            ],
            options={
                "verbose_name": "room",
                "verbose_name_plural": "rooms",
                "ordering": ["kind", "name"],
            },
        ),
        migrations.CreateModel(
            name="SpecialGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("has_priority", models.BooleanField(default=True, verbose_name="comes first when places are short")),
            ],
            options={
                "verbose_name": "special group",
                "verbose_name_plural": "special groups",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30, unique=True, verbose_name="name")),
                ("order", models.PositiveSmallIntegerField(default=50, verbose_name="order")),
            ],
            options={
                "verbose_name": "subject",
                "verbose_name_plural": "subjects",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PolicyRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                ("key", models.CharField(max_length=20, verbose_name="key")),
                ("title", models.CharField(max_length=120, verbose_name="rule")),
                ("measure", models.CharField(blank=True, max_length=40, verbose_name="measure")),
                (
                    "value",
                    models.JSONField(help_text="A number, a time like 17:30, or true / false.", verbose_name="value"),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                (
                    "tighter",
                    models.CharField(
                        choices=[
                            ("lower", "lower is tighter"),
                            ("higher", "higher is tighter"),
                            ("true", "required is tighter than not"),
                        ],
                        max_length=6,
                        verbose_name="direction",
                    ),
                ),
                ("grade_from", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("grade_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                (
                    "service",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "all services"),
                            ("care", "after-school care"),
                            ("morning", "before-school care"),
                            ("noon", "lunch care"),
                            ("evening", "evening study"),
                            ("saturday", "Saturday clubs"),
                        ],
                        max_length=10,
                        verbose_name="service",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
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
                (
                    "layer",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "national"), (2, "province"), (3, "county"), (4, "school")],
                        default=4,
                        verbose_name="layer",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("block", "refused"),
                            ("warn", "allowed after confirmation, counted"),
                            ("report", "only counted"),
                        ],
                        max_length=6,
                        verbose_name="when broken",
                    ),
                ),
                ("warn_percent", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="warn from (%)")),
                ("source_title", models.CharField(max_length=120, verbose_name="document")),
                ("source_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                ("verified", models.BooleanField(default=False, verbose_name="found in a public copy")),
                ("enabled", models.BooleanField(default=True, verbose_name="in force")),
                (
                    "subjects",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The rule counts these subjects together; none means all of the day.",
                        related_name="+",
                        to="school.subject",
                        verbose_name="subjects",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy rule",
                "verbose_name_plural": "policy rules",
                "ordering": ["key", "layer", "grade_from", "starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="policyrule_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grade_from__isnull", True),
                            ("grade_to__isnull", True),
                            ("grade_to__gte", models.F("grade_from")),
                            _connector="OR",
                        ),
                        name="policyrule_grades_in_order",
                        violation_error_message="The first grade is above the last.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(max_length=64, unique=True, verbose_name="login name")),
                (
                    "phone",
                    models.CharField(blank=True, max_length=11, null=True, unique=True, verbose_name="mobile phone"),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("is_staff", models.BooleanField(default=False, verbose_name="may enter the administration")),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
        ),
        migrations.CreateModel(
            name="Guardian",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("name_key", models.CharField(editable=False, max_length=200)),
                ("phone", models.CharField(max_length=11, verbose_name="mobile phone")),
                ("contact_only", models.BooleanField(default=False, verbose_name="contact without a login")),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="guardian",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
            ],
            options={
                "verbose_name": "guardian",
                "verbose_name_plural": "guardians",
                "ordering": ["name_key", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("contact_only", False)),
                        fields=("phone",),
                        name="guardian_one_login_a_phone",
                        violation_error_message="Another guardian signs in with this phone.",
                    ),
                    models.UniqueConstraint(
                        fields=("phone", "name"),
                        name="guardian_once",
                        violation_error_message="This guardian exists already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuardianEvent",
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
                        to="school.guardian",
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
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("name_key", models.CharField(editable=False, max_length=200)),
                ("phone", models.CharField(max_length=11, verbose_name="mobile phone")),
                ("contact_only", models.BooleanField(default=False, verbose_name="contact without a login")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="imports/%Y/%m/")),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("previewed", "waiting for confirmation"),
                            ("applied", "imported"),
                            ("discarded", "discarded"),
                        ],
                        default="previewed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("plan", models.JSONField(default=dict, help_text="school.importing.Plan.as_json()")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="imported")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="PeriodTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="period_times",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "season",
                    models.CharField(
                        choices=[("summer", "summer times"), ("winter", "winter times")],
                        max_length=6,
                        verbose_name="season",
                    ),
                ),
                ("grade_from", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("grade_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
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
                ("starts_at", models.TimeField(verbose_name="begins")),
                ("ends_at", models.TimeField(verbose_name="ends")),
            ],
            options={
                "verbose_name": "times of a period",
                "verbose_name_plural": "times of periods",
                "ordering": ["season", "starts_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "season", "grade_from", "grade_to", "weekday"),
                        name="periodtime_once",
                        nulls_distinct=False,
                        violation_error_message="These times are entered already.",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="periodtime_in_order",
                        violation_error_message="A period ends after it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyRuleEvent",
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
                        to="school.policyrule",
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
                ("key", models.CharField(max_length=20, verbose_name="key")),
                ("title", models.CharField(max_length=120, verbose_name="rule")),
                ("measure", models.CharField(blank=True, max_length=40, verbose_name="measure")),
                (
                    "value",
                    models.JSONField(help_text="A number, a time like 17:30, or true / false.", verbose_name="value"),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                (
                    "tighter",
                    models.CharField(
                        choices=[
                            ("lower", "lower is tighter"),
                            ("higher", "higher is tighter"),
                            ("true", "required is tighter than not"),
                        ],
                        max_length=6,
                        verbose_name="direction",
                    ),
                ),
                ("grade_from", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("grade_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                (
                    "service",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "all services"),
                            ("care", "after-school care"),
                            ("morning", "before-school care"),
                            ("noon", "lunch care"),
                            ("evening", "evening study"),
                            ("saturday", "Saturday clubs"),
                        ],
                        max_length=10,
                        verbose_name="service",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
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
                (
                    "layer",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "national"), (2, "province"), (3, "county"), (4, "school")],
                        default=4,
                        verbose_name="layer",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("block", "refused"),
                            ("warn", "allowed after confirmation, counted"),
                            ("report", "only counted"),
                        ],
                        max_length=6,
                        verbose_name="when broken",
                    ),
                ),
                ("warn_percent", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="warn from (%)")),
                ("source_title", models.CharField(max_length=120, verbose_name="document")),
                ("source_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                ("verified", models.BooleanField(default=False, verbose_name="found in a public copy")),
                ("enabled", models.BooleanField(default=True, verbose_name="in force")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoomEvent",
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
                        to="school.room",
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
                ("name", models.CharField(max_length=50, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("classroom", "classroom"),
                            ("special", "special room"),
                            ("outdoor", "outdoors"),
                            ("other", "other"),
                        ],
                        default="classroom",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("capacity", models.PositiveSmallIntegerField(help_text="children", verbose_name="holds")),
                ("location", models.CharField(blank=True, max_length=50, verbose_name="place")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry_year", models.PositiveSmallIntegerField(verbose_name="year of entry")),
                ("number", models.PositiveSmallIntegerField(verbose_name="class number")),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="classes",
                        to="school.room",
                        verbose_name="classroom",
                    ),
                ),
                ("graduated_on", models.DateField(blank=True, null=True, verbose_name="graduated on")),
            ],
            options={
                "verbose_name": "class",
                "verbose_name_plural": "classes",
                "ordering": ["-entry_year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry_year", "number"),
                        name="schoolclass_once",
                        violation_error_message="This class exists already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                ("object_id", models.PositiveBigIntegerField()),
                ("title", models.CharField(max_length=100, verbose_name="notice")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("class_group", "class group"),
                            ("poster", "poster"),
                            ("leaflet", "leaflet"),
                            ("meeting", "parents' meeting"),
                            ("phone", "phone call"),
                            ("sms", "SMS platform"),
                            ("account", "WeChat account"),
                        ],
                        max_length=15,
                        verbose_name="channel",
                    ),
                ),
                ("reminder", models.BooleanField(default=False, verbose_name="reminder")),
                ("day", models.DateField(default=django.utils.timezone.localdate, verbose_name="day")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("addressed", models.PositiveIntegerField(verbose_name="children addressed")),
                ("outstanding", models.PositiveIntegerField(verbose_name="outstanding then")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="entered")),
                (
                    "school_classes",
                    models.ManyToManyField(related_name="+", to="school.schoolclass", verbose_name="classes"),
                ),
            ],
            options={
                "verbose_name": "channel entry",
                "verbose_name_plural": "log of channels",
                "ordering": ["-at"],
                "indexes": [models.Index(fields=["kind", "object_id"], name="noticelog_of_notice")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outstanding__lte", models.F("addressed"))),
                        name="noticelog_outstanding_are_addressed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolClassEvent",
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
                        to="school.schoolclass",
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
                ("entry_year", models.PositiveSmallIntegerField(verbose_name="year of entry")),
                ("number", models.PositiveSmallIntegerField(verbose_name="class number")),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.room",
                        verbose_name="classroom",
                    ),
                ),
                ("graduated_on", models.DateField(blank=True, null=True, verbose_name="graduated on")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school", "school day"),
                            ("weekend", "weekend"),
                            ("holiday", "public holiday"),
                            ("make_up", "make-up workday"),
                            ("closure", "own closure"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "follows_weekday",
                    models.PositiveSmallIntegerField(
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
                        verbose_name="follows the timetable of",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="note")),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
            ],
            options={
                "verbose_name": "school day",
                "verbose_name_plural": "school days",
                "ordering": ["day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["school", "make_up"]), ("follows_weekday__isnull", True), _connector="OR"
                        ),
                        name="schoolday_no_lessons_when_closed",
                        violation_error_message="There are no lessons on a day off.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "school"), _negated=True),
                            ("follows_weekday__isnull", False),
                            _connector="OR",
                        ),
                        name="schoolday_school_has_weekday",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolDayEvent",
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
                        to="school.schoolday",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("school", "school day"),
                            ("weekend", "weekend"),
                            ("holiday", "public holiday"),
                            ("make_up", "make-up workday"),
                            ("closure", "own closure"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "follows_weekday",
                    models.PositiveSmallIntegerField(
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
                        verbose_name="follows the timetable of",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="note")),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(default="示范小学", max_length=60, verbose_name="name of the school")),
                ("office_phone", models.CharField(blank=True, max_length=20, verbose_name="phone of the office")),
                ("top_grade", models.PositiveSmallIntegerField(default=6, verbose_name="highest grade")),
                (
                    "sign_when",
                    models.CharField(
                        choices=[
                            ("with_application", "with the application, in one sitting"),
                            ("after_approval", "after the school has approved"),
                        ],
                        default="with_application",
                        max_length=20,
                        verbose_name="guardians sign",
                    ),
                ),
                (
                    "group_threshold",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="children; smaller classes merge in the grade",
                        verbose_name="a class stays on its own from",
                    ),
                ),
                (
                    "group_threshold_included",
                    models.BooleanField(default=True, verbose_name="a class of exactly that many stays on its own"),
                ),
                (
                    "group_capacity",
                    models.PositiveSmallIntegerField(default=45, verbose_name="most children in a care group"),
                ),
                (
                    "adults_at_once",
                    models.PositiveSmallIntegerField(default=1, verbose_name="adults with a group at once"),
                ),
                (
                    "alone_from_grade",
                    models.PositiveSmallIntegerField(default=4, verbose_name="children may go home alone from grade"),
                ),
                (
                    "list_names",
                    models.CharField(
                        choices=[
                            ("full", "full name"),
                            ("masked", "family name and the last character"),
                            ("number", "number in the class"),
                        ],
                        default="masked",
                        max_length=10,
                        verbose_name="names on lists for the wall",
                    ),
                ),
                (
                    "pupil_signs",
                    models.BooleanField(
                        default=False, help_text="Three signatures instead of two.", verbose_name="the pupil signs too"
                    ),
                ),
                (
                    "late_after_minutes",
                    models.PositiveSmallIntegerField(default=15, verbose_name="collected late after (minutes)"),
                ),
            ],
            options={
                "verbose_name": "school settings",
                "verbose_name_plural": "school settings",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="schoolsettings_one_row")],
            },
        ),
        migrations.CreateModel(
            name="SchoolSettingsEvent",
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
                        to="school.schoolsettings",
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
                ("name", models.CharField(default="示范小学", max_length=60, verbose_name="name of the school")),
                ("office_phone", models.CharField(blank=True, max_length=20, verbose_name="phone of the office")),
                ("top_grade", models.PositiveSmallIntegerField(default=6, verbose_name="highest grade")),
                (
                    "sign_when",
                    models.CharField(
                        choices=[
                            ("with_application", "with the application, in one sitting"),
                            ("after_approval", "after the school has approved"),
                        ],
                        default="with_application",
                        max_length=20,
                        verbose_name="guardians sign",
                    ),
                ),
                (
                    "group_threshold",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="children; smaller classes merge in the grade",
                        verbose_name="a class stays on its own from",
                    ),
                ),
                (
                    "group_threshold_included",
                    models.BooleanField(default=True, verbose_name="a class of exactly that many stays on its own"),
                ),
                (
                    "group_capacity",
                    models.PositiveSmallIntegerField(default=45, verbose_name="most children in a care group"),
                ),
                (
                    "adults_at_once",
                    models.PositiveSmallIntegerField(default=1, verbose_name="adults with a group at once"),
                ),
                (
                    "alone_from_grade",
                    models.PositiveSmallIntegerField(default=4, verbose_name="children may go home alone from grade"),
                ),
                (
                    "list_names",
                    models.CharField(
                        choices=[
                            ("full", "full name"),
                            ("masked", "family name and the last character"),
                            ("number", "number in the class"),
                        ],
                        default="masked",
                        max_length=10,
                        verbose_name="names on lists for the wall",
                    ),
                ),
                (
                    "pupil_signs",
                    models.BooleanField(
                        default=False, help_text="Three signatures instead of two.", verbose_name="the pupil signs too"
                    ),
                ),
                (
                    "late_after_minutes",
                    models.PositiveSmallIntegerField(default=15, verbose_name="collected late after (minutes)"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="staff number")),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("name_key", models.CharField(db_index=True, editable=False, max_length=200)),
                (
                    "sex",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "unknown"), (1, "male"), (2, "female"), (9, "not stated")],
                        default=0,
                        verbose_name="sex",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=11, verbose_name="mobile phone")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("employee", "employee"),
                            ("outside", "outside instructor"),
                            ("volunteer", "volunteer"),
                        ],
                        default="employee",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="As the school writes it.", max_length=30, verbose_name="position"
                    ),
                ),
                (
                    "organisation",
                    models.CharField(
                        blank=True,
                        help_text="Of an outside instructor who is sent by one.",
                        max_length=60,
                        verbose_name="organisation",
                    ),
                ),
                (
                    "barred_note",
                    models.CharField(
                        blank=True,
                        help_text="The document behind it: a bad record, or a training institution. No exception lifts it.",
                        max_length=200,
                        verbose_name="barred from working with children",
                    ),
                ),
                (
                    "hours_fixed",
                    models.BooleanField(
                        default=False,
                        help_text="Compensated by post pay instead.",
                        verbose_name="working hours cannot be shifted",
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="staff",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of staff",
                "verbose_name_plural": "staff",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("phone", ""), _negated=True),
                        fields=("phone",),
                        name="staff_one_phone",
                        violation_error_message="Another member of staff has this phone.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("qualification", "qualification"),
                            ("record_check", "record check"),
                            ("contract", "contract"),
                            ("insurance", "insurance"),
                            ("licence", "licence of the organisation"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "verbose_name": "credential",
                "verbose_name_plural": "credentials",
                "ordering": ["staff", "kind", "-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="credential_days_in_order",
                        violation_error_message="The last day is before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CredentialException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credential_exceptions",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("qualification", "qualification"),
                            ("record_check", "record check"),
                            ("contract", "contract"),
                            ("insurance", "insurance"),
                            ("licence", "licence of the organisation"),
                        ],
                        max_length=20,
                        verbose_name="paper that is missing",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("document", models.CharField(max_length=200, verbose_name="document behind it")),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="granted by",
                    ),
                ),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="granted on")),
            ],
            options={
                "verbose_name": "exception to papers",
                "verbose_name_plural": "exceptions to papers",
                "ordering": ["-starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="credentialexception_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__isnull", False)),
                        name="credentialexception_ends",
                        violation_error_message="An exception has a last day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("guardian", "guardian"),
                            ("teacher", "teacher"),
                            ("homeroom_teacher", "homeroom teacher"),
                            ("grade_head", "grade head"),
                            ("academic_office", "academic office"),
                            ("service_office", "service office"),
                            ("duty_leader", "duty leader"),
                            ("gate", "gate"),
                            ("principal", "principal"),
                            ("committee", "parents' committee"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="grade")),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "ordering": ["role", "starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="post_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("role", "homeroom_teacher"), ("school_class__isnull", False), ("grade__isnull", True)
                            ),
                            models.Q(("role", "grade_head"), ("grade__isnull", False), ("school_class__isnull", True)),
                            models.Q(
                                models.Q(
                                    ("role__in", ["homeroom_teacher", "grade_head", "guardian", "teacher"]),
                                    _negated=True,
                                ),
                                ("grade__isnull", True),
                                ("school_class__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="post_scope_fits_role",
                        violation_error_message="A homeroom teacher needs a class, a grade head a grade, others neither.",
                    ),
                    models.UniqueConstraint(
                        fields=("staff", "role", "school_class", "grade", "starts_on"),
                        name="post_once",
                        nulls_distinct=False,
                        violation_error_message="This post is held already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostEvent",
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
                        to="school.post",
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
                        verbose_name="member of staff",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("guardian", "guardian"),
                            ("teacher", "teacher"),
                            ("homeroom_teacher", "homeroom teacher"),
                            ("grade_head", "grade head"),
                            ("academic_office", "academic office"),
                            ("service_office", "service office"),
                            ("duty_leader", "duty leader"),
                            ("gate", "gate"),
                            ("principal", "principal"),
                            ("committee", "parents' committee"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="grade")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CredentialExceptionEvent",
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
                        to="school.credentialexception",
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
                        verbose_name="member of staff",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("qualification", "qualification"),
                            ("record_check", "record check"),
                            ("contract", "contract"),
                            ("insurance", "insurance"),
                            ("licence", "licence of the organisation"),
                        ],
                        max_length=20,
                        verbose_name="paper that is missing",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("document", models.CharField(max_length=200, verbose_name="document behind it")),
                (
                    "granted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="granted by",
                    ),
                ),
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="granted on")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CredentialEvent",
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
                        to="school.credential",
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
                        verbose_name="member of staff",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("qualification", "qualification"),
                            ("record_check", "record check"),
                            ("contract", "contract"),
                            ("insurance", "insurance"),
                            ("licence", "licence of the organisation"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ActivationCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "guardian",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activation_codes",
                        to="school.guardian",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activation_codes",
                        to="school.staff",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField(auto_now_add=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "activation code",
                "verbose_name_plural": "activation codes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guardian__isnull", False), ("staff__isnull", True)),
                            models.Q(("guardian__isnull", True), ("staff__isnull", False)),
                            _connector="OR",
                        ),
                        name="activationcode_for_one_adult",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Student",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.CharField(
                        blank=True,
                        max_length=19,
                        null=True,
                        unique=True,
                        validators=[school.models.people.validate_student_number],
                        verbose_name="student number",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("name_key", models.CharField(db_index=True, editable=False, max_length=200)),
                (
                    "sex",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "unknown"), (1, "male"), (2, "female"), (9, "not stated")],
                        default=0,
                        verbose_name="sex",
                    ),
                ),
                ("birth_date", models.DateField(verbose_name="date of birth")),
                ("health_note", models.CharField(blank=True, max_length=200, verbose_name="health note")),
                (
                    "guardians",
                    models.ManyToManyField(
                        related_name="students",
                        through="school.Guardianship",
                        to="school.guardian",
                        verbose_name="guardians",
                    ),
                ),
                (
                    "special_groups",
                    models.ManyToManyField(
                        related_name="students",
                        through="school.SpecialGroupMembership",
                        to="school.specialgroup",
                        verbose_name="special groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "student",
                "verbose_name_plural": "students",
                "ordering": ["name_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Guardianship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guardianships",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guardianships",
                        to="school.guardian",
                        verbose_name="guardian",
                    ),
                ),
                ("relation", models.CharField(max_length=20, verbose_name="relation")),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                (
                    "barred",
                    models.BooleanField(
                        default=False,
                        help_text="May neither see nor collect the child; needs a document.",
                        verbose_name="barred",
                    ),
                ),
                ("barred_note", models.CharField(blank=True, max_length=200, verbose_name="document behind it")),
            ],
            options={
                "verbose_name": "guardianship",
                "verbose_name_plural": "guardianships",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("student", "guardian"),
                        name="guardianship_once",
                        violation_error_message="This adult is a guardian of the child already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("barred", False), models.Q(("barred_note", ""), _negated=True), _connector="OR"
                        ),
                        name="guardianship_bar_needs_document",
                        violation_error_message="Name the document that bars this adult.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="class_memberships",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
            ],
            options={
                "verbose_name": "class membership",
                "verbose_name_plural": "class memberships",
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="classmembership_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("student"), models.F("student"), models.Value("[]"), function="int8range"
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="classmembership_one_a_day",
                        violation_error_message="The child belongs to another class in these days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecialGroupMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_memberships",
                        to="school.student",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="school.specialgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "special group membership",
                "verbose_name_plural": "special group memberships",
                "constraints": [
                    models.UniqueConstraint(fields=("student", "group"), name="specialgroupmembership_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecialGroupMembershipEvent",
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
                        to="school.specialgroupmembership",
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
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.specialgroup",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GuardianshipEvent",
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
                        to="school.guardianship",
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
                    "guardian",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.guardian",
                        verbose_name="guardian",
                    ),
                ),
                ("relation", models.CharField(max_length=20, verbose_name="relation")),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                (
                    "barred",
                    models.BooleanField(
                        default=False,
                        help_text="May neither see nor collect the child; needs a document.",
                        verbose_name="barred",
                    ),
                ),
                ("barred_note", models.CharField(blank=True, max_length=200, verbose_name="document behind it")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClassMembershipEvent",
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
                        to="school.classmembership",
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
            name="AccessLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="when")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[("opened", "opened"), ("exported", "exported")], max_length=10, verbose_name="what"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="access_logs",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None, verbose_name="fields"
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=1, verbose_name="rows")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
            ],
            options={
                "verbose_name": "access",
                "verbose_name_plural": "access log",
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="StudentEvent",
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
                        to="school.student",
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
                    "number",
                    models.CharField(
                        blank=True,
                        max_length=19,
                        null=True,
                        validators=[school.models.people.validate_student_number],
                        verbose_name="student number",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("name_key", models.CharField(editable=False, max_length=200)),
                (
                    "sex",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "unknown"), (1, "male"), (2, "female"), (9, "not stated")],
                        default=0,
                        verbose_name="sex",
                    ),
                ),
                ("birth_date", models.DateField(verbose_name="date of birth")),
                ("health_note", models.CharField(blank=True, max_length=200, verbose_name="health note")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffEvent",
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
                        to="school.staff",
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
                ("number", models.CharField(max_length=20, verbose_name="staff number")),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("name_key", models.CharField(editable=False, max_length=200)),
                (
                    "sex",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "unknown"), (1, "male"), (2, "female"), (9, "not stated")],
                        default=0,
                        verbose_name="sex",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=11, verbose_name="mobile phone")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("employee", "employee"),
                            ("outside", "outside instructor"),
                            ("volunteer", "volunteer"),
                        ],
                        default="employee",
                        max_length=10,
                        verbose_name="kind",
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
                    "title",
                    models.CharField(
                        blank=True, help_text="As the school writes it.", max_length=30, verbose_name="position"
                    ),
                ),
                (
                    "organisation",
                    models.CharField(
                        blank=True,
                        help_text="Of an outside instructor who is sent by one.",
                        max_length=60,
                        verbose_name="organisation",
                    ),
                ),
                (
                    "barred_note",
                    models.CharField(
                        blank=True,
                        help_text="The document behind it: a bad record, or a training institution. No exception lifts it.",
                        max_length=200,
                        verbose_name="barred from working with children",
                    ),
                ),
                (
                    "hours_fixed",
                    models.BooleanField(
                        default=False,
                        help_text="Compensated by post pay instead.",
                        verbose_name="working hours cannot be shifted",
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lessons",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Monday"),
                            (2, "Tuesday"),
                            (3, "Wednesday"),
                            (4, "Thursday"),
                            (5, "Friday"),
                            (6, "Saturday"),
                            (7, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="First lesson of the day is 1.", verbose_name="lesson"),
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
            ],
            options={
                "verbose_name": "lesson",
                "verbose_name_plural": "timetable",
                "ordering": ["school_class", "weekday", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("school_class", "weekday", "number"), name="lesson_one_subject"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 10)), name="lesson_number_makes_sense"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Teaching",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teachings",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teachings",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teachings",
                        to="school.subject",
                        verbose_name="subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "teaching assignment",
                "verbose_name_plural": "teaching assignments",
                "ordering": ["school_class", "subject"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="teaching_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.UniqueConstraint(
                        fields=("staff", "school_class", "subject", "starts_on"),
                        name="teaching_once",
                        violation_error_message="This is entered already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeachingEvent",
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
                        to="school.teaching",
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
                        verbose_name="member of staff",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "school_year",
                    models.PositiveSmallIntegerField(
                        help_text="The year in which it begins.", verbose_name="school year"
                    ),
                ),
                (
                    "half",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "first term"), (2, "second term")], verbose_name="term"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("winter_from", models.DateField(blank=True, null=True, verbose_name="winter times from")),
                ("winter_until", models.DateField(blank=True, null=True, verbose_name="winter times until")),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ["-starts_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school_year", "half"), name="term_once", violation_error_message="This term exists."
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="term_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExemptionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="ground")),
                (
                    "document",
                    models.FileField(blank=True, upload_to="exemptions/%Y/", verbose_name="document (optional)"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for the working group"),
                            ("granted", "granted"),
                            ("declined", "declined"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="opinion of the working group")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked on")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
            ],
            options={
                "verbose_name": "request for exemption",
                "verbose_name_plural": "requests for exemption",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "declined"), _negated=True),
                        fields=("staff", "term"),
                        name="exemptionrequest_one_a_term",
                        violation_error_message="An exemption has been asked for this term already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                models.Q(("opinion", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="exemptionrequest_decided_with_opinion",
                        violation_error_message="A decision carries the opinion of the working group.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExemptionRequestEvent",
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
                        to="school.exemptionrequest",
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
                (
                    "term",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("ground", models.CharField(max_length=300, verbose_name="ground")),
                (
                    "document",
                    models.FileField(blank=True, upload_to="exemptions/%Y/", verbose_name="document (optional)"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for the working group"),
                            ("granted", "granted"),
                            ("declined", "declined"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="opinion of the working group")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked on")),
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
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TermEvent",
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
                        to="school.term",
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
                    "school_year",
                    models.PositiveSmallIntegerField(
                        help_text="The year in which it begins.", verbose_name="school year"
                    ),
                ),
                (
                    "half",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "first term"), (2, "second term")], verbose_name="term"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("winter_from", models.DateField(blank=True, null=True, verbose_name="winter times from")),
                ("winter_until", models.DateField(blank=True, null=True, verbose_name="winter times until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
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
                        to=settings.AUTH_USER_MODEL,
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
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(max_length=64, verbose_name="login name")),
                ("phone", models.CharField(blank=True, max_length=11, null=True, verbose_name="mobile phone")),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("is_staff", models.BooleanField(default=False, verbose_name="may enter the administration")),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="joined")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_roomevent" ("capacity", "id", "kind", "location", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."capacity", new_values."id", new_values."kind", new_values."location", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f0484fae26ebe95776e9e11306d9579f5b148a5a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3f77c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_room",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_roomevent" ("capacity", "id", "kind", "location", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."capacity", new_values."id", new_values."kind", new_values."location", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f7845966ce632a82f93d272cee556a70b4b154a8",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_67302",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_room",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="room",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_roomevent" ("capacity", "id", "kind", "location", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."capacity", old_values."id", old_values."kind", old_values."location", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="96eb1ec5801b1ba72f436c5da2fbd1307b77aac4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_32584",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_room",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolday",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_schooldayevent" ("day", "follows_weekday", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."day", new_values."follows_weekday", new_values."id", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f5657099b5fb0194ed9955c699c41c03de93299c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e2050",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_schoolday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolday",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_schooldayevent" ("day", "follows_weekday", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."day", new_values."follows_weekday", new_values."id", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a55458913c7cf3f5b4077aff90cedcfdc5d9be85",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_94d1c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_schoolday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolday",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_schooldayevent" ("day", "follows_weekday", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."day", old_values."follows_weekday", old_values."id", old_values."kind", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="02a49df444a1877e256376487fa68e5dfa53e609",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6dbd2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_schoolday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_schoolsettingsevent" ("adults_at_once", "alone_from_grade", "group_capacity", "group_threshold", "group_threshold_included", "id", "late_after_minutes", "list_names", "name", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_signs", "sign_when", "top_grade") SELECT new_values."adults_at_once", new_values."alone_from_grade", new_values."group_capacity", new_values."group_threshold", new_values."group_threshold_included", new_values."id", new_values."late_after_minutes", new_values."list_names", new_values."name", new_values."office_phone", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_signs", new_values."sign_when", new_values."top_grade" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="dd02e6ee165a3beeb05de81a974329d326afafe7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8aa67",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_schoolsettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_schoolsettingsevent" ("adults_at_once", "alone_from_grade", "group_capacity", "group_threshold", "group_threshold_included", "id", "late_after_minutes", "list_names", "name", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_signs", "sign_when", "top_grade") SELECT new_values."adults_at_once", new_values."alone_from_grade", new_values."group_capacity", new_values."group_threshold", new_values."group_threshold_included", new_values."id", new_values."late_after_minutes", new_values."list_names", new_values."name", new_values."office_phone", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_signs", new_values."sign_when", new_values."top_grade" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="af532038179798f331cb0c03a5b73f9c6899c158",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2d669",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_schoolsettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_schoolsettingsevent" ("adults_at_once", "alone_from_grade", "group_capacity", "group_threshold", "group_threshold_included", "id", "late_after_minutes", "list_names", "name", "office_phone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_signs", "sign_when", "top_grade") SELECT old_values."adults_at_once", old_values."alone_from_grade", old_values."group_capacity", old_values."group_threshold", old_values."group_threshold_included", old_values."id", old_values."late_after_minutes", old_values."list_names", old_values."name", old_values."office_phone", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_signs", old_values."sign_when", old_values."top_grade" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8db1bb88e8b83df345921363cf5ecfe28b396590",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_737fd",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_schoolsettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_termevent" ("ends_on", "half", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_year", "starts_on", "winter_from", "winter_until") SELECT new_values."ends_on", new_values."half", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_year", new_values."starts_on", new_values."winter_from", new_values."winter_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="76bf81c3a82e90a3120b6ba0ea7770e4dee01c6c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f4d66",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_term",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_termevent" ("ends_on", "half", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_year", "starts_on", "winter_from", "winter_until") SELECT new_values."ends_on", new_values."half", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_year", new_values."starts_on", new_values."winter_from", new_values."winter_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4be3796ff91ee8166921fd7ce6c671e2df910341",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_30419",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_term",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="term",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_termevent" ("ends_on", "half", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_year", "starts_on", "winter_from", "winter_until") SELECT old_values."ends_on", old_values."half", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_year", old_values."starts_on", old_values."winter_from", old_values."winter_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0c0e1fd04cff0be27e5c98b091dad00e1b7984f2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0d3f4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_term",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_userevent" ("date_joined", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "username") SELECT new_values."date_joined", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ae3860647d20738583c4ab255a040aad00e46ae1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bb537",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_userevent" ("date_joined", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "username") SELECT new_values."date_joined", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_joined" IS DISTINCT FROM (new_values."date_joined") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="052d93f89928f431edb1181c81e97acaffedf3af",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aaca6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_userevent" ("date_joined", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "username") SELECT old_values."date_joined", old_values."id", old_values."is_active", old_values."is_staff", old_values."is_superuser", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9ad1ac933be4648b3d65a67f31ae7d02159b501e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1cf37",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardian",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_guardianevent" ("contact_only", "id", "name", "name_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "user_id") SELECT new_values."contact_only", new_values."id", new_values."name", new_values."name_key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="360f1d6a28c2ee04943c58030053e44c34802082",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_91206",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_guardian",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardian",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_guardianevent" ("contact_only", "id", "name", "name_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "user_id") SELECT new_values."contact_only", new_values."id", new_values."name", new_values."name_key", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="dd01312f9d5cb0e3fd395532950db97fac1a2c0d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_29c76",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_guardian",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardian",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_guardianevent" ("contact_only", "id", "name", "name_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "user_id") SELECT old_values."contact_only", old_values."id", old_values."name", old_values."name_key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="cfa81d976be0427dedfed65ee31b180046f42731",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_17a3e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_guardian",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardianevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a0f512bafed8672bd159efe8bb75a778b287424d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f58f8",
                    table="school_guardianevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policyruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="99ce1bbf6619f52d190adfa958a0114a74602d40",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0b11a",
                    table="school_policyruleevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roomevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="176931021fd42d3697c947b21424a2b1fbab0702",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_898e0",
                    table="school_roomevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolclass",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_schoolclassevent" ("entry_year", "graduated_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id") SELECT new_values."entry_year", new_values."graduated_on", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."room_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7d6347e6075f2e770293df07baa3a712ec26ab24",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b3f21",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_schoolclass",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolclass",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_schoolclassevent" ("entry_year", "graduated_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id") SELECT new_values."entry_year", new_values."graduated_on", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."room_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d168eedfaac0dd0dc7cab55708696495e922c06c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_53a1c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_schoolclass",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolclass",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_schoolclassevent" ("entry_year", "graduated_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id") SELECT old_values."entry_year", old_values."graduated_on", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."room_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="37cfa0b0e2db59b8dd566befd4de16b7bd5fb271",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ac5a8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_schoolclass",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="noticelog",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5b7b7d971689186813a65f6b4bc1b3ffa10ca5d2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_623d6",
                    table="school_noticelog",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolclassevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="592cc3487173b68498224a76ae83bf33c671c391",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f46a0",
                    table="school_schoolclassevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schooldayevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dad775c8f40794d598b0d4c65caee0b7753bf6c6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e7f55",
                    table="school_schooldayevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="schoolsettingsevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="523a3c09fb112ae021b4800c7bc4ba80518a7176",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_072b4",
                    table="school_schoolsettingsevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e1d4ac0862ed1dcdc8ed9472fedbfd20b791e4d8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_74f55",
                    table="school_postevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_postevent" ("ends_on", "grade", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_class_id", "staff_id", "starts_on") SELECT new_values."ends_on", new_values."grade", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."school_class_id", new_values."staff_id", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4bead03298885f5d9276f4b2ee0b8b486b5de5ec",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bfcc4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_postevent" ("ends_on", "grade", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_class_id", "staff_id", "starts_on") SELECT new_values."ends_on", new_values."grade", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."school_class_id", new_values."staff_id", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5f498c0cc184e45a2a628d112500dd0ef3d517f5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_21554",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_postevent" ("ends_on", "grade", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_class_id", "staff_id", "starts_on") SELECT old_values."ends_on", old_values."grade", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."school_class_id", old_values."staff_id", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e4c2c22ee8099982b651814e31bba9d1e5d9b6b4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1be0e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credentialexceptionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9166e5e21996870c585c6ca6d119446734996faf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8a5ca",
                    table="school_credentialexceptionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credentialexception",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_credentialexceptionevent" ("document", "ends_on", "granted_at", "granted_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id", "starts_on") SELECT new_values."document", new_values."ends_on", new_values."granted_at", new_values."granted_by_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."staff_id", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9ee616beb5826491d71d6e728d958f74c9093c7f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_14a7e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_credentialexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credentialexception",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_credentialexceptionevent" ("document", "ends_on", "granted_at", "granted_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id", "starts_on") SELECT new_values."document", new_values."ends_on", new_values."granted_at", new_values."granted_by_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."staff_id", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="330e6c6f30190b2736a2449439eabc79a80fd2a4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a8c35",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_credentialexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credentialexception",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_credentialexceptionevent" ("document", "ends_on", "granted_at", "granted_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id", "starts_on") SELECT old_values."document", old_values."ends_on", old_values."granted_at", old_values."granted_by_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."staff_id", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="df998156fa32a487d6624c5e2e1db8fc28cb6afc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c81e1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_credentialexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credentialevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ead1afb277ef3c1b0ad3919b219aa7d160a5ed6d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_870de",
                    table="school_credentialevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credential",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_credentialevent" ("ends_on", "id", "kind", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."kind", new_values."note", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."staff_id", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0d2e1e176114371f9be8de452d671961f6ff8385",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_141f4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_credential",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credential",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_credentialevent" ("ends_on", "id", "kind", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."kind", new_values."note", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."staff_id", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6d44e03f0df7a7e30e7a4ab8e51ea52bdbcefaa0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a2d54",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_credential",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credential",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_credentialevent" ("ends_on", "id", "kind", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "starts_on") SELECT old_values."ends_on", old_values."id", old_values."kind", old_values."note", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."staff_id", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e246b03f82a2693492b5c6278da676375f93c31f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aebe4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_credential",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="student",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_studentevent" ("birth_date", "health_note", "id", "name", "name_key", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") SELECT new_values."birth_date", new_values."health_note", new_values."id", new_values."name", new_values."name_key", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sex" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e914af463885b87f366fbc823ff9dc4b3cb3a786",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_82fe8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_student",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="student",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_studentevent" ("birth_date", "health_note", "id", "name", "name_key", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") SELECT new_values."birth_date", new_values."health_note", new_values."id", new_values."name", new_values."name_key", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sex" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0f03b754540da5442f54ef449690932ec13645d7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_012ae",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_student",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="student",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_studentevent" ("birth_date", "health_note", "id", "name", "name_key", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") SELECT old_values."birth_date", old_values."health_note", old_values."id", old_values."name", old_values."name_key", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sex" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="aea545b859a8826dea63fb797811d04aa8a517d6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_55d0c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_student",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specialgroupmembershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="61464c31d8967fe4db25adee8e409cad227bc88e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d771e",
                    table="school_specialgroupmembershipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specialgroupmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_specialgroupmembershipevent" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "student_id") SELECT new_values."group_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6de6831f71ca7c6bd0c704c392824445da084898",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d3e7a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_specialgroupmembership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specialgroupmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_specialgroupmembershipevent" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "student_id") SELECT new_values."group_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="09dee93e3fceffae9ed13b39d5fd18d52aa3b17a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_84181",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_specialgroupmembership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specialgroupmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_specialgroupmembershipevent" ("group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "student_id") SELECT old_values."group_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="60304244605d9a8dbda9bee8f1900c0c42308aab",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_87f02",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_specialgroupmembership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardianshipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="aaaa08ac691c5d62b3b8066f1fc331adbb00b4fd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ca01b",
                    table="school_guardianshipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardianship",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_guardianshipevent" ("barred", "barred_note", "guardian_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "student_id") SELECT new_values."barred", new_values."barred_note", new_values."guardian_id", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."relation", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9248aec1b78ec932312cb5fdb102bd1ce0688086",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_033d1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_guardianship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardianship",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_guardianshipevent" ("barred", "barred_note", "guardian_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "student_id") SELECT new_values."barred", new_values."barred_note", new_values."guardian_id", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."relation", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="65aaf33be13eb92d7fbb999f3ad0a8de325265db",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6f6d9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_guardianship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="guardianship",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_guardianshipevent" ("barred", "barred_note", "guardian_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "student_id") SELECT old_values."barred", old_values."barred_note", old_values."guardian_id", old_values."id", old_values."order", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."relation", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="51fea0d4bf8bad1135f7430920f0bb8d20321475",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4696d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_guardianship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classmembershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="de798b2546f9c38fdef01ffa683335e971a0b60b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9fb4b",
                    table="school_classmembershipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_classmembershipevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "starts_on", "student_id") SELECT new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_class_id", new_values."starts_on", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b778545e585e01663e66752291c52e820ee67317",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1b88a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_classmembership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_classmembershipevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "starts_on", "student_id") SELECT new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_class_id", new_values."starts_on", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d190b3b29049e8d697cf42adf504c21b5779fe17",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_46f74",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_classmembership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_classmembershipevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "starts_on", "student_id") SELECT old_values."ends_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_class_id", old_values."starts_on", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2d9a99529321b05548b725e65cddaa0468121143",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_75904",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_classmembership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accesslog",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="23ee6c9f3c3503b042de0df7127691e213f1443f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0c467",
                    table="school_accesslog",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="studentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cedaefc9dd7249d94b2a6476592729c682acac96",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_69452",
                    table="school_studentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a7580d7482d54a09f3636c86a3289074de97a148",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0168b",
                    table="school_staffevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staff",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_staffevent" ("barred_note", "hours_fixed", "id", "kind", "left_on", "name", "name_key", "number", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "subject_id", "title", "user_id") SELECT new_values."barred_note", new_values."hours_fixed", new_values."id", new_values."kind", new_values."left_on", new_values."name", new_values."name_key", new_values."number", new_values."organisation", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."sex", new_values."subject_id", new_values."title", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3672bb23d76d6f5567f6c5e3a803c5c823a2fb2d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d0489",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_staff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staff",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_staffevent" ("barred_note", "hours_fixed", "id", "kind", "left_on", "name", "name_key", "number", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "subject_id", "title", "user_id") SELECT new_values."barred_note", new_values."hours_fixed", new_values."id", new_values."kind", new_values."left_on", new_values."name", new_values."name_key", new_values."number", new_values."organisation", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."sex", new_values."subject_id", new_values."title", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ffee9254f4144f63f8b56f2c0a4d41ab9aaf6d3a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0b462",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_staff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staff",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_staffevent" ("barred_note", "hours_fixed", "id", "kind", "left_on", "name", "name_key", "number", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sex", "subject_id", "title", "user_id") SELECT old_values."barred_note", old_values."hours_fixed", old_values."id", old_values."kind", old_values."left_on", old_values."name", old_values."name_key", old_values."number", old_values."organisation", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."sex", old_values."subject_id", old_values."title", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f014f9bf0951148ee4dd312c55f761bddaf1e3c5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5aa0b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_staff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policyrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_policyruleevent" ("enabled", "ends_on", "grade_from", "grade_to", "id", "key", "layer", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service", "severity", "source_date", "source_number", "source_title", "starts_on", "tighter", "title", "unit", "value", "verified", "warn_percent", "weekday") SELECT new_values."enabled", new_values."ends_on", new_values."grade_from", new_values."grade_to", new_values."id", new_values."key", new_values."layer", new_values."measure", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."service", new_values."severity", new_values."source_date", new_values."source_number", new_values."source_title", new_values."starts_on", new_values."tighter", new_values."title", new_values."unit", new_values."value", new_values."verified", new_values."warn_percent", new_values."weekday" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7ecfe13824c5de2f9138edee9b297c738196ce86",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c2a27",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_policyrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policyrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_policyruleevent" ("enabled", "ends_on", "grade_from", "grade_to", "id", "key", "layer", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service", "severity", "source_date", "source_number", "source_title", "starts_on", "tighter", "title", "unit", "value", "verified", "warn_percent", "weekday") SELECT new_values."enabled", new_values."ends_on", new_values."grade_from", new_values."grade_to", new_values."id", new_values."key", new_values."layer", new_values."measure", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."service", new_values."severity", new_values."source_date", new_values."source_number", new_values."source_title", new_values."starts_on", new_values."tighter", new_values."title", new_values."unit", new_values."value", new_values."verified", new_values."warn_percent", new_values."weekday" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ca4b6e3fab79f9077fce5a7c2f02c875cbb01c2f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ac1f7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_policyrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policyrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_policyruleevent" ("enabled", "ends_on", "grade_from", "grade_to", "id", "key", "layer", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service", "severity", "source_date", "source_number", "source_title", "starts_on", "tighter", "title", "unit", "value", "verified", "warn_percent", "weekday") SELECT old_values."enabled", old_values."ends_on", old_values."grade_from", old_values."grade_to", old_values."id", old_values."key", old_values."layer", old_values."measure", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."service", old_values."severity", old_values."source_date", old_values."source_number", old_values."source_title", old_values."starts_on", old_values."tighter", old_values."title", old_values."unit", old_values."value", old_values."verified", old_values."warn_percent", old_values."weekday" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7711a9ac948310bda7956c271952a54d8c0ba440",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1dfb6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_policyrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teaching",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_teachingevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "staff_id", "starts_on", "subject_id") SELECT new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_class_id", new_values."staff_id", new_values."starts_on", new_values."subject_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bca5848ac74c6f02e817a62a4603b62419102c17",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_096a1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_teaching",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teaching",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_teachingevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "staff_id", "starts_on", "subject_id") SELECT new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_class_id", new_values."staff_id", new_values."starts_on", new_values."subject_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c2eb78ab200536e3bd058d099b4b17ea2573a3b4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f505a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_teaching",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teaching",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_teachingevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "staff_id", "starts_on", "subject_id") SELECT old_values."ends_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_class_id", old_values."staff_id", old_values."starts_on", old_values."subject_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7808daf2fad007da39db1cc902f9a232841dd61d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_adb41",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_teaching",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teachingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="56705cc3f97aea4eb77ba2df4fe342b6bb297824",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_097a7",
                    table="school_teachingevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemptionrequestevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c9365e07761b5fdc1fbb28f95f454bce25d66683",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1593d",
                    table="school_exemptionrequestevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemptionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_exemptionrequestevent" ("asked_at", "decided_at", "decided_by_id", "document", "ground", "id", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "state", "term_id") SELECT new_values."asked_at", new_values."decided_at", new_values."decided_by_id", new_values."document", new_values."ground", new_values."id", new_values."opinion", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."staff_id", new_values."state", new_values."term_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="280b9e866bae6287039fc0fadb953520ad795910",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d4a51",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="school_exemptionrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemptionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_exemptionrequestevent" ("asked_at", "decided_at", "decided_by_id", "document", "ground", "id", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "state", "term_id") SELECT new_values."asked_at", new_values."decided_at", new_values."decided_by_id", new_values."document", new_values."ground", new_values."id", new_values."opinion", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."staff_id", new_values."state", new_values."term_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="27b0bb1e7658ced02f868af757b62eba1b9824c0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c9348",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="school_exemptionrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exemptionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "school_exemptionrequestevent" ("asked_at", "decided_at", "decided_by_id", "document", "ground", "id", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "state", "term_id") SELECT old_values."asked_at", old_values."decided_at", old_values."decided_by_id", old_values."document", old_values."ground", old_values."id", old_values."opinion", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."staff_id", old_values."state", old_values."term_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="db3833965d6241e464f9f167d7afe056549419ed",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2a969",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="school_exemptionrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0c42b99371502186c310249398a73e3495460627",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f26d6",
                    table="school_termevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="35ee4e504bf4c00f446958cb144ef831e17f5ba0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8327e",
                    table="school_userevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
