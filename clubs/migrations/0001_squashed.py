import clubs.models.timetable
import datetime
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# A place taken in one round trip: every check, the membership, its seats, and the counter last.
# It gives the club's name; nothing where the club is full; NULL where something else refuses and the caller looks
# for the reason.
TAKE_PLACE = """
CREATE FUNCTION clubs_take_place(
    the_club bigint, child bigint, who bigint, school_year int, today date, right_now timestamptz
)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    its_class record;
    grade int;
    club record;
    part record;
    round record;
    member bigint;
BEGIN
    SELECT sc.id, sc.entry_year INTO its_class FROM school_guardianship g
    JOIN school_guardian a ON a.id = g.guardian_id AND a.user_id = who
    JOIN school_classmembership m ON m.student_id = g.student_id
      AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
    JOIN school_schoolclass sc ON sc.id = m.school_class_id
    WHERE g.student_id = child AND NOT g.barred;
    IF NOT FOUND THEN RETURN NULL; END IF;
    grade := school_year - its_class.entry_year + 1;

    SELECT c.id, c.term_id, c.name, c.taken < c.capacity - c.held AS free INTO club FROM clubs_club c
    WHERE c.id = the_club AND c.status = 'published' AND grade BETWEEN c.grade_from AND c.grade_to
      AND (c.school_class_id IS NULL OR c.school_class_id = its_class.id);
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF NOT club.free AND NOT EXISTS (
        SELECT 1 FROM clubs_membership m JOIN enrollment_enrolment e ON e.id = m.enrolment_id
        WHERE m.club_id = the_club AND (m.ends_on IS NULL AND e.ends_on < today OR m.ends_on < today)
          AND EXISTS (SELECT 1 FROM clubs_seat s WHERE s.membership_id = m.id)
    ) THEN RETURN ''; END IF;
    IF NOT club.free THEN RETURN NULL; END IF;

    SELECT r.id, r.most_places INTO round FROM clubs_choiceround r
    JOIN clubs_choiceround_clubs rc ON rc.choiceround_id = r.id AND rc.club_id = the_club
    WHERE r.way = 'first_come' AND r.state = 'announced' AND r.opens_at <= right_now AND r.closes_at > right_now
    ORDER BY r.id LIMIT 1;
    IF NOT FOUND THEN RETURN NULL; END IF;

    SELECT e.id, e.starts_on INTO part FROM enrollment_enrolment e
    JOIN enrollment_serviceoption o ON o.id = e.option_id AND o.term_id = club.term_id
    JOIN school_term t ON t.id = o.term_id
    WHERE e.student_id = child AND (e.ends_on IS NULL OR e.ends_on >= GREATEST(today, t.starts_on))
      AND EXISTS (SELECT 1 FROM clubs_clubslot s WHERE s.club_id = the_club)
      AND NOT EXISTS (
          SELECT 1 FROM clubs_clubslot s JOIN school_period p ON p.id = s.period_id
          WHERE s.club_id = the_club
            AND (s.weekday <> ALL (e.weekdays) OR (e.leaves_after ->> s.weekday::text)::int < p.number))
    ORDER BY e.id LIMIT 1;
    IF NOT FOUND THEN RETURN NULL; END IF;

    -- Two guardians at once: the second waits here and then sees what the first took.
    PERFORM pg_advisory_xact_lock(hashtext('clubs child'), child::int);
    IF (SELECT count(*) FROM clubs_membership m
        JOIN clubs_choiceround_clubs rc ON rc.club_id = m.club_id AND rc.choiceround_id = round.id
        WHERE m.student_id = child AND m.ends_on IS NULL) >= round.most_places THEN RETURN NULL; END IF;

    BEGIN
        INSERT INTO clubs_membership
            (club_id, student_id, enrolment_id, how, round_id, end_reason, joined_by_id, joined_at, starts_on, trial_until)
        SELECT the_club, child, part.id, 'chosen', round.id, '', who, right_now, begins,
               CASE WHEN coalesce(s.trial_days, 7) > 0 THEN begins + coalesce(s.trial_days, 7) - 1 END
        FROM (SELECT GREATEST(today, part.starts_on) AS begins) day LEFT JOIN clubs_clubsettings s ON s.id = 1
        RETURNING id INTO member;
        INSERT INTO clubs_seat (membership_id, student_id, term_id, weekday, period_id)
        SELECT member, child, club.term_id, s.weekday, s.period_id FROM clubs_clubslot s WHERE s.club_id = the_club;
        UPDATE clubs_club SET taken = taken + 1 WHERE id = the_club AND taken < capacity - held;
        IF NOT FOUND THEN RAISE EXCEPTION 'club_full' USING ERRCODE = 'check_violation'; END IF;
    EXCEPTION WHEN unique_violation OR check_violation THEN
        -- The last place went in this instant, or the child is in another club at that time.
        RETURN CASE WHEN SQLSTATE = '23514' THEN '' END;
    END;
    RETURN club.name;
END $$;
"""


