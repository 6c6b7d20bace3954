"""Sign-up of the demonstration: letters, applications, signed agreements, enrolments, groups, clubs."""

import datetime as dt
import hashlib
import io
import random
from collections import defaultdict
from zoneinfo import ZoneInfo

from django.db.models import F
from PIL import Image, ImageDraw

from clubs.models import Club, Membership, Seat
from documents.uploads import small_drawing
from enrollment.defaults import new_letter
from enrollment.merging import ServiceTimes, latest_templates, merge, merge_facts, privacy_template, privacy_text
from enrollment.models import (
    Agreement,
    AgreementTemplate,
    Application,
    Collector,
    Consent,
    Enrolment,
    LeavesAlone,
    Receipt,
    ReviewStep,
    ServiceOption,
    Signature,
)
from enrollment.services import open_sign_up, publish_letter
from enrollment.services.applying import Choices, CollectorEntry
from enrollment.services.signing import new_agreement
from fees.demo import price_care
from school.models import (
    ClassMembership,
    Guardianship,
    Period,
    Post,
    SchoolClass,
    SchoolSettings,
    Student,
    Term,
    User,
)
from web.playing import moment

ZONE = ZoneInfo("Asia/Shanghai")
SHARE = 0.869
# Of so many families one has its child go home after the first period.
EARLY = 25
# Before the term's first day: the texts and the letter are published, families apply from OPENS on.
TEXTS, LETTER, OPENS = (dt.timedelta(days=days) for days in (16, 12, 10))


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZONE)


def offer_care(term: Term, office: User) -> ServiceOption:
    AgreementTemplate.objects.filter(published_at=None).update(published_at=at(term.starts_on - TEXTS, 8))
    option = ServiceOption.objects.create(
        term=term,
        name="周一至周五课后托管",
        weekdays=[1, 2, 3, 4, 5],
        grade_to=SchoolSettings.load().top_grade,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
    )
    option.periods.set(Period.objects.all())
    with moment(term.starts_on - LETTER, 10):
        price_care(option, office)
        letter = new_letter(term)
        letter.save()
        publish_letter(letter=letter, by=office)
        option.letter = letter
        option.save()
        opens, closes = at(term.starts_on - OPENS, 8), at(term.ends_on, 18)
        return open_sign_up(option=option, opens_at=opens, closes_at=closes, by=office)


def drawings(rng: random.Random) -> list[bytes]:
    """A few scribbles that stand for signatures, as the signature field gives them."""
    images = []
    for _i in range(8):
        image = Image.new("RGB", (300, 120), "white")
        points = [(20 + x * 13, 60 + rng.randrange(-38, 38)) for x in range(20)]
        ImageDraw.Draw(image).line(points, fill=(20, 30, 60), width=4, joint="curve")
        out = io.BytesIO()
        image.save(out, "PNG")
        images.append(small_drawing(out.getvalue()))
    return images


def who_takes_part(pupils: int, rng: random.Random) -> list[Student]:
    """SHARE of all children, one class to the last child, drawn by lot from the others."""
    classes: dict[int, list[Student]] = defaultdict(list)
    memberships = ClassMembership.objects.select_related("student").order_by("school_class", "pk")
    for membership in memberships:
        classes[membership.school_class_id].append(membership.student)
    whole = classes.pop(min(classes))
    rest = [student for students in classes.values() for student in students]
    return whole + rng.sample(rest, round(pupils * SHARE) - len(whole))


def choose(
    number: int, student: Student, option: ServiceOption, grade: int, adults: list[Guardianship], rng: random.Random
) -> Choices:
    days = [1, 2, 3, 4, 5] if rng.random() < 0.82 else sorted(rng.sample([1, 2, 3, 4, 5], rng.choice((3, 4))))
    alone = [5] if grade >= 5 and 5 in days and rng.random() < 0.1 else []
    entries = [CollectorEntry(g.guardian.name, g.relation, g.guardian.phone, g.guardian) for g in adults]
    early = {} if alone or number % EARLY != EARLY // 2 else dict.fromkeys(days, 1)
    return Choices(days, option.starts_on, entries, alone, leaves_after=early)


