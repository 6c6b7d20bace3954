import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("reports", "0001_initial"),
        ("reports", "0002_initial"),
        ("reports", "0003_frozen_when_approved"),
        ("reports", "0004_agreements_on_paper"),
    ]

    initial = True

    dependencies = [
        ("school", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("term_summary", "term summary"), ("agreements", "agreements on paper")],
                        default="term_summary",
                        max_length=20,
                        verbose_name="report",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_runs",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("until", models.DateField(verbose_name="figures until")),
                ("arguments", models.JSONField(blank=True, default=dict, verbose_name="what was asked for")),
                ("key", models.CharField(max_length=80, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "being made"),
                            ("done", "ready"),
                            ("failed", "failed"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="progress (%)")),
                ("stage", models.CharField(blank=True, max_length=60, verbose_name="stage")),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="attempt")),
                ("lease_until", models.DateTimeField(null=True)),
                ("figures", models.JSONField(default=dict, verbose_name="figures")),
                ("pdf", models.FileField(blank=True, upload_to="reports/%Y/%m/", verbose_name="PDF")),
                ("xlsx", models.FileField(blank=True, upload_to="reports/%Y/%m/", verbose_name="Excel")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="what went wrong")),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="requested")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "report run",
                "verbose_name_plural": "report runs",
                "ordering": ["-requested_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), _negated=True),
                            models.Q(
                                models.Q(("pdf", ""), _negated=True),
                                models.Q(("xlsx", ""), _negated=True),
                                ("finished_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reportrun_done_has_files",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_at__isnull", True), ("status", "done"), _connector="OR"),
                        name="reportrun_approved_is_done",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportrun",
            trigger=pgtrigger.compiler.Trigger(
                name="approved_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."approved_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d96d272b48147b3eab6d9dac51ba1d6e41c13021",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_approved_is_frozen_658c8",
                    table="reports_reportrun",
                    when="BEFORE",
                ),
            ),
        ),
    ]
