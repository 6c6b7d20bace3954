import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("fees", "0001_initial")]

    initial = True

    dependencies = [
        ("clubs", "0001_squashed"),
        ("enrollment", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("school", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("previewed", "waiting for confirmation"),
                            ("booked", "booked"),
                            ("discarded", "discarded"),
                        ],
                        default="previewed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                ("booked_at", models.DateTimeField(blank=True, null=True, verbose_name="booked")),
            ],
            options={
                "verbose_name": "bank's file",
                "verbose_name_plural": "bank's files",
                "ordering": ["-uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="BankLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="fees.bankfile"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("paid_on", models.DateField(verbose_name="day")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="amount")),
                ("payer", models.CharField(blank=True, max_length=60, verbose_name="paid by")),
                ("reference", models.CharField(blank=True, max_length=200, verbose_name="reference")),
                ("phone", models.CharField(blank=True, max_length=11, verbose_name="mobile phone")),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("matched", "matched"),
                            ("ambiguous", "several children fit"),
                            ("unknown", "nobody fits"),
                            ("known", "booked earlier"),
                            ("booked", "booked"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=60, verbose_name="matched by")),
                (
                    "student",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.student",
                    ),
                ),
                ("candidates", models.JSONField(default=list, help_text="pks of the children that fit")),
            ],
            options={
                "verbose_name": "line of a bank's file",
                "verbose_name_plural": "lines of a bank's file",
                "ordering": ["file", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "booked")),
                        fields=("fingerprint",),
                        name="bankline_booked_once",
                        violation_error_message="This payment has been booked already.",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="bankline_amount"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DistributionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="distribution_plan",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("text", models.TextField(verbose_name="plan")),
            ],
            options={
                "verbose_name": "distribution plan",
                "verbose_name_plural": "distribution plans",
            },
        ),
        migrations.CreateModel(
            name="FeeNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("service", "after-school service"), ("cost", "collected at cost")],
                        default="service",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_notices",
                        to="enrollment.serviceoption",
                        verbose_name="option",
                    ),
                ),
                (
                    "club",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_notices",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("none", "free of charge"),
                            ("month", "by the month"),
                            ("period", "by the period attended"),
                            ("day", "by the day attended"),
                            ("term", "by the term"),
                        ],
                        max_length=10,
                        verbose_name="fee",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="amount (yuan)")),
                (
                    "half_under_half",
                    models.BooleanField(default=False, verbose_name="half price under half attendance"),
                ),
                (
                    "partial_month",
                    models.CharField(
                        choices=[("days", "by its days"), ("whole", "counts whole")],
                        default="days",
                        max_length=10,
                        verbose_name="a month begun or left in its middle",
                    ),
                ),
                (
                    "period_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Where the pricing document sets the price by periods: 50 × 2 periods = 100. Else empty.",
                        max_digits=8,
                        null=True,
                        verbose_name="yuan a month for each daily period",
                    ),
                ),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="For what is collected at cost: the same as the amount.",
                        max_digits=8,
                        null=True,
                        verbose_name="what it costs the school (yuan)",
                    ),
                ),
                ("basis", models.TextField(blank=True, verbose_name="basis of the fee")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="number of the document")),
                ("document_date", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                (
                    "payee",
                    models.CharField(
                        choices=[
                            ("school", "the school's account"),
                            ("committee", "parents' committee"),
                            ("third_party", "another organisation or person"),
                        ],
                        default="school",
                        max_length=12,
                        verbose_name="who receives the money",
                    ),
                ),
                ("complaints", models.CharField(blank=True, max_length=40, verbose_name="phone for complaints")),
                ("applies_from", models.DateField(verbose_name="applies from")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "published_by",
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
                "verbose_name": "fee notice",
                "verbose_name_plural": "fee notices",
                "ordering": ["-applies_from", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("club__isnull", True), ("kind", "service"), ("option__isnull", False)),
                            models.Q(("club__isnull", False), ("kind", "cost"), ("option__isnull", True)),
                            _connector="OR",
                        ),
                        name="feenotice_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="feenotice_not_negative",
                        violation_error_message="An amount is not negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("published_at__isnull", True), ("payee", "school"), _connector="OR"),
                        name="feenotice_paid_to_the_school",
                        violation_error_message="Fees are paid to the school's account only.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(("document_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="feenotice_published_with_document",
                        violation_error_message="Name the document that sets the fee.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(("kind", "cost"), _negated=True),
                            models.Q(("cost", models.F("amount")), ("cost__isnull", False)),
                            _connector="OR",
                        ),
                        name="feenotice_collected_at_cost",
                        violation_error_message="What is collected for others is collected at cost.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "aid_groups",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="school.specialgroup", verbose_name="groups of the aid list"
                    ),
                ),
            ],
            options={
                "verbose_name": "settings of the fees",
                "verbose_name_plural": "settings of the fees",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="feesettings_one_row")],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="fees.distributionplan"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("1_drafted", "drafted by the leading group"),
                            ("2_teachers", "discussed with the participating teachers"),
                            ("3_committee", "discussed with the parents' committee"),
                            ("4_sent_up", "sent to the upper office"),
                            ("5_approved", "approved"),
                            ("6_carried_out", "carried out"),
                        ],
                        max_length=16,
                        verbose_name="step",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what was said or decided")),
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
                "verbose_name": "step of the plan",
                "verbose_name_plural": "steps of the plan",
                "ordering": ["kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "kind"),
                        name="planstep_once",
                        violation_error_message="This step has been recorded already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RefundRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refund_rules",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: all options of the term.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refund_rules",
                        to="enrollment.serviceoption",
                        verbose_name="option",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("left_within", "left within a time from the first day"),
                            ("cancelled", "days on which the school held no service"),
                        ],
                        max_length=12,
                        verbose_name="when",
                    ),
                ),
                ("within", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="within")),
                (
                    "unit",
                    models.CharField(
                        choices=[("days", "days"), ("months", "months")],
                        default="months",
                        max_length=6,
                        verbose_name="unit",
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=50, verbose_name="share returned (%)")),
                ("document", models.CharField(blank=True, max_length=120, verbose_name="document")),
            ],
            options={
                "verbose_name": "refund rule",
                "verbose_name_plural": "refund rules",
                "ordering": ["kind", "unit", "within", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 1), ("percent__lte", 100)),
                        name="refundrule_a_share",
                        violation_error_message="A share is between 1 and 100 percent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "left_within"), _negated=True),
                            models.Q(("within__gte", 1), ("within__isnull", False)),
                            _connector="OR",
                        ),
                        name="refundrule_time_given",
                        violation_error_message="Say within how many days or months.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefundRuleEvent",
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
                        to="fees.refundrule",
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
                    "option",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: all options of the term.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.serviceoption",
                        verbose_name="option",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("left_within", "left within a time from the first day"),
                            ("cancelled", "days on which the school held no service"),
                        ],
                        max_length=12,
                        verbose_name="when",
                    ),
                ),
                ("within", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="within")),
                (
                    "unit",
                    models.CharField(
                        choices=[("days", "days"), ("months", "months")],
                        default="months",
                        max_length=6,
                        verbose_name="unit",
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=50, verbose_name="share returned (%)")),
                ("document", models.CharField(blank=True, max_length=120, verbose_name="document")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Roster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(help_text="The first day of the month.", unique=True, verbose_name="month")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rosters",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("compared_at", models.DateTimeField(blank=True, null=True, verbose_name="compared")),
            ],
            options={
                "verbose_name": "monthly roster",
                "verbose_name_plural": "monthly rosters",
                "ordering": ["-first"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("first__day", 1)), name="roster_begins_a_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChargeMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(help_text="The first day of the month.", unique=True, verbose_name="month")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charge_months",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charge_months",
                        to="fees.roster",
                        verbose_name="roster",
                    ),
                ),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="made")),
                ("locked_at", models.DateTimeField(blank=True, null=True, verbose_name="locked")),
                (
                    "locked_by",
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
                "verbose_name": "month of charges",
                "verbose_name_plural": "months of charges",
                "ordering": ["-first"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("first__day", 1)), name="chargemonth_begins_a_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "month",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="fees.chargemonth",
                        verbose_name="month",
                    ),
                ),
                ("for_month", models.DateField(verbose_name="for the month")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="enrollment.serviceoption",
                    ),
                ),
                (
                    "club",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="clubs.club",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="fees.feenotice",
                        verbose_name="fee notice",
                    ),
                ),
                ("mode", models.CharField(max_length=10)),
                ("rate", models.DecimalField(decimal_places=2, default=0, max_digits=8, verbose_name="rate")),
                ("facts", models.JSONField(default=dict, verbose_name="computed from")),
                ("gross", models.DecimalField(decimal_places=2, default=0, max_digits=9, verbose_name="fee")),
                ("waived", models.DecimalField(decimal_places=2, default=0, max_digits=9, verbose_name="waived")),
                ("due", models.DecimalField(decimal_places=2, default=0, max_digits=9, verbose_name="to pay")),
            ],
            options={
                "verbose_name": "charge",
                "verbose_name_plural": "charges",
                "ordering": ["month", "student__name_key", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("month", "student", "option", "for_month"), name="charge_option_once"
                    ),
                    models.UniqueConstraint(fields=("month", "student", "club", "for_month"), name="charge_club_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("club__isnull", True), ("option__isnull", False)),
                            models.Q(("club__isnull", False), ("option__isnull", True)),
                            _connector="OR",
                        ),
                        name="charge_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "due",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross"), "-", models.F("waived")
                                ),
                            )
                        ),
                        name="charge_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due__gte", 0), ("facts__has_key", "correction"), _connector="OR"),
                        name="charge_never_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("notice__isnull", False), ("gross", 0), _connector="OR"),
                        name="charge_rests_on_a_notice",
                        violation_error_message="Nothing is charged outside the published scale.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_refunds",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_refunds",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("left", "left early"),
                            ("cancelled", "service not held"),
                            ("overpaid", "paid too much"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="fees.refundrule",
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="fees.charge",
                    ),
                ),
                (
                    "credit",
                    models.DecimalField(decimal_places=2, default=0, max_digits=9, verbose_name="given back by rule"),
                ),
                ("facts", models.JSONField(default=dict, verbose_name="computed from")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("approved", "approved, to be paid out"),
                            ("declined", "declined"),
                            ("paid", "paid out"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=200, verbose_name="opinion")),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="proposed")),
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
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
            ],
            options={
                "verbose_name": "refund",
                "verbose_name_plural": "refunds",
                "ordering": ["proposed_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "charge"),
                        name="refund_once_a_charge",
                        violation_error_message="This charge has been refunded already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "overpaid"), ("status__in", ["proposed", "approved"])),
                        fields=("student",),
                        name="refund_one_overpaid_open",
                        violation_error_message="A refund for this child is under way already.",
                    ),
                    models.CheckConstraint(condition=models.Q(("credit__gte", 0)), name="refund_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            models.Q(("opinion", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="refund_refusal_has_reason",
                        violation_error_message="A refusal needs a reason the family can understand.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_entries",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_entries",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("charge", "charge"),
                            ("payment", "payment"),
                            ("credit", "given back by rule"),
                            ("refund", "refund paid out"),
                            ("reversal", "reversal"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="amount")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[("", "–"), ("cash", "cash"), ("transfer", "transfer"), ("bank", "bank's file")],
                        default="",
                        max_length=10,
                        verbose_name="way",
                    ),
                ),
                (
                    "receipt_number",
                    models.CharField(
                        blank=True,
                        help_text="As printed on the 票据.",
                        max_length=40,
                        verbose_name="number of the official receipt",
                    ),
                ),
                ("payer", models.CharField(blank=True, max_length=60, verbose_name="paid by")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "charge",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entry",
                        to="fees.charge",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="fees.refund",
                    ),
                ),
                (
                    "bank_line",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entry",
                        to="fees.bankline",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="fees.entry",
                    ),
                ),
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
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
                "ordering": ["day", "pk"],
                "indexes": [models.Index(fields=["student", "day"], name="entry_student")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "charge"),
                            ("kind", "reversal"),
                            models.Q(("amount__gt", 0), ("kind", "refund")),
                            models.Q(("amount__lt", 0), ("kind__in", ["payment", "credit"])),
                            _connector="OR",
                        ),
                        name="entry_sign_by_kind",
                        violation_error_message="An amount is more than zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "reversal"), ("reverses__isnull", False), models.Q(("note", ""), _negated=True)
                            ),
                            models.Q(models.Q(("kind", "reversal"), _negated=True), ("reverses__isnull", True)),
                            _connector="OR",
                        ),
                        name="entry_reversal_names_its_entry",
                        violation_error_message="Say why the entry is reversed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterDifference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="differences", to="fees.roster"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("never_there", "on the roster, never there"),
                            ("not_enrolled", "there, but not enrolled"),
                            ("other_group", "there in another group"),
                            ("ended", "ended after the roster was made"),
                            ("joined", "joined after the roster was made"),
                            ("no_group", "enrolled, but in no group"),
                        ],
                        max_length=14,
                        verbose_name="difference",
                    ),
                ),
                ("facts", models.JSONField(default=dict, verbose_name="seen")),
                ("found_at", models.DateTimeField(auto_now_add=True, verbose_name="found")),
                (
                    "settlement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("roll", "the roll call was corrected"),
                            ("enrolment", "the enrolment was corrected"),
                            ("group", "the child was moved to the right group"),
                            ("explained", "explained, nothing to change"),
                        ],
                        max_length=10,
                        verbose_name="settled",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "verbose_name": "difference",
                "verbose_name_plural": "differences",
                "ordering": ["settled_at", "kind", "student__name_key"],
                "constraints": [
                    models.UniqueConstraint(fields=("roster", "student", "kind"), name="rosterdifference_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True), ("settlement", "")),
                            models.Q(
                                models.Q(("settlement", ""), _negated=True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rosterdifference_settled_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="fees.roster"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrollment.caregroup",
                        verbose_name="care group",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roster_lines",
                        to="enrollment.enrolment",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roster_lines", to="school.student"
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
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
            ],
            options={
                "verbose_name": "line of a roster",
                "verbose_name_plural": "lines of a roster",
                "ordering": ["group__grade", "group__name", "student__name_key"],
                "constraints": [models.UniqueConstraint(fields=("roster", "enrolment"), name="rosterline_once")],
            },
        ),
        migrations.CreateModel(
            name="TermFunding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="funding",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("families", "families and the government"),
                            ("public", "the school's public funds"),
                            ("purchased", "service bought by the government"),
                        ],
                        default="families",
                        max_length=10,
                        verbose_name="who pays",
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=120, verbose_name="document")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "verbose_name": "funding of a term",
                "verbose_name_plural": "funding of terms",
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("aid_list", "on the aid list"),
                            ("low_income", "low income or hardship"),
                            ("disabled", "disability in the family"),
                            ("orphan", "orphan or without care by parents"),
                            ("martyr", "child of a martyr or hero"),
                            ("other", "other"),
                        ],
                        default="low_income",
                        max_length=12,
                        verbose_name="ground",
                    ),
                ),
                ("explanation", models.CharField(blank=True, max_length=300, verbose_name="explanation")),
                ("evidence", models.FileField(blank=True, upload_to="waivers/%Y/%m/", verbose_name="evidence")),
                ("evidence_name", models.CharField(blank=True, max_length=120)),
                (
                    "share",
                    models.CharField(
                        choices=[("full", "free of charge"), ("half", "half price"), ("amount", "an amount less")],
                        default="full",
                        max_length=8,
                        verbose_name="share",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="less by (yuan)"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed from the aid list"),
                            ("applied", "applied for by the family"),
                            ("granted", "granted"),
                            ("declined", "declined"),
                        ],
                        default="applied",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
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
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("opinion", models.CharField(blank=True, max_length=200, verbose_name="opinion")),
            ],
            options={
                "verbose_name": "waiver",
                "verbose_name_plural": "waivers",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="waiver_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("status", "granted")),
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
                        name="waiver_one_a_day",
                        violation_error_message="The child has a waiver for these days already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["proposed", "applied"])),
                        fields=("student",),
                        name="waiver_one_open",
                        violation_error_message="A waiver for this child waits for the office's decision already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("amount__isnull", False), ("share", "amount")),
                            models.Q(models.Q(("share", "amount"), _negated=True), ("amount__isnull", True)),
                            _connector="OR",
                        ),
                        name="waiver_amount_where_it_is_one",
                        violation_error_message="Say how many yuan less; leave it empty for the other shares.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            models.Q(("opinion", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="waiver_refusal_has_reason",
                        violation_error_message="A refusal needs a reason the family can understand.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WaiverEvent",
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
                        to="fees.waiver",
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
                    "ground",
                    models.CharField(
                        choices=[
                            ("aid_list", "on the aid list"),
                            ("low_income", "low income or hardship"),
                            ("disabled", "disability in the family"),
                            ("orphan", "orphan or without care by parents"),
                            ("martyr", "child of a martyr or hero"),
                            ("other", "other"),
                        ],
                        default="low_income",
                        max_length=12,
                        verbose_name="ground",
                    ),
                ),
                ("explanation", models.CharField(blank=True, max_length=300, verbose_name="explanation")),
                ("evidence", models.FileField(blank=True, upload_to="waivers/%Y/%m/", verbose_name="evidence")),
                ("evidence_name", models.CharField(blank=True, max_length=120)),
                (
                    "share",
                    models.CharField(
                        choices=[("full", "free of charge"), ("half", "half price"), ("amount", "an amount less")],
                        default="full",
                        max_length=8,
                        verbose_name="share",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="less by (yuan)"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed from the aid list"),
                            ("applied", "applied for by the family"),
                            ("granted", "granted"),
                            ("declined", "declined"),
                        ],
                        default="applied",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
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
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("opinion", models.CharField(blank=True, max_length=200, verbose_name="opinion")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AccountLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_lines",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("grant", "grant of the government"),
                            ("public_funds", "the school's public funds"),
                            ("labour", "labour pay of teachers"),
                            ("supplies", "supplies for the children's service"),
                        ],
                        max_length=12,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Income above zero, spending below.",
                        max_digits=10,
                        verbose_name="amount (yuan)",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("document", models.CharField(max_length=60, verbose_name="number of the voucher")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="fees.accountline",
                    ),
                ),
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
                "verbose_name": "line of the account",
                "verbose_name_plural": "lines of the account",
                "ordering": ["day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["grant", "public_funds", "labour", "supplies"])),
                        name="accountline_only_these_purposes",
                        violation_error_message="The money is for labour pay and service supplies only.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reverses__isnull", False),
                            models.Q(("amount__gt", 0), ("purpose__in", ["grant", "public_funds"])),
                            models.Q(("amount__lt", 0), ("purpose__in", ["labour", "supplies"])),
                            _connector="OR",
                        ),
                        name="accountline_sign_by_purpose",
                        violation_error_message="An amount is more than zero.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accountline",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="195862835d34e0545174d45661d2bf93301252a4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5e836",
                    table="fees_accountline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feenotice",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen_once_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."published_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7eded5620f066c6e1e8b21bd401928c2564e4b2f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_frozen_once_published_b2983",
                    table="fees_feenotice",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charge",
            trigger=pgtrigger.compiler.Trigger(
                name="locked_month",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM fees_chargemonth m WHERE m.id = NEW.month_id AND m.locked_at IS NOT NULL) THEN\n        RAISE EXCEPTION 'the month is locked' USING ERRCODE = 'check_violation';\n    END IF;\nRETURN NEW;",
                    hash="9e0aec1aedaa461cd47bbb6bfecc9af93624827e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_locked_month_ff1ca",
                    table="fees_charge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charge",
            trigger=pgtrigger.compiler.Trigger(
                name="locked_month_keeps_all",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM fees_chargemonth m WHERE m.id = OLD.month_id AND m.locked_at IS NOT NULL) THEN\n        RAISE EXCEPTION 'the month is locked' USING ERRCODE = 'check_violation';\n    END IF;\nRETURN OLD;",
                    hash="6843707d216a16b71d574cbb4597e566fd2f72bd",
                    operation="DELETE",
                    pgid="pgtrigger_locked_month_keeps_all_70d11",
                    table="fees_charge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planstep",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e66e1f26c18cdd9e872f8ebab121182e92b7bb69",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1e3db",
                    table="fees_planstep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="908374dfb83829de2539f5399afc39640a37f9dd",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_edcba",
                    table="fees_entry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."student_id" IS DISTINCT FROM (NEW."student_id") OR OLD."term_id" IS DISTINCT FROM (NEW."term_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."payer" IS DISTINCT FROM (NEW."payer") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."charge_id" IS DISTINCT FROM (NEW."charge_id") OR OLD."refund_id" IS DISTINCT FROM (NEW."refund_id") OR OLD."bank_line_id" IS DISTINCT FROM (NEW."bank_line_id") OR OLD."reverses_id" IS DISTINCT FROM (NEW."reverses_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="6dc3a2f92cf1954929dcd3e8263a7c832cb96225",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_0c8ae",
                    table="fees_entry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="receipt_written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"receipt_number\" = ''))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d03a94b9d20628bcc483290d89dbdc31e854fe33",
                    operation="UPDATE",
                    pgid="pgtrigger_receipt_written_once_ca167",
                    table="fees_entry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refundrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fees_refundruleevent" ("document", "id", "kind", "option_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "unit", "within") SELECT new_values."document", new_values."id", new_values."kind", new_values."option_id", new_values."percent", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."term_id", new_values."unit", new_values."within" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="24b123f90a21bb24b521088dd7b3ad1d9a38433c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0ef6d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fees_refundrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refundrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fees_refundruleevent" ("document", "id", "kind", "option_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "unit", "within") SELECT new_values."document", new_values."id", new_values."kind", new_values."option_id", new_values."percent", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."term_id", new_values."unit", new_values."within" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7899c3ee0f8c8ac1d16cf7c5ec1c1927518de704",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_eba09",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fees_refundrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refundrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fees_refundruleevent" ("document", "id", "kind", "option_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "unit", "within") SELECT old_values."document", old_values."id", old_values."kind", old_values."option_id", old_values."percent", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."term_id", old_values."unit", old_values."within" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="30b7a1cee553614a21a7302299ac9593bd7d72bc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4b04b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fees_refundrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refund",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="b404bbb99c203660ca34bfb62b875f9c28c6eee9",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_7a5ef",
                    table="fees_refund",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="refundruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bdbfd9aa8a8525a826d12330d95bc1f2ffd8be7b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_90c98",
                    table="fees_refundruleevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chargemonth",
            trigger=pgtrigger.compiler.Trigger(
                name="locked_is_locked",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."locked_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0e06e2bd0ef08deaa6dfa07dc7d1cb32785e404c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_locked_is_locked_580f3",
                    table="fees_chargemonth",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rosterdifference",
            trigger=pgtrigger.compiler.Trigger(
                name="settled_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."settled_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8a6e64ff407b328d84978107bc50eaa1ed2b622a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_settled_stays_928af",
                    table="fees_rosterdifference",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rosterline",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bc7aa635afb4eff32f81adc07726f9b877b91588",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_b0d72",
                    table="fees_rosterline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="fe6909a5e880f8ed50ca8cd53c7573940b15d8b3",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_334c0",
                    table="fees_waiver",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fees_waiverevent" ("amount", "asked_at", "asked_by_id", "decided_at", "decided_by_id", "ends_on", "evidence", "evidence_name", "explanation", "ground", "id", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "starts_on", "status", "student_id") SELECT new_values."amount", new_values."asked_at", new_values."asked_by_id", new_values."decided_at", new_values."decided_by_id", new_values."ends_on", new_values."evidence", new_values."evidence_name", new_values."explanation", new_values."ground", new_values."id", new_values."opinion", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."share", new_values."starts_on", new_values."status", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3402c54b20f56ec86d829d08f707e04e21dfddb1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_df35d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="fees_waiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fees_waiverevent" ("amount", "asked_at", "asked_by_id", "decided_at", "decided_by_id", "ends_on", "evidence", "evidence_name", "explanation", "ground", "id", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "starts_on", "status", "student_id") SELECT new_values."amount", new_values."asked_at", new_values."asked_by_id", new_values."decided_at", new_values."decided_by_id", new_values."ends_on", new_values."evidence", new_values."evidence_name", new_values."explanation", new_values."ground", new_values."id", new_values."opinion", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."share", new_values."starts_on", new_values."status", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9ca9733a296e27a905f64dccefe5afa6ddb31071",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e84d8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="fees_waiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "fees_waiverevent" ("amount", "asked_at", "asked_by_id", "decided_at", "decided_by_id", "ends_on", "evidence", "evidence_name", "explanation", "ground", "id", "opinion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "starts_on", "status", "student_id") SELECT old_values."amount", old_values."asked_at", old_values."asked_by_id", old_values."decided_at", old_values."decided_by_id", old_values."ends_on", old_values."evidence", old_values."evidence_name", old_values."explanation", old_values."ground", old_values."id", old_values."opinion", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."share", old_values."starts_on", old_values."status", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c4665f092f2d5ff62b076ee9f7d9fefdcf8e9662",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_288ed",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="fees_waiver",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiverevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e4be5fdbb30baee47b9e5f2dae96fd122805ccff",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e9125",
                    table="fees_waiverevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
