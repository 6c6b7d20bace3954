"""Who may collect: every kind at the release, bars that close everything, concerns, photos, cards, institutions."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documents.uploads import PHOTO_SIDE, PictureField
from enrollment.models import AgreementTemplate, Collector, Concern, Institution, InstitutionPerson, LeavesAlone
from enrollment.services import decide_consent
from enrollment.services.collecting import (
    authorise_collector,
    authorise_people,
    bar_adult,
    card_of,
    collectors_on,
    decide_concern,
    end_alone,
    end_collecting,
    report_concern,
    revoke_card,
)
from safety.exits import exits_of
from safety.models import Leave, Release
from safety.rolls import roll_of
from safety.services import ask_leave, call_roll, name_proxy, release_child, release_line
from school.models import AccessLog, Guardianship, PolicyRule, SchoolSettings
from tests import papers
from tests.conftest import TODAY, enrol, printed, records, session_of
from tests.papers import pdf

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)


@pytest.fixture
def here(afternoon):
    """Everybody is at the first session; `child` has a barred grandfather, `other` has not."""
    cast = afternoon
    cast.session = session_of(cast.group, cast.first)
    marks = dict.fromkeys([cast.child.pk, cast.other_child.pk, cast.teachers_child.pk], "present")
    call_roll(session=cast.session, marks=marks, by=cast.homeroom.user)
    cast.usual = Collector.objects.get(student=cast.other_child, kind="authorised")
    return cast


def give(cast, collector, student=None):
    return release_child(student=student or cast.other_child, day=TODAY, collector=collector, by=cast.homeroom.user)


def aunt(cast, student=None, **fields):
    days = {"starts_on": TODAY, "ends_on": TOMORROW} | fields
    row = Collector(name="姨母", relation="姨母", phone="19900000999", **days)
    return authorise_collector(collector=row, student=student or cast.other_child, by=cast.other_mother.user)


def institution(cast, **fields):
    facts = {"name": "阳光托管", "address": "示例路 1 号", "contact": "孙禾", "phone": "19900000880"}
    row = Institution.objects.create(
        **facts, licence_number="示 0001", licence_until=fields.pop("until", TODAY + dt.timedelta(days=90))
    )
    person = InstitutionPerson.objects.create(
        institution=row, name="孙禾", phone="19900000881", document_end="001X", **fields
    )
    authorise_people(
        student=cast.other_child, institution=row, people=[person], ends_on=TOMORROW, by=cast.other_mother.user
    )
    return row, person, Collector.objects.get(person=person)


def picture():
    return PictureField(side=PHOTO_SIDE).clean(SimpleUploadedFile("a.png", papers.picture(size=(1200, 800))))


def consent(cast, student, guardian):
    AgreementTemplate.objects.filter(kind="privacy").update(published_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
    decide_consent(student=student, decision="given", name=guardian.name, device="phone", by=guardian.user)


# --- the release, kind by kind ------------------------------------------------------------------------------------


def test_an_authorised_adult_gets_the_child(here):
    assert give(here, aunt(here)).how == "collected"


@pytest.mark.parametrize("days", [{"ends_on": YESTERDAY, "starts_on": YESTERDAY}, {"starts_on": TOMORROW}])
def test_before_the_first_and_after_the_last_day_it_does_not_hold(here, days):
    row = Collector.objects.create(
        student=here.other_child, name="姨母", relation="姨母", entered_by=here.office.user, **days
    )
    with pytest.raises(ValidationError, match="姨母"):
        give(here, row)


def test_what_is_ended_is_ended_at_once(here):
    row = aunt(here)
    end_collecting(collector=row, by=here.other_mother.user)
    with pytest.raises(ValidationError, match="的授权。监护人可在手机上指定代接人"):
        give(here, Collector.objects.get(pk=row.pk))
    assert Collector.objects.get(pk=row.pk).end_reason


def test_a_proxy_is_for_its_day(here):
    proxies = [Collector(name=f"邻居{n}", relation="邻居", starts_on=day) for n, day in enumerate((TODAY, TOMORROW))]
    for proxy in proxies:
        name_proxy(proxy=proxy, student=here.other_child, by=here.other_mother.user)
    with pytest.raises(ValidationError, match="的授权。监护人可在手机上指定代接人"):
        give(here, proxies[1])
    assert give(here, proxies[0]).how == "proxy"


def test_a_barred_adult_is_refused_by_name_phone_and_person(here):
    made = [aunt(here, student=here.child), aunt(here, student=here.other_child)]
    bar_adult(
        student=here.child, name="姨母", relation="姨母", phone="19900000999", document="裁定 1", by=here.office.user
    )
    again = Collector(name="姨妈", relation="姨母", phone="19900000999", starts_on=TODAY)
    with pytest.raises(ValidationError, match="办公室"):
        authorise_collector(collector=again, student=here.child, by=here.mother.user)
    again.student, again.entered_by = here.child, here.office.user
    again.save()
    for row in (made[0], again):
        with pytest.raises(ValidationError, match="值班领导"):
            give(here, row, here.child)
    assert give(here, made[1]).to_name == "姨母（姨母）"


WRITTEN = ["姨 母", "姨\u200b母", "姨\u202e母", "姨母\ufe0f", "姨·母", "姨\u0301母", "\u2067姨母\u2069", "姨　母"]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_bar_a_concern_and_a_list_know_a_name_however_it_is_written(here, written):
    days = {"starts_on": TODAY, "relation": "亲戚"}
    row = Collector(name=written, phone="19900000998", student=here.other_child, entered_by=here.office.user, **days)
    row.save()
    same = Collector(name="姨母", phone="19900000998", **days)
    with pytest.raises(ValidationError, match="已在名单上"):
        authorise_collector(collector=same, student=here.other_child, by=here.other_mother.user)
    concern = report_concern(student=here.other_child, about="姨母", words="昨天有争执", by=here.homeroom.user)
    with pytest.raises(ValidationError, match="值班领导"):
        give(here, row)
    decide_concern(concern=concern, hold=False, decision="已核实", by=here.duty_leader.user)
    bar_adult(student=here.other_child, name="姨母", relation="姨母", document="裁定 1", by=here.office.user)
    row.refresh_from_db()
    assert row.ended_at is not None
    again = Collector(name=written, phone="19900000997", **days)
    with pytest.raises(ValidationError, match="办公室"):
        authorise_collector(collector=again, student=here.other_child, by=here.other_mother.user)


@pytest.mark.parametrize("written", ["韩 松", "韩\u200d松", "韩·松"])
def test_a_guardian_is_barred_however_the_document_writes_the_name(here, written):
    bar_adult(student=here.child, name=written, relation="父亲", document="裁定 2", by=here.office.user)
    assert Guardianship.objects.get(student=here.child, guardian=here.father).barred


def test_who_is_barred_stands_nowhere_among_those_who_collect(here, as_user):
    """The application, a brother's beginning, texts and cards ask one function."""
    aunt(here)
    bar_adult(student=here.other_child, name="杨柳", relation="母亲", document="裁定 3", by=here.office.user)
    application = here.other_child.enrolments.get().application
    page = reverse("enrollment:application_detail", args=[application.pk])
    shown = as_user(here.office).get(page).context["collectors"]
    assert [row.name for row in shown] == ["姨母"]
    assert [row.name for row in collectors_on(TODAY, [here.other_child.pk])[here.other_child.pk]] == ["姨母"]


