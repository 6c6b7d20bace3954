"""Duties changed by hand, handed over with clubs, exchanged and undone."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse

from clubs.models import Club, ClubSlot, Meeting
from clubs.services import make_meetings
from clubs.services.handing_over import carry_out_hand_overs, hand_over, held_from, undo_hand_over
from clubs.tasks import close_ended
from enrollment.models import CareDuty, DutyChange
from enrollment.services import decide_change, request_change
from enrollment.services.duty_changes import set_duty
from reports.today import substitutes
from safety.services import plan_day
from school.access import staff_busy
from school.models import Post
from school.services import end_staff
from tests.conftest import TODAY, make_staff, take
from tests.safety.test_standing_in import at

pytestmark = pytest.mark.django_db
MONDAY = TODAY + dt.timedelta(days=5)


@pytest.fixture
def colleague(afternoon):
    return make_staff("T830", "何静", subject=afternoon.maths)


def all_of(cast, taker, day=MONDAY, **other):
    duties, clubs = held_from(cast.homeroom, cast.term, day)
    options = {"duties": duties, "clubs": clubs} | other
    return hand_over(giver=cast.homeroom, taker=taker, term=cast.term, day=day, by=cast.office.user, **options)


def on_duty(day):
    return {(d.weekday, d.period.number): d.staff.name for d in CareDuty.objects.on(day).select_related("staff")}


def test_a_teacher_who_leaves_hands_over_everything_and_can_go(afternoon, colleague):
    last = MONDAY - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="硬笔书法"):
        end_staff(staff=afternoon.homeroom, last_day=last)
    make_meetings(term=afternoon.term, first=TODAY, last=TODAY + dt.timedelta(days=14))
    all_of(afternoon, colleague)
    assert {on_duty(TODAY)[day, 1] for day in range(1, 6)} == {"周婷"}
    assert {on_duty(MONDAY)[day, 1] for day in range(1, 6)} == {"何静"}
    led = dict(Meeting.objects.order_by("day").values_list("day", "instructor__name"))
    assert {day: name for day, name in led.items() if day < MONDAY} == {TODAY: "周婷"}
    assert {name for day, name in led.items() if day >= MONDAY} == {"何静"}
    end_staff(staff=afternoon.homeroom, last_day=last)
    # The week's plan follows on the day itself.
    afternoon.club.refresh_from_db()
    assert (afternoon.club.instructor, ClubSlot.objects.get().instructor) == (afternoon.homeroom, afternoon.homeroom)
    assert [carry_out_hand_overs(MONDAY) for _twice in range(2)] == [1, 0]
    afternoon.club.refresh_from_db()
    assert (afternoon.club.instructor, ClubSlot.objects.get().instructor) == (colleague, colleague)


def test_a_club_is_led_on_every_page_by_who_leads_it_that_day(afternoon, colleague, as_user, monkeypatch):
    """The eve, the day, the day after."""
    all_of(afternoon, colleague)
    shown = {}
    for day in (MONDAY - dt.timedelta(days=3), MONDAY, MONDAY + dt.timedelta(days=1)):
        at(monkeypatch, 9, day=day)
        close_ended()
        pages = [
            as_user(afternoon.office).get(reverse("clubs:club_detail", args=[afternoon.club.pk])),
            as_user(afternoon.mother).get(reverse("clubs:family_club", args=[afternoon.child.pk, afternoon.club.pk])),
        ]
        # The last meetings keep who led them.
        texts = [page.text.split("最近几次活动")[0] for page in pages]
        led = [{name: name in text for name in ("周婷", "何静")} for text in texts]
        plan_day(day=day)
        assert not substitutes(day).exists()
        mine = [bool(Club.objects.led_by(person.user)) for person in (afternoon.homeroom, colleague)]
        shown[day.isoweekday()] = (led[0] == led[1], led[0], mine)
    before = (True, {"周婷": True, "何静": False}, [True, False])
    after = (True, {"周婷": False, "何静": True}, [False, True])
    assert shown == {5: before, 1: after, 2: after}
    assert not substitutes(TODAY).exists()  # who led it then was no substitute


def test_a_hand_over_that_clashes_by_now_stops_neither_the_others_nor_the_page(
    afternoon, colleague, as_user, monkeypatch
):
    """By the day the taker leads another club at that time: the club stays where it is until that is mended."""
    all_of(afternoon, colleague)
    ClubSlot.objects.create(
        term=afternoon.term,
        club=Club.objects.create(
            term=afternoon.term,
            name="合唱",
            category="艺术",
            grade_from=1,
            grade_to=6,
            capacity=9,
            room=afternoon.rooms[0],
            instructor=colleague,
            status="published",
        ),
        weekday=3,
        period=afternoon.second,
        room=afternoon.rooms[0],
        instructor=colleague,
    )
    at(monkeypatch, 9, day=MONDAY)
    assert carry_out_hand_overs(MONDAY) == 0
    afternoon.club.refresh_from_db()
    assert afternoon.club.instructor == afternoon.homeroom
    assert as_user(colleague).get(reverse("safety:my_day")).status_code == 200


def test_where_the_morning_job_has_not_run_the_first_page_does_its_work(afternoon, colleague, as_user, monkeypatch):
    cache.clear()
    all_of(afternoon, colleague)
    take(afternoon.club, afternoon.other_child, afternoon.other_mother.user)
    other_days = request_change(
        enrolment=afternoon.other_child.enrolments.get(),
        kind="days",
        effective_on=MONDAY,
        weekdays=[4],
        by=afternoon.other_mother.user,
    )
    decide_change(change=other_days, agree=True, by=afternoon.office.user)
    at(monkeypatch, 9, day=MONDAY)
    as_user(colleague).get(reverse("safety:my_day"))
    afternoon.club.refresh_from_db()
    assert (afternoon.club.instructor, afternoon.club.taken) == (colleague, 0)


def test_meetings_made_after_the_hand_over_was_agreed_have_the_adult_of_their_day(afternoon, colleague):
    all_of(afternoon, colleague)
    Meeting.objects.filter(day__gt=TODAY).delete()
    make_meetings(term=afternoon.term, first=TODAY, last=TODAY + dt.timedelta(days=14))
    led = dict(Meeting.objects.order_by("day").values_list("day", "instructor__name"))
    assert set(led.values()) == {"周婷", "何静"}
    assert all((name == "何静") == (day >= MONDAY) for day, name in led.items())


def test_who_takes_a_club_later_is_not_free_then_and_who_gave_it_is(afternoon, colleague):
    all_of(afternoon, colleague)
    busy = {day: staff_busy(afternoon.term, 3, afternoon.second.pk, day) for day in (TODAY, MONDAY)}
    assert {day: colleague.pk in there for day, there in busy.items()} == {TODAY: True, MONDAY: True}
    assert {day: afternoon.homeroom.pk in there for day, there in busy.items()} == {TODAY: True, MONDAY: False}


def test_a_meeting_before_the_day_that_is_dated_later_has_the_adult_of_that_day(afternoon, colleague):
    next_week = TODAY + dt.timedelta(days=8)
    hand_over(
        giver=afternoon.homeroom,
        taker=colleague,
        term=afternoon.term,
        day=next_week,
        clubs=[afternoon.club],
        by=afternoon.office.user,
    )
    make_meetings(term=afternoon.term, first=TODAY, last=TODAY + dt.timedelta(days=14))
    names = list(Meeting.objects.order_by("day").values_list("instructor__name", flat=True))
    assert names == ["周婷", "周婷", "何静"]


def test_undone_it_is_as_it_was(afternoon, colleague):
    make_meetings(term=afternoon.term, first=TODAY, last=TODAY + dt.timedelta(days=14))
    before = on_duty(MONDAY), list(Meeting.objects.order_by("pk").values_list("pk", "instructor"))
    change = all_of(afternoon, colleague)
    undo_hand_over(change=change, by=afternoon.office.user)
    assert (on_duty(MONDAY), list(Meeting.objects.order_by("pk").values_list("pk", "instructor"))) == before
    assert CareDuty.objects.filter(ends_on=None).count() == CareDuty.objects.count() == 10
    afternoon.club.refresh_from_db()
    assert afternoon.club.instructor == afternoon.homeroom
    with pytest.raises(ValidationError, match="撤销"):
        undo_hand_over(change=change, by=afternoon.office.user)


def test_what_was_changed_again_is_not_undone(afternoon, colleague):
    change = all_of(afternoon, colleague, clubs=[])
    set_duty(
        group=afternoon.group,
        weekday=1,
        period=afternoon.first,
        adults=[afternoon.academic],
        day=MONDAY,
        by=afternoon.office.user,
    )
    now = on_duty(MONDAY)
    with pytest.raises(ValidationError, match="再次更改"):
        undo_hand_over(change=change, by=afternoon.office.user)
    assert on_duty(MONDAY) == now


def test_once_its_day_is_over_a_change_is_not_undone(afternoon, colleague):
    change = all_of(afternoon, colleague, day=TODAY)
    DutyChange.objects.update(day=TODAY - dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="起生效"):
        undo_hand_over(change=change, by=afternoon.office.user)


def test_two_who_exchange_the_same_hour(afternoon):
    """周婷 has every first period, 吴海 every second: on Mondays they change places."""
    mondays = CareDuty.objects.filter(weekday=1)
    hand_over(
        giver=afternoon.homeroom,
        taker=afternoon.teacher,
        term=afternoon.term,
        day=MONDAY,
        duties=mondays.filter(staff=afternoon.homeroom),
        back=mondays.filter(staff=afternoon.teacher),
        by=afternoon.office.user,
    )
    assert [on_duty(MONDAY)[1, n] for n in (1, 2)] == ["吴海", "周婷"]
    assert [on_duty(MONDAY)[2, n] for n in (1, 2)] == ["周婷", "吴海"]


def test_nobody_is_in_two_places(afternoon):
    """吴海 has the second period of every day: the club of Wednesdays is not for him; nothing of it is done."""
    before = on_duty(MONDAY)
    with pytest.raises(ValidationError, match="吴海"):
        all_of(afternoon, afternoon.teacher)
    assert (on_duty(MONDAY), DutyChange.objects.count()) == (before, 0)
    place = {
        "group": afternoon.group,
        "weekday": 3,
        "period": afternoon.second,
        "day": MONDAY,
        "by": afternoon.office.user,
    }
    with pytest.raises(ValidationError, match="周婷"):  # leads the club then
        set_duty(adults=[afternoon.teacher, afternoon.homeroom], **place)
    with pytest.raises(ValidationError, match="钱外"):  # without papers
        set_duty(adults=[make_staff("W831", "钱外", kind="outside")], **place)
    with pytest.raises(ValidationError, match="至少"):
        set_duty(adults=[], **place)
    assert on_duty(MONDAY) == before


def test_what_was_is_not_rewritten(afternoon, colleague):
    with pytest.raises(ValidationError, match="今天"):
        all_of(afternoon, colleague, day=TODAY - dt.timedelta(days=1))


def test_by_the_pages(afternoon, colleague, as_user):
    client = as_user(afternoon.office)
    page = client.post(reverse("school:staff_detail", args=[afternoon.homeroom.pk]), {"last_day": TODAY})
    url = reverse("clubs:duty_hand_over")
    link = f"{url}?giver={afternoon.homeroom.pk}"
    assert link in page.text
    choose = client.get(url, {"giver": afternoon.homeroom.pk, "taker": colleague.pk, "day": MONDAY})
    form = choose.context["form"]
    assert (form.fields["duties"].queryset.count(), list(form.fields["clubs"].queryset)) == (5, [afternoon.club])
    fields = {
        "giver": afternoon.homeroom.pk,
        "taker": colleague.pk,
        "day": MONDAY,
        "duties": [duty.pk for duty in form.fields["duties"].queryset],
        "clubs": [afternoon.club.pk],
    }
    refused = client.post(url, fields | {"taker": afternoon.teacher.pk})
    assert refused.status_code == 200
    assert "吴海" in refused.context["form"].non_field_errors()[0]
    assert client.get(reverse("clubs:duty_slot", args=[afternoon.group.pk, 9, afternoon.first.pk])).status_code == 404
    assert client.post(url, fields).status_code == 302
    table = client.get(reverse("enrollment:duty_table"), {"day": MONDAY}).text
    assert "何静" in table
    undo = reverse("clubs:duty_undo", args=[DutyChange.objects.get().pk])
    assert undo in table
    client.post(undo)
    assert on_duty(MONDAY)[1, 1] == "周婷"


def test_one_time_of_the_week_by_its_page(afternoon, colleague, as_user):
    client = as_user(afternoon.office)
    url = reverse("clubs:duty_slot", args=[afternoon.group.pk, 1, afternoon.first.pk])
    form = client.get(f"{url}?day={MONDAY}").context["form"]
    offered = set(form.fields["adults"].queryset)
    assert {afternoon.homeroom, colleague} <= offered
    assert form.fields["adults"].initial == [afternoon.homeroom.pk]
    assert client.post(url, {"day": MONDAY}).status_code == 200
    client.post(url, {"day": MONDAY, "adults": [colleague.pk]})
    assert (on_duty(TODAY)[1, 1], on_duty(MONDAY)[1, 1], on_duty(MONDAY)[2, 1]) == ("周婷", "何静", "周婷")


@pytest.mark.parametrize("followed", [True, False])
def test_a_class_whose_homeroom_teacher_leaves_asks_for_another(afternoon, colleague, as_user, followed):
    all_of(afternoon, colleague)
    last = MONDAY - dt.timedelta(days=1)
    if followed:
        Post.objects.create(
            staff=colleague, role="homeroom_teacher", school_class=afternoon.class_1, starts_on=last, ends_on=None
        )
    url = reverse("school:staff_detail", args=[afternoon.homeroom.pk])
    page = as_user(afternoon.office).post(url, {"last_day": last}, follow=True).content.decode()
    assert ("三(1)班从11月23日 周一起没有班主任" in page) is not followed
    listed = as_user(afternoon.academic).get(reverse("enrollment:term_preparation")).content.decode()
    assert ("三(1)班（11月23日 周一起）" in listed) is not followed


def test_a_weekend_between_the_last_day_and_the_hand_over_is_no_gap(afternoon, colleague):
    """Handed over from Monday on; the last day is Friday, and nothing is held on Saturday and Sunday."""
    all_of(afternoon, colleague)
    friday = MONDAY - dt.timedelta(days=3)
    assert friday.isoweekday() == 5
    with pytest.raises(ValidationError, match="请先交接"):
        end_staff(staff=afternoon.homeroom, last_day=friday - dt.timedelta(days=1))
    end_staff(staff=afternoon.homeroom, last_day=friday)


def test_who_has_left_gets_nothing_back(afternoon, colleague):
    change = all_of(afternoon, colleague)
    end_staff(staff=afternoon.homeroom, last_day=MONDAY - dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="周婷"):
        undo_hand_over(change=change, by=afternoon.office.user)
    assert on_duty(MONDAY)[1, 1] == "何静"


def test_every_clash_is_named_at_once(afternoon):
    """吴海 has the second periods already, two of which 周婷 shares with him."""
    for weekday in (1, 2):
        CareDuty.objects.create(
            term=afternoon.term,
            group=afternoon.group,
            weekday=weekday,
            period=afternoon.second,
            staff=afternoon.homeroom,
            starts_on=afternoon.term.starts_on,
        )
    with pytest.raises(ValidationError) as refusal:
        all_of(afternoon, afternoon.teacher, clubs=[])
    assert len(refusal.value.messages) == 2
    assert all("吴海" in sentence for sentence in refusal.value.messages)
