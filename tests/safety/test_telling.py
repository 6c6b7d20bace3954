"""What a family told by telephone or chat: entered by the homeroom teacher or the office, with who, how and when."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from enrollment.models import Collector
from enrollment.services.collecting import bar_adult, refusals_on
from enrollment.services.telling import Telling
from safety.models import Leave, Release
from safety.services import ask_leave, name_proxy, release_child, take_on
from tests.conftest import TODAY, session_of

pytestmark = pytest.mark.django_db
TOLD = {"told_how": "phone", "told_at": "2026-11-18T08:10"}
TOMORROW = TODAY + dt.timedelta(days=1)


def telling(guardian, how="chat"):
    return Telling(guardian, how, timezone.now() - dt.timedelta(minutes=5))


@pytest.mark.parametrize("who", ["homeroom", "office"])
def test_leave_told_by_telephone_says_who_told_it_how_when_and_who_entered_it(afternoon, as_user, who):
    cast = afternoon
    client = as_user(getattr(cast, who))
    url = reverse("safety:leave_enter", args=[cast.child.pk])
    row = {"day": TOMORROW.isoformat(), "reason": "发烧", "told_by": cast.father.pk} | TOLD
    later = client.post(url, row | {"told_at": "2026-11-18T23:00"})
    assert "还没到" in later.context["form"].non_field_errors()[0]
    assert later.context["form"]["reason"].value() == "发烧"
    back = client.post(url, row, follow=True)
    leave = Leave.objects.get()
    assert (leave.told_by, leave.told_how, leave.by) == (cast.father, "phone", getattr(cast, who).user)
    assert timezone.localtime(leave.told_at).time() == dt.time(8, 10)
    words = f"韩松电话告知,11月18日 08:10;由{getattr(cast, who).name}录入"
    assert words in back.content.decode().replace("，", ",").replace("；", ";")
    family = as_user(cast.mother).get(reverse("safety:family_today"))
    assert words in family.content.decode().replace("，", ",").replace("；", ";")
    as_user(getattr(cast, who)).post(reverse("safety:leave_cancel", args=[leave.pk]))
    assert not Leave.objects.exists()


def test_a_proxy_told_by_chat_is_entered_and_ended_by_the_homeroom_teacher(afternoon, as_user):
    cast = afternoon
    client = as_user(cast.homeroom)
    row = {"name": "邻居", "relation": "邻居", "phone": "199 0000 0555", "starts_on": TODAY, "told_by": cast.mother.pk}
    client.post(reverse("safety:proxy_enter", args=[cast.child.pk]), row | TOLD | {"told_how": "chat"})
    proxy = Collector.objects.get(kind="proxy")
    assert (proxy.told_by, proxy.told_how, proxy.entered_by) == (cast.mother, "chat", cast.homeroom.user)
    assert "邻居" in client.get(reverse("safety:told", args=[cast.child.pk])).content.decode()
    ended = client.post(reverse("enrollment:collector_end", args=[proxy.pk]))
    assert ended.url == reverse("safety:told", args=[cast.child.pk])
    proxy.refresh_from_db()
    assert proxy.ended_at is not None


def test_who_is_barred_can_tell_nothing(afternoon):
    cast = afternoon
    with pytest.raises(ValidationError, match="韩老"):
        ask_leave(student=cast.child, day=TODAY, reason="", by=cast.homeroom.user, telling=telling(cast.grandfather))
    proxy = Collector(name="司机", relation="朋友", phone="19900000777", starts_on=TODAY)
    with pytest.raises(ValidationError, match="杨柳"):
        name_proxy(proxy=proxy, student=cast.child, by=cast.homeroom.user, telling=telling(cast.other_mother))
    assert (Leave.objects.count(), Collector.objects.filter(kind="proxy").count()) == (0, 0)


def test_what_an_adult_told_ends_when_the_adult_is_barred(afternoon):
    cast = afternoon
    ask_leave(student=cast.child, day=TODAY, reason="", by=cast.homeroom.user, telling=telling(cast.father))
    named = [Collector(name=f"司机{n}", relation="朋友", phone=f"1990000077{n}", starts_on=TODAY) for n in (1, 2)]
    for proxy, guardian in zip(named, (cast.father, cast.mother), strict=True):
        name_proxy(proxy=proxy, student=cast.child, by=cast.homeroom.user, telling=telling(guardian))
    bar_adult(student=cast.child, name="韩松", relation="父亲", document="裁定", by=cast.office.user)
    assert not Leave.objects.standing().exists()
    kept = Collector.objects.allowed(TODAY).filter(student=cast.child, kind="proxy")
    assert list(kept.values_list("name", flat=True)) == ["司机2"]
    assert [refusals_on(TODAY, [cast.child.pk]).bars(cast.child.pk, proxy) for proxy in named] == [True, False]


def test_the_database_keeps_who_how_and_when_together(afternoon):
    with pytest.raises(IntegrityError, match="leave_told_whole"):
        Leave.objects.create(
            student=afternoon.child, day=TODAY, by=afternoon.homeroom.user, told_by=afternoon.mother, told_how=""
        )


def test_a_child_that_was_taken_on_is_handed_to_whom_a_guardian_names(afternoon, as_user):
    """It takes part in nothing; the duty leader enters whom its mother named by telephone."""
    session = session_of(afternoon.group, afternoon.first)
    url = reverse("safety:proxy_enter", args=[afternoon.sibling.pk])
    named = {"name": "沈月", "relation": "母亲", "phone": "19900000101", "starts_on": TODAY.isoformat()}
    said = {"told_by": afternoon.mother.pk, "told_how": "phone", "told_at": "2026-11-18T08:50"}
    leader = as_user(afternoon.duty_leader)
    refused = leader.post(url, named | said)
    assert "不参加课后服务" in refused.text
    take_on(session=session, student=afternoon.sibling, by=afternoon.homeroom.user)
    assert as_user(afternoon.duty_leader).post(url, named | said).status_code == 302
    proxy = Collector.objects.get(student=afternoon.sibling, kind="proxy")
    release_child(student=afternoon.sibling, day=TODAY, collector=proxy, by=afternoon.homeroom.user)
    assert Release.objects.get().collector == proxy
    assert (
        reverse("safety:told", args=[afternoon.sibling.pk])
        in as_user(afternoon.duty_leader).get(reverse("school:student_detail", args=[afternoon.sibling.pk])).text
    )
