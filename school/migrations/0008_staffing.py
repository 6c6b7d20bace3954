import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("school", "0007_period_exceptions"),
    ]

    operations = [
        migrations.CreateModel(
            name="CredentialException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
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
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="granted on")),
            ],
            options={
                "verbose_name": "exception to papers",
                "verbose_name_plural": "exceptions to papers",
                "ordering": ["-starts_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CredentialExceptionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
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
                ("granted_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="granted on")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExemptionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
            ],
            options={
                "verbose_name": "request for exemption",
                "verbose_name_plural": "requests for exemption",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ExemptionRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="staff",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="staff",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="staff",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="staff",
            name="barred_note",
            field=models.CharField(
                blank=True,
                help_text="The document behind it: a bad record, or a training institution. No exception lifts it.",
                max_length=200,
                verbose_name="barred from working with children",
            ),
        ),
        migrations.AddField(
            model_name="staff",
            name="hours_fixed",
            field=models.BooleanField(
                default=False,
                help_text="Compensated by post pay instead.",
                verbose_name="working hours cannot be shifted",
            ),
        ),
        migrations.AddField(
            model_name="staff",
            name="organisation",
            field=models.CharField(
                blank=True,
                help_text="Of an outside instructor who is sent by one.",
                max_length=60,
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="staffevent",
            name="barred_note",
            field=models.CharField(
                blank=True,
                help_text="The document behind it: a bad record, or a training institution. No exception lifts it.",
                max_length=200,
                verbose_name="barred from working with children",
            ),
        ),
        migrations.AddField(
            model_name="staffevent",
            name="hours_fixed",
            field=models.BooleanField(
                default=False,
                help_text="Compensated by post pay instead.",
                verbose_name="working hours cannot be shifted",
            ),
        ),
        migrations.AddField(
            model_name="staffevent",
            name="organisation",
            field=models.CharField(
                blank=True,
                help_text="Of an outside instructor who is sent by one.",
                max_length=60,
                verbose_name="organisation",
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
        migrations.AddField(
            model_name="credentialexception",
            name="granted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="granted by",
            ),
        ),
        migrations.AddField(
            model_name="credentialexception",
            name="staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credential_exceptions",
                to="school.staff",
                verbose_name="member of staff",
            ),
        ),
        migrations.AddField(
            model_name="credentialexceptionevent",
            name="granted_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="granted by",
            ),
        ),
        migrations.AddField(
            model_name="credentialexceptionevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="credentialexceptionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="school.credentialexception",
            ),
        ),
        migrations.AddField(
            model_name="credentialexceptionevent",
            name="staff",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="school.staff",
                verbose_name="member of staff",
            ),
        ),
        migrations.AddField(
            model_name="exemptionrequest",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="exemptionrequest",
            name="staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exemptions",
                to="school.staff",
                verbose_name="member of staff",
            ),
        ),
        migrations.AddField(
            model_name="exemptionrequest",
            name="term",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exemptions",
                to="school.term",
                verbose_name="term",
            ),
        ),
        migrations.AddField(
            model_name="exemptionrequestevent",
            name="decided_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="exemptionrequestevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="exemptionrequestevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="school.exemptionrequest",
            ),
        ),
        migrations.AddField(
            model_name="exemptionrequestevent",
            name="staff",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="school.staff",
                verbose_name="member of staff",
            ),
        ),
        migrations.AddField(
            model_name="exemptionrequestevent",
            name="term",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="school.term",
                verbose_name="term",
            ),
        ),
        migrations.AddConstraint(
            model_name="credentialexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="credentialexception_days_in_order",
                violation_error_message="The last day is before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="credentialexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", False)),
                name="credentialexception_ends",
                violation_error_message="An exception has a last day.",
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
        migrations.AddConstraint(
            model_name="exemptionrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "declined"), _negated=True),
                fields=("staff", "term"),
                name="exemptionrequest_one_a_term",
                violation_error_message="An exemption has been asked for this term already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemptionrequest",
            constraint=models.CheckConstraint(
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
    ]
