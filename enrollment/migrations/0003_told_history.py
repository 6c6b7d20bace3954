import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The triggers that write history know the new columns; they come after the columns are filled."""

    dependencies = [
        ("enrollment", "0002_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="application",
            name="submitted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AlterField(
            model_name="applicationevent",
            name="submitted_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_applicationevent" ("applicant", "id", "leaves_after", "note", "on_paper", "option_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "status", "student_id", "submitted_at", "submitted_by_id", "weekdays") SELECT new_values."applicant", new_values."id", new_values."leaves_after", new_values."note", new_values."on_paper", new_values."option_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."status", new_values."student_id", new_values."submitted_at", new_values."submitted_by_id", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3cfb889f987c5c5c0c3f0778cfcf9e14a72c9e2f",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_applicationevent" ("applicant", "id", "leaves_after", "note", "on_paper", "option_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "status", "student_id", "submitted_at", "submitted_by_id", "weekdays") SELECT new_values."applicant", new_values."id", new_values."leaves_after", new_values."note", new_values."on_paper", new_values."option_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."status", new_values."student_id", new_values."submitted_at", new_values."submitted_by_id", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="72c005eaee4a0b4b90e453178f2915af4546b03b",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_applicationevent" ("applicant", "id", "leaves_after", "note", "on_paper", "option_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "status", "student_id", "submitted_at", "submitted_by_id", "weekdays") SELECT old_values."applicant", old_values."id", old_values."leaves_after", old_values."note", old_values."on_paper", old_values."option_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."status", old_values."student_id", old_values."submitted_at", old_values."submitted_by_id", old_values."weekdays" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="63ff185ad1cc26039081a0d67f6f1956feb8e8cc",
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
            model_name="collector",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_collectorevent" ("document", "document_file", "end_reason", "ended_at", "ends_on", "entered_by_id", "guardian_id", "id", "kind", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo", "relation", "starts_on", "student_id", "told_at", "told_by_id", "told_how") SELECT new_values."document", new_values."document_file", new_values."end_reason", new_values."ended_at", new_values."ends_on", new_values."entered_by_id", new_values."guardian_id", new_values."id", new_values."kind", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."photo", new_values."relation", new_values."starts_on", new_values."student_id", new_values."told_at", new_values."told_by_id", new_values."told_how" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b3699de223bc48e988cfc9181b97a827c0af8438",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_collectorevent" ("document", "document_file", "end_reason", "ended_at", "ends_on", "entered_by_id", "guardian_id", "id", "kind", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo", "relation", "starts_on", "student_id", "told_at", "told_by_id", "told_how") SELECT new_values."document", new_values."document_file", new_values."end_reason", new_values."ended_at", new_values."ends_on", new_values."entered_by_id", new_values."guardian_id", new_values."id", new_values."kind", new_values."name", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."photo", new_values."relation", new_values."starts_on", new_values."student_id", new_values."told_at", new_values."told_by_id", new_values."told_how" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6b6253103610748cb24374a4b38dc6070d5ea5ad",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_collectorevent" ("document", "document_file", "end_reason", "ended_at", "ends_on", "entered_by_id", "guardian_id", "id", "kind", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "photo", "relation", "starts_on", "student_id", "told_at", "told_by_id", "told_how") SELECT old_values."document", old_values."document_file", old_values."end_reason", old_values."ended_at", old_values."ends_on", old_values."entered_by_id", old_values."guardian_id", old_values."id", old_values."kind", old_values."name", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."photo", old_values."relation", old_values."starts_on", old_values."student_id", old_values."told_at", old_values."told_by_id", old_values."told_how" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e63dccb2b46d5f0a83869a326163cadc541d19d6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c8dc2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enrollment_collector",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="collector",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_at__isnull", True), ("told_by__isnull", True), ("told_how", "")),
                    models.Q(
                        ("told_at__isnull", False),
                        ("told_by__isnull", False),
                        models.Q(("told_how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="collector_told_whole",
            ),
        ),
    ]