def test_the_leader_holds_an_adult_for_the_day(here):
    concern = report_concern(student=here.other_child, about="杨柳", words="昨天有争执", by=here.homeroom.user)
    with pytest.raises(ValidationError, match="值班领导"):
        give(here, here.usual)
    leaving = next(e for e in exits_of(here.session) if e.student == here.other_child)
    assert leaving.exception == "请联系值班领导"
    assert release_line(session=here.session, except_for=set(), by=here.homeroom.user) == 1
    decide_concern(concern=concern, hold=True, decision="待核实", by=here.duty_leader.user)
    with pytest.raises(ValidationError, match="请联系值班领导"):
        give(here, here.usual)
    decide_concern(concern=concern, hold=False, decision="已核实", by=here.duty_leader.user)
    assert give(here, here.usual).how == "collected"


def test_a_concern_about_nobody_by_name_holds_everybody(here):
    report_concern(student=here.other_child, about="", words="孩子很害怕", by=here.gate.user)
    for collector in (here.usual, aunt(here)):
        with pytest.raises(ValidationError, match="请联系值班领导"):
            give(here, collector)


def test_a_concern_is_for_one_day_and_needs_a_reason(here):
    concern = report_concern(student=here.other_child, about="杨柳", words="担心", by=here.homeroom.user)
    with pytest.raises(ValidationError, match="请用一句话写明理由"):
        decide_concern(concern=concern, hold=True, decision=" ", by=here.duty_leader.user)
    Concern.objects.update(day=YESTERDAY)
    with pytest.raises(ValidationError, match="那一天已经过去。长期限制由办公室凭文书登记"):
        decide_concern(concern=concern, hold=True, decision="待核实", by=here.duty_leader.user)
    assert give(here, here.usual)


