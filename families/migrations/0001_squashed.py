import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("families", "0001_initial")]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("school", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="CareFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="care_files",
                        to="school.student",
                        verbose_name="child",
                    ),
                ),
                (
                    "helper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_files",
                        to="school.staff",
                        verbose_name="helper, one to one",
                    ),
                ),
                ("helper_since", models.DateField(verbose_name="helper since")),
                ("plan", models.TextField(blank=True, max_length=2000, verbose_name="plan of care")),
                (
                    "at_risk",
                    models.BooleanField(
                        default=False,
                        help_text="The file is then the child's own case (一人一案).",
                        verbose_name="at risk of dropping out",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("close_reason", models.CharField(blank=True, max_length=200, verbose_name="why it was closed")),
            ],
            options={
                "verbose_name": "care file",
                "verbose_name_plural": "care files",
                "ordering": ["student__name_key", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True)),
                        fields=("student",),
                        name="carefile_one_open",
                        violation_error_message="This child has an open care file already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), models.Q(("close_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="carefile_closed_with_reason",
                        violation_error_message="Say why the file is closed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareFileEvent",
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
                        to="families.carefile",
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
                        verbose_name="child",
                    ),
                ),
                (
                    "helper",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="helper, one to one",
                    ),
                ),
                ("helper_since", models.DateField(verbose_name="helper since")),
                ("plan", models.TextField(blank=True, max_length=2000, verbose_name="plan of care")),
                (
                    "at_risk",
                    models.BooleanField(
                        default=False,
                        help_text="The file is then the child's own case (一人一案).",
                        verbose_name="at risk of dropping out",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("close_reason", models.CharField(blank=True, max_length=200, verbose_name="why it was closed")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CareRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="families.carefile",
                        verbose_name="care file",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "talk"),
                            ("help", "help with learning or life"),
                            ("phone", "telephone call"),
                            ("dropout", "dropout prevention"),
                            ("aid", "aid"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("seen", models.TextField(max_length=1000, verbose_name="what was seen and done")),
                ("follows", models.CharField(blank=True, max_length=300, verbose_name="what follows")),
                ("aid", models.CharField(blank=True, max_length=60, verbose_name="kind of aid")),
                ("aid_from", models.DateField(blank=True, null=True, verbose_name="aid from")),
                ("aid_to", models.DateField(blank=True, null=True, verbose_name="aid to")),
                ("evidence", models.CharField(blank=True, max_length=60, verbose_name="number of the evidence")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="recorded at")),
            ],
            options={
                "verbose_name": "care record",
                "verbose_name_plural": "care records",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("aid_from__isnull", False), ("kind", "aid"), models.Q(("aid", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("kind", "aid"), _negated=True),
                                ("aid", ""),
                                ("aid_from__isnull", True),
                                ("aid_to__isnull", True),
                                ("evidence", ""),
                            ),
                            _connector="OR",
                        ),
                        name="carerecord_aid_has_facts",
                        violation_error_message="An aid names its kind and since when; other records name neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aid_to__isnull", True), ("aid_to__gte", models.F("aid_from")), _connector="OR"
                        ),
                        name="carerecord_aid_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitteeMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="committee_seats",
                        to="school.guardian",
                        verbose_name="guardian",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="committee_seats",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        choices=[
                            ("chair", "chair of the committee"),
                            ("vice", "deputy chair"),
                            ("standing", "member of the standing committee"),
                            ("member", "member for the class"),
                        ],
                        default="member",
                        max_length=10,
                        verbose_name="function",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of the parents' committee",
                "verbose_name_plural": "members of the parents' committee",
                "ordering": ["school_class__entry_year", "school_class__number", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="committeemember_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("guardian"), models.F("guardian"), models.Value("[]"), function="int8range"
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
                        name="committeemember_one_seat",
                        violation_error_message="This guardian has a seat on the committee in these days already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilySettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="opinions are answered within (school days)"
                    ),
                ),
                (
                    "members_a_class",
                    models.PositiveSmallIntegerField(default=2, verbose_name="members of the committee a class"),
                ),
            ],
            options={
                "verbose_name": "settings of home and school",
                "verbose_name_plural": "settings of home and school",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="familysettings_one_row")],
            },
        ),
        migrations.CreateModel(
            name="HomeVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="school.student",
                        verbose_name="child",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("home", "at the family's home"), ("online", "online"), ("school", "at school")],
                        default="home",
                        max_length=10,
                        verbose_name="way of the visit",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("done", "visited"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("day", models.DateField(help_text="Planned for, then held on.", verbose_name="day")),
                ("findings", models.TextField(blank=True, max_length=1000, verbose_name="findings")),
                ("follows", models.CharField(blank=True, max_length=300, verbose_name="what follows")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("visitors", models.ManyToManyField(related_name="visits", to="school.staff", verbose_name="visitors")),
            ],
            options={
                "verbose_name": "home visit",
                "verbose_name_plural": "home visits",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("findings", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="homevisit_done_has_findings",
                        violation_error_message="Write down what the visit found.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("committee", "meeting of the parents' committee"),
                            ("school", "parents' meeting of the whole school"),
                            ("class", "parents' meeting of a class"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parents_meetings",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("place", models.CharField(max_length=60, verbose_name="place")),
                ("chair", models.CharField(max_length=50, verbose_name="led by")),
                ("topics", models.TextField(verbose_name="topics")),
                ("decisions", models.TextField(blank=True, verbose_name="decisions")),
                ("invited", models.PositiveIntegerField(default=0, verbose_name="families invited")),
                ("attended", models.PositiveIntegerField(default=0, verbose_name="families present")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="minutes by",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "attendees",
                    models.ManyToManyField(
                        blank=True, related_name="meetings", to="school.guardian", verbose_name="present by name"
                    ),
                ),
            ],
            options={
                "verbose_name": "parents' meeting",
                "verbose_name_plural": "parents' meetings",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "class"), ("school_class__isnull", False)),
                            models.Q(models.Q(("kind", "class"), _negated=True), ("school_class__isnull", True)),
                            _connector="OR",
                        ),
                        name="meeting_class_by_kind",
                        violation_error_message="A class's meeting names its class, the others name none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True), models.Q(("decisions", ""), _negated=True), _connector="OR"
                        ),
                        name="meeting_published_with_decisions",
                        violation_error_message="Write down what was decided before you publish the minutes.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("care", "after-school care"),
                            ("club", "clubs"),
                            ("homework", "homework"),
                            ("safety", "safety"),
                            ("fees", "fees"),
                            ("other", "other"),
                        ],
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[("homeroom", "homeroom teacher"), ("office", "service office")],
                        default="office",
                        max_length=10,
                        verbose_name="addressed to",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("phone", "written by the guardian"),
                            ("meeting", "said at a meeting"),
                            ("survey", "from a survey"),
                            ("paper", "on paper or by telephone"),
                        ],
                        default="phone",
                        max_length=10,
                        verbose_name="came by",
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="opinion")),
                (
                    "student",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="opinions",
                        to="school.student",
                        verbose_name="child",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="opinions",
                        to="families.meeting",
                        verbose_name="said at which meeting",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent on")),
                ("due_on", models.DateField(verbose_name="answer until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "waits for an answer"),
                            ("answered", "answer given"),
                            ("followed", "followed up"),
                            ("closed", "dealt with"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="answer")),
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
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("follow_up", models.TextField(blank=True, max_length=500, verbose_name="what was changed")),
                (
                    "followed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="followed up by",
                    ),
                ),
                ("followed_on", models.DateField(blank=True, null=True, verbose_name="changed on")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("public_text", models.TextField(blank=True, max_length=1000, verbose_name="opinion, in public words")),
                (
                    "public_answer",
                    models.TextField(blank=True, max_length=1000, verbose_name="answer, in public words"),
                ),
                ("made_public_at", models.DateTimeField(blank=True, null=True, verbose_name="public since")),
            ],
            options={
                "verbose_name": "opinion",
                "verbose_name_plural": "opinions",
                "ordering": ["sent_at", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "new")), fields=["due_on"], name="opinion_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "new")),
                            models.Q(
                                models.Q(("state", "new"), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="opinion_answered_has_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "followed"), _negated=True),
                            models.Q(
                                models.Q(("follow_up", ""), _negated=True),
                                ("followed_by__isnull", False),
                                ("followed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="opinion_followed_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_public_at__isnull", True),
                            models.Q(
                                models.Q(("public_text", ""), _negated=True),
                                models.Q(("public_answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="opinion_public_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to", "homeroom"), _negated=True),
                            ("school_class__isnull", False),
                            _connector="OR",
                        ),
                        name="opinion_teacher_has_class",
                        violation_error_message="An opinion to the homeroom teacher names its class.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carefile",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "families_carefileevent" ("at_risk", "close_reason", "closed_on", "helper_id", "helper_since", "id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "student_id") SELECT new_values."at_risk", new_values."close_reason", new_values."closed_on", new_values."helper_id", new_values."helper_since", new_values."id", new_values."opened_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="50615654257984c239b709430d0394478be61e35",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a7d55",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="families_carefile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carefile",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "families_carefileevent" ("at_risk", "close_reason", "closed_on", "helper_id", "helper_since", "id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "student_id") SELECT new_values."at_risk", new_values."close_reason", new_values."closed_on", new_values."helper_id", new_values."helper_since", new_values."id", new_values."opened_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ee8d2cf5a5753ddc60f390b764f7850ebd3c8b75",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_12da0",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="families_carefile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carefile",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "families_carefileevent" ("at_risk", "close_reason", "closed_on", "helper_id", "helper_since", "id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "student_id") SELECT old_values."at_risk", old_values."close_reason", old_values."closed_on", old_values."helper_id", old_values."helper_since", old_values."id", old_values."opened_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="60b89e68ef9939b0398ec0452b5016a0e760fcb0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_16bcd",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="families_carefile",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carefileevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="103712680a2093f54fab999749c931e6445c8c8d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6cb6b",
                    table="families_carefileevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carerecord",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="58f1f1111e65aeef0bee46e2ba2f1d89564caacd",
                    operation="UPDATE",
                    pgid="pgtrigger_written_once_3d706",
                    table="families_carerecord",
                    when="BEFORE",
                ),
            ),
        ),
    ]