def enrol_families(option: ServiceOption, students: list[Student], rng: random.Random, office: User) -> list[Enrolment]:
    """Applications with both reviews, agreements with both signatures, collectors and enrolments, all in bulk."""
    term = option.term
    adults: dict[int, list[Guardianship]] = defaultdict(list)
    for g in Guardianship.objects.filter(student__in=students).select_related("guardian__user").order_by("order"):
        adults[g.student_id].append(g)
    classes = {
        m.student_id: m.school_class
        for m in ClassMembership.objects.filter(student__in=students).select_related("school_class")
    }
    applied = {
        s.pk: at(term.starts_on, 19) - dt.timedelta(days=rng.randrange(3, 9), minutes=rng.randrange(180))
        for s in students
    }
    chosen = {
        s.pk: choose(n, s, option, classes[s.pk].grade(term.starts_on), adults[s.pk], rng)
        for n, s in enumerate(students)
    }
    applications = Application.objects.bulk_create(
        Application(
            option=option,
            student=s,
            weekdays=chosen[s.pk].weekdays,
            starts_on=option.starts_on,
            leaves_after=_as_stored(chosen[s.pk]),
            status=Application.Status.APPROVED,
            applicant=adults[s.pk][0].guardian.name,
            submitted_by=adults[s.pk][0].guardian.user,
            submitted_at=applied[s.pk],
        )
        for s in students
    )
    _answer(option, students, applications, rng)
    _review(applications, classes, office)
    agreements = _agree(option, applications, classes, chosen, term)
    _sign(agreements, applied, office, drawings(rng))
    _collect(option, applications, chosen, agreements)
    _consent(applications)
    return Enrolment.objects.bulk_create(
        Enrolment(
            application=a,
            option=option,
            student=a.student,
            weekdays=a.weekdays,
            leaves_after=a.leaves_after,
            starts_on=option.starts_on,
            ends_on=option.ends_on,
        )
        for a in applications
    )


def _as_stored(chosen: Choices) -> dict[str, int]:
    return {str(day): number for day, number in chosen.leaves_after.items()}


def _answer(
    option: ServiceOption, students: list[Student], applications: list[Application], rng: random.Random
) -> None:
    joined = {a.student_id: a for a in applications}
    others = Guardianship.objects.exclude(student__in=students).filter(order=1, guardian__user__isnull=False)
    receipts = [
        Receipt(
            letter=option.letter,
            student=a.student,
            answer="join",
            answered_by=a.submitted_by,
            answered_at=a.submitted_at,
            read_at=a.submitted_at - dt.timedelta(minutes=7),
        )
        for a in joined.values()
    ]
    receipts += [
        Receipt(
            letter=option.letter,
            student_id=g.student_id,
            answer="decline",
            answered_by=g.guardian.user,
            answered_at=at(option.starts_on, 20) - dt.timedelta(days=3),
            read_at=at(option.starts_on, 20) - dt.timedelta(days=3),
        )
        for g in others.select_related("guardian__user")
        if rng.random() < 0.7
    ]
    Receipt.objects.bulk_create(receipts)


def _review(applications: list[Application], classes: dict[int, SchoolClass], office: User) -> None:
    homeroom = {
        p.school_class_id: p.staff.user
        for p in Post.objects.filter(role="homeroom_teacher").select_related("staff__user")
    }
    steps = []
    for a in applications:
        teacher = homeroom[classes[a.student_id].pk]
        for hours, step, by in ((20, "class_review", teacher), (40, "school_approval", office)):
            when = a.submitted_at + dt.timedelta(hours=hours)
            steps.append(ReviewStep(application=a, step=step, decision="approve", by=by, at=when))
    ReviewStep.objects.bulk_create(steps, batch_size=1000)


def _agree(
    option: ServiceOption,
    applications: list[Application],
    classes: dict[int, SchoolClass],
    chosen: dict[int, Choices],
    term: Term,
) -> list[Agreement]:
    templates, times = latest_templates(), ServiceTimes(option)
    agreements = []
    for a in applications:
        own = classes[a.student_id]
        grade, label = own.grade(term.starts_on), own.label(term.starts_on)
        facts = merge_facts(a, chosen[a.student_id], (grade, label), times)
        for template in templates:
            agreement = new_agreement(a, template, merge(template.body, facts))
            agreement.created_at = a.submitted_at
            agreement.in_force_at = a.submitted_at + dt.timedelta(hours=40)
            agreements.append(agreement)
    return Agreement.objects.bulk_create(agreements, batch_size=500)


