"""A place taken in one round trip: every check, the membership, its seats, and the counter last.

Gives the club's name; nothing where it is full; NULL where something else refuses and the caller looks for the reason.
"""

from django.db import migrations

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
    dependencies = [
        ("clubs", "0003_clubs_in_full"),
        ("enrollment", "0006_term_preparation"),
        ("school", "0006_homework_rules"),
    ]

    operations = [migrations.RunSQL(TAKE_PLACE, "DROP FUNCTION clubs_take_place")]