def test_people_of_an_institution_collect_what_was_authorised(here):
    row, _person, collector = institution(here)
    leaving = next(e for e in exits_of(here.session) if e.student == here.other_child)
    assert leaving.collector in (here.usual, collector)
    stranger = InstitutionPerson.objects.create(institution=row, name="钱雨", phone="19900000882", document_end="0002")
    assert not Collector.objects.filter(person=stranger).exists()
    assert give(here, collector).to_name == "孙禾（阳光托管）"


@pytest.mark.parametrize("what", ["licence", "ended", "removed"])
def test_an_expired_licence_or_a_removed_person_closes_collecting(here, what):
    _row, _person, collector = institution(here)
    if what == "licence":
        Institution.objects.update(licence_until=YESTERDAY)
    elif what == "ended":
        Institution.objects.update(ended_on=TODAY)
    else:
        InstitutionPerson.objects.update(removed_on=TODAY)
    with pytest.raises(ValidationError, match="的授权。监护人可在手机上指定代接人"):
        give(here, collector)
    with pytest.raises(ValidationError, match="目前不能接送，请咨询办公室"):
        authorise_people(
            student=here.child,
            institution=Institution.objects.get(),
            people=[InstitutionPerson.objects.select_related("institution").get()],
            ends_on=TOMORROW,
            by=here.mother.user,
        )


def test_alone_ends_at_once_and_stops_for_a_concern(here):
    PolicyRule.objects.filter(key="T9").update(enabled=False)
    agreement = here.other_child.applications.get().agreements.get(kind="pick_up")
    alone = LeavesAlone.objects.create(
        student=here.other_child, weekdays=[3], agreement=agreement, starts_on=TODAY, ends_on=TOMORROW
    )
    concern = report_concern(student=here.other_child, about="", words="担心", by=here.other_mother.user)
    with pytest.raises(ValidationError, match="值班领导决定前"):
        give(here, None)
    decide_concern(concern=concern, hold=False, decision="已核实", by=here.duty_leader.user)
    end_alone(alone=alone, by=here.other_mother.user)
    with pytest.raises(ValidationError, match="监护人没有签过"):
        give(here, None)
    assert not Release.objects.exists()


def test_a_proxy_named_by_a_guardian_barred_elsewhere_is_refused(here):
    proxy = Collector(name="司机", relation="朋友", starts_on=TODAY)
    name_proxy(proxy=proxy, student=here.child, by=here.father.user)
    Guardianship.objects.filter(student=here.child, guardian=here.father).update(barred=True, barred_note="裁定")
    with pytest.raises(ValidationError, match="请联系值班领导"):
        give(here, proxy, here.child)


# --- a bar closes everything --------------------------------------------------------------------------------------


@pytest.fixture
def barred_father(here):
    """The father names a proxy and asks for leave for tomorrow; then the office enters a restriction on him."""
    proxy = Collector(name="司机", relation="朋友", phone="19900000777", starts_on=TODAY)
    name_proxy(proxy=proxy, student=here.child, by=here.father.user)
    ask_leave(student=here.child, day=TODAY, reason="", by=here.father.user)
    row = Collector(name="韩松", relation="父亲", phone=here.father.phone, guardian=here.father, starts_on=TODAY)
    here.fathers = authorise_collector(collector=row, student=here.child, by=here.mother.user)
    here.proxy = proxy
    bar_adult(student=here.child, name="韩松", relation="父亲", document="民事裁定 2026-18", by=here.office.user)
    return here


