"""Groups' and collectors' rows of the tables of routes and of queries (tests/test_routes.py, tests/test_queries.py)."""

from django.core.files.base import ContentFile

from enrollment.models import Collector, Concern, Institution, InstitutionPerson, LeavesAlone
from enrollment.services.collecting import authorise_people, bar_adult, card_of, report_concern
from enrollment.services.publishing import publish_lists
from tests.conftest import TODAY

OFFICE = ["office", "academic"]
NOT_OFFICE = ["mother", "teacher", "homeroom", "gate", "principal"]
FAMILY = ["mother", "father", "office"]
NOT_FAMILY = ["homeroom", "gate", "principal"]


def add_rows(cast):
    """One of everything that a route names; the photo is a person's of an institution, for the other family's child."""
    by = cast.office.user
    cast.institution, cast.person = add_institution(cast, "阳光托管", cast.other_child)
    cast.collector = Collector.objects.get(student=cast.child, kind="authorised")
    cast.outside = Collector.objects.get(person=cast.person)
    cast.bar = bar_adult(student=cast.child, name="陌生人", relation="无", document="裁定", by=by)
    cast.bar.document_file.save("a.pdf", ContentFile(b"%PDF-1"))
    cast.card = card_of(cast.other_child, by=by)
    cast.concern = report_concern(student=cast.teachers_child, about="甲", words="担心", by=by)
    agreement = cast.application.agreements.get(kind="pick_up")
    cast.alone = LeavesAlone.objects.create(
        student=cast.child, weekdays=[1], agreement=agreement, starts_on=TODAY, ends_on=TODAY
    )
    cast.publication = publish_lists(term=cast.term, day=TODAY, by=by)
    cast.place = cast.child.group_places.get()


def add_institution(cast, name, student):
    institution = Institution.objects.create(
        name=name, address="示例路", contact="孙禾", phone="1", licence_number="1", licence_until=TODAY
    )
    person = InstitutionPerson.objects.create(institution=institution, name="孙禾", phone="19900000881")
    person.photo.save("a.jpg", ContentFile(b"\xff\xd8\xff"))
    authorise_people(student=student, institution=institution, people=[person], ends_on=TODAY, by=cast.office.user)
    return institution, person


def more_rows(cast, child, n):
    institution, _person = add_institution(cast, f"托管{n}", child)
    InstitutionPerson.objects.create(institution=institution, name=f"钱{n}", phone="19900000882")
    Concern.objects.create(student=child, day=TODAY, words="担心", reported_by=cast.office.user)
    publish_lists(term=cast.term, day=TODAY, by=cast.office.user)


TABLE = {
    "enrollment:collector_list": (lambda c: [c.child.pk], FAMILY, NOT_FAMILY),
    "enrollment:collector_add": (lambda c: [c.child.pk], FAMILY, NOT_FAMILY),
    "enrollment:collector_people": (lambda c: [c.child.pk], FAMILY, NOT_FAMILY),
    "enrollment:collector_edit": (lambda c: [c.collector.pk], ["mother", "office"], NOT_FAMILY),
    "enrollment:collector_end": (lambda c: [c.collector.pk], ["mother", "office"], ["gate", "principal"]),
    "enrollment:collector_alone": (lambda c: [c.child.pk], ["mother", "father"], ["office", *NOT_FAMILY]),
    "enrollment:collector_alone_confirm": (lambda c: [c.alone.pk], OFFICE, NOT_OFFICE),
    "enrollment:collector_alone_end": (lambda c: [c.alone.pk], FAMILY, NOT_FAMILY),
    "enrollment:collector_photo": (
        lambda c: [c.outside.pk],
        ["other_mother", "homeroom", "gate", "duty_leader", "office"],
        ["principal"],
    ),
    "enrollment:collector_concern": (
        lambda c: [c.other_child.pk],
        ["other_mother", "homeroom", "gate", "office"],
        ["principal"],
    ),
    "enrollment:collector_bar": (lambda c: [c.child.pk], OFFICE, NOT_OFFICE),
    "enrollment:collector_document": (lambda c: [c.bar.pk], OFFICE, NOT_OFFICE),
    "enrollment:pass_card": (lambda c: [c.child.pk], FAMILY, NOT_FAMILY),
    "enrollment:pass_revoke": (lambda c: [c.child.pk], FAMILY, NOT_FAMILY),
    "enrollment:pass_check": (
        lambda c: [c.card.code],
        ["homeroom", "gate", "duty_leader", "office"],
        ["mother", "principal"],
    ),
    "enrollment:concern_decide": (lambda c: [c.concern.pk], ["duty_leader"], ["office", "homeroom", "gate", "mother"]),
    "enrollment:institution_edit": (lambda c: [c.institution.pk], OFFICE, NOT_OFFICE),
    "enrollment:person_add": (lambda c: [c.institution.pk], OFFICE, NOT_OFFICE),
    "enrollment:person_edit": (lambda c: [c.person.pk], OFFICE, NOT_OFFICE),
    "enrollment:group_changes": (
        lambda c: [c.publication.pk],
        ["office", "duty_leader", "principal"],
        ["mother", "homeroom", "gate"],
    ),
    "enrollment:group_move": (lambda c: [c.place.pk], OFFICE, NOT_OFFICE),
}

OTHERS = [
    ("enrollment:collector_list", lambda c: [c.child.pk], "other_mother"),
    ("enrollment:collector_list", lambda c: [c.child.pk], "teacher"),
    ("enrollment:collector_add", lambda c: [c.child.pk], "other_mother"),
    ("enrollment:collector_people", lambda c: [c.child.pk], "other_mother"),
    ("enrollment:collector_edit", lambda c: [c.collector.pk], "other_mother"),
    ("enrollment:collector_edit", lambda c: [c.collector.pk], "father"),
    ("enrollment:collector_end", lambda c: [c.collector.pk], "father"),
    ("enrollment:collector_alone", lambda c: [c.child.pk], "other_mother"),
    ("enrollment:collector_end", lambda c: [c.collector.pk], "other_mother"),
    ("enrollment:collector_end", lambda c: [c.bar.pk], "mother"),
    ("enrollment:collector_end", lambda c: [c.collector.pk], "homeroom"),
    ("enrollment:collector_photo", lambda c: [c.outside.pk], "mother"),
    ("enrollment:collector_photo", lambda c: [c.outside.pk], "teacher"),
    ("enrollment:collector_concern", lambda c: [c.other_child.pk], "mother"),
    ("enrollment:pass_card", lambda c: [c.child.pk], "other_mother"),
    ("enrollment:pass_check", lambda c: [c.card.code], "teacher"),
]

PAGES = [
    ("enrollment:collector_all", [], "office"),
    ("enrollment:collector_list", ["child"], "mother"),
    ("enrollment:collector_gate", [], "gate"),
    ("enrollment:concern_list", [], "duty_leader"),
    ("enrollment:institution_list", [], "office"),
    ("enrollment:group_mine", [], "mother"),
]