def _sign(agreements: list[Agreement], applied: dict[int, dt.datetime], office: User, images: list[bytes]) -> None:
    school = SchoolSettings.load().name
    signatures = []
    for i, agreement in enumerate(agreements):
        guardian = agreement.application.submitted_by
        signatures.append(
            Signature(
                agreement=agreement,
                party="guardian",
                name=guardian.name,
                image=images[i // 2 % len(images)],
                signed_by=guardian,
                signed_at=agreement.created_at,
                device="Mobile",
            )
        )
        signatures.append(
            Signature(
                agreement=agreement, party="school", name=school, signed_by=office, signed_at=agreement.in_force_at
            )
        )
    Signature.objects.bulk_create(signatures, batch_size=1000)


def _collect(
    option: ServiceOption, applications: list[Application], chosen: dict[int, Choices], agreements: list[Agreement]
) -> None:
    dates = {"starts_on": option.starts_on, "ends_on": option.ends_on}
    Collector.objects.bulk_create(
        Collector(
            student=a.student,
            name=c.name,
            relation=c.relation,
            phone=c.phone,
            guardian=c.guardian,
            entered_by=a.submitted_by,
            **dates,
        )
        for a in applications
        for c in chosen[a.student_id].collectors
    )
    pick_up = {a.application_id: a for a in agreements if a.kind == "pick_up"}
    LeavesAlone.objects.bulk_create(
        LeavesAlone(student=a.student, weekdays=chosen[a.student_id].alone_weekdays, agreement=pick_up[a.pk], **dates)
        for a in applications
        if chosen[a.student_id].alone_weekdays
    )


def _consent(applications: list[Application]) -> None:
    """Decisions on the children's data: most are given, some are refused, one family in ten has not decided yet."""
    template = privacy_template()
    if template is None:
        return
    consents = []
    for number, a in enumerate(applications):
        if number % 10 == 9:
            continue
        text = privacy_text(template, a.student)
        consents.append(
            Consent(
                student=a.student,
                template=template,
                decision="refused" if number % 25 == 7 else "given",
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                name=a.submitted_by.name,
                by=a.submitted_by,
                at=a.submitted_at + dt.timedelta(minutes=3),
                device="Mobile",
            )
        )
    Consent.objects.bulk_create(consents, batch_size=500)


def fill_clubs(term: Term, enrolments: list[Enrolment], rng: random.Random) -> None:
    """Children choose by lot among the clubs of their grade and days; no club beyond its places."""
    grades = {
        m.student_id: m.school_class.grade(term.starts_on)
        for m in ClassMembership.objects.select_related("school_class")
    }
    taken: set[tuple[int, int]] = set()
    memberships, seats = [], []
    for club in Club.objects.filter(term=term).prefetch_related("slots"):
        slots = list(club.slots.all())
        fits = [
            e
            for e in enrolments
            if club.grade_from <= grades[e.student_id] <= club.grade_to
            and {s.weekday for s in slots} <= set(e.weekdays)
            and not e.leaves_after
            and not any((e.student_id, s.weekday) in taken for s in slots)
        ]
        for e in rng.sample(fits, min(len(fits), round(club.capacity * rng.uniform(0.8, 1.0)))):
            membership = Membership(
                club=club, student=e.student, enrolment=e, starts_on=e.starts_on, joined_by=e.application.submitted_by
            )
            memberships.append(membership)
            for s in slots:
                taken.add((e.student_id, s.weekday))
                seats.append(
                    Seat(membership=membership, student=e.student, term=term, weekday=s.weekday, period_id=s.period_id)
                )
    Membership.objects.bulk_create(memberships)
    Seat.objects.bulk_create(seats)
    for membership in memberships:
        Club.objects.filter(pk=membership.club_id).update(taken=F("taken") + 1)
