import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import enrollment.models.agreements
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("enrollment", "0001_initial"),
        ("enrollment", "0002_initial"),
        ("enrollment", "0003_letter_words"),
        ("enrollment", "0004_review_and_changes"),
        ("enrollment", "0005_groups_and_collectors"),
        ("enrollment", "0006_term_preparation"),
    ]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("school", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Institution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("address", models.CharField(max_length=120, verbose_name="address")),
                ("contact", models.CharField(max_length=50, verbose_name="person to ask for")),
                ("phone", models.CharField(max_length=20, verbose_name="phone")),
                ("licence_number", models.CharField(max_length=60, verbose_name="licence number")),
                ("licence_until", models.DateField(verbose_name="licence valid until")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="no longer collects from")),
            ],
            options={
                "verbose_name": "care institution",
                "verbose_name_plural": "care institutions",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ReviewStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("class_review", "review by the class"),
                            ("year_collation", "collation by the grade"),
                            ("school_approval", "approval by the school"),
                            ("placement", "placement by the office"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="step",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("homeroom_teacher", "homeroom teacher"),
                            ("grade_head", "grade head"),
                            ("academic_office", "academic office"),
                            ("service_office", "service office"),
                            ("principal", "principal"),
                        ],
                        max_length=20,
                        verbose_name="who takes it",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="the school has this step")),
            ],
            options={
                "verbose_name": "step of the review",
                "verbose_name_plural": "steps of the review",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AgreementTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("service", "service agreement"),
                            ("pick_up", "pick-up undertaking"),
                            ("privacy", "consent to the processing of the child's data"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("body", models.TextField(verbose_name="text")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
            ],
            options={
                "verbose_name": "agreement text",
                "verbose_name_plural": "agreement texts",
                "ordering": ["kind", "-version"],
                "constraints": [models.UniqueConstraint(fields=("kind", "version"), name="agreementtemplate_once")],
            },
        ),
        migrations.CreateModel(
            name="CareGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_groups",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="grade")),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_groups",
                        to="school.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a group merged from several classes.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_groups",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="list published")),
                (
                    "teachers",
                    models.ManyToManyField(
                        blank=True, related_name="care_groups", to="school.staff", verbose_name="own adults"
                    ),
                ),
            ],
            options={
                "verbose_name": "care group",
                "verbose_name_plural": "care groups",
                "ordering": ["grade", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "name"),
                        name="caregroup_once",
                        violation_error_message="A group of this name exists in the term.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("room__isnull", False)),
                        fields=("term", "room"),
                        name="caregroup_one_a_room",
                        violation_error_message="Another group has this room.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareDuty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="duties", to="school.term"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="enrollment.caregroup",
                        verbose_name="care group",
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
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
            ],
            options={
                "verbose_name": "duty",
                "verbose_name_plural": "duties",
                "ordering": ["weekday", "period__number", "group"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "weekday", "period", "staff"),
                        name="careduty_staff_one_place",
                        violation_error_message="This person looks after another group then.",
                    ),
                    models.UniqueConstraint(fields=("group", "weekday", "period", "staff"), name="careduty_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareDutyEvent",
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
                        to="enrollment.careduty",
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
                    "term",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.term",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.caregroup",
                        verbose_name="care group",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CareGroupEvent",
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
                        to="enrollment.caregroup",
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
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="grade")),
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
                        verbose_name="room",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty for a group merged from several classes.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="list published")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concerns",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                ("day", models.DateField(db_index=True, verbose_name="day")),
                (
                    "about",
                    models.CharField(
                        blank=True,
                        help_text="Empty: nobody takes the child before you decide.",
                        max_length=50,
                        verbose_name="about whom",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="what worries you")),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                ("reported_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reported")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the duty leader"),
                            ("held", "held back for the day"),
                            ("cleared", "may collect"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="reason of the decision")),
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
                "verbose_name": "concern",
                "verbose_name_plural": "concerns",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"),
                            models.Q(models.Q(("decision", ""), _negated=True), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="concern_decided_with_reason",
                        violation_error_message="Say why, in a sentence.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernEvent",
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
                        to="enrollment.concern",
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
                ("day", models.DateField(verbose_name="day")),
                (
                    "about",
                    models.CharField(
                        blank=True,
                        help_text="Empty: nobody takes the child before you decide.",
                        max_length=50,
                        verbose_name="about whom",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="what worries you")),
                (
                    "reported_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                ("reported_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reported")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the duty leader"),
                            ("held", "held back for the day"),
                            ("cleared", "may collect"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="reason of the decision")),
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
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="enrollment.agreementtemplate",
                        verbose_name="version of the text",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("given", "consent given"),
                            ("refused", "consent refused"),
                            ("withdrawn", "consent withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("text", models.TextField(verbose_name="text as shown")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("name", models.CharField(max_length=50, verbose_name="name")),
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
                ("device", models.CharField(blank=True, max_length=200, verbose_name="device")),
                ("on_paper", models.BooleanField(default=False, verbose_name="on paper")),
                ("filed_in", models.CharField(blank=True, max_length=80, verbose_name="where the paper is filed")),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["student", "-at"], name="consent_newest")],
            },
        ),
        migrations.CreateModel(
            name="GroupProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_proposals",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("day", models.DateField(verbose_name="from")),
                ("plan", models.JSONField(default=list)),
                ("undo", models.JSONField(default=list)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
            ],
            options={
                "verbose_name": "proposal of care groups",
                "verbose_name_plural": "proposals of care groups",
                "ordering": ["-made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", True)),
                        fields=("term",),
                        name="groupproposal_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupPublication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_publications",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("day", models.DateField(verbose_name="as of")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="reason of the change")),
                ("snapshot", models.JSONField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="published")),
            ],
            options={
                "verbose_name": "publication of care groups",
                "verbose_name_plural": "publications of care groups",
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("term", "number"), name="grouppublication_once")],
            },
        ),
        migrations.CreateModel(
            name="InstitutionEvent",
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
                        to="enrollment.institution",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("address", models.CharField(max_length=120, verbose_name="address")),
                ("contact", models.CharField(max_length=50, verbose_name="person to ask for")),
                ("phone", models.CharField(max_length=20, verbose_name="phone")),
                ("licence_number", models.CharField(max_length=60, verbose_name="licence number")),
                ("licence_until", models.DateField(verbose_name="licence valid until")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="no longer collects from")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InstitutionPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="enrollment.institution",
                        verbose_name="care institution",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("phone", models.CharField(max_length=11, verbose_name="mobile phone")),
                ("document_end", models.CharField(max_length=4, verbose_name="last four of the identity document")),
                ("photo", models.FileField(blank=True, upload_to="collectors/%Y/%m/", verbose_name="photo")),
                ("removed_on", models.DateField(blank=True, null=True, verbose_name="no longer collects from")),
            ],
            options={
                "verbose_name": "person of a care institution",
                "verbose_name_plural": "people of care institutions",
                "ordering": ["institution", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("institution", "name", "phone"),
                        name="institutionperson_once",
                        violation_error_message="This person stands on the list already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Collector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why it ended")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collectors",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("authorised", "authorised"),
                            ("proxy", "proxy for a day"),
                            ("outside", "care institution"),
                            ("barred", "barred"),
                        ],
                        default="authorised",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("relation", models.CharField(max_length=20, verbose_name="relation")),
                ("phone", models.CharField(blank=True, max_length=11, verbose_name="mobile phone")),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collecting",
                        to="school.guardian",
                        verbose_name="guardian",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collecting",
                        to="enrollment.institutionperson",
                        verbose_name="person",
                    ),
                ),
                ("photo", models.FileField(blank=True, upload_to="collectors/%Y/%m/", verbose_name="photo")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="document behind it")),
                (
                    "document_file",
                    models.FileField(blank=True, upload_to="collectors/bars/%Y/%m/", verbose_name="document as a file"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "collector",
                "verbose_name_plural": "collectors",
                "ordering": ["student", "kind", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="collector_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "proxy"), _negated=True),
                            ("ends_on", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="collector_proxy_is_for_a_day",
                        violation_error_message="A proxy is for one day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "barred"), _negated=True),
                            models.Q(("document", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="collector_bar_needs_document",
                        violation_error_message="Name the document that bars this adult.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "outside"), ("person__isnull", False)),
                            models.Q(models.Q(("kind", "outside"), _negated=True), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="collector_institution_by_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CollectorEvent",
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
                        to="enrollment.collector",
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
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why it ended")),
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("authorised", "authorised"),
                            ("proxy", "proxy for a day"),
                            ("outside", "care institution"),
                            ("barred", "barred"),
                        ],
                        default="authorised",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("relation", models.CharField(max_length=20, verbose_name="relation")),
                ("phone", models.CharField(blank=True, max_length=11, verbose_name="mobile phone")),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.guardian",
                        verbose_name="guardian",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.institutionperson",
                        verbose_name="person",
                    ),
                ),
                ("photo", models.FileField(blank=True, upload_to="collectors/%Y/%m/", verbose_name="photo")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="document behind it")),
                (
                    "document_file",
                    models.FileField(blank=True, upload_to="collectors/bars/%Y/%m/", verbose_name="document as a file"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InstitutionPersonEvent",
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
                        to="enrollment.institutionperson",
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
                    "institution",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.institution",
                        verbose_name="care institution",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("phone", models.CharField(max_length=11, verbose_name="mobile phone")),
                ("document_end", models.CharField(max_length=4, verbose_name="last four of the identity document")),
                ("photo", models.FileField(blank=True, upload_to="collectors/%Y/%m/", verbose_name="photo")),
                ("removed_on", models.DateField(blank=True, null=True, verbose_name="no longer collects from")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("title", models.CharField(max_length=100, verbose_name="title")),
                ("way", models.TextField(blank=True, verbose_name="way of the service")),
                ("content", models.TextField(blank=True, verbose_name="content of the service")),
                ("times", models.TextField(blank=True, verbose_name="times of the service")),
                ("place", models.TextField(blank=True, verbose_name="place of the service")),
                ("staffing", models.TextField(blank=True, verbose_name="who looks after the children")),
                ("cost", models.TextField(blank=True, verbose_name="what it costs")),
                ("use_of_money", models.TextField(blank=True, verbose_name="what the money is for")),
                ("safety", models.TextField(blank=True, verbose_name="how the children are kept safe")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-term__starts_on", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("term", "version"), name="letter_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(
                                ("way", ""),
                                ("content", ""),
                                ("times", ""),
                                ("place", ""),
                                ("staffing", ""),
                                ("cost", ""),
                                ("use_of_money", ""),
                                ("safety", ""),
                                _connector="OR",
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="letter_published_with_all_facts",
                        violation_error_message="All eight facts have to be there before the letter is published.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PickUpCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=enrollment.models.agreements.new_code, max_length=24, unique=True, verbose_name="code"
                    ),
                ),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="issued")),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
            ],
            options={
                "verbose_name": "pick-up card",
                "verbose_name_plural": "pick-up cards",
                "ordering": ["student", "-issued_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("student",),
                        name="pickupcard_one_valid",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="enrollment.letter",
                        verbose_name="letter",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("join", "takes part"), ("decline", "does not take part")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("on_paper", models.BooleanField(default=False, verbose_name="on paper")),
            ],
            options={
                "verbose_name": "return slip",
                "verbose_name_plural": "return slips",
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "student"), name="receipt_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", ""),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="receipt_answer_has_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewStageEvent",
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
                        to="enrollment.reviewstage",
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
                            ("class_review", "review by the class"),
                            ("year_collation", "collation by the grade"),
                            ("school_approval", "approval by the school"),
                            ("placement", "placement by the office"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("homeroom_teacher", "homeroom teacher"),
                            ("grade_head", "grade head"),
                            ("academic_office", "academic office"),
                            ("service_office", "service office"),
                            ("principal", "principal"),
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
            name="ServiceOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="options",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("", "all services"),
                            ("care", "after-school care"),
                            ("morning", "before-school care"),
                            ("noon", "lunch care"),
                            ("evening", "evening study"),
                            ("saturday", "Saturday clubs"),
                        ],
                        default="care",
                        max_length=10,
                        verbose_name="service",
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        help_text="1 is Monday",
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("grade_from", models.PositiveSmallIntegerField(default=1, verbose_name="from grade")),
                ("grade_to", models.PositiveSmallIntegerField(default=6, verbose_name="to grade")),
                (
                    "fee_mode",
                    models.CharField(
                        choices=[
                            ("none", "free of charge"),
                            ("month", "by the month"),
                            ("period", "by the period attended"),
                            ("day", "by the day attended"),
                            ("term", "by the term"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="fee",
                    ),
                ),
                (
                    "fee_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=8, verbose_name="amount (yuan)"),
                ),
                (
                    "half_under_half",
                    models.BooleanField(
                        default=False,
                        help_text="A month in which the child was there less than half of its days costs half.",
                        verbose_name="half price under half attendance",
                    ),
                ),
                (
                    "fee_document",
                    models.CharField(blank=True, max_length=100, verbose_name="document that sets the fee"),
                ),
                ("fee_published_at", models.DateTimeField(blank=True, null=True, verbose_name="fee published")),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: every child who applies has a place.",
                        null=True,
                        verbose_name="places",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="options",
                        to="enrollment.letter",
                        verbose_name="letter",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="service from")),
                ("ends_on", models.DateField(verbose_name="service to")),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="sign-up opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="sign-up closes")),
                ("periods", models.ManyToManyField(related_name="options", to="school.period", verbose_name="periods")),
            ],
            options={
                "verbose_name": "service option",
                "verbose_name_plural": "service options",
                "ordering": ["term", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "name"),
                        name="serviceoption_once",
                        violation_error_message="This option exists already in the term.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fee_mode", "none"), _negated=True), ("fee_amount", 0), _connector="OR"
                        ),
                        name="serviceoption_free_is_free",
                        violation_error_message="A service free of charge has no amount.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="serviceoption_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at__isnull", True),
                            ("closes_at__isnull", True),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="serviceoption_window_in_order",
                        violation_error_message="Sign-up closes before it opens.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="enrollment.serviceoption",
                        verbose_name="option",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("leaves_after", models.JSONField(blank=True, default=dict, verbose_name="leaves early")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note for the school")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "waiting for the class"),
                            ("reviewed", "agreed by the class"),
                            ("collated", "collated by the grade"),
                            ("offered", "another place offered"),
                            ("to_sign", "approved, waiting for the signature"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("ended", "participation ended"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("on_paper", models.BooleanField(default=False, verbose_name="entered from paper")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applied by",
                    ),
                ),
                ("submitted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="applied")),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["submitted_at", "pk"],
                "indexes": [models.Index(fields=["status", "submitted_at"], name="application_queue")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ["submitted", "reviewed", "collated", "offered", "to_sign", "approved"])
                        ),
                        fields=("option", "student"),
                        name="application_one_open",
                        violation_error_message="The other guardian has applied for this child already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="enrollment.application",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("service", "service agreement"),
                            ("pick_up", "pick-up undertaking"),
                            ("privacy", "consent to the processing of the child's data"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="number")),
                ("code", models.CharField(default=enrollment.models.agreements.new_code, max_length=24, unique=True)),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="enrollment.agreementtemplate",
                    ),
                ),
                ("text", models.TextField(verbose_name="text as signed")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                ("in_force_at", models.DateTimeField(blank=True, null=True, verbose_name="in force since")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("in_force_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("application", "kind"),
                        name="agreement_one_to_sign",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("in_force_at__isnull", False), ("withdrawn_at__isnull", True)),
                        fields=("application", "kind"),
                        name="agreement_one_in_force",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="enrollment.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="enrollment.serviceoption",
                        verbose_name="option",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("leaves_after", models.JSONField(blank=True, default=dict, verbose_name="leaves early")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for ending")),
            ],
            options={
                "verbose_name": "enrolment",
                "verbose_name_plural": "enrolments",
                "ordering": ["student__name_key", "starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="enrolment_days_in_order",
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
                                    models.F("option"), models.F("option"), models.Value("[]"), function="int8range"
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
                        name="enrolment_once_a_day",
                        violation_error_message="The child takes part in these days already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareGroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="enrollment.caregroup",
                        verbose_name="care group",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_places",
                        to="enrollment.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_places",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason of the change")),
            ],
            options={
                "verbose_name": "place in a care group",
                "verbose_name_plural": "places in care groups",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="caregroupmember_days_in_order",
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
                        name="caregroupmember_one_a_day",
                        violation_error_message="The child is in another group already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="enrollment.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("days", "other days or times"), ("stop", "stop taking part")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="first day of the change")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("leaves_after", models.JSONField(blank=True, default=dict, verbose_name="leaves early")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for the office"),
                            ("done", "done"),
                            ("refused", "refused"),
                            ("cancelled", "taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=200, verbose_name="opinion")),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="requested")),
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
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["requested_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("enrolment",),
                        name="changerequest_one_waiting",
                        violation_error_message="A change of these days is waiting already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "days"), _negated=True),
                            models.Q(("weekdays", []), _negated=True),
                            _connector="OR",
                        ),
                        name="changerequest_days_are_named",
                        violation_error_message="Choose at least one weekday.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequestEvent",
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
                        to="enrollment.changerequest",
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
                    "enrolment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("days", "other days or times"), ("stop", "stop taking part")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="first day of the change")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("leaves_after", models.JSONField(blank=True, default=dict, verbose_name="leaves early")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for the office"),
                            ("done", "done"),
                            ("refused", "refused"),
                            ("cancelled", "taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=200, verbose_name="opinion")),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="requested")),
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
            name="CareGroupMemberEvent",
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
                        to="enrollment.caregroupmember",
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
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.caregroup",
                        verbose_name="care group",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.enrolment",
                        verbose_name="enrolment",
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
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason of the change")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LeavesAlone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why it ended")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leaves_alone",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves_alone",
                        to="enrollment.agreement",
                        verbose_name="signed in",
                    ),
                ),
            ],
            options={
                "verbose_name": "goes home alone",
                "verbose_name_plural": "go home alone",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="leavesalone_days_in_order",
                        violation_error_message="The last day is before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LeavesAloneEvent",
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
                        to="enrollment.leavesalone",
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
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why it ended")),
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
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.agreement",
                        verbose_name="signed in",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReviewStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="enrollment.application"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("class_review", "review by the class"),
                            ("year_collation", "collation by the grade"),
                            ("school_approval", "approval by the school"),
                            ("placement", "placement by the office"),
                            ("alternative", "answer to the other place"),
                            ("withdrawal", "withdrawal by the family"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("approve", "agreed"), ("decline", "declined"), ("offer", "offered another place")],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_eligible", "not eligible: not on this school's roll, or not of the grades"),
                            ("no_place", "no place left"),
                            ("no_need", "the family no longer needs it"),
                            ("other", "another reason"),
                        ],
                        max_length=15,
                        verbose_name="ground",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=200, verbose_name="opinion")),
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
                "verbose_name": "review step",
                "verbose_name_plural": "review steps",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "decline"), _negated=True),
                            models.Q(("opinion", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reviewstep_refusal_has_reason",
                        violation_error_message="A refusal needs a reason the family can understand.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EnrolmentEvent",
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
                        to="enrollment.enrolment",
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
                    "application",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.serviceoption",
                        verbose_name="option",
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
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("leaves_after", models.JSONField(blank=True, default=dict, verbose_name="leaves early")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for ending")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApplicationEvent",
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
                        to="enrollment.application",
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
                    "option",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.serviceoption",
                        verbose_name="option",
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
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("leaves_after", models.JSONField(blank=True, default=dict, verbose_name="leaves early")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note for the school")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("submitted", "waiting for the class"),
                            ("reviewed", "agreed by the class"),
                            ("collated", "collated by the grade"),
                            ("offered", "another place offered"),
                            ("to_sign", "approved, waiting for the signature"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("ended", "participation ended"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("on_paper", models.BooleanField(default=False, verbose_name="entered from paper")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applied by",
                    ),
                ),
                ("submitted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="applied")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Alternative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alternatives",
                        to="enrollment.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.serviceoption",
                        verbose_name="option",
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("message", models.CharField(max_length=200, verbose_name="why, and what it offers")),
                (
                    "state",
                    models.CharField(
                        choices=[("offered", "offered"), ("accepted", "accepted"), ("declined", "declined")],
                        default="offered",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "back_to",
                    models.CharField(
                        choices=[
                            ("submitted", "waiting for the class"),
                            ("reviewed", "agreed by the class"),
                            ("collated", "collated by the grade"),
                            ("offered", "another place offered"),
                            ("to_sign", "approved, waiting for the signature"),
                            ("approved", "approved"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("ended", "participation ended"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "new_application",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instead_of",
                        to="enrollment.application",
                        verbose_name="new application",
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="offered by",
                    ),
                ),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="offered at")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            ],
            options={
                "verbose_name": "alternative",
                "verbose_name_plural": "alternatives",
                "ordering": ["-offered_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("application",),
                        name="alternative_one_open",
                        violation_error_message="The family has not answered the last offer yet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "offered"),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="alternative_answer_has_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceOptionEvent",
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
                        to="enrollment.serviceoption",
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
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("", "all services"),
                            ("care", "after-school care"),
                            ("morning", "before-school care"),
                            ("noon", "lunch care"),
                            ("evening", "evening study"),
                            ("saturday", "Saturday clubs"),
                        ],
                        default="care",
                        max_length=10,
                        verbose_name="service",
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        help_text="1 is Monday",
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("grade_from", models.PositiveSmallIntegerField(default=1, verbose_name="from grade")),
                ("grade_to", models.PositiveSmallIntegerField(default=6, verbose_name="to grade")),
                (
                    "fee_mode",
                    models.CharField(
                        choices=[
                            ("none", "free of charge"),
                            ("month", "by the month"),
                            ("period", "by the period attended"),
                            ("day", "by the day attended"),
                            ("term", "by the term"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="fee",
                    ),
                ),
                (
                    "fee_amount",
                    models.DecimalField(decimal_places=2, default=0, max_digits=8, verbose_name="amount (yuan)"),
                ),
                (
                    "half_under_half",
                    models.BooleanField(
                        default=False,
                        help_text="A month in which the child was there less than half of its days costs half.",
                        verbose_name="half price under half attendance",
                    ),
                ),
                (
                    "fee_document",
                    models.CharField(blank=True, max_length=100, verbose_name="document that sets the fee"),
                ),
                ("fee_published_at", models.DateTimeField(blank=True, null=True, verbose_name="fee published")),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: every child who applies has a place.",
                        null=True,
                        verbose_name="places",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.letter",
                        verbose_name="letter",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="service from")),
                ("ends_on", models.DateField(verbose_name="service to")),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="sign-up opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="sign-up closes")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="enrollment.agreement",
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("guardian", "guardian"), ("pupil", "pupil"), ("school", "school")],
                        max_length=10,
                        verbose_name="party",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("image", models.BinaryField(blank=True, null=True, verbose_name="drawing (PNG)")),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed by",
                    ),
                ),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="signed")),
                ("device", models.CharField(blank=True, max_length=200, verbose_name="device")),
                ("on_paper", models.BooleanField(default=False, verbose_name="on paper")),
                ("scan", models.FileField(blank=True, upload_to="signatures/%Y/%m/", verbose_name="scan or photo")),
                ("filed_in", models.CharField(blank=True, max_length=80, verbose_name="where the paper is filed")),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["signed_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "party"), name="signature_one_a_party"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="signature_has_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on_paper", False),
                            models.Q(("scan", ""), _negated=True),
                            models.Q(("filed_in", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="signature_paper_is_somewhere",
                        violation_error_message="Add a photo of the paper, or say where it is filed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermPreparation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preparation",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "group_members",
                    models.TextField(
                        blank=True,
                        help_text="Name, post and what each answers for.",
                        verbose_name="members of the leading group",
                    ),
                ),
                (
                    "group_document",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="document that sets up the leading group"
                    ),
                ),
                ("group_date", models.DateField(blank=True, null=True, verbose_name="date of that document")),
                (
                    "group_file",
                    models.FileField(blank=True, upload_to="preparation/%Y/", verbose_name="scan of that document"),
                ),
                ("plan_number", models.CharField(blank=True, max_length=100, verbose_name="filing number of the plan")),
                ("plan_filed_on", models.DateField(blank=True, null=True, verbose_name="plan filed on")),
                ("plan_authority", models.CharField(blank=True, max_length=100, verbose_name="filed with")),
                (
                    "plan_file",
                    models.FileField(blank=True, upload_to="preparation/%Y/", verbose_name="scan of the plan"),
                ),
                (
                    "approval_number",
                    models.CharField(blank=True, max_length=100, verbose_name="number of the approval"),
                ),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="date of the approval")),
                (
                    "approval_issuer",
                    models.CharField(blank=True, max_length=100, verbose_name="approved by the authority"),
                ),
                (
                    "approval_file",
                    models.FileField(blank=True, upload_to="preparation/%Y/", verbose_name="scan of the approval"),
                ),
            ],
            options={
                "verbose_name": "preparation of a term",
                "verbose_name_plural": "preparations of terms",
            },
        ),
        migrations.CreateModel(
            name="TermPreparationEvent",
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
                        to="enrollment.termpreparation",
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
                (
                    "group_members",
                    models.TextField(
                        blank=True,
                        help_text="Name, post and what each answers for.",
                        verbose_name="members of the leading group",
                    ),
                ),
                (
                    "group_document",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="document that sets up the leading group"
                    ),
                ),
                ("group_date", models.DateField(blank=True, null=True, verbose_name="date of that document")),
                (
                    "group_file",
                    models.FileField(blank=True, upload_to="preparation/%Y/", verbose_name="scan of that document"),
                ),
                ("plan_number", models.CharField(blank=True, max_length=100, verbose_name="filing number of the plan")),
                ("plan_filed_on", models.DateField(blank=True, null=True, verbose_name="plan filed on")),
                ("plan_authority", models.CharField(blank=True, max_length=100, verbose_name="filed with")),
                (
                    "plan_file",
                    models.FileField(blank=True, upload_to="preparation/%Y/", verbose_name="scan of the plan"),
                ),
                (
                    "approval_number",
                    models.CharField(blank=True, max_length=100, verbose_name="number of the approval"),
                ),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="date of the approval")),
                (
                    "approval_issuer",
                    models.CharField(blank=True, max_length=100, verbose_name="approved by the authority"),
                ),
                (
                    "approval_file",
                    models.FileField(blank=True, upload_to="preparation/%Y/", verbose_name="scan of the approval"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementtemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."published_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="37c8d0c549b406b8048a0eab4783f908f34c596e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_published_is_fixed_e96ae",
                    table="enrollment_agreementtemplate",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="institution",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_institutionevent" ("address", "contact", "ended_on", "id", "licence_number", "licence_until", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") SELECT new_values."address", new_values."contact", new_values."ended_on", new_values."id", new_values."licence_number", new_values."licence_until", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="284f2118474ba8c266531233ec86b882c11dbc3c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5086d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_institution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="institution",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_institutionevent" ("address", "contact", "ended_on", "id", "licence_number", "licence_until", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") SELECT new_values."address", new_values."contact", new_values."ended_on", new_values."id", new_values."licence_number", new_values."licence_until", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ba49f02bdf24a5d76dd29f2f76cd00ed464a9d07",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ff157",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_institution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="institution",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_institutionevent" ("address", "contact", "ended_on", "id", "licence_number", "licence_until", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") SELECT old_values."address", old_values."contact", old_values."ended_on", old_values."id", old_values."licence_number", old_values."licence_until", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="aae3c1cd3da883977600c710cbd3439282cb726b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_53a59",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_institution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewstage",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_reviewstageevent" ("active", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "step") SELECT new_values."active", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."step" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6abc20f5859547c27c3efe5f509e44fafdc70686",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_db37b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_reviewstage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewstage",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_reviewstageevent" ("active", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "step") SELECT new_values."active", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."step" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="967fecd9b1e655bc03307fa63401761bfc3cd747",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_09265",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_reviewstage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewstage",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_reviewstageevent" ("active", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "step") SELECT old_values."active", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."step" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2503f579391c9f8c68223be5d557e912d54346d5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1615d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_reviewstage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="text_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."template_id" IS DISTINCT FROM (NEW."template_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="47248afc7923e514fbb2a6ea3d69c2201d4093fe",
                    operation="UPDATE",
                    pgid="pgtrigger_text_is_fixed_80030",
                    table="enrollment_agreement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c0ecc25d2954ee2492ee2218d5ddbe33c1daae52",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_3fa43",
                    table="enrollment_agreement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregroup",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_caregroupevent" ("grade", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "room_id", "school_class_id", "term_id") SELECT new_values."grade", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."room_id", new_values."school_class_id", new_values."term_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7bd5dc5990465c1e5fd87313794b095a81ab5534",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b82e2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_caregroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregroup",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_caregroupevent" ("grade", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "room_id", "school_class_id", "term_id") SELECT new_values."grade", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."room_id", new_values."school_class_id", new_values."term_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7fa0fef19e50ad25ab1d93955438eb812158a8e7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_56f9c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_caregroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregroup",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_caregroupevent" ("grade", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "room_id", "school_class_id", "term_id") SELECT old_values."grade", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."room_id", old_values."school_class_id", old_values."term_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3714848185391722fa0a9347661c2c056baf7676",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1485d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_caregroup",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caredutyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="942dab1c12633db67c9f41449b0981f32e6158b0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_879b2",
                    table="enrollment_caredutyevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="careduty",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_caredutyevent" ("group_id", "id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "term_id", "weekday") SELECT new_values."group_id", new_values."id", new_values."period_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."staff_id", new_values."term_id", new_values."weekday" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="237c08c8368bbc19cc26605f865b931a65b4b22a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_76416",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_careduty",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="careduty",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_caredutyevent" ("group_id", "id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "term_id", "weekday") SELECT new_values."group_id", new_values."id", new_values."period_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."staff_id", new_values."term_id", new_values."weekday" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4347eb7192c1c844662c4d29813dc3ee3f251f63",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_58207",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_careduty",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="careduty",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_caredutyevent" ("group_id", "id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "term_id", "weekday") SELECT old_values."group_id", old_values."id", old_values."period_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."staff_id", old_values."term_id", old_values."weekday" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f4f6f6d731edbbf2388ddd8fd024fd8edec6c96d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_86675",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_careduty",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregroupevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3218fc9f32d12a5bb91fbc1138a2b0860b8e7083",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e6dce",
                    table="enrollment_caregroupevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concern",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_concernevent" ("about", "day", "decided_at", "decided_by_id", "decision", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "reported_by_id", "state", "student_id", "words") SELECT new_values."about", new_values."day", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reported_at", new_values."reported_by_id", new_values."state", new_values."student_id", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="68cde4f1ce208aaa06a44938b101ba531dc6c9e5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7f89f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_concern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concern",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_concernevent" ("about", "day", "decided_at", "decided_by_id", "decision", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "reported_by_id", "state", "student_id", "words") SELECT new_values."about", new_values."day", new_values."decided_at", new_values."decided_by_id", new_values."decision", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reported_at", new_values."reported_by_id", new_values."state", new_values."student_id", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="54a56796b3202751f2b3c0575c1c91288b5bccb0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f04c1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_concern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concern",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_concernevent" ("about", "day", "decided_at", "decided_by_id", "decision", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "reported_by_id", "state", "student_id", "words") SELECT old_values."about", old_values."day", old_values."decided_at", old_values."decided_by_id", old_values."decision", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reported_at", old_values."reported_by_id", old_values."state", old_values."student_id", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="16570abcff0284d98106805a9f3f9dc1600e5cce",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4a991",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_concern",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="58b070b78b64706bbdd5d1405994ad5cfad6fea2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_70745",
                    table="enrollment_concernevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="350009ad40358ef0baac6fdef1678cfc5326ec07",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_82791",
                    table="enrollment_consent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changerequestevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9382d53d0ca2572f55a27d6403e0c934346c917a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_477ec",
                    table="enrollment_changerequestevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changerequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_changerequestevent" ("decided_at", "decided_by_id", "effective_on", "enrolment_id", "id", "kind", "leaves_after", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "state", "weekdays") SELECT new_values."decided_at", new_values."decided_by_id", new_values."effective_on", new_values."enrolment_id", new_values."id", new_values."kind", new_values."leaves_after", new_values."opinion", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."requested_at", new_values."requested_by_id", new_values."state", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="80ae1931a1644fd34d6613e7c0ddd3af84d449d1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6aa31",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_changerequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changerequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_changerequestevent" ("decided_at", "decided_by_id", "effective_on", "enrolment_id", "id", "kind", "leaves_after", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "state", "weekdays") SELECT new_values."decided_at", new_values."decided_by_id", new_values."effective_on", new_values."enrolment_id", new_values."id", new_values."kind", new_values."leaves_after", new_values."opinion", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."requested_at", new_values."requested_by_id", new_values."state", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8a3948444c3b4632584762218f1af45f9afa4077",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c0c83",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_changerequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changerequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_changerequestevent" ("decided_at", "decided_by_id", "effective_on", "enrolment_id", "id", "kind", "leaves_after", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "requested_at", "requested_by_id", "state", "weekdays") SELECT old_values."decided_at", old_values."decided_by_id", old_values."effective_on", old_values."enrolment_id", old_values."id", old_values."kind", old_values."leaves_after", old_values."opinion", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."requested_at", old_values."requested_by_id", old_values."state", old_values."weekdays" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="64aa1fff3502da5293d462955a31f1909d2dbb81",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_eabed",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_changerequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregroupmemberevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d12cac1b156ad6e288dff93e9430905ab007f8bf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2e42b",
                    table="enrollment_caregroupmemberevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregroupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_caregroupmemberevent" ("ends_on", "enrolment_id", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "student_id") SELECT new_values."ends_on", new_values."enrolment_id", new_values."group_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."starts_on", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e644765b9c254957d28cc561434bf7d00acd7379",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5dae8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_caregroupmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregroupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_caregroupmemberevent" ("ends_on", "enrolment_id", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "student_id") SELECT new_values."ends_on", new_values."enrolment_id", new_values."group_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."starts_on", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e258d377741a128e8a0002a72ac79b0f3c642130",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8ee84",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_caregroupmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregroupmember",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_caregroupmemberevent" ("ends_on", "enrolment_id", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "student_id") SELECT old_values."ends_on", old_values."enrolment_id", old_values."group_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."starts_on", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="103d2b94ba98455f98d1d113b5b2afe1d695d2ab",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f5821",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_caregroupmember",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grouppublication",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="52f8f130847a21a4f615cd3481384077b748199b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_c0e9c",
                    table="enrollment_grouppublication",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="institutionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d6636068e258789c3a05837602763dd0977ab004",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a6102",
                    table="enrollment_institutionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="institutionperson",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_institutionpersonevent" ("document_end", "id", "institution_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo", "removed_on") SELECT new_values."document_end", new_values."id", new_values."institution_id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."photo", new_values."removed_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a1844fca600be4cee212408c38652bf4511cd9e3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7a6c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_institutionperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="institutionperson",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_institutionpersonevent" ("document_end", "id", "institution_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo", "removed_on") SELECT new_values."document_end", new_values."id", new_values."institution_id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."photo", new_values."removed_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="975d39b423f6aa258f4a45a5aeac9a5b885620c1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cbffe",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_institutionperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="institutionperson",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_institutionpersonevent" ("document_end", "id", "institution_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo", "removed_on") SELECT old_values."document_end", old_values."id", old_values."institution_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."photo", old_values."removed_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0b4a43cc121e1a5e1fe3ba0b94c51372a7b8a4c9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a86b7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_institutionperson",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectorevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="66ec221a88319fa169a897e7dd99221b59bae921",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ab122",
                    table="enrollment_collectorevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collector",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_collectorevent" ("document", "document_file", "end_reason", "ended_at", "ends_on", "entered_by_id", "guardian_id", "id", "kind", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo", "relation", "starts_on", "student_id") SELECT new_values."document", new_values."document_file", new_values."end_reason", new_values."ended_at", new_values."ends_on", new_values."entered_by_id", new_values."guardian_id", new_values."id", new_values."kind", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."photo", new_values."relation", new_values."starts_on", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="da28ca83852cedcc7c7f691c0a0f32a76aa18f64",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_837b1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_collector",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collector",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_collectorevent" ("document", "document_file", "end_reason", "ended_at", "ends_on", "entered_by_id", "guardian_id", "id", "kind", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo", "relation", "starts_on", "student_id") SELECT new_values."document", new_values."document_file", new_values."end_reason", new_values."ended_at", new_values."ends_on", new_values."entered_by_id", new_values."guardian_id", new_values."id", new_values."kind", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."photo", new_values."relation", new_values."starts_on", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a0fac0ac7f4fe5968ef6b7d9c8419cce41a636d1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a3456",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_collector",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collector",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_collectorevent" ("document", "document_file", "end_reason", "ended_at", "ends_on", "entered_by_id", "guardian_id", "id", "kind", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo", "relation", "starts_on", "student_id") SELECT old_values."document", old_values."document_file", old_values."end_reason", old_values."ended_at", old_values."ends_on", old_values."entered_by_id", old_values."guardian_id", old_values."id", old_values."kind", old_values."name", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."photo", old_values."relation", old_values."starts_on", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="21ad5b4c30050e10b2ecf044e6b3e4ee9db9cbf1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c8dc2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_collector",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="institutionpersonevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="af194600d94af85d562698ab5bfd943a6d9dfb6f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e932f",
                    table="enrollment_institutionpersonevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavesalone",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_leavesaloneevent" ("agreement_id", "end_reason", "ended_at", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "student_id", "weekdays") SELECT new_values."agreement_id", new_values."end_reason", new_values."ended_at", new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."student_id", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="76f948bef698cd364225b96691b4abb3ce708f29",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_55517",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_leavesalone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavesalone",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_leavesaloneevent" ("agreement_id", "end_reason", "ended_at", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "student_id", "weekdays") SELECT new_values."agreement_id", new_values."end_reason", new_values."ended_at", new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."student_id", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c766b3eca78ef1af04b4da265906eb9b04654f93",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b4d55",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_leavesalone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavesalone",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_leavesaloneevent" ("agreement_id", "end_reason", "ended_at", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "student_id", "weekdays") SELECT old_values."agreement_id", old_values."end_reason", old_values."ended_at", old_values."ends_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."student_id", old_values."weekdays" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="fda71de798e7985fd9d3c1a6f98bb1d9b75239db",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_47b23",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_leavesalone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="leavesaloneevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1fe783ce5d1b056cd386680e6d1acda3cf1d9480",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_67047",
                    table="enrollment_leavesaloneevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewstageevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5744b6ed64e887c86907562aeb72e88f112af542",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_323b5",
                    table="enrollment_reviewstageevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewstep",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="55d0ac65bcc2539078574a907880b2144e35025f",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_81e84",
                    table="enrollment_reviewstep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceoption",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_serviceoptionevent" ("capacity", "closes_at", "ends_on", "fee_amount", "fee_document", "fee_mode", "fee_published_at", "grade_from", "grade_to", "half_under_half", "id", "letter_id", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service", "starts_on", "term_id", "weekdays") SELECT new_values."capacity", new_values."closes_at", new_values."ends_on", new_values."fee_amount", new_values."fee_document", new_values."fee_mode", new_values."fee_published_at", new_values."grade_from", new_values."grade_to", new_values."half_under_half", new_values."id", new_values."letter_id", new_values."name", new_values."opens_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."service", new_values."starts_on", new_values."term_id", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c00806e5fc6e3fecaf2899e4af7da13f938b2d6c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_82317",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_serviceoption",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceoption",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_serviceoptionevent" ("capacity", "closes_at", "ends_on", "fee_amount", "fee_document", "fee_mode", "fee_published_at", "grade_from", "grade_to", "half_under_half", "id", "letter_id", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service", "starts_on", "term_id", "weekdays") SELECT new_values."capacity", new_values."closes_at", new_values."ends_on", new_values."fee_amount", new_values."fee_document", new_values."fee_mode", new_values."fee_published_at", new_values."grade_from", new_values."grade_to", new_values."half_under_half", new_values."id", new_values."letter_id", new_values."name", new_values."opens_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."service", new_values."starts_on", new_values."term_id", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="12082da1235c8e113c88bc5d29d2596a92bd5548",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_507ff",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_serviceoption",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceoption",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_serviceoptionevent" ("capacity", "closes_at", "ends_on", "fee_amount", "fee_document", "fee_mode", "fee_published_at", "grade_from", "grade_to", "half_under_half", "id", "letter_id", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service", "starts_on", "term_id", "weekdays") SELECT old_values."capacity", old_values."closes_at", old_values."ends_on", old_values."fee_amount", old_values."fee_document", old_values."fee_mode", old_values."fee_published_at", old_values."grade_from", old_values."grade_to", old_values."half_under_half", old_values."id", old_values."letter_id", old_values."name", old_values."opens_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."service", old_values."starts_on", old_values."term_id", old_values."weekdays" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="599896839aeee8343bf22a3e956132497653a138",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_631f6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_serviceoption",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dfbaac48fbd4ebb293921fb196143ca3c8535fb1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_88215",
                    table="enrollment_enrolmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolment",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="236817bba92573cd509bbb29331c5a90cfe394f7",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_122cd",
                    table="enrollment_enrolment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_enrolmentevent" ("application_id", "end_reason", "ends_on", "id", "leaves_after", "option_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "student_id", "weekdays") SELECT new_values."application_id", new_values."end_reason", new_values."ends_on", new_values."id", new_values."leaves_after", new_values."option_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."student_id", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2952cbe4ac09b902dae74e9519c7eec57124833f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_71d66",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_enrolment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_enrolmentevent" ("application_id", "end_reason", "ends_on", "id", "leaves_after", "option_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "student_id", "weekdays") SELECT new_values."application_id", new_values."end_reason", new_values."ends_on", new_values."id", new_values."leaves_after", new_values."option_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."student_id", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e6eb1dd4b3fd2a93f05a0776ac1b5761ab8cb2d1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a382a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_enrolment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_enrolmentevent" ("application_id", "end_reason", "ends_on", "id", "leaves_after", "option_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "student_id", "weekdays") SELECT old_values."application_id", old_values."end_reason", old_values."ends_on", old_values."id", old_values."leaves_after", old_values."option_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."student_id", old_values."weekdays" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3b15aff9110ecf75bcb19492b602644b8035fb72",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4a6a7",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_enrolment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="applicationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="148a5dc0c49ccbbc87201ae54ca76970fa14a622",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9066e",
                    table="enrollment_applicationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_applicationevent" ("id", "leaves_after", "note", "on_paper", "option_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "status", "student_id", "submitted_at", "submitted_by_id", "weekdays") SELECT new_values."id", new_values."leaves_after", new_values."note", new_values."on_paper", new_values."option_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."status", new_values."student_id", new_values."submitted_at", new_values."submitted_by_id", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f989a4712168f7f4797993e6fe37782b1a138bf4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_43e15",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_application",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_applicationevent" ("id", "leaves_after", "note", "on_paper", "option_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "status", "student_id", "submitted_at", "submitted_by_id", "weekdays") SELECT new_values."id", new_values."leaves_after", new_values."note", new_values."on_paper", new_values."option_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."status", new_values."student_id", new_values."submitted_at", new_values."submitted_by_id", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7bfddc2e685a3b07e3c796aee1a0c28df41a438d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1fd15",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_application",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_applicationevent" ("id", "leaves_after", "note", "on_paper", "option_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "status", "student_id", "submitted_at", "submitted_by_id", "weekdays") SELECT old_values."id", old_values."leaves_after", old_values."note", old_values."on_paper", old_values."option_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."status", old_values."student_id", old_values."submitted_at", old_values."submitted_by_id", old_values."weekdays" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d812aa8fb9ddcb572d7435131f8792b072c074bd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f76af",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_application",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceoptionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="81f75473e5c22cd1315071da39523a9440ca7419",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c1dde",
                    table="enrollment_serviceoptionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signature",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d7bb79e589dd470c6041908768672b26f3cbb611",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_2eefd",
                    table="enrollment_signature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termpreparation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_termpreparationevent" ("approval_file", "approval_issuer", "approval_number", "approved_on", "group_date", "group_document", "group_file", "group_members", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_authority", "plan_file", "plan_filed_on", "plan_number", "term_id") SELECT new_values."approval_file", new_values."approval_issuer", new_values."approval_number", new_values."approved_on", new_values."group_date", new_values."group_document", new_values."group_file", new_values."group_members", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_authority", new_values."plan_file", new_values."plan_filed_on", new_values."plan_number", new_values."term_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6a2d3f218338e6c5579a0826d87dfa2e05447960",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_14d87",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enrollment_termpreparation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termpreparation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_termpreparationevent" ("approval_file", "approval_issuer", "approval_number", "approved_on", "group_date", "group_document", "group_file", "group_members", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_authority", "plan_file", "plan_filed_on", "plan_number", "term_id") SELECT new_values."approval_file", new_values."approval_issuer", new_values."approval_number", new_values."approved_on", new_values."group_date", new_values."group_document", new_values."group_file", new_values."group_members", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_authority", new_values."plan_file", new_values."plan_filed_on", new_values."plan_number", new_values."term_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="beada681e124d53fd62da1a9c38fec5261211bab",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_169e7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_termpreparation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termpreparation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_termpreparationevent" ("approval_file", "approval_issuer", "approval_number", "approved_on", "group_date", "group_document", "group_file", "group_members", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_authority", "plan_file", "plan_filed_on", "plan_number", "term_id") SELECT old_values."approval_file", old_values."approval_issuer", old_values."approval_number", old_values."approved_on", old_values."group_date", old_values."group_document", old_values."group_file", old_values."group_members", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_authority", old_values."plan_file", old_values."plan_filed_on", old_values."plan_number", old_values."term_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="53b8b14ebd768df59f5e96ed6e1d9c1c2ab289d7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f5332",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_termpreparation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="termpreparationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4c5119dbe00bdba27e63edb1cff16dc36fa70554",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_bec08",
                    table="enrollment_termpreparationevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