class Migration(migrations.Migration):
    replaces = [
        ("clubs", "0001_initial"),
        ("clubs", "0002_initial"),
        ("clubs", "0003_clubs_in_full"),
        ("clubs", "0004_take_place"),
    ]

    initial = True

    dependencies = [
        ("enrollment", "0001_squashed"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("school", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30, unique=True, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("艺术", "arts"),
                            ("体育", "sports"),
                            ("科技", "science"),
                            ("益智", "puzzles"),
                            ("人文", "humanities"),
                            ("劳动", "labour"),
                            ("阅读", "reading"),
                            ("实践", "social practice"),
                            ("特教", "special education"),
                            ("其他", "other"),
                        ],
                        default="其他",
                        max_length=10,
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill",
                "verbose_name_plural": "skills",
                "ordering": ["category", "name"],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for the owner's own duties.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=clubs.models.timetable.new_token, editable=False, max_length=64, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
            ],
            options={
                "verbose_name": "calendar feed",
                "verbose_name_plural": "calendar feeds",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("owner", "student"),
                        name="calendarfeed_one_live",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeedEvent",
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
                        to="clubs.calendarfeed",
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
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty for the owner's own duties.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CampusZone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="zones",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="zone")),
                ("aim", models.CharField(max_length=120, verbose_name="what is to be reached")),
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
                        default=5,
                        verbose_name="weekday",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zones",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "adult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zones",
                        to="school.staff",
                        verbose_name="adult",
                    ),
                ),
            ],
            options={
                "verbose_name": "zone of labour day",
                "verbose_name_plural": "zones of labour day",
                "ordering": ["weekday", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "weekday", "school_class"),
                        name="campuszone_class_one_place",
                        violation_error_message="This class has its zone on that day already.",
                    ),
                    models.UniqueConstraint(
                        fields=("term", "weekday", "name"),
                        name="campuszone_once",
                        violation_error_message="This zone is given to a class on that day already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampusZoneEvent",
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
                        to="clubs.campuszone",
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
                ("name", models.CharField(max_length=40, verbose_name="zone")),
                ("aim", models.CharField(max_length=120, verbose_name="what is to be reached")),
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
                        default=5,
                        verbose_name="weekday",
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
                    "adult",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="adult",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Club",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clubs",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("艺术", "arts"),
                            ("体育", "sports"),
                            ("科技", "science"),
                            ("益智", "puzzles"),
                            ("人文", "humanities"),
                            ("劳动", "labour"),
                            ("阅读", "reading"),
                            ("实践", "social practice"),
                            ("特教", "special education"),
                            ("其他", "other"),
                        ],
                        default="其他",
                        max_length=10,
                        verbose_name="category",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school", "club of the school"),
                            ("class", "club of a class"),
                            ("pupils", "club founded by pupils"),
                        ],
                        default="school",
                        max_length=10,
                        verbose_name="kind of club",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("elective", "elective"), ("required", "required for all")],
                        default="elective",
                        help_text="Required: for all who take part.",
                        max_length=10,
                        verbose_name="part",
                    ),
                ),
                (
                    "strand",
                    models.CharField(
                        blank=True,
                        help_text="As the school calls it, like 1+3+X.",
                        max_length=20,
                        verbose_name="part of the school's course model",
                    ),
                ),
                ("aim", models.TextField(blank=True, verbose_name="aim and content")),
                (
                    "adaptation",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how children with special needs take part"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        help_text="Of a class's own club.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clubs",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("grade_from", models.PositiveSmallIntegerField(verbose_name="from grade")),
                ("grade_to", models.PositiveSmallIntegerField(verbose_name="to grade")),
                (
                    "least",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="With fewer the club does not come about; 0 for no such number.",
                        verbose_name="least children",
                    ),
                ),
                ("capacity", models.PositiveSmallIntegerField(verbose_name="places")),
                ("taken", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="taken")),
                ("held", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="kept for offers")),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clubs",
                        to="school.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "rain_room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.room",
                        verbose_name="room when it rains",
                    ),
                ),
                (
                    "rain_stay",
                    models.BooleanField(
                        default=False, verbose_name="when it rains, the children stay in their care groups"
                    ),
                ),
                (
                    "instructor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clubs",
                        to="school.staff",
                        verbose_name="instructor",
                    ),
                ),
                (
                    "assistant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assisted_clubs",
                        to="school.staff",
                        verbose_name="second adult",
                    ),
                ),
                ("times_a_week", models.PositiveSmallIntegerField(default=1, verbose_name="times a week")),
                (
                    "wished_days",
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
                        verbose_name="days wished for",
                    ),
                ),
                ("materials", models.CharField(blank=True, max_length=200, verbose_name="materials")),
                (
                    "materials_fee",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=8, verbose_name="materials (yuan a term)"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("proposed", "proposed to the office"),
                            ("published", "in the catalogue"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=200, verbose_name="opinion of the office")),
                (
                    "other_rooms",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="school.room", verbose_name="may also meet in"
                    ),
                ),
            ],
            options={
                "verbose_name": "club",
                "verbose_name_plural": "clubs",
                "ordering": ["category", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "name"),
                        name="club_once",
                        violation_error_message="A club of this name exists in the term.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "taken__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("capacity"), "-", models.F("held")
                                ),
                            )
                        ),
                        name="club_never_oversold",
                        violation_error_message="More children than places.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade_to__gte", models.F("grade_from"))),
                        name="club_grades_in_order",
                        violation_error_message="The first grade is above the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least__lte", models.F("capacity"))),
                        name="club_sizes_in_order",
                        violation_error_message="The least number of children is above the places.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("times_a_week__gte", 1), ("times_a_week__lte", 7)),
                        name="club_times_make_sense",
                        violation_error_message="A club meets once to seven times a week.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "class"), ("school_class__isnull", False)),
                            models.Q(models.Q(("kind", "class"), _negated=True), ("school_class__isnull", True)),
                            _connector="OR",
                        ),
                        name="club_of_a_class_names_it",
                        violation_error_message="A class's own club names its class; another club names none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assistant__isnull", True),
                            models.Q(("assistant", models.F("instructor")), _negated=True),
                            _connector="OR",
                        ),
                        name="club_two_different_adults",
                        violation_error_message="The second adult is somebody else than the instructor.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChoiceRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choice_rounds",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("first_come", "first come, first served"),
                            ("draw", "ranked choices with a draw"),
                            ("audition", "the instructor's list after an audition"),
                        ],
                        default="first_come",
                        max_length=10,
                        verbose_name="places are given",
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="choosing begins")),
                ("closes_at", models.DateTimeField(verbose_name="choosing ends")),
                ("most_choices", models.PositiveSmallIntegerField(default=5, verbose_name="choices a child")),
                ("most_places", models.PositiveSmallIntegerField(default=2, verbose_name="places a child")),
                (
                    "priority",
                    models.BooleanField(
                        default=True,
                        help_text="Children of the groups for whom places come first. The public file then shows, by numbers, who came first.",
                        verbose_name="priority groups come first",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("announced", "announced"),
                            ("drawn", "drawn, not yet published"),
                            ("published", "places given out"),
                            ("cancelled", "called off"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("seed", models.CharField(editable=False, max_length=32)),
                ("seed_sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256 of the seed")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("announced_at", models.DateTimeField(blank=True, null=True, verbose_name="announced")),
                ("clubs", models.ManyToManyField(related_name="rounds", to="clubs.club", verbose_name="clubs")),
            ],
            options={
                "verbose_name": "choosing round",
                "verbose_name_plural": "choosing rounds",
                "ordering": ["-opens_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "name"),
                        name="choiceround_once",
                        violation_error_message="A round of this name exists in the term.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="choiceround_times_in_order",
                        violation_error_message="Choosing ends after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most_choices__gte", 1),
                            ("most_choices__lte", 10),
                            ("most_places__gte", 1),
                            ("most_places__lte", 7),
                        ),
                        name="choiceround_numbers_make_sense",
                        violation_error_message="A child has one to ten choices and one to seven places.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChoiceRoundEvent",
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
                        to="clubs.choiceround",
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
                    "way",
                    models.CharField(
                        choices=[
                            ("first_come", "first come, first served"),
                            ("draw", "ranked choices with a draw"),
                            ("audition", "the instructor's list after an audition"),
                        ],
                        default="first_come",
                        max_length=10,
                        verbose_name="places are given",
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="choosing begins")),
                ("closes_at", models.DateTimeField(verbose_name="choosing ends")),
                ("most_choices", models.PositiveSmallIntegerField(default=5, verbose_name="choices a child")),
                ("most_places", models.PositiveSmallIntegerField(default=2, verbose_name="places a child")),
                (
                    "priority",
                    models.BooleanField(
                        default=True,
                        help_text="Children of the groups for whom places come first. The public file then shows, by numbers, who came first.",
                        verbose_name="priority groups come first",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("announced", "announced"),
                            ("drawn", "drawn, not yet published"),
                            ("published", "places given out"),
                            ("cancelled", "called off"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("seed_sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256 of the seed")),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("announced_at", models.DateTimeField(blank=True, null=True, verbose_name="announced")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChoiceSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="clubs.choiceround",
                        verbose_name="round",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choice_sheets",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                ("number", models.CharField(max_length=8, verbose_name="number in the draw")),
                ("places_wanted", models.PositiveSmallIntegerField(default=1, verbose_name="places wanted")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="chosen by",
                    ),
                ),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="chosen")),
            ],
            options={
                "verbose_name": "choices of a child",
                "verbose_name_plural": "choices of children",
                "ordering": ["round", "student"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "student"), name="choicesheet_once"),
                    models.UniqueConstraint(fields=("round", "number"), name="choicesheet_number_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="clubs.choicesheet",
                        verbose_name="choices of a child",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(verbose_name="rank")),
                (
                    "club",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not heard yet"),
                            ("yes", "accepted"),
                            ("reserve", "on the waiting list"),
                            ("no", "not this time"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("verdict_note", models.CharField(blank=True, max_length=100, verbose_name="note")),
                (
                    "not_given",
                    models.CharField(
                        blank=True,
                        help_text="Drawn or accepted, but no longer possible when places were given out.",
                        max_length=200,
                        verbose_name="why the place was not given",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice",
                "verbose_name_plural": "choices",
                "ordering": ["sheet", "rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "rank"), name="choice_rank_once"),
                    models.UniqueConstraint(
                        fields=("sheet", "club"),
                        name="choice_club_once",
                        violation_error_message="This club is chosen twice.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClubEvent",
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
                        to="clubs.club",
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
                    "category",
                    models.CharField(
                        choices=[
                            ("艺术", "arts"),
                            ("体育", "sports"),
                            ("科技", "science"),
                            ("益智", "puzzles"),
                            ("人文", "humanities"),
                            ("劳动", "labour"),
                            ("阅读", "reading"),
                            ("实践", "social practice"),
                            ("特教", "special education"),
                            ("其他", "other"),
                        ],
                        default="其他",
                        max_length=10,
                        verbose_name="category",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school", "club of the school"),
                            ("class", "club of a class"),
                            ("pupils", "club founded by pupils"),
                        ],
                        default="school",
                        max_length=10,
                        verbose_name="kind of club",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("elective", "elective"), ("required", "required for all")],
                        default="elective",
                        help_text="Required: for all who take part.",
                        max_length=10,
                        verbose_name="part",
                    ),
                ),
                (
                    "strand",
                    models.CharField(
                        blank=True,
                        help_text="As the school calls it, like 1+3+X.",
                        max_length=20,
                        verbose_name="part of the school's course model",
                    ),
                ),
                ("aim", models.TextField(blank=True, verbose_name="aim and content")),
                (
                    "adaptation",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how children with special needs take part"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Of a class's own club.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("grade_from", models.PositiveSmallIntegerField(verbose_name="from grade")),
                ("grade_to", models.PositiveSmallIntegerField(verbose_name="to grade")),
                (
                    "least",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="With fewer the club does not come about; 0 for no such number.",
                        verbose_name="least children",
                    ),
                ),
                ("capacity", models.PositiveSmallIntegerField(verbose_name="places")),
                (
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "rain_room",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.room",
                        verbose_name="room when it rains",
                    ),
                ),
                (
                    "rain_stay",
                    models.BooleanField(
                        default=False, verbose_name="when it rains, the children stay in their care groups"
                    ),
                ),
                (
                    "instructor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="instructor",
                    ),
                ),
                (
                    "assistant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="second adult",
                    ),
                ),
                ("times_a_week", models.PositiveSmallIntegerField(default=1, verbose_name="times a week")),
                (
                    "wished_days",
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
                        verbose_name="days wished for",
                    ),
                ),
                ("materials", models.CharField(blank=True, max_length=200, verbose_name="materials")),
                (
                    "materials_fee",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=8, verbose_name="materials (yuan a term)"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "being prepared"),
                            ("proposed", "proposed to the office"),
                            ("published", "in the catalogue"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=200, verbose_name="opinion of the office")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClubPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "club",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                ("image", models.FileField(upload_to="clubs/%Y/%m/", verbose_name="picture")),
                ("caption", models.CharField(max_length=60, verbose_name="caption")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added")),
            ],
            options={
                "verbose_name": "picture of a club",
                "verbose_name_plural": "pictures of clubs",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ClubSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "two_adults",
                    models.BooleanField(
                        default=False,
                        help_text="A club without the second is not published.",
                        verbose_name="every club has two adults",
                    ),
                ),
                (
                    "offer_hours",
                    models.PositiveSmallIntegerField(default=24, verbose_name="an offered place is kept for (hours)"),
                ),
                (
                    "trial_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="Who leaves within them has been on trial; 0 for none.",
                        verbose_name="trial (days)",
                    ),
                ),
                (
                    "credit_for_losses",
                    models.BooleanField(
                        default=False, verbose_name="who got nothing in a draw comes first in the next term's"
                    ),
                ),
                (
                    "photos",
                    models.BooleanField(
                        default=False,
                        help_text="Of works and rooms; never of faces.",
                        verbose_name="photos in the records of meetings",
                    ),
                ),
                ("family_evaluations", models.BooleanField(default=True, verbose_name="families evaluate their clubs")),
                (
                    "children_per_adult",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="At least two adults come along always.",
                        verbose_name="children to one adult on visits outside",
                    ),
                ),
                (
                    "direct_from",
                    models.TimeField(
                        default=datetime.time(15, 0),
                        help_text="Before that, somebody is asked and may decline.",
                        verbose_name="the office assigns a substitute directly from",
                    ),
                ),
                (
                    "answer_minutes",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="who is asked to stand in answers within (minutes)"
                    ),
                ),
                (
                    "rain_point",
                    models.CharField(
                        blank=True,
                        help_text="Empty: as always.",
                        max_length=100,
                        verbose_name="where children are collected when it rains",
                    ),
                ),
            ],
            options={
                "verbose_name": "club settings",
                "verbose_name_plural": "club settings",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="clubsettings_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("children_per_adult__gte", 1)),
                        name="clubsettings_adults_have_children",
                        violation_error_message="At least one child to an adult.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offer_hours__gte", 1), ("offer_hours__lte", 336)),
                        name="clubsettings_offer_lasts",
                        violation_error_message="An offer lasts from one hour to fourteen days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClubSettingsEvent",
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
                        to="clubs.clubsettings",
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
                    "two_adults",
                    models.BooleanField(
                        default=False,
                        help_text="A club without the second is not published.",
                        verbose_name="every club has two adults",
                    ),
                ),
                (
                    "offer_hours",
                    models.PositiveSmallIntegerField(default=24, verbose_name="an offered place is kept for (hours)"),
                ),
                (
                    "trial_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="Who leaves within them has been on trial; 0 for none.",
                        verbose_name="trial (days)",
                    ),
                ),
                (
                    "credit_for_losses",
                    models.BooleanField(
                        default=False, verbose_name="who got nothing in a draw comes first in the next term's"
                    ),
                ),
                (
                    "photos",
                    models.BooleanField(
                        default=False,
                        help_text="Of works and rooms; never of faces.",
                        verbose_name="photos in the records of meetings",
                    ),
                ),
                ("family_evaluations", models.BooleanField(default=True, verbose_name="families evaluate their clubs")),
                (
                    "children_per_adult",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="At least two adults come along always.",
                        verbose_name="children to one adult on visits outside",
                    ),
                ),
                (
                    "direct_from",
                    models.TimeField(
                        default=datetime.time(15, 0),
                        help_text="Before that, somebody is asked and may decline.",
                        verbose_name="the office assigns a substitute directly from",
                    ),
                ),
                (
                    "answer_minutes",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="who is asked to stand in answers within (minutes)"
                    ),
                ),
                (
                    "rain_point",
                    models.CharField(
                        blank=True,
                        help_text="Empty: as always.",
                        max_length=100,
                        verbose_name="where children are collected when it rains",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClubSlot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.term"),
                ),
                (
                    "club",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="clubs.club",
                        verbose_name="club",
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
                        related_name="club_slots",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "instructor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="instructor",
                    ),
                ),
                (
                    "assistant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="second adult",
                    ),
                ),
            ],
            options={
                "verbose_name": "weekly slot",
                "verbose_name_plural": "weekly slots",
                "ordering": ["weekday", "period__number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "weekday", "period", "room"),
                        name="clubslot_room_one_place",
                        violation_error_message="Another club is in this room then.",
                    ),
                    models.UniqueConstraint(
                        fields=("term", "weekday", "period", "instructor"),
                        name="clubslot_instructor_one_place",
                        violation_error_message="This person leads another club then.",
                    ),
                    models.UniqueConstraint(
                        fields=("term", "weekday", "period", "assistant"),
                        name="clubslot_assistant_one_place",
                        violation_error_message="This person helps in another club then.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClubWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "club",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weeks",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="week")),
                ("content", models.CharField(max_length=200, verbose_name="content")),
            ],
            options={
                "verbose_name": "week of a club",
                "verbose_name_plural": "weeks of clubs",
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("club", "number"), name="clubweek_once")],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="clubs.choiceround",
                        verbose_name="round",
                    ),
                ),
                ("rehearsal", models.BooleanField(default=False, verbose_name="rehearsal")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("round", "the choices of this round"),
                            ("survey", "the wishes of the survey"),
                            ("last", "last term's choices"),
                        ],
                        default="round",
                        max_length=10,
                        verbose_name="wishes from",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[("draw", "ranked choices with a draw"), ("first_come", "first come, first served")],
                        default="draw",
                        max_length=10,
                        verbose_name="rule",
                    ),
                ),
                ("data", models.TextField(verbose_name="file")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("summary", models.JSONField(verbose_name="report")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="drawn")),
            ],
            options={
                "verbose_name": "draw",
                "verbose_name_plural": "draws",
                "ordering": ["-at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("rehearsal", False)), fields=("round",), name="draw_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rehearsal", True), models.Q(("rule", "draw"), ("source", "round")), _connector="OR"
                        ),
                        name="draw_of_its_own_choices",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="clubs.draw",
                        verbose_name="draw",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="clubs.choicesheet",
                        verbose_name="choices of a child",
                    ),
                ),
                ("place", models.PositiveIntegerField(verbose_name="place in the order")),
                ("got", models.PositiveSmallIntegerField(verbose_name="places got")),
                ("best", models.PositiveSmallIntegerField(null=True, verbose_name="best rank met")),
                ("results", models.JSONField(verbose_name="results")),
            ],
            options={
                "verbose_name": "line of a draw",
                "verbose_name_plural": "lines of draws",
                "ordering": ["draw", "place"],
                "constraints": [models.UniqueConstraint(fields=("draw", "sheet"), name="drawline_once")],
            },
        ),
        migrations.CreateModel(
            name="Lecture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=60, verbose_name="topic")),
                ("about", models.CharField(blank=True, max_length=300, verbose_name="what it is about")),
                ("speaker", models.CharField(max_length=30, verbose_name="speaker")),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        help_text="Like mother or grandfather; no name of a child.",
                        max_length=20,
                        verbose_name="is to a child",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, help_text="Only the office sees it.", max_length=20, verbose_name="phone"
                    ),
                ),
                (
                    "grade_from",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="from grade",
                    ),
                ),
                (
                    "grade_to",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="to grade",
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "offered, without a date"),
                            ("dated", "dated"),
                            ("held", "held"),
                            ("called_off", "does not take place"),
                        ],
                        default="offered",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why it does not take place")),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="entered")),
            ],
            options={
                "verbose_name": "parents' lecture",
                "verbose_name_plural": "parents' lectures",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grade_to__gte", models.F("grade_from"))),
                        name="lecture_grades_in_order",
                        violation_error_message="The last grade is not below the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["dated", "held"]), _negated=True),
                            models.Q(("day__isnull", False), ("period__isnull", False), ("room__isnull", False)),
                            _connector="OR",
                        ),
                        name="lecture_dated_in_full",
                        violation_error_message="A lecture that takes place has its day, period and room.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "called_off"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lecture_called_off_with_a_reason",
                        violation_error_message="Say why it does not take place.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["dated", "held"])),
                        fields=("day", "period", "room"),
                        name="lecture_room_one_place",
                        violation_error_message="Another lecture is in this room then.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LectureEvent",
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
                        to="clubs.lecture",
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
                ("topic", models.CharField(max_length=60, verbose_name="topic")),
                ("about", models.CharField(blank=True, max_length=300, verbose_name="what it is about")),
                ("speaker", models.CharField(max_length=30, verbose_name="speaker")),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        help_text="Like mother or grandfather; no name of a child.",
                        max_length=20,
                        verbose_name="is to a child",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True, help_text="Only the office sees it.", max_length=20, verbose_name="phone"
                    ),
                ),
                (
                    "grade_from",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="from grade",
                    ),
                ),
                (
                    "grade_to",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="to grade",
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
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
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "offered, without a date"),
                            ("dated", "dated"),
                            ("held", "held"),
                            ("called_off", "does not take place"),
                        ],
                        default="offered",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why it does not take place")),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="entered")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "club",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                ("day", models.DateField(db_index=True, verbose_name="day")),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "instructor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="instructor",
                    ),
                ),
                (
                    "assistant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.staff",
                        verbose_name="second adult",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        help_text="A whole care group that comes by rotation; empty for the club's own members.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="enrollment.caregroup",
                        verbose_name="care group",
                    ),
                ),
                ("cancelled", models.BooleanField(default=False, verbose_name="cancelled")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["day", "period__number", "club"],
                "constraints": [
                    models.UniqueConstraint(fields=("club", "day", "period"), name="meeting_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled", False)),
                        fields=("day", "period", "group"),
                        name="meeting_group_one_place",
                        violation_error_message="This group is at another club then.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled", False)),
                        fields=("day", "period", "room"),
                        name="meeting_room_one_place",
                        violation_error_message="Another club is in this room then.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled", False)),
                        fields=("day", "period", "instructor"),
                        name="meeting_instructor_one_place",
                        violation_error_message="This person leads another club then.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingEvent",
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
                        to="clubs.meeting",
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
                    "club",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
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
                    "room",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "instructor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="instructor",
                    ),
                ),
                (
                    "assistant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.staff",
                        verbose_name="second adult",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="A whole care group that comes by rotation; empty for the club's own members.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enrollment.caregroup",
                        verbose_name="care group",
                    ),
                ),
                ("cancelled", models.BooleanField(default=False, verbose_name="cancelled")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MeetingRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record",
                        to="clubs.meeting",
                        verbose_name="meeting",
                    ),
                ),
                ("content", models.CharField(max_length=300, verbose_name="what the meeting was about")),
                ("materials", models.CharField(blank=True, max_length=200, verbose_name="materials used")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark for the office")),
                (
                    "photo",
                    models.FileField(
                        blank=True,
                        help_text="Of works and rooms; never of faces.",
                        upload_to="records/%Y/%m/",
                        verbose_name="photo",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at")),
            ],
            options={
                "verbose_name": "record of a meeting",
                "verbose_name_plural": "records of meetings",
                "ordering": ["-meeting__day", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("content", ""), _negated=True),
                        name="meetingrecord_says_something",
                        violation_error_message="Say in a few words what was done.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingRecordEvent",
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
                        to="clubs.meetingrecord",
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
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.meeting",
                        verbose_name="meeting",
                    ),
                ),
                ("content", models.CharField(max_length=300, verbose_name="what the meeting was about")),
                ("materials", models.CharField(blank=True, max_length=200, verbose_name="materials used")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark for the office")),
                (
                    "photo",
                    models.FileField(
                        blank=True,
                        help_text="Of works and rooms; never of faces.",
                        upload_to="records/%Y/%m/",
                        verbose_name="photo",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "club",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="club_memberships",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="club_memberships",
                        to="enrollment.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("chosen", "chosen, first come"),
                            ("drawn", "by lot"),
                            ("audition", "by audition"),
                            ("offered", "from the waiting list"),
                            ("placed", "placed by the office"),
                            ("moved", "moved from another club"),
                        ],
                        default="chosen",
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="clubs.choiceround",
                        verbose_name="round",
                    ),
                ),
                ("trial_until", models.DateField(blank=True, null=True, verbose_name="on trial until")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for ending")),
                (
                    "joined_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="chosen by",
                    ),
                ),
                ("joined_at", models.DateTimeField(auto_now_add=True, verbose_name="chosen")),
            ],
            options={
                "verbose_name": "club membership",
                "verbose_name_plural": "club memberships",
                "ordering": ["club", "student__name_key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="membership_days_in_order",
                        violation_error_message="The last day is before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClubEvaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evaluation",
                        to="clubs.membership",
                        verbose_name="club membership",
                    ),
                ),
                ("content", models.PositiveSmallIntegerField(verbose_name="What the club does")),
                ("again", models.BooleanField(verbose_name="We would choose it again")),
                ("sentence", models.CharField(blank=True, max_length=200, verbose_name="A sentence to the club")),
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
                "verbose_name": "evaluation of a club",
                "verbose_name_plural": "evaluations of clubs",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("content__gte", 1), ("content__lte", 5)),
                        name="clubevaluation_one_to_five",
                        violation_error_message="From 1 to 5.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
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
                        to="clubs.membership",
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
                    "club",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.club",
                        verbose_name="club",
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
                    "how",
                    models.CharField(
                        choices=[
                            ("chosen", "chosen, first come"),
                            ("drawn", "by lot"),
                            ("audition", "by audition"),
                            ("offered", "from the waiting list"),
                            ("placed", "placed by the office"),
                            ("moved", "moved from another club"),
                        ],
                        default="chosen",
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.choiceround",
                        verbose_name="round",
                    ),
                ),
                ("trial_until", models.DateField(blank=True, null=True, verbose_name="on trial until")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for ending")),
                (
                    "joined_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="chosen by",
                    ),
                ),
                ("joined_at", models.DateTimeField(auto_now_add=True, verbose_name="chosen")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RainDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("point", models.CharField(blank=True, max_length=100, verbose_name="where children are collected")),
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
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ],
            options={
                "verbose_name": "rainy day",
                "verbose_name_plural": "rainy days",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("day",), name="rainday_one_stands"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClubChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="clubs.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cancelled", "called off"),
                            ("moved", "moved"),
                            ("room", "another room"),
                            ("restored", "takes place after all"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_from",
                        to="clubs.meeting",
                        verbose_name="became",
                    ),
                ),
                (
                    "room_before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.room",
                        verbose_name="room before",
                    ),
                ),
                (
                    "rain",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="clubs.rainday",
                        verbose_name="rainy day",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
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
                "verbose_name": "change of a meeting",
                "verbose_name_plural": "changes of meetings",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("became__isnull", False), ("kind", "moved")),
                            models.Q(("kind", "moved"), _negated=True),
                            _connector="OR",
                        ),
                        name="clubchange_move_names_both",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RainDayEvent",
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
                        to="clubs.rainday",
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
                ("point", models.CharField(blank=True, max_length=100, verbose_name="where children are collected")),
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
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Rotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rotations",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
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
                        related_name="+",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                ("every_weeks", models.PositiveSmallIntegerField(default=2, verbose_name="moves on every (weeks)")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to")),
            ],
            options={
                "verbose_name": "rotation",
                "verbose_name_plural": "rotations",
                "ordering": ["weekday", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "name"),
                        name="rotation_once",
                        violation_error_message="A rotation of this name exists in the term.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="rotation_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every_weeks__gte", 1), ("every_weeks__lte", 8)),
                        name="rotation_weeks_make_sense",
                        violation_error_message="A rotation moves on every one to eight weeks.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotationEvent",
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
                        to="clubs.rotation",
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
                ("every_weeks", models.PositiveSmallIntegerField(default=2, verbose_name="moves on every (weeks)")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RotationGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="clubs.rotation",
                        verbose_name="rotation",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rotations",
                        to="enrollment.caregroup",
                        verbose_name="care group",
                    ),
                ),
            ],
            options={
                "verbose_name": "group of a rotation",
                "verbose_name_plural": "groups of rotations",
                "ordering": ["order"],
                "constraints": [models.UniqueConstraint(fields=("rotation", "group"), name="rotationgroup_once")],
            },
        ),
        migrations.CreateModel(
            name="RotationStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stops",
                        to="clubs.rotation",
                        verbose_name="rotation",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "club",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
            ],
            options={
                "verbose_name": "stop of a rotation",
                "verbose_name_plural": "stops of rotations",
                "ordering": ["order"],
                "constraints": [models.UniqueConstraint(fields=("rotation", "club"), name="rotationstop_once")],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="clubs.membership"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.student"
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="school.term"),
                ),
                ("weekday", models.PositiveSmallIntegerField()),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.period"
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "student", "weekday", "period"),
                        name="seat_child_one_place",
                        violation_error_message="The child is in another club then.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Show",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shows",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "club",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shows",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[("show", "show"), ("contest", "contest"), ("exhibition", "exhibition")],
                        default="show",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        help_text="In words, of the whole club: no ranking, no names of children.",
                        max_length=300,
                        verbose_name="what came of it",
                    ),
                ),
                (
                    "picture",
                    models.FileField(
                        blank=True,
                        help_text="Of works and rooms; never of faces.",
                        upload_to="shows/%Y/%m/",
                        verbose_name="picture",
                    ),
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
                "verbose_name": "show or contest",
                "verbose_name_plural": "shows and contests",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "club", "day", "title"),
                        name="show_once",
                        nulls_distinct=False,
                        violation_error_message="This is entered already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShowEvent",
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
                        to="clubs.show",
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
                    "club",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[("show", "show"), ("contest", "contest"), ("exhibition", "exhibition")],
                        default="show",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        help_text="In words, of the whole club: no ranking, no names of children.",
                        max_length=300,
                        verbose_name="what came of it",
                    ),
                ),
                (
                    "picture",
                    models.FileField(
                        blank=True,
                        help_text="Of works and rooms; never of faces.",
                        upload_to="shows/%Y/%m/",
                        verbose_name="picture",
                    ),
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
            name="SkillEvent",
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
                        to="clubs.skill",
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
                ("name", models.CharField(max_length=30, verbose_name="name")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("艺术", "arts"),
                            ("体育", "sports"),
                            ("科技", "science"),
                            ("益智", "puzzles"),
                            ("人文", "humanities"),
                            ("劳动", "labour"),
                            ("阅读", "reading"),
                            ("实践", "social practice"),
                            ("特教", "special education"),
                            ("其他", "other"),
                        ],
                        default="其他",
                        max_length=10,
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills",
                        to="school.staff",
                        verbose_name="member of staff",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holders",
                        to="clubs.skill",
                        verbose_name="skill",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("leads", "can lead a club"), ("helps", "can help in one")],
                        default="leads",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Certificate, experience.", max_length=100, verbose_name="note"
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="known since")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposed")),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill of an adult",
                "verbose_name_plural": "skills of adults",
                "ordering": ["skill", "staff__name_key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staff", "skill"),
                        name="staffskill_once",
                        violation_error_message="This skill is entered already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffSkillEvent",
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
                        to="clubs.staffskill",
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
                    "skill",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.skill",
                        verbose_name="skill",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("leads", "can lead a club"), ("helps", "can help in one")],
                        default="leads",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Certificate, experience.", max_length=100, verbose_name="note"
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="known since")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposed")),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ThemeMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="theme_months",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "month",
                    models.PositiveSmallIntegerField(
                        help_text="1 to 12",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="month",
                    ),
                ),
                ("title", models.CharField(max_length=30, verbose_name="theme")),
                ("lower", models.CharField(blank=True, max_length=200, verbose_name="grades 1 and 2")),
                ("middle", models.CharField(blank=True, max_length=200, verbose_name="grades 3 and 4")),
                ("upper", models.CharField(blank=True, max_length=200, verbose_name="grades 5 and 6")),
            ],
            options={
                "verbose_name": "theme month",
                "verbose_name_plural": "theme months",
                "ordering": ["term", "month"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "month"),
                        name="thememonth_once",
                        violation_error_message="This month has its theme already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__gte", 1), ("month__lte", 12)),
                        name="thememonth_is_a_month",
                        violation_error_message="A month is a number from 1 to 12.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThemeMonthEvent",
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
                        to="clubs.thememonth",
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
                    "month",
                    models.PositiveSmallIntegerField(
                        help_text="1 to 12",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="month",
                    ),
                ),
                ("title", models.CharField(max_length=30, verbose_name="theme")),
                ("lower", models.CharField(blank=True, max_length=200, verbose_name="grades 1 and 2")),
                ("middle", models.CharField(blank=True, max_length=200, verbose_name="grades 3 and 4")),
                ("upper", models.CharField(blank=True, max_length=200, verbose_name="grades 5 and 6")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TimetableProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timetable_proposals",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for a free worker"),
                            ("running", "being made"),
                            ("open", "proposal"),
                            ("failed", "not made"),
                            ("published", "published"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("plan", models.JSONField(default=list, verbose_name="plan")),
                ("relaxed", models.JSONField(default=list, verbose_name="given up")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                ("undo", models.JSONField(default=list)),
                (
                    "duties_allowed",
                    models.BooleanField(
                        default=False,
                        help_text="Somebody else then has to be found for those duties.",
                        verbose_name="clubs may be put over care duties",
                    ),
                ),
                ("made", models.PositiveIntegerField(default=0, editable=False)),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="error")),
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
                "verbose_name": "proposal of a timetable",
                "verbose_name_plural": "proposals of timetables",
                "ordering": ["-made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published"), _negated=True),
                        fields=("term",),
                        name="timetableproposal_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", False), ("state", "published")),
                            models.Q(models.Q(("state", "published"), _negated=True), ("published_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="timetableproposal_published_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unavailable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unavailable",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unavailable",
                        to="school.staff",
                        verbose_name="member of staff",
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
                        blank=True,
                        help_text="Empty for the whole afternoon.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Colleagues of the office read it.", max_length=60, verbose_name="reason"
                    ),
                ),
            ],
            options={
                "verbose_name": "time not able",
                "verbose_name_plural": "times not able",
                "ordering": ["staff__name_key", "weekday", "period__number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "staff", "weekday", "period"),
                        name="unavailable_once",
                        nulls_distinct=False,
                        violation_error_message="This is entered already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnavailableEvent",
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
                        to="clubs.unavailable",
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
                        blank=True,
                        db_constraint=False,
                        help_text="Empty for the whole afternoon.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="school.period",
                        verbose_name="period",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Colleagues of the office read it.", max_length=60, verbose_name="reason"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outings",
                        to="school.term",
                        verbose_name="term",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("purpose", models.CharField(max_length=200, verbose_name="purpose of the visit")),
                ("place", models.CharField(max_length=100, verbose_name="place")),
                ("day", models.DateField(verbose_name="day")),
                ("leaves_at", models.TimeField(verbose_name="leaves at")),
                ("returns_at", models.TimeField(verbose_name="is back at")),
                (
                    "club",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outings",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outings",
                        to="school.schoolclass",
                        verbose_name="class",
                    ),
                ),
                ("route", models.TextField(blank=True, max_length=500, verbose_name="way there and back")),
                ("transport", models.TextField(blank=True, max_length=500, verbose_name="how the children travel")),
                (
                    "emergency_contact",
                    models.TextField(blank=True, max_length=300, verbose_name="whom to call in an emergency"),
                ),
                ("first_aid", models.TextField(blank=True, max_length=300, verbose_name="first aid")),
                ("weather", models.TextField(blank=True, max_length=300, verbose_name="when the weather turns")),
                ("missing_child", models.TextField(blank=True, max_length=500, verbose_name="if a child is missing")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "being planned"),
                            ("approved", "approved by the office"),
                            ("called_off", "does not take place"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why it does not take place")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
            ],
            options={
                "verbose_name": "visit outside",
                "verbose_name_plural": "visits outside",
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("returns_at__gt", models.F("leaves_at"))),
                        name="visit_returns_after_it_leaves",
                        violation_error_message="It comes back after it has left.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_approved_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitChild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="clubs.visit",
                        verbose_name="visit outside",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outings",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "not yet answered"),
                            ("agreed", "guardian agrees"),
                            ("declined", "stays at school"),
                            ("left_out", "left out: no agreement"),
                        ],
                        default="open",
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
            ],
            options={
                "verbose_name": "child of a visit",
                "verbose_name_plural": "children of visits",
                "ordering": ["visit", "student__name_key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("visit", "student"),
                        name="visitchild_once",
                        violation_error_message="This child is asked along already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__in", ["agreed", "declined"]), _negated=True),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visitchild_answer_says_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitChildEvent",
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
                        to="clubs.visitchild",
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
                    "visit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.visit",
                        verbose_name="visit outside",
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
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "not yet answered"),
                            ("agreed", "guardian agrees"),
                            ("declined", "stays at school"),
                            ("left_out", "left out: no agreement"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_by",
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
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VisitCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="clubs.visit",
                        verbose_name="visit outside",
                    ),
                ),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("departure", "before leaving"),
                            ("between", "on the way"),
                            ("return", "after coming back"),
                        ],
                        max_length=10,
                        verbose_name="when",
                    ),
                ),
                ("expected", models.PositiveSmallIntegerField(verbose_name="expected")),
                ("present", models.PositiveSmallIntegerField(verbose_name="there")),
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
                (
                    "absent",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="clubs.visitchild", verbose_name="not there"
                    ),
                ),
            ],
            options={
                "verbose_name": "count of heads",
                "verbose_name_plural": "counts of heads",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("present__lte", models.F("expected"))), name="visitcount_not_more_than_all"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitEvent",
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
                        to="clubs.visit",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("purpose", models.CharField(max_length=200, verbose_name="purpose of the visit")),
                ("place", models.CharField(max_length=100, verbose_name="place")),
                ("day", models.DateField(verbose_name="day")),
                ("leaves_at", models.TimeField(verbose_name="leaves at")),
                ("returns_at", models.TimeField(verbose_name="is back at")),
                (
                    "club",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.club",
                        verbose_name="club",
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
                ("route", models.TextField(blank=True, max_length=500, verbose_name="way there and back")),
                ("transport", models.TextField(blank=True, max_length=500, verbose_name="how the children travel")),
                (
                    "emergency_contact",
                    models.TextField(blank=True, max_length=300, verbose_name="whom to call in an emergency"),
                ),
                ("first_aid", models.TextField(blank=True, max_length=300, verbose_name="first aid")),
                ("weather", models.TextField(blank=True, max_length=300, verbose_name="when the weather turns")),
                ("missing_child", models.TextField(blank=True, max_length=500, verbose_name="if a child is missing")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "being planned"),
                            ("approved", "approved by the office"),
                            ("called_off", "does not take place"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="why it does not take place")),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VisitLeader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leaders",
                        to="clubs.visit",
                        verbose_name="visit outside",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits_led",
                        to="school.staff",
                        verbose_name="adult",
                    ),
                ),
            ],
            options={
                "verbose_name": "adult of a visit",
                "verbose_name_plural": "adults of visits",
                "ordering": ["visit", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("visit", "staff"),
                        name="visitleader_once",
                        violation_error_message="This adult comes along already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitLeaderEvent",
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
                        to="clubs.visitleader",
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
                    "visit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.visit",
                        verbose_name="visit outside",
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
                        verbose_name="adult",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "club",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="club_waits",
                        to="school.student",
                        verbose_name="student",
                    ),
                ),
                (
                    "order",
                    models.BigIntegerField(
                        help_text="Smaller comes first; changed only with a reason.", verbose_name="order"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("offered", "a place is offered"),
                            ("taken", "took the place"),
                            ("refused", "refused the place"),
                            ("expired", "did not answer in time"),
                            ("left", "no longer waits"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
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
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
            ],
            options={
                "verbose_name": "place on a waiting list",
                "verbose_name_plural": "waiting lists",
                "ordering": ["club", "order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "offered"])),
                        fields=("club", "student"),
                        name="waiting_once",
                        violation_error_message="The child is on this waiting list already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "waiting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="clubs.waiting",
                        verbose_name="place on a waiting list",
                    ),
                ),
                (
                    "club",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                ("secret", models.CharField(editable=False, max_length=32, unique=True)),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="offered")),
                ("expires_at", models.DateTimeField(verbose_name="until")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepted"),
                            ("refused", "let go"),
                            ("expired", "not answered in time"),
                            ("withdrawn", "taken back"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            ],
            options={
                "verbose_name": "offer of a place",
                "verbose_name_plural": "offers of places",
                "ordering": ["-offered_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)), fields=("waiting",), name="offer_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="offer_answer_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("offered_at"))), name="offer_lasts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferEvent",
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
                        to="clubs.offer",
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
                    "waiting",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.waiting",
                        verbose_name="place on a waiting list",
                    ),
                ),
                (
                    "club",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.club",
                        verbose_name="club",
                    ),
                ),
                ("secret", models.CharField(editable=False, max_length=32)),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="offered")),
                ("expires_at", models.DateTimeField(verbose_name="until")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "accepted"),
                            ("refused", "let go"),
                            ("expired", "not answered in time"),
                            ("withdrawn", "taken back"),
                        ],
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
            name="WaitingEvent",
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
                        to="clubs.waiting",
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
                    "club",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clubs.club",
                        verbose_name="club",
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
                    "order",
                    models.BigIntegerField(
                        help_text="Smaller comes first; changed only with a reason.", verbose_name="order"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("offered", "a place is offered"),
                            ("taken", "took the place"),
                            ("refused", "refused the place"),
                            ("expired", "did not answer in time"),
                            ("left", "no longer waits"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
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
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WaitingMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "waiting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="clubs.waiting",
                        verbose_name="place on a waiting list",
                    ),
                ),
                ("position_before", models.PositiveIntegerField(verbose_name="position before")),
                ("position_after", models.PositiveIntegerField(verbose_name="position after")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
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
                "verbose_name": "change of order",
                "verbose_name_plural": "changes of order",
                "ordering": ["-at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="waitingmove_has_reason",
                        violation_error_message="Say why the order changes.",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clubsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_clubsettingsevent" ("answer_minutes", "children_per_adult", "credit_for_losses", "direct_from", "family_evaluations", "id", "offer_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photos", "rain_point", "trial_days", "two_adults") SELECT new_values."answer_minutes", new_values."children_per_adult", new_values."credit_for_losses", new_values."direct_from", new_values."family_evaluations", new_values."id", new_values."offer_hours", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."photos", new_values."rain_point", new_values."trial_days", new_values."two_adults" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5777667facabd415cdd74ac4d33fdd032885ad25",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4acb1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_clubsettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clubsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_clubsettingsevent" ("answer_minutes", "children_per_adult", "credit_for_losses", "direct_from", "family_evaluations", "id", "offer_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photos", "rain_point", "trial_days", "two_adults") SELECT new_values."answer_minutes", new_values."children_per_adult", new_values."credit_for_losses", new_values."direct_from", new_values."family_evaluations", new_values."id", new_values."offer_hours", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."photos", new_values."rain_point", new_values."trial_days", new_values."two_adults" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="051e3969ef0a56f851b2dbe376140ac8eec74396",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_eb4ac",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_clubsettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clubsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_clubsettingsevent" ("answer_minutes", "children_per_adult", "credit_for_losses", "direct_from", "family_evaluations", "id", "offer_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photos", "rain_point", "trial_days", "two_adults") SELECT old_values."answer_minutes", old_values."children_per_adult", old_values."credit_for_losses", old_values."direct_from", old_values."family_evaluations", old_values."id", old_values."offer_hours", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."photos", old_values."rain_point", old_values."trial_days", old_values."two_adults" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c35dc7b3d38ca4ff690585483edf43ba6ee636be",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9caaa",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_clubsettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="skill",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_skillevent" ("category", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."category", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="52898ee48442e6aa4182874c9937c68f706e10b9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_62a4f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_skill",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="skill",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_skillevent" ("category", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."category", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="05c2037070cbc319c36f94e791f1d650c1d49041",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_67f9f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_skill",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="skill",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_skillevent" ("category", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."category", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="03c26151850d2028a25a05c0ee0416f6d61f2246",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d0351",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_skill",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeed",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_calendarfeedevent" ("created_at", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "student_id") SELECT new_values."created_at", new_values."id", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d406b9d8a035bf03d0ce4064a2b1100ee45ab36c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0e131",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_calendarfeed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeed",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_calendarfeedevent" ("created_at", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "student_id") SELECT new_values."created_at", new_values."id", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."revoked_at", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."student_id" IS DISTINCT FROM (new_values."student_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7aa98e5d1acf019f581a1c29cb87b976e2c82cbc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c611b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_calendarfeed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeed",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_calendarfeedevent" ("created_at", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "student_id") SELECT old_values."created_at", old_values."id", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."revoked_at", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0afc5c3aabd6e00e4fe1ff12d8e790e464ed73e4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_73401",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_calendarfeed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d3104f48520e9d7f554d0fe9a0f7b12b48815678",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_08401",
                    table="clubs_calendarfeedevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campuszone",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_campuszoneevent" ("adult_id", "aim", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "term_id", "weekday") SELECT new_values."adult_id", new_values."aim", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_class_id", new_values."term_id", new_values."weekday" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c92d97902b45bfd473e4788c22259d7b6a35e649",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2e49a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_campuszone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campuszone",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_campuszoneevent" ("adult_id", "aim", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "term_id", "weekday") SELECT new_values."adult_id", new_values."aim", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_class_id", new_values."term_id", new_values."weekday" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ff7267598c68e451c1f0acef92833e621ec69ff9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a1271",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_campuszone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campuszone",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_campuszoneevent" ("adult_id", "aim", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "term_id", "weekday") SELECT old_values."adult_id", old_values."aim", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_class_id", old_values."term_id", old_values."weekday" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="050d7fa136353fe8408968aa7b444e2f4ec84718",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ca7a2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_campuszone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="campuszoneevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1db5a86953dc4496bc26c3ebe653c366775007b4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d97ad",
                    table="clubs_campuszoneevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="choiceroundevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="16284aaf80380789a5f56f862adf1d0ff0653ffb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3b5b6",
                    table="clubs_choiceroundevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="club",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_clubevent" ("adaptation", "aim", "assistant_id", "capacity", "category", "grade_from", "grade_to", "id", "instructor_id", "kind", "least", "materials", "materials_fee", "name", "opinion", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "rain_room_id", "rain_stay", "room_id", "school_class_id", "status", "strand", "term_id", "times_a_week", "wished_days") SELECT new_values."adaptation", new_values."aim", new_values."assistant_id", new_values."capacity", new_values."category", new_values."grade_from", new_values."grade_to", new_values."id", new_values."instructor_id", new_values."kind", new_values."least", new_values."materials", new_values."materials_fee", new_values."name", new_values."opinion", new_values."part", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_by_id", new_values."rain_room_id", new_values."rain_stay", new_values."room_id", new_values."school_class_id", new_values."status", new_values."strand", new_values."term_id", new_values."times_a_week", new_values."wished_days" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="eeb76de121fba7c7f84fa50e1d976cd3f50affbf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_794c8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_club",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="club",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_clubevent" ("adaptation", "aim", "assistant_id", "capacity", "category", "grade_from", "grade_to", "id", "instructor_id", "kind", "least", "materials", "materials_fee", "name", "opinion", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "rain_room_id", "rain_stay", "room_id", "school_class_id", "status", "strand", "term_id", "times_a_week", "wished_days") SELECT new_values."adaptation", new_values."aim", new_values."assistant_id", new_values."capacity", new_values."category", new_values."grade_from", new_values."grade_to", new_values."id", new_values."instructor_id", new_values."kind", new_values."least", new_values."materials", new_values."materials_fee", new_values."name", new_values."opinion", new_values."part", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_by_id", new_values."rain_room_id", new_values."rain_stay", new_values."room_id", new_values."school_class_id", new_values."status", new_values."strand", new_values."term_id", new_values."times_a_week", new_values."wished_days" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."adaptation" IS DISTINCT FROM (new_values."adaptation") OR old_values."aim" IS DISTINCT FROM (new_values."aim") OR old_values."assistant_id" IS DISTINCT FROM (new_values."assistant_id") OR old_values."capacity" IS DISTINCT FROM (new_values."capacity") OR old_values."category" IS DISTINCT FROM (new_values."category") OR old_values."grade_from" IS DISTINCT FROM (new_values."grade_from") OR old_values."grade_to" IS DISTINCT FROM (new_values."grade_to") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."instructor_id" IS DISTINCT FROM (new_values."instructor_id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."least" IS DISTINCT FROM (new_values."least") OR old_values."materials" IS DISTINCT FROM (new_values."materials") OR old_values."materials_fee" IS DISTINCT FROM (new_values."materials_fee") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."opinion" IS DISTINCT FROM (new_values."opinion") OR old_values."part" IS DISTINCT FROM (new_values."part") OR old_values."proposed_by_id" IS DISTINCT FROM (new_values."proposed_by_id") OR old_values."rain_room_id" IS DISTINCT FROM (new_values."rain_room_id") OR old_values."rain_stay" IS DISTINCT FROM (new_values."rain_stay") OR old_values."room_id" IS DISTINCT FROM (new_values."room_id") OR old_values."school_class_id" IS DISTINCT FROM (new_values."school_class_id") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."strand" IS DISTINCT FROM (new_values."strand") OR old_values."term_id" IS DISTINCT FROM (new_values."term_id") OR old_values."times_a_week" IS DISTINCT FROM (new_values."times_a_week") OR old_values."wished_days" IS DISTINCT FROM (new_values."wished_days")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="306ccbba4800c190fa6b1f3ac30caf5ab6c2439e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b2008",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_club",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="club",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_clubevent" ("adaptation", "aim", "assistant_id", "capacity", "category", "grade_from", "grade_to", "id", "instructor_id", "kind", "least", "materials", "materials_fee", "name", "opinion", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "rain_room_id", "rain_stay", "room_id", "school_class_id", "status", "strand", "term_id", "times_a_week", "wished_days") SELECT old_values."adaptation", old_values."aim", old_values."assistant_id", old_values."capacity", old_values."category", old_values."grade_from", old_values."grade_to", old_values."id", old_values."instructor_id", old_values."kind", old_values."least", old_values."materials", old_values."materials_fee", old_values."name", old_values."opinion", old_values."part", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_by_id", old_values."rain_room_id", old_values."rain_stay", old_values."room_id", old_values."school_class_id", old_values."status", old_values."strand", old_values."term_id", old_values."times_a_week", old_values."wished_days" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1510197c8aaeea866c51d49801f82d7ec866f1cd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9f4f8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_club",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="choiceround",
            trigger=pgtrigger.compiler.Trigger(
                name="seed_as_announced",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."seed" IS DISTINCT FROM (NEW."seed") OR OLD."seed_sha256" IS DISTINCT FROM (NEW."seed_sha256"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="38963bc6011b21ef04ab0d487d172bf97502be88",
                    operation="UPDATE",
                    pgid="pgtrigger_seed_as_announced_28bad",
                    table="clubs_choiceround",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="choiceround",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_choiceroundevent" ("announced_at", "closes_at", "id", "made_by_id", "most_choices", "most_places", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "seed_sha256", "state", "term_id", "way") SELECT new_values."announced_at", new_values."closes_at", new_values."id", new_values."made_by_id", new_values."most_choices", new_values."most_places", new_values."name", new_values."opens_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."priority", new_values."seed_sha256", new_values."state", new_values."term_id", new_values."way" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6224be7f4a89359206fbfa928271e6596686f245",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7e5c0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_choiceround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="choiceround",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_choiceroundevent" ("announced_at", "closes_at", "id", "made_by_id", "most_choices", "most_places", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "seed_sha256", "state", "term_id", "way") SELECT new_values."announced_at", new_values."closes_at", new_values."id", new_values."made_by_id", new_values."most_choices", new_values."most_places", new_values."name", new_values."opens_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."priority", new_values."seed_sha256", new_values."state", new_values."term_id", new_values."way" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."announced_at" IS DISTINCT FROM (new_values."announced_at") OR old_values."closes_at" IS DISTINCT FROM (new_values."closes_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."most_choices" IS DISTINCT FROM (new_values."most_choices") OR old_values."most_places" IS DISTINCT FROM (new_values."most_places") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."opens_at" IS DISTINCT FROM (new_values."opens_at") OR old_values."priority" IS DISTINCT FROM (new_values."priority") OR old_values."seed_sha256" IS DISTINCT FROM (new_values."seed_sha256") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."term_id" IS DISTINCT FROM (new_values."term_id") OR old_values."way" IS DISTINCT FROM (new_values."way")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4b59256541c5e75712a306a7ba0dc65568db471b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7d08a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_choiceround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="choiceround",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_choiceroundevent" ("announced_at", "closes_at", "id", "made_by_id", "most_choices", "most_places", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "seed_sha256", "state", "term_id", "way") SELECT old_values."announced_at", old_values."closes_at", old_values."id", old_values."made_by_id", old_values."most_choices", old_values."most_places", old_values."name", old_values."opens_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."priority", old_values."seed_sha256", old_values."state", old_values."term_id", old_values."way" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="09d1c7a3aa950468db31f22d2938b4eec091ad7b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2245d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_choiceround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clubevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9b023c8c504dd313cadce2c9df9ef12da42354d5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1538c",
                    table="clubs_clubevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clubsettingsevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cd36b641798fbf0aa0ebf6c5081d7804ac70b938",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b7371",
                    table="clubs_clubsettingsevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clubslot",
            trigger=pgtrigger.compiler.Trigger(
                name="adults_one_place",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM pg_advisory_xact_lock(hashtext('clubslot'), person::int)\n                    FROM unnest(ARRAY[LEAST(NEW.instructor_id, NEW.assistant_id),\n                                      GREATEST(NEW.instructor_id, NEW.assistant_id)]) AS person;\n                    IF EXISTS (SELECT 1 FROM clubs_clubslot o\n                               WHERE o.term_id = NEW.term_id AND o.weekday = NEW.weekday AND o.period_id = NEW.period_id\n                                 AND o.id <> NEW.id\n                                 AND (o.instructor_id = NEW.assistant_id OR o.assistant_id = NEW.instructor_id)) THEN\n                        RAISE EXCEPTION 'clubslot_instructor_one_place: leads and helps at the same time'\n                            USING ERRCODE = 'unique_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="a86747e86970aa7dc0d2ff5f8cce2dfd8b4046dc",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_adults_one_place_315ea",
                    table="clubs_clubslot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="826c027b3349cda1446400e2b44955f0ed0d4be9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_08c66",
                    table="clubs_draw",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="drawline",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4f65f4b700546d963c10767e73cfbf6fc20f219b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_82f81",
                    table="clubs_drawline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lecture",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_lectureevent" ("about", "day", "grade_from", "grade_to", "id", "offered_at", "offered_by_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reason", "relation", "room_id", "speaker", "state", "topic") SELECT new_values."about", new_values."day", new_values."grade_from", new_values."grade_to", new_values."id", new_values."offered_at", new_values."offered_by_id", new_values."period_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."reason", new_values."relation", new_values."room_id", new_values."speaker", new_values."state", new_values."topic" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a7f5d865b5ce2c22457fc44a84414178b175b468",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fc432",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_lecture",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lecture",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_lectureevent" ("about", "day", "grade_from", "grade_to", "id", "offered_at", "offered_by_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reason", "relation", "room_id", "speaker", "state", "topic") SELECT new_values."about", new_values."day", new_values."grade_from", new_values."grade_to", new_values."id", new_values."offered_at", new_values."offered_by_id", new_values."period_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."reason", new_values."relation", new_values."room_id", new_values."speaker", new_values."state", new_values."topic" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b388a427aba61e8be56352eb5e505997c45582aa",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6e57a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_lecture",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lecture",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_lectureevent" ("about", "day", "grade_from", "grade_to", "id", "offered_at", "offered_by_id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "reason", "relation", "room_id", "speaker", "state", "topic") SELECT old_values."about", old_values."day", old_values."grade_from", old_values."grade_to", old_values."id", old_values."offered_at", old_values."offered_by_id", old_values."period_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."reason", old_values."relation", old_values."room_id", old_values."speaker", old_values."state", old_values."topic" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4ebad97c1074dbd043e2c5d4861dc88a43e974f5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fb49a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_lecture",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lectureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="aa5499a0d089722ae4035e0ddbdbf8010f9ec5e1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_bf30b",
                    table="clubs_lectureevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_meetingevent" ("assistant_id", "cancelled", "club_id", "day", "group_id", "id", "instructor_id", "note", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id") SELECT new_values."assistant_id", new_values."cancelled", new_values."club_id", new_values."day", new_values."group_id", new_values."id", new_values."instructor_id", new_values."note", new_values."period_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."room_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d222807150626c40661e5bcfdf79a57d1ef3fc3a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_72129",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_meetingevent" ("assistant_id", "cancelled", "club_id", "day", "group_id", "id", "instructor_id", "note", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id") SELECT new_values."assistant_id", new_values."cancelled", new_values."club_id", new_values."day", new_values."group_id", new_values."id", new_values."instructor_id", new_values."note", new_values."period_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."room_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="becba2295ddacad219dd3b395bc5d623be9a8c78",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aec3e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_meetingevent" ("assistant_id", "cancelled", "club_id", "day", "group_id", "id", "instructor_id", "note", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id") SELECT old_values."assistant_id", old_values."cancelled", old_values."club_id", old_values."day", old_values."group_id", old_values."id", old_values."instructor_id", old_values."note", old_values."period_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."room_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a2fc73bbe96dc2ea35344eee7f6091eeb675e15d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a62a2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="773add0405154e6e38074f09b20283c16d285e53",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_63659",
                    table="clubs_meetingevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_meetingrecordevent" ("content", "id", "materials", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo", "remark", "written_at", "written_by_id") SELECT new_values."content", new_values."id", new_values."materials", new_values."meeting_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."photo", new_values."remark", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5836f530fb2f3a39685cfcde60ea6dc62bde0726",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6827f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_meetingrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_meetingrecordevent" ("content", "id", "materials", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo", "remark", "written_at", "written_by_id") SELECT new_values."content", new_values."id", new_values."materials", new_values."meeting_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."photo", new_values."remark", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f4207cd04d34dadd00a7076adddb536ec2a28a17",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_48867",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_meetingrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_meetingrecordevent" ("content", "id", "materials", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "photo", "remark", "written_at", "written_by_id") SELECT old_values."content", old_values."id", old_values."materials", old_values."meeting_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."photo", old_values."remark", old_values."written_at", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6eba2e0253fd979f180b2b371ad788fa1ce01b93",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4472a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_meetingrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingrecordevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="817203703d757c770de40b2086cf6182ed5acd1d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5efc7",
                    table="clubs_meetingrecordevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_membershipevent" ("club_id", "end_reason", "ends_on", "enrolment_id", "how", "id", "joined_at", "joined_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "starts_on", "student_id", "trial_until") SELECT new_values."club_id", new_values."end_reason", new_values."ends_on", new_values."enrolment_id", new_values."how", new_values."id", new_values."joined_at", new_values."joined_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."round_id", new_values."starts_on", new_values."student_id", new_values."trial_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="80236e8ceabc74e13f8acff71e612d03cded3837",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c5fbd",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_membershipevent" ("club_id", "end_reason", "ends_on", "enrolment_id", "how", "id", "joined_at", "joined_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "starts_on", "student_id", "trial_until") SELECT new_values."club_id", new_values."end_reason", new_values."ends_on", new_values."enrolment_id", new_values."how", new_values."id", new_values."joined_at", new_values."joined_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."round_id", new_values."starts_on", new_values."student_id", new_values."trial_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="75106668beace6f7a649496931f45da75aba2dc9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90236",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_membershipevent" ("club_id", "end_reason", "ends_on", "enrolment_id", "how", "id", "joined_at", "joined_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "starts_on", "student_id", "trial_until") SELECT old_values."club_id", old_values."end_reason", old_values."ends_on", old_values."enrolment_id", old_values."how", old_values."id", old_values."joined_at", old_values."joined_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."round_id", old_values."starts_on", old_values."student_id", old_values."trial_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="207ae3258bf84abe01ff31c5d7ffdd8a235d74e2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_07d53",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membershipevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a382a5c5f8a48568948233b2a557ada1d61b61c7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_64ba7",
                    table="clubs_membershipevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rainday",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_raindayevent" ("at", "by_id", "day", "ended_at", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point") SELECT new_values."at", new_values."by_id", new_values."day", new_values."ended_at", new_values."ended_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."point" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="90ca3d71b23419266cee30fda3c54bd1404fb402",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d1eda",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_rainday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rainday",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_raindayevent" ("at", "by_id", "day", "ended_at", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point") SELECT new_values."at", new_values."by_id", new_values."day", new_values."ended_at", new_values."ended_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."point" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="36799806a1202db017ee03340550fb9fef2077d2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3fb75",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_rainday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rainday",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_raindayevent" ("at", "by_id", "day", "ended_at", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point") SELECT old_values."at", old_values."by_id", old_values."day", old_values."ended_at", old_values."ended_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."point" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="723a19d5547b76a2af559bc1d8bb67b6f576a5be",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0f391",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_rainday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clubchange",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="52ee5d295fc4282404fdcc8d3189a39610fe0cc3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_42e1a",
                    table="clubs_clubchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="raindayevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0ce4f2785867e0601370661153bf04b9e2b6583b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_76a0c",
                    table="clubs_raindayevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_rotationevent" ("ends_on", "every_weeks", "id", "name", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "term_id", "weekday") SELECT new_values."ends_on", new_values."every_weeks", new_values."id", new_values."name", new_values."period_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."term_id", new_values."weekday" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d3a8bd9713554242dd8257e5f10ab750636498d8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_04ce6",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_rotation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_rotationevent" ("ends_on", "every_weeks", "id", "name", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "term_id", "weekday") SELECT new_values."ends_on", new_values."every_weeks", new_values."id", new_values."name", new_values."period_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."term_id", new_values."weekday" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9079df916acb0e2b54b37c69fbeb441a14219707",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f52a6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_rotation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_rotationevent" ("ends_on", "every_weeks", "id", "name", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "term_id", "weekday") SELECT old_values."ends_on", old_values."every_weeks", old_values."id", old_values."name", old_values."period_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."term_id", old_values."weekday" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a4bc78e862891dbb2f421c5d5341c36df474333c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b0d02",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_rotation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rotationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="76ba3e563a18158c20dbb152ad0b27d93b144a14",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_545d7",
                    table="clubs_rotationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="show",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_showevent" ("club_id", "day", "entered_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture", "result", "term_id", "title") SELECT new_values."club_id", new_values."day", new_values."entered_by_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."picture", new_values."result", new_values."term_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e2f58c5ea4dacbaf7ea75317e4da1860dfb30300",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9ecec",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_show",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="show",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_showevent" ("club_id", "day", "entered_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture", "result", "term_id", "title") SELECT new_values."club_id", new_values."day", new_values."entered_by_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."picture", new_values."result", new_values."term_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="766710ae21b261e8cd10390043d93a2ea6c020ba",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_30bef",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_show",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="show",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_showevent" ("club_id", "day", "entered_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture", "result", "term_id", "title") SELECT old_values."club_id", old_values."day", old_values."entered_by_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."picture", old_values."result", old_values."term_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3deec8fa58a1c3e784385b0b1fec5b21904b0860",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_eccaf",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_show",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="showevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e3bef7daf3085acbc00711b17f1d5b4e1c18c9b6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_21647",
                    table="clubs_showevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="skillevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="14181826698f3afd0e687fd94b4c535ed269e210",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3e1c8",
                    table="clubs_skillevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffskill",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_staffskillevent" ("filed_by_id", "id", "level", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "since", "skill_id", "staff_id") SELECT new_values."filed_by_id", new_values."id", new_values."level", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."since", new_values."skill_id", new_values."staff_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="17c1a10ac06774924b4991ef2fc587d233f621c5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_41ad4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_staffskill",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffskill",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_staffskillevent" ("filed_by_id", "id", "level", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "since", "skill_id", "staff_id") SELECT new_values."filed_by_id", new_values."id", new_values."level", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."since", new_values."skill_id", new_values."staff_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2057600fb6d038e6d01e3dd77019c66bb1d4c6a6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_61a54",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_staffskill",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffskill",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_staffskillevent" ("filed_by_id", "id", "level", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "since", "skill_id", "staff_id") SELECT old_values."filed_by_id", old_values."id", old_values."level", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."since", old_values."skill_id", old_values."staff_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a0b9e2be076ee8fd6b0bb36d6bd1f5b040e9f3ad",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e8cda",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_staffskill",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staffskillevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2f970c83c92c315331e05543267a0bcee778b6b7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e144d",
                    table="clubs_staffskillevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="thememonth",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_thememonthevent" ("id", "lower", "middle", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "title", "upper") SELECT new_values."id", new_values."lower", new_values."middle", new_values."month", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."term_id", new_values."title", new_values."upper" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a6e75cca298b2e1e4b5d2d1e03d51ac2daab984a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bf8a1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_thememonth",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="thememonth",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_thememonthevent" ("id", "lower", "middle", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "title", "upper") SELECT new_values."id", new_values."lower", new_values."middle", new_values."month", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."term_id", new_values."title", new_values."upper" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b05aff9e0c6ada78797680e7edebeb199210a4a0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f0ecf",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_thememonth",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="thememonth",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_thememonthevent" ("id", "lower", "middle", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id", "title", "upper") SELECT old_values."id", old_values."lower", old_values."middle", old_values."month", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."term_id", old_values."title", old_values."upper" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="be6de5f80a958877c6cd40c19b9d34e585b96b80",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aa5b6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_thememonth",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="thememonthevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d7809f4ab3d0d97ec337e61ce2b47022f9975dae",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_30b84",
                    table="clubs_thememonthevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unavailable",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_unavailableevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id", "term_id", "weekday") SELECT new_values."id", new_values."period_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."staff_id", new_values."term_id", new_values."weekday" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="01eb86090851fe008f0dd2b3b98a2a413eb97402",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d320a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_unavailable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unavailable",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_unavailableevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id", "term_id", "weekday") SELECT new_values."id", new_values."period_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."staff_id", new_values."term_id", new_values."weekday" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="39f4742ad730f315e3a0719bbb249978122b877a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a1716",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_unavailable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unavailable",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_unavailableevent" ("id", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "staff_id", "term_id", "weekday") SELECT old_values."id", old_values."period_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."staff_id", old_values."term_id", old_values."weekday" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="24e4ffc3f09759f51ce8890c0e1b642ef888cad5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ce94c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_unavailable",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unavailableevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="645c817f143d1346d7294f8b542dfba5482dcbc3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_21d53",
                    table="clubs_unavailableevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_visitevent" ("approved_at", "approved_by_id", "club_id", "day", "emergency_contact", "first_aid", "id", "leaves_at", "made_by_id", "missing_child", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "purpose", "reason", "returns_at", "route", "school_class_id", "state", "term_id", "transport", "weather") SELECT new_values."approved_at", new_values."approved_by_id", new_values."club_id", new_values."day", new_values."emergency_contact", new_values."first_aid", new_values."id", new_values."leaves_at", new_values."made_by_id", new_values."missing_child", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."purpose", new_values."reason", new_values."returns_at", new_values."route", new_values."school_class_id", new_values."state", new_values."term_id", new_values."transport", new_values."weather" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="dddbe822e50f6295b9ec22c281e5954496220d67",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_232a0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_visit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_visitevent" ("approved_at", "approved_by_id", "club_id", "day", "emergency_contact", "first_aid", "id", "leaves_at", "made_by_id", "missing_child", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "purpose", "reason", "returns_at", "route", "school_class_id", "state", "term_id", "transport", "weather") SELECT new_values."approved_at", new_values."approved_by_id", new_values."club_id", new_values."day", new_values."emergency_contact", new_values."first_aid", new_values."id", new_values."leaves_at", new_values."made_by_id", new_values."missing_child", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."purpose", new_values."reason", new_values."returns_at", new_values."route", new_values."school_class_id", new_values."state", new_values."term_id", new_values."transport", new_values."weather" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="144f0ec70e4de99cc37db4437169858037a7edfe",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2a2c9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_visit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_visitevent" ("approved_at", "approved_by_id", "club_id", "day", "emergency_contact", "first_aid", "id", "leaves_at", "made_by_id", "missing_child", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "purpose", "reason", "returns_at", "route", "school_class_id", "state", "term_id", "transport", "weather") SELECT old_values."approved_at", old_values."approved_by_id", old_values."club_id", old_values."day", old_values."emergency_contact", old_values."first_aid", old_values."id", old_values."leaves_at", old_values."made_by_id", old_values."missing_child", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."purpose", old_values."reason", old_values."returns_at", old_values."route", old_values."school_class_id", old_values."state", old_values."term_id", old_values."transport", old_values."weather" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="62ceabd0e728a24869e93b58093b4270731fe556",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b7987",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_visit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitchild",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_visitchildevent" ("answer", "answered_at", "answered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "student_id", "visit_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."student_id", new_values."visit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e9951f0c723cc15eac633bb5c2694e9b4a08559b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f477a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_visitchild",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitchild",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_visitchildevent" ("answer", "answered_at", "answered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "student_id", "visit_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."student_id", new_values."visit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2779cfc2f9dd7db70aee1598b55209a82d4ae600",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f9d3a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_visitchild",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitchild",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_visitchildevent" ("answer", "answered_at", "answered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "student_id", "visit_id") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."student_id", old_values."visit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="81e01a9a3ed0c8d5be60dd6d6975883c1bb7494a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_37772",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_visitchild",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitchildevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bc109544a6407b2efe35192f6658fa7808deb1c0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3b7a5",
                    table="clubs_visitchildevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitcount",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="011bc1750a522135055bb9ff8185be475774eae1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_30bd8",
                    table="clubs_visitcount",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="95e21da9bc4d1677bbb7770bd1b069ce28f4273d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b00e3",
                    table="clubs_visitevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitleader",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_visitleaderevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "visit_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."staff_id", new_values."visit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e88fdd1f66619035eb2416cd6d990ff5573e687c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fd842",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_visitleader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitleader",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_visitleaderevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "visit_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."staff_id", new_values."visit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="af43c5a9776d263736b7ca42576db3c564912262",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bc711",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_visitleader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitleader",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_visitleaderevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "visit_id") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."staff_id", old_values."visit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0aaf8f249ad6fcbceb84bf50b948bfb68f7986f1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_53d39",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_visitleader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="visitleaderevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="83898f32e0ea956425c90589ca655b21f04c7553",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9fb99",
                    table="clubs_visitleaderevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiting",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_waitingevent" ("asked_at", "asked_by_id", "club_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "student_id") SELECT new_values."asked_at", new_values."asked_by_id", new_values."club_id", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."state", new_values."student_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="417af6858fc5348991276a1b436345332e87c55e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8cd99",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_waiting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiting",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_waitingevent" ("asked_at", "asked_by_id", "club_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "student_id") SELECT new_values."asked_at", new_values."asked_by_id", new_values."club_id", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."state", new_values."student_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="793e4226d66aacaf795ea1fa85c7bfaef227997b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4ffb6",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_waiting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiting",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_waitingevent" ("asked_at", "asked_by_id", "club_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "student_id") SELECT old_values."asked_at", old_values."asked_by_id", old_values."club_id", old_values."id", old_values."order", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."state", old_values."student_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="05eacaaa553db601b4321da5ecdd17604882cdc3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dd7a8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_waiting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offerevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1ec6ef5166b4eb4e96ab76d77ece63f6bd006556",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ab92c",
                    table="clubs_offerevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_offerevent" ("answer", "answered_at", "club_id", "expires_at", "id", "offered_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "secret", "waiting_id") SELECT new_values."answer", new_values."answered_at", new_values."club_id", new_values."expires_at", new_values."id", new_values."offered_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."secret", new_values."waiting_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3ee46f79d4f4721b96ade7ae1d8007c8365a51c0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_72289",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="clubs_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_offerevent" ("answer", "answered_at", "club_id", "expires_at", "id", "offered_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "secret", "waiting_id") SELECT new_values."answer", new_values."answered_at", new_values."club_id", new_values."expires_at", new_values."id", new_values."offered_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."secret", new_values."waiting_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e25bbb6c400dd787b06ef985c4f1477e23848f81",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_904ca",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="clubs_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clubs_offerevent" ("answer", "answered_at", "club_id", "expires_at", "id", "offered_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "secret", "waiting_id") SELECT old_values."answer", old_values."answered_at", old_values."club_id", old_values."expires_at", old_values."id", old_values."offered_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."secret", old_values."waiting_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="5e9cd01165e866ab54084f20cb631a18b004a916",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ea760",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="clubs_offer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waitingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="812d1bbca74e0e922f90f608a22c81926a5bb532",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_49fc0",
                    table="clubs_waitingevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waitingmove",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a79efcdc72e17bf7d9806c065e11db2ae8d26114",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_written_once_75f8f",
                    table="clubs_waitingmove",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(TAKE_PLACE, "DROP FUNCTION clubs_take_place"),
    ]
