"""What a colleague would notice at once: names, birthdays, dates and crafts of the demonstration's people agree."""

import datetime as dt
import itertools
from collections import defaultdict

import pytest
from django.db.models import F, Q

from clubs.models import Club, Membership, StaffSkill
from enrollment.models import Agreement, Application, Collector, Enrolment, Letter, Receipt, Signature
from fees.models import ChargeMonth, Entry, Waiver
from homework.models import BankItem
from reports.demo.build import build
from reports.demo.people import CLUB_SUBJECTS
from school.models import ClassMembership, Credential, Guardian, Guardianship, Staff, Student, User

pytestmark = pytest.mark.django_db

UNTIL = dt.date(2026, 11, 29)
DAY = dt.timedelta(days=1)


@pytest.fixture
def school():
    build(pupils=240, until=UNTIL)


def test_its_people_and_facts_agree(school):
    families_share_a_name()
    phones_are_nobodys()
    crafts_fit()
    dates_are_in_order()
    money_is_in_order()
    papers_are_sensible()


def families_share_a_name():
    """Brothers and sisters, their father and his parents; they are born at least eleven months apart."""
    children = defaultdict(set)
    for row in Guardianship.objects.select_related("guardian", "student"):
        children[row.guardian].add(row.student)
        if row.relation in ("父亲", "祖父"):
            assert row.guardian.name[0] == row.student.name[0]
        else:
            assert row.guardian.name[0] != row.student.name[0]
    siblings = [family for family in children.values() if len(family) > 1]
    assert siblings
    for family in siblings:
        assert len({child.name[0] for child in family}) == 1
        assert len({child.name for child in family}) == len(family)
        born = sorted(child.birth_date for child in family)
        assert all(later - earlier >= 330 * DAY for earlier, later in itertools.pairwise(born))
    assert not Guardianship.objects.filter(student__name=F("guardian__name")).exists()


def phones_are_nobodys():
    """Each is one person's, and of the kind that the demonstration uses throughout."""
    phones = [*Staff.objects.values_list("phone", flat=True), *Guardian.objects.values_list("phone", flat=True)]
    assert len(phones) == len(set(phones))
    assert {phone[:6] for phone in phones} <= {"199000", "199999"}
    assert (
        User.objects.exclude(phone=None).values("phone").distinct().count() == User.objects.exclude(phone=None).count()
    )


def crafts_fit():
    """Who leads a club teaches its subject, or came from outside for it; who stands guard teaches nothing."""
    for club in Club.objects.select_related("instructor__subject", "assistant__subject"):
        own = club.instructor if club.instructor.kind == Staff.Kind.EMPLOYEE else club.assistant
        assert own.subject.name == CLUB_SUBJECTS[club.name]
    assert Club.objects.get(name="合唱团").room.name == "音乐教室1"
    for held in StaffSkill.objects.select_related("staff__subject", "skill"):
        leads = Club.objects.filter(Q(instructor=held.staff) | Q(assistant=held.staff), name=held.skill.name)
        assert leads.exists() or held.staff.subject.name == CLUB_SUBJECTS[held.skill.name]
    assert Staff.objects.get(title="保安").subject is None
    fitting = {"语文": {"识字写字", "阅读理解"}, "数学": {"运算", "推理"}, "英语": {"听说", "拼读"}}
    for subject, ability in BankItem.objects.values_list("subject__name", "abilities"):
        assert ability in fitting[subject]


def dates_are_in_order():
    """Born, entered, letter, applied, signed, reviewed, enrolled."""
    letter = Letter.objects.get()
    entered = dict(ClassMembership.objects.values_list("student", "starts_on"))
    for child in Student.objects.all():
        assert child.birth_date < entered[child.pk] - 5 * 365 * DAY
    rows = Application.objects.prefetch_related("steps", "enrolments").select_related("option", "submitted_by")
    for one in rows:
        assert one.submitted_by.date_joined < letter.published_at < one.option.opens_at <= one.submitted_at
        steps = [step.at for step in sorted(one.steps.all(), key=lambda step: step.pk)]
        assert [one.submitted_at, *steps] == sorted([one.submitted_at, *steps])
        first = one.enrolments.get().starts_on
        assert steps[-1].date() < first == entered[one.student_id]
    templates = Agreement.objects.values_list("template__published_at", "created_at", "in_force_at")
    assert all(published < made < in_force for published, made, in_force in templates)
    signed = Signature.objects.order_by("agreement", "signed_at").values_list("agreement", "party")
    assert [party for _agreement, party in signed] == ["guardian", "school"] * Agreement.objects.count()
    assert not Receipt.objects.filter(answered_at__lt=letter.published_at).exists()
    assert not Enrolment.objects.exclude(starts_on__gte=F("option__starts_on")).exists()
    assert not Membership.objects.filter(starts_on__lt=F("enrolment__starts_on")).exists()
    assert not Collector.objects.filter(starts_on__lt=F("student__enrolments__starts_on")).exists()


def money_is_in_order():
    """A month is charged after its end, locked after that, paid after it was locked; the next waits."""
    for month in ChargeMonth.objects.exclude(locked_at=None):
        assert month.last < month.made_at.date() <= month.locked_at.date()
    first = ChargeMonth.objects.order_by("first").first()
    assert not Entry.objects.filter(kind="payment", day__lt=first.locked_at.date()).exists()
    states = list(Waiver.objects.order_by("pk").values_list("status", flat=True))
    assert set(states) == {"granted", "proposed"}
    assert states.count("proposed") <= 3


def papers_are_sensible():
    for paper in Credential.objects.all():
        assert paper.starts_on < paper.ends_on
