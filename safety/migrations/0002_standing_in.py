import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clubs", "0004_take_place"),
        ("enrollment", "0006_term_preparation"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("safety", "0001_initial"),
        ("school", "0008_staffing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True, verbose_name="day")),
                ("reason", models.CharField(max_length=100, verbose_name="reason")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reported on")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AbsenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("day", models.DateField(verbose_name="day")),
                ("reason", models.CharField(max_length=100, verbose_name="reason")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reported on")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
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
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "verbose_name": "substitution",
                "verbose_name_plural": "substitutions",
                "ordering": ["session__day", "session__period__number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SubstitutionAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            },
        ),
        migrations.CreateModel(
            name="SubstitutionAskEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                ("id", models.BigIntegerField()),
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
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="session",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="session",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="session",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="session",
            name="session_staff_one_place",
        ),
        migrations.AddField(
            model_name="session",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="safety.session",
                verbose_name="joined with",
            ),
        ),
        migrations.AddField(
            model_name="sessionevent",
            name="merged_into",
            field=models.ForeignKey(
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
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("merged_into__isnull", True)),
                fields=("day", "period", "staff"),
                name="session_staff_one_place",
                violation_error_message="This person answers for another session then.",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reported by",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absences",
                to="school.staff",
                verbose_name="member of staff",
            ),
        ),
        migrations.AddField(
            model_name="absenceevent",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reported by",
            ),
        ),
        migrations.AddField(
            model_name="absenceevent",
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
            model_name="absenceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="safety.absence",
            ),
        ),
        migrations.AddField(
            model_name="absenceevent",
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
            model_name="substitution",
            name="absence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="substitutions",
                to="safety.absence",
                verbose_name="absence",
            ),
        ),
        migrations.AddField(
            model_name="substitution",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="substitutions",
                to="safety.session",
                verbose_name="session",
            ),
        ),
        migrations.AddField(
            model_name="substitution",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="settled by",
            ),
        ),
        migrations.AddField(
            model_name="substitution",
            name="substitute",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="substitutions",
                to="school.staff",
                verbose_name="who stands in",
            ),
        ),
        migrations.AddField(
            model_name="substitutionask",
            name="staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="asks",
                to="school.staff",
                verbose_name="member of staff",
            ),
        ),
        migrations.AddField(
            model_name="substitutionask",
            name="substitution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="asks",
                to="safety.substitution",
                verbose_name="substitution",
            ),
        ),
        migrations.AddField(
            model_name="substitutionaskevent",
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
            model_name="substitutionaskevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="safety.substitutionask",
            ),
        ),
        migrations.AddField(
            model_name="substitutionaskevent",
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
            model_name="substitutionaskevent",
            name="substitution",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="safety.substitution",
                verbose_name="substitution",
            ),
        ),
        migrations.AddField(
            model_name="substitutionevent",
            name="absence",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="safety.absence",
                verbose_name="absence",
            ),
        ),
        migrations.AddField(
            model_name="substitutionevent",
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
            model_name="substitutionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="safety.substitution",
            ),
        ),
        migrations.AddField(
            model_name="substitutionevent",
            name="session",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="safety.session",
                verbose_name="session",
            ),
        ),
        migrations.AddField(
            model_name="substitutionevent",
            name="settled_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="substitutionevent",
            name="substitute",
            field=models.ForeignKey(
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
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("staff", "day"),
                name="absence_one_a_day",
                violation_error_message="This person is away that day already.",
            ),
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
        migrations.AddConstraint(
            model_name="substitution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("session",), name="substitution_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="substitution",
            constraint=models.CheckConstraint(
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
        migrations.AddConstraint(
            model_name="substitutionask",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")), fields=("substitution",), name="substitutionask_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="substitutionask",
            constraint=models.UniqueConstraint(fields=("substitution", "staff"), name="substitutionask_once"),
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