def test_a_bar_ends_collecting_and_the_proxies_of_that_adult(barred_father):
    cast = barred_father
    assert Guardianship.objects.get(guardian=cast.father).barred_note == "民事裁定 2026-18"
    for collector in (cast.fathers, cast.proxy):
        with pytest.raises(ValidationError, match="请联系值班领导"):
            give(cast, Collector.objects.get(pk=collector.pk), cast.child)
    assert give(cast, Collector.objects.get(student=cast.child, guardian=cast.mother), cast.child)


def test_leave_asked_for_by_a_barred_adult_does_not_count(barred_father):
    cast = barred_father
    places = {place.student.pk: place.on_leave for place in roll_of(cast.session)}
    assert places[cast.child.pk] is False
    assert Leave.objects.count() == 1


@pytest.mark.parametrize(
    "name",
    ["enrollment:collector_list", "safety:leave_ask", "safety:proxy_name", "enrollment:consent_edit"],
)
def test_a_barred_adult_has_no_page_of_the_child(barred_father, as_user, name):
    assert as_user(barred_father.father).get(reverse(name, args=[barred_father.child.pk])).status_code in (403, 404)


def test_a_barred_adult_sees_no_whereabouts_and_cannot_apply(barred_father, as_user):
    client = as_user(barred_father.father)
    assert client.get(reverse("safety:family_today")).status_code == 403
    url = reverse("enrollment:apply", args=[barred_father.option.pk, barred_father.child.pk])
    assert client.get(url).status_code == 403


def test_a_bar_is_the_offices_and_needs_its_document(here, as_user):
    url = reverse("enrollment:collector_bar", args=[here.child.pk])
    assert as_user(here.mother).get(url).status_code == 403
    client = as_user(here.office)
    facts = {"name": "韩松", "relation": "父亲", "phone": ""}
    assert client.post(url, facts | {"document": ""}).status_code == 200
    assert not Guardianship.objects.get(guardian=here.father).barred
    paper = SimpleUploadedFile("a.exe", b"MZ....")
    client.post(url, facts | {"document": "裁定", "document_file": paper})
    assert not Guardianship.objects.get(guardian=here.father).barred
    client.post(url, facts | {"document": "裁定", "document_file": SimpleUploadedFile("a.pdf", pdf())})
    bar = Collector.objects.get(kind="barred")
    assert client.get(reverse("enrollment:collector_document", args=[bar.pk])).status_code == 200
    client.post(reverse("enrollment:collector_end", args=[bar.pk]))
    assert not Guardianship.objects.get(guardian=here.father).barred


# --- pages --------------------------------------------------------------------------------------------------------


def test_a_guardian_adds_changes_and_ends_an_adult(here, as_user):
    client = as_user(here.mother)
    url = reverse("enrollment:collector_add", args=[here.child.pk])
    facts = {"name": "姨母", "relation": "姨母", "phone": "199 0000 0999", "starts_on": TODAY, "ends_on": TOMORROW}
    assert "photo_file" not in client.get(url).context["form"].fields
    assert client.post(url, facts | {"phone": "12"}).status_code == 200
    assert client.post(url, facts | {"name": "韩老"}).status_code == 200
    assert client.post(url, facts).status_code == 302
    row = Collector.objects.get(name="姨母")
    client.post(reverse("enrollment:collector_edit", args=[row.pk]), facts | {"relation": "小姨"})
    row.refresh_from_db()
    assert (row.relation, row.phone, row.entered_by) == ("小姨", "19900000999", here.mother.user)
    client.post(reverse("enrollment:collector_end", args=[row.pk]))
    page = client.get(reverse("enrollment:collector_list", args=[here.child.pk]))
    assert [c.name for c, _works, _may in page.context["rows"]] == ["沈月"]
    assert "韩老" not in page.content.decode()


def test_a_photo_is_small_needs_consent_and_is_seen_by_few(here, as_user):
    with pytest.raises(ValidationError, match="同意"):
        authorise_collector(collector=here.usual, student=here.other_child, photo=picture(), by=here.office.user)
    consent(here, here.other_child, here.other_mother)
    authorise_collector(collector=here.usual, student=here.other_child, photo=picture(), by=here.other_mother.user)
    with Image.open(here.usual.photo) as stored:
        assert (stored.format, stored.size) == ("JPEG", (400, 267))
    url = reverse("enrollment:collector_photo", args=[here.usual.pk])
    seen = {
        who: as_user(getattr(here, who)).get(url).status_code
        for who in ("other_mother", "homeroom", "gate", "duty_leader", "office", "mother", "teacher", "principal")
    }
    assert seen == {
        "other_mother": 200,
        "homeroom": 200,
        "gate": 200,
        "duty_leader": 200,
        "office": 200,
        "mother": 404,
        "teacher": 404,
        "principal": 403,
    }
    assert AccessLog.objects.filter(fields=["collector photo"]).count() == 4
    decide_consent(
        student=here.other_child, decision="withdrawn", name="杨柳", device="phone", by=here.other_mother.user
    )
    assert as_user(here.gate).get(url).status_code == 404


