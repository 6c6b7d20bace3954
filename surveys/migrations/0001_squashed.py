import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("surveys", "0001_initial")]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("school", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("intention", "intention"),
                            ("satisfaction", "satisfaction"),
                            ("burden", "study burden"),
                            ("other", "other"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveys",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                ("intro", models.TextField(blank=True, verbose_name="what families are told")),
                (
                    "grade_from",
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
                        default=1,
                        verbose_name="from grade",
                    ),
                ),
                (
                    "grade_to",
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
                        default=6,
                        verbose_name="to grade",
                    ),
                ),
                (
                    "anonymous",
                    models.BooleanField(
                        default=False,
                        help_text="No answer keeps a link to a person. An answer cannot be changed; results are shown after the end.",
                        verbose_name="anonymous",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "being prepared"), ("published", "published"), ("closed", "closed")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                (
                    "copied_from",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="surveys.survey",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "survey",
                "verbose_name_plural": "surveys",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grade_to__gte", models.F("grade_from"))),
                        name="survey_grades_in_order",
                        violation_error_message="The first grade is above the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at__isnull", True),
                            ("closes_at__isnull", True),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="survey_times_in_order",
                        violation_error_message="The survey closes before it opens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"),
                            models.Q(("closes_at__isnull", False), ("opens_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="survey_published_with_times",
                        violation_error_message="Say from when to when families can answer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="surveys.survey"
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                (
                    "grade_from",
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
                        default=1,
                        verbose_name="from grade",
                    ),
                ),
                (
                    "grade_to",
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
                        default=9,
                        verbose_name="to grade",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grade_to__gte", models.F("grade_from"))),
                        name="section_grades_in_order",
                        violation_error_message="The first grade is above the last.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="surveys.section"
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="question")),
                ("help", models.CharField(blank=True, max_length=200, verbose_name="explanation")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("choice", "one of several"),
                            ("many", "several of several"),
                            ("scale", "scale from 1 to 5"),
                            ("text", "free text"),
                        ],
                        default="choice",
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                ("required", models.BooleanField(default=True, verbose_name="has to be answered")),
                ("low", models.CharField(blank=True, max_length=20, verbose_name="1 means")),
                ("high", models.CharField(blank=True, max_length=20, verbose_name="5 means")),
                (
                    "meaning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("takes_part", "takes part or not"),
                            ("weekdays", "weekdays wanted"),
                            ("periods", "periods wanted"),
                            ("option", "service options wanted"),
                            ("category", "kinds of clubs wanted"),
                            ("pick_up", "who collects the child"),
                            ("pick_up_time", "when the child is collected"),
                        ],
                        max_length=15,
                        verbose_name="counts as",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["section__order", "section", "order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="surveys.question"
                    ),
                ),
                ("text", models.CharField(max_length=80, verbose_name="option")),
                ("value", models.CharField(blank=True, max_length=20)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "option",
                "verbose_name_plural": "options",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="surveys.survey"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="survey_sheets", to="school.student"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.schoolclass"
                    ),
                ),
                ("answers", models.JSONField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("paper", models.BooleanField(default=False, verbose_name="on paper")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("answered_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "answer sheet",
                "verbose_name_plural": "answer sheets",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("survey", "student"), name="sheet_one_a_child")],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="participations", to="surveys.survey"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.student"
                    ),
                ),
                ("day", models.DateField(default=django.utils.timezone.localdate)),
            ],
            options={
                "verbose_name": "participation",
                "verbose_name_plural": "participations",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("survey", "student"),
                        name="participation_one_answer_a_child",
                        violation_error_message="The family of this child has answered already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Box",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="boxes", to="surveys.survey"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.schoolclass"
                    ),
                ),
                ("sheets", models.JSONField(default=list)),
                ("texts", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "ballot box",
                "verbose_name_plural": "ballot boxes",
                "constraints": [models.UniqueConstraint(fields=("survey", "school_class"), name="box_one_a_class")],
            },
        ),
        migrations.CreateModel(
            name="SurveyEvent",
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
                        to="surveys.survey",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("intention", "intention"),
                            ("satisfaction", "satisfaction"),
                            ("burden", "study burden"),
                            ("other", "other"),
                        ],
                        max_length=15,
                        verbose_name="kind",
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
                ("title", models.CharField(max_length=60, verbose_name="title")),
                ("intro", models.TextField(blank=True, verbose_name="what families are told")),
                (
                    "grade_from",
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
                        default=1,
                        verbose_name="from grade",
                    ),
                ),
                (
                    "grade_to",
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
                        default=6,
                        verbose_name="to grade",
                    ),
                ),
                (
                    "anonymous",
                    models.BooleanField(
                        default=False,
                        help_text="No answer keeps a link to a person. An answer cannot be changed; results are shown after the end.",
                        verbose_name="anonymous",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "being prepared"), ("published", "published"), ("closed", "closed")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                (
                    "copied_from",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="surveys.survey",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
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
        pgtrigger.migrations.AddTrigger(
            model_name="option",
            trigger=pgtrigger.compiler.Trigger(
                name="fixed_once_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP <> 'INSERT' AND EXISTS (\n                SELECT 1 FROM surveys_survey WHERE id = (SELECT survey_id FROM surveys_question JOIN surveys_section ON surveys_section.id = section_id WHERE surveys_question.id = OLD.question_id) AND status <> 'draft'\n            ) OR TG_OP <> 'DELETE' AND EXISTS (\n                SELECT 1 FROM surveys_survey WHERE id = (SELECT survey_id FROM surveys_question JOIN surveys_section ON surveys_section.id = section_id WHERE surveys_question.id = NEW.question_id) AND status <> 'draft'\n            ) THEN\n                RAISE EXCEPTION 'surveys: the questions of a published survey are fixed';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                    hash="777c5855753f4d68493ec1f239b13ed023f3083b",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_fixed_once_published_70e55",
                    table="surveys_option",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="fixed_once_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP <> 'INSERT' AND EXISTS (\n                SELECT 1 FROM surveys_survey WHERE id = (SELECT survey_id FROM surveys_section WHERE surveys_section.id = OLD.section_id) AND status <> 'draft'\n            ) OR TG_OP <> 'DELETE' AND EXISTS (\n                SELECT 1 FROM surveys_survey WHERE id = (SELECT survey_id FROM surveys_section WHERE surveys_section.id = NEW.section_id) AND status <> 'draft'\n            ) THEN\n                RAISE EXCEPTION 'surveys: the questions of a published survey are fixed';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                    hash="b1766d5080d3765d2d12cdcf3c45333f5433d6aa",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_fixed_once_published_41197",
                    table="surveys_question",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="survey",
            trigger=pgtrigger.compiler.Trigger(
                name="published_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT (OLD."status" = \'draft\') AND (NEW."status" = \'draft\' OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."term_id" IS DISTINCT FROM (NEW."term_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."intro" IS DISTINCT FROM (NEW."intro") OR OLD."grade_from" IS DISTINCT FROM (NEW."grade_from") OR OLD."grade_to" IS DISTINCT FROM (NEW."grade_to") OR OLD."anonymous" IS DISTINCT FROM (NEW."anonymous") OR OLD."opens_at" IS DISTINCT FROM (NEW."opens_at")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a5986011b6c2b26db4214794defe738d6429c47d",
                    operation="UPDATE",
                    pgid="pgtrigger_published_fixed_96055",
                    table="surveys_survey",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="survey",
            trigger=pgtrigger.compiler.Trigger(
                name="published_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"status\" = 'draft'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="a38e9b3d730c73322a7ba352ab56443628ce0344",
                    operation="DELETE",
                    pgid="pgtrigger_published_stays_7e47f",
                    table="surveys_survey",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="survey",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "surveys_surveyevent" ("anonymous", "closes_at", "copied_from_id", "created_by_id", "grade_from", "grade_to", "id", "intro", "kind", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "term_id", "title") SELECT new_values."anonymous", new_values."closes_at", new_values."copied_from_id", new_values."created_by_id", new_values."grade_from", new_values."grade_to", new_values."id", new_values."intro", new_values."kind", new_values."opens_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."status", new_values."term_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="04e2a38f0fdd92a0b26876fae9bca23b6b0a4a5c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_472a1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="surveys_survey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="survey",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "surveys_surveyevent" ("anonymous", "closes_at", "copied_from_id", "created_by_id", "grade_from", "grade_to", "id", "intro", "kind", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "term_id", "title") SELECT new_values."anonymous", new_values."closes_at", new_values."copied_from_id", new_values."created_by_id", new_values."grade_from", new_values."grade_to", new_values."id", new_values."intro", new_values."kind", new_values."opens_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."status", new_values."term_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3aad5c15bab15b28e1f769d4179f2921a929da65",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7c6a9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="surveys_survey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="survey",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "surveys_surveyevent" ("anonymous", "closes_at", "copied_from_id", "created_by_id", "grade_from", "grade_to", "id", "intro", "kind", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "term_id", "title") SELECT old_values."anonymous", old_values."closes_at", old_values."copied_from_id", old_values."created_by_id", old_values."grade_from", old_values."grade_to", old_values."id", old_values."intro", old_values."kind", old_values."opens_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."status", old_values."term_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f78b4d0511ec259e56462df4340eb9d8b103d0ce",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0ba4d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="surveys_survey",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="section",
            trigger=pgtrigger.compiler.Trigger(
                name="fixed_once_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP <> 'INSERT' AND EXISTS (\n                SELECT 1 FROM surveys_survey WHERE id = (OLD.survey_id) AND status <> 'draft'\n            ) OR TG_OP <> 'DELETE' AND EXISTS (\n                SELECT 1 FROM surveys_survey WHERE id = (NEW.survey_id) AND status <> 'draft'\n            ) THEN\n                RAISE EXCEPTION 'surveys: the questions of a published survey are fixed';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ",
                    hash="2a753fc7e7b80bf012e6874a45bfd8710c27941b",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_fixed_once_published_73998",
                    table="surveys_section",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="surveyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d0d1fbe54fbc62899407b97876154bc396324dbd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ef4ac",
                    table="surveys_surveyevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