def test_gate_and_teacher_read_no_reason(here, as_user):
    report_concern(student=here.other_child, about="杨柳", words="昨天有争执", by=here.other_mother.user)
    gate = as_user(here.gate).get(reverse("safety:gate"), {"q": "杨小帆"}).content.decode()
    release = reverse("safety:child_release", args=[here.session.pk, here.other_child.pk])
    teacher = as_user(here.homeroom).get(release).content.decode()
    for page in (gate, teacher):
        assert "请联系值班领导" in page
        assert "争执" not in page
    assert f'value="{here.usual.pk}"' not in teacher
    leader = as_user(here.duty_leader)
    assert "争执" in leader.get(reverse("enrollment:concern_list"), {"q": "杨小帆"}).content.decode()
    assert "争执" not in leader.get(reverse("enrollment:concern_list"), {"q": "韩小雨"}).content.decode()
    book = leader.post(reverse("enrollment:concern_list"), {"action": "export", "reason": "核对"})
    assert book["Content-Type"].endswith("sheet")
    concern = Concern.objects.get()
    url = reverse("enrollment:concern_decide", args=[concern.pk])
    leader.post(url, {"hold": "1", "decision": "待核实"})
    assert Concern.objects.get().state == "held"
    assert as_user(here.homeroom).get(url).status_code == 403


def test_a_concern_is_reported_by_who_sees_the_child(here, as_user):
    url = reverse("enrollment:collector_concern", args=[here.other_child.pk])
    assert as_user(here.mother).get(url).status_code == 404
    assert as_user(here.homeroom).post(url, {"about": "", "words": ""}).status_code == 200
    assert as_user(here.homeroom).post(url, {"about": "", "words": "担心"}).status_code == 302
    assert Concern.objects.get().reported_by == here.homeroom.user


def test_the_gates_list_by_institution(here, as_user):
    row, person, _collector = institution(here)
    client = as_user(here.gate)
    rows = client.get(reverse("enrollment:collector_gate")).context["institutions"]
    assert rows == [(row, [(person, [here.other_child])])]
    printed(client, client.get(reverse("enrollment:collector_gate"), {"print": 1}))
    report_concern(student=here.other_child, about="孙禾", words="担心", by=here.other_mother.user)
    assert client.get(reverse("enrollment:collector_gate")).context["institutions"] == []


def test_a_family_ticks_the_people_of_an_institution(here, as_user):
    _row, person, _collector = institution(here)
    client = as_user(here.mother)
    url = reverse("enrollment:collector_people", args=[here.child.pk])
    client.post(url, {"people": [person.pk]})
    assert Collector.objects.allowed(TODAY).filter(student=here.child, person=person).count() == 1
    client.post(url, {})
    assert not Collector.objects.allowed(TODAY).filter(student=here.child, person=person).exists()


def test_the_office_keeps_institutions_and_their_people(here, as_user):
    client = as_user(here.office)
    facts = {"name": "阳光托管", "address": "示例路 1 号", "contact": "孙禾", "phone": "19900000880"}
    client.post(reverse("enrollment:institution_add"), facts | {"licence_number": "1", "licence_until": TODAY})
    row = Institution.objects.get()
    url = reverse("enrollment:person_add", args=[row.pk])
    person = {"name": "孙禾", "phone": "19900000881", "document_end": "330106199001010011", "photo_file": picture()}
    assert client.post(url, person).status_code == 200
    assert client.post(url, person | {"document_end": "001X", "photo_file": picture()}).status_code == 302
    assert InstitutionPerson.objects.get().photo
    assert "孙禾" in client.get(reverse("enrollment:institution_list")).content.decode()


def test_a_card_opens_for_people_on_duty_until_it_is_lost(here, as_user):
    card = card_of(here.other_child, by=here.other_mother.user)
    assert card_of(here.other_child, by=here.office.user) == card
    url = reverse("enrollment:pass_check", args=[card.code])
    assert as_user(here.mother).get(url).status_code == 403
    assert as_user(here.teacher).get(url).status_code == 404
    assert [c.name for c in as_user(here.homeroom).get(url).context["collectors"]] == ["杨柳"]
    mother = as_user(here.other_mother)
    printed(mother, mother.get(reverse("enrollment:pass_card", args=[here.other_child.pk])))
    revoke_card(student=here.other_child, by=here.other_mother.user)
    assert "collectors" not in as_user(here.gate).get(url).context
    assert card_of(here.other_child, by=here.office.user).code != card.code


def test_the_offices_list_is_searched_counted_and_exported(here, as_user):
    aunt(here)
    client = as_user(here.office)
    page = client.get(reverse("enrollment:collector_all"), {"q": "姨母"})
    assert [c.name for c in records(page)] == ["姨母"]
    url = reverse("enrollment:collector_all") + "?status=authorised"
    assert client.post(url, {"action": "export", "reason": ""}).status_code == 302
    book = client.post(url, {"action": "export", "reason": "核对"})
    assert book["Content-Type"].endswith("sheet")
    assert AccessLog.objects.get(action="exported").rows == 4
    assert as_user(here.homeroom).get(url).status_code == 403


def test_later_application_does_not_revive_what_was_ended(here):
    end_collecting(collector=here.usual, by=here.other_mother.user)
    assert not Collector.objects.allowed(TODAY).filter(student=here.other_child).exists()
    enrol(here.option, here.sibling, here.mother, here.homeroom, here.office)
    assert Collector.objects.allowed(TODAY).filter(student=here.sibling).count() == 1


def test_going_alone_begins_with_a_new_signature_of_both(here, as_user):
    url = reverse("enrollment:collector_alone", args=[here.child.pk])
    client = as_user(here.mother)
    assert client.get(url, {"weekday": [3]}).context["error"]  # T9: third grade
    PolicyRule.objects.filter(key="T9").update(enabled=False)
    SchoolSettings.objects.update(alone_from_grade=3)
    assert "周三" in client.get(url, {"weekday": [3]}).context["texts"][0][1]
    old = here.child.applications.get().agreements.get(kind="pick_up")
    client.post(f"{url}?weekday=3", {"read": "on", "name": "沈月", "signature": ""})
    alone = LeavesAlone.objects.get()
    assert (alone.weekdays, alone.agreement.number, alone.agreement.state) == ([3], f"{old.number}-2", "waiting")
    with pytest.raises(ValidationError, match="监护人没有签过"):
        give(here, None, here.child)
    as_user(here.office).post(reverse("enrollment:collector_alone_confirm", args=[alone.pk]))
    old.refresh_from_db()
    assert old.withdrawn_at is not None
    assert give(here, None, here.child).how == "alone"


def test_a_guardian_barred_on_the_page_of_the_guardianship_is_barred_everywhere(here, as_user):
    """The office's list, its workbook and its tabs say what the gate says; lifting it there lifts it everywhere."""
    guardianship = Guardianship.objects.get(student=here.child, guardian=here.father)
    father = Collector.objects.create(
        student=here.child,
        guardian=here.father,
        name=here.father.name,
        relation="父亲",
        starts_on=TODAY,
        entered_by=here.office.user,
    )
    client, url = as_user(here.office), reverse("school:guardianship_edit", args=[guardianship.pk])
    typed = {"relation": "父亲", "order": guardianship.order, "barred": "on", "barred_note": "法院（2026）民初 33 号"}
    assert client.post(url, typed).status_code == 302
    shown = client.get(reverse("enrollment:collector_all"), {"q": here.child.name})
    kinds = {(row.name, row.kind) for row in records(shown)}
    assert (here.father.name, "barred") in kinds
    assert (here.father.name, "authorised") not in kinds
    father.refresh_from_db()
    assert father.ended_at is not None
    client.post(url, typed | {"barred": ""})
    assert not Collector.objects.from_today().filter(student=here.child, kind="barred").exists()
    guardianship.refresh_from_db()
    assert not guardianship.barred
