"""Somebody is away: who is asked, in which order, and that no child is without an adult while it changes hands."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from clubs.models import Club, ClubSettings, Meeting, Skill, StaffSkill
from clubs.participation import has_task
from clubs.services import cancel_meeting
from enrollment.models import CareDuty, CareGroup
from enrollment.services.grouping import give_rooms
from reports.figures import collect
from reports.today import substitutes
from safety.candidates import candidates
from safety.models import Absence, Custody, Session, Substitution, SubstitutionAsk
from safety.rolls import expected_students, roll_of
from safety.services import (
    answer_ask,
    assign_substitute,
    call_roll,
    follow_up,
    merge_sessions,
    report_absence,
    withdraw_absence,
)
from safety.tasks_waiting import asks_waiting
from safety.views.standing_in import others_of
from school.inbox import tasks_for
from school.models import Credential, ExemptionRequest, Room, Staff
from tests.clubs.test_services import race
from tests.conftest import TODAY, make_staff, records, session_of, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(afternoon):
    """周婷 leads the club and the first period; three colleagues are free, none of whom knows the children."""
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    afternoon.free = [
        make_staff(f"T82{n}", name, subject=afternoon.maths) for n, name in enumerate(("丁一", "丁二", "丁三"))
    ]
    afternoon.club_session = session_of(afternoon.club, afternoon.second)
    return afternoon


def report(cast, *sessions):
    chosen = {session.pk for session in sessions or [cast.club_session]}
    report_absence(staff=cast.homeroom, day=TODAY, reason="事假", by=cast.homeroom.user, sessions=chosen)
    return Substitution.objects.get(session=(sessions or [cast.club_session])[0], state="open")


def test_who_is_away_is_nowhere_named_without_it_until_somebody_stands_in(away, as_user):
    """On the pages of the day, of who is where, of the child and of the roll."""
    pages = {
        "day": (away.office, reverse("safety:day")),
        "where": (away.office, reverse("safety:where", query={"period": away.second.pk})),
        "child": (away.office, reverse("school:student_detail", args=[away.child.pk])),
        "roll": (away.office, reverse("safety:roll", args=[away.club_session.pk])),
    }
    words = "周婷（缺勤，还没有人代班）"
    assert [name for name, (person, url) in pages.items() if words in as_user(person).get(url).text] == []
    substitution = report(away)
    assert [name for name, (person, url) in pages.items() if words not in as_user(person).get(url).text] == []
    assign_substitute(substitution=substitution, staff=away.free[1], by=away.office.user, by_telephone=True)
    assert [name for name, (person, url) in pages.items() if words in as_user(person).get(url).text] == []


def test_who_is_being_asked_may_have_agreed_on_the_telephone(away, as_user):
    substitution = report(away)
    asked = substitution.asks.get().staff
    client, url = as_user(away.office), reverse("safety:substitution_detail", args=[substitution.pk])
    card = html.fromstring(client.get(url).text).xpath(
        "//section[contains(., '邀请记录')]|//div[contains(@class, 'card')]"
    )
    assert any(str(asked.pk) in one.xpath(".//button[@name='staff']/@value") for one in card)
    client.post(url, {"staff": asked.pk, "how": "telephone"})
    substitution.refresh_from_db()
    assert (substitution.state, substitution.substitute) == ("assigned", asked)


def names(substitution, **kwargs):
    return [one.staff.name for one in candidates(substitution, **kwargs)]


def at(monkeypatch, hour, minute=0, day=TODAY):
    moment = dt.datetime.combine(day, dt.time(hour, minute), tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "_shift", timezone._shift + (moment - timezone.now()))


def test_the_first_in_turn_is_asked_and_the_rest_listed_with_reasons(away):
    substitution = report(away)
    ask = SubstitutionAsk.objects.get()
    assert (ask.staff.name, ask.answer_by - ask.asked_at) == ("丁一", dt.timedelta(minutes=30))
    # Who was asked comes last; 吴海 has the group's second period.
    assert names(substitution) == ["丁二", "丁三", "丁一"]
    assert Session.objects.get(pk=away.club_session.pk).staff == away.homeroom


def test_who_stands_in_on_the_last_day_is_not_the_clubs_instructor(away):
    """In a summary until that day the club is still its own instructor's; the session's other adult is a substitute."""
    substitution = report(away)
    answer_ask(ask=SubstitutionAsk.objects.get(substitution=substitution), accept=True, by=away.free[0].user)
    assert Meeting.objects.get(day=TODAY).instructor == away.free[0]
    (line,) = collect(away.term, TODAY)["club_members"].by["club"]
    assert line.facts["instructor"] == away.club.instructor.name
    taking_part = Staff.objects.filter(has_task(away.term, TODAY))
    assert (away.club.instructor in taking_part, away.free[0] in taking_part) == (True, False)
    assert [session.pk for session in substitutes(TODAY)] == [away.club_session.pk]


def test_skill_comes_before_turn_and_the_second_adult_before_all(away):
    skill = Skill.objects.create(name="书法", category="艺术")
    StaffSkill.objects.create(staff=away.free[1], skill=skill, filed_by=away.office.user)
    StaffSkill.objects.create(staff=away.free[0], skill=skill)  # proposed only
    substitution = report(away)
    assert names(substitution, unasked=True) == ["丁一", "丁三"]
    assert SubstitutionAsk.objects.get().staff == away.free[1]
    Meeting.objects.update(assistant=away.free[2])
    substitution.refresh_from_db()
    assert names(substitution) == ["丁三", "丁一", "丁二"]  # 丁二 was asked


def test_fewest_times_first_then_longest_ago(away):
    done = {"state": "accepted", "settled_by": away.office.user, "settled_at": timezone.now()}
    first = session_of(away.group, away.first)
    absence = Absence.objects.create(staff=away.teacher, day=TODAY, reason="x", by=away.office.user)
    Substitution.objects.create(absence=absence, session=first, substitute=away.free[0], **done)
    assert names(report(away)) == ["丁三", "丁一", "丁二"]
    assert SubstitutionAsk.objects.get().staff == away.free[1]


def test_exempt_away_and_unvetted_people_are_not_asked(away):
    ExemptionRequest.objects.create(
        staff=away.free[0],
        term=away.term,
        ground="孕期",
        state="granted",
        opinion="同意",
        decided_by=away.office.user,
        decided_at=timezone.now(),
    )
    Absence.objects.create(staff=away.free[1], day=TODAY, reason="x", by=away.office.user)
    make_staff("W902", "外聘", kind="outside")
    make_staff("V903", "家长", kind="volunteer")
    Staff.objects.filter(pk=away.free[2].pk).update(barred_note="查询结果")
    assert names(report(away)) == []


def test_the_proposals_ask_as_much_for_three_as_for_six(away, as_user):
    substitution = report(away)
    url = reverse("safety:substitution_detail", args=[substitution.pk])
    client = as_user(away.office)
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    for n in range(3):
        make_staff(f"T87{n}", f"新{n}", subject=away.maths)
    with CaptureQueriesContext(connection) as second:
        page = client.get(url)
    assert (len(page.context["candidates"]), len(second)) == (6, len(first))


def test_yes_makes_her_the_adult_at_once(away, as_user):
    report(away)
    ask = SubstitutionAsk.objects.get()
    assert [task.url for task in tasks_for(ask.staff.user)] == [reverse("safety:ask_answer", args=[ask.pk])]
    client = as_user(ask.staff)
    assert client.get(reverse("safety:ask_answer", args=[ask.pk])).context["children"] == 1
    client.post(reverse("safety:ask_answer", args=[ask.pk]), {"answer": "yes"})
    session = Session.objects.get(pk=away.club_session.pk)
    assert (session.staff, session.meeting.instructor) == (ask.staff, ask.staff)
    assert client.get(reverse("safety:roll", args=[session.pk])).status_code == 200
    assert as_user(away.homeroom).get(reverse("safety:roll", args=[session.pk])).status_code == 404
    assert Club.objects.get().instructor == away.homeroom


def test_no_asks_the_next_and_only_once(away):
    substitution = report(away)
    for name in ("丁一", "丁二", "丁三"):
        ask = SubstitutionAsk.objects.get(answer="")
        assert ask.staff.name == name
        answer_ask(ask=ask, accept=False, by=ask.staff.user)
    assert not SubstitutionAsk.objects.filter(answer="").exists()
    substitution.refresh_from_db()
    assert substitution.state == "open"
    with pytest.raises(ValidationError, match="您已经答复过"):
        answer_ask(ask=ask, accept=True, by=ask.staff.user)
    assign_substitute(substitution=substitution, staff=away.free[0], by=away.office.user)  # nobody is left to ask
    assert Session.objects.get(pk=away.club_session.pk).staff == away.free[0]


def test_who_does_not_answer_in_time_is_passed_over(away, monkeypatch):
    report(away)
    late = SubstitutionAsk.objects.get()
    assert follow_up(now=timezone.now()) == 0
    at(monkeypatch, 9, 31)
    with pytest.raises(ValidationError, match="9:30"):
        answer_ask(ask=late, accept=True, by=late.staff.user)
    assert (follow_up(now=timezone.now()), follow_up(now=timezone.now())) == (1, 0)
    assert list(SubstitutionAsk.objects.values_list("staff__name", "answer")) == [("丁一", "expired"), ("丁二", "")]


def test_from_three_on_the_office_assigns_without_asking(away, monkeypatch):
    substitution = report(away)
    with pytest.raises(ValidationError, match="15:00"):
        assign_substitute(substitution=substitution, staff=away.free[1], by=away.office.user)
    at(monkeypatch, 15)
    follow_up(now=timezone.now())
    assert not SubstitutionAsk.objects.filter(answer="").exists()
    assign_substitute(substitution=substitution, staff=away.free[1], by=away.office.user)
    substitution.refresh_from_db()
    assert (substitution.state, substitution.substitute) == ("assigned", away.free[1])
    with pytest.raises(ValidationError, match="丁二"):
        assign_substitute(substitution=substitution, staff=away.free[0], by=away.office.user)


def test_somebody_busy_is_not_assigned(away, monkeypatch):
    substitution = report(away)
    at(monkeypatch, 15)
    with pytest.raises(ValidationError, match="吴海"):
        assign_substitute(substitution=substitution, staff=away.teacher, by=away.office.user)


def test_children_in_care_change_hands_in_the_same_moment(away, monkeypatch):
    """She goes in the middle of the second period: her club's child and nobody else goes over."""
    for session in (session_of(away.group, away.first), away.club_session):
        marks = dict.fromkeys(expected_students(session), "present")
        call_roll(session=session, marks=marks, by=away.homeroom.user)
    held = {c.student_id: c.staff_id for c in Custody.objects.open()}
    assert set(held.values()) == {away.homeroom.pk}
    substitution = report(away)
    at(monkeypatch, 15)
    assign_substitute(substitution=substitution, staff=away.free[0], by=away.office.user)
    now = {c.student_id: c.staff_id for c in Custody.objects.open()}
    assert now == held | {away.child.pk: away.free[0].pk}
    stays = list(Custody.objects.filter(student=away.child).order_by("since", "pk").values_list("since", "until"))
    assert stays[0][1] == stays[1][0]


def other_group(cast, capacity):
    room = Room.objects.create(name="阶梯教室", capacity=capacity)
    group = CareGroup.objects.create(term=cast.term, name="三年级合班", grade=3)
    give_rooms({group: room.pk}, TODAY)
    CareDuty.objects.create(
        term=cast.term, group=group, weekday=3, period=cast.second, staff=cast.free[2], starts_on=cast.term.starts_on
    )
    from safety.services import plan_day

    plan_day(day=TODAY)
    return session_of(group, cast.second)


def test_two_sessions_join_within_the_room(away, monkeypatch, as_user):
    substitution = report(away)
    at(monkeypatch, 15)
    small = other_group(away, 0)
    with pytest.raises(ValidationError, match="1"):
        merge_sessions(substitution=substitution, target=small, by=away.office.user)
    Room.objects.filter(name="阶梯教室").update(capacity=1)
    merge_sessions(substitution=substitution, target=small, by=away.office.user)
    assert expected_students(small) == [away.child.pk]
    assert [place.student for place in roll_of(small)] == [away.child]
    assert not Session.objects.on(TODAY).filter(pk=away.club_session.pk).exists()
    with pytest.raises(ValidationError, match="三年级合班"):
        call_roll(session=away.club_session, marks={away.child.pk: "present"}, by=away.homeroom.user)
    with pytest.raises(ValidationError, match="请写明原因：家长和同事都会看到"):
        cancel_meeting(
            meeting=Meeting.objects.create(
                club=away.club, day=TODAY, period=away.first, room=away.hall, instructor=away.homeroom
            ),
            reason="",
            by=away.office.user,
        )
    places = as_user(away.mother).get(reverse("safety:family_today")).context["rows"][1].places
    assert (places[1].place.title, places[1].place.room) == ("三年级合班", "阶梯教室")


def test_a_session_whose_roll_is_called_is_taken_over_and_not_joined(away, monkeypatch):
    call_roll(session=away.club_session, marks={away.child.pk: "present"}, by=away.homeroom.user)
    substitution = report(away)
    at(monkeypatch, 15)
    with pytest.raises(ValidationError, match="硬笔书法"):
        merge_sessions(substitution=substitution, target=other_group(away, 50), by=away.office.user)


def test_she_comes_after_all(away):
    substitution = report(away)
    withdraw_absence(absence=substitution.absence, by=away.homeroom.user)
    substitution.refresh_from_db()
    assert (substitution.state, SubstitutionAsk.objects.get().answer) == ("withdrawn", "withdrawn")
    assert report(away).pk != substitution.pk


def test_without_script_the_way_back_asks_first(away, as_user):
    substitution = report(away)
    client, url = as_user(away.homeroom), reverse("safety:absence_withdraw", args=[substitution.absence_id])
    page = client.get(url)
    assert page.templates[0].name == "components/confirm_page.html"
    assert page.context["title"] == "周婷能来了？"
    substitution.refresh_from_db()
    assert substitution.state == "open"
    assert client.post(url).url == reverse("safety:substitution_list")
    substitution.refresh_from_db()
    assert substitution.state == "withdrawn"


def test_a_meeting_called_off_needs_nobody(away):
    from safety.services import plan_day

    report(away)
    cancel_meeting(meeting=away.club_session.meeting, reason="教师生病", by=away.office.user)
    plan_day(day=TODAY)
    assert not Substitution.objects.exists()
    assert Absence.objects.count() == 1


def test_the_teacher_reports_herself_on_the_phone(away, as_user):
    client = as_user(away.homeroom)
    url = reverse("safety:absence_add")
    page = client.get(url)
    assert [session.title for session in page.context["sessions"]] == [away.group.name, "硬笔书法"]
    assert client.post(url, {"session": [away.club_session.pk]}).context["form"].errors["reason"]
    client.post(url, {"session": [away.club_session.pk], "reason": "事假"})
    assert list(Substitution.objects.values_list("session", flat=True)) == [away.club_session.pk]
    own = client.get(reverse("safety:substitution_list"))
    assert [row.session.title for row in records(own)] == ["硬笔书法"]
    assert records(as_user(away.free[2]).get(reverse("safety:substitution_list"))) == []


def test_the_office_reports_for_somebody_and_settles_on_the_page(away, as_user, monkeypatch):
    client = as_user(away.office)
    url = reverse("safety:absence_add") + f"?staff={away.homeroom.pk}&day={TODAY}"
    sessions = [session.pk for session in client.get(url).context["sessions"]]
    client.post(url, {"session": sessions, "reason": "病假"})
    assert Substitution.objects.count() == 2
    assert "2" in tasks_for(away.office.user)[0].title
    at(monkeypatch, 15)
    substitution = Substitution.objects.get(session=away.club_session)
    page = client.get(reverse("safety:substitution_detail", args=[substitution.pk]))
    assert [one.staff.name for one in page.context["candidates"]] == ["丁二", "丁三", "丁一"]
    client.post(reverse("safety:substitution_detail", args=[substitution.pk]), {"staff": away.free[1].pk})
    substitution.refresh_from_db()
    assert substitution.substitute == away.free[1]
    other = Substitution.objects.get(state="open")
    assert (
        as_user(away.homeroom)
        .post(reverse("safety:substitution_detail", args=[other.pk]), {"staff": away.free[1].pk})
        .status_code
        == 403
    )


@pytest.mark.django_db(transaction=True)
def test_two_accept_at_once_and_one_of_them_has_the_session(away, monkeypatch):
    """One was asked; the office assigns another one in the same second."""
    substitution = report(away)
    ask = SubstitutionAsk.objects.get()
    ClubSettings.objects.update_or_create(pk=1, defaults={"direct_from": dt.time(8)})
    results = race(
        [
            lambda: answer_ask(ask=ask, accept=True, by=ask.staff.user),
            lambda: assign_substitute(substitution=substitution, staff=away.free[1], by=away.office.user),
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["Substitution", "ValidationError"]
    substitution.refresh_from_db()
    session = Session.objects.get(pk=away.club_session.pk)
    assert session.staff == substitution.substitute == session.meeting.instructor
    assert not SubstitutionAsk.objects.filter(answer="").exists()


def test_nobody_stands_in_for_what_was_called_off(away):
    report(away)
    ask = SubstitutionAsk.objects.get()
    cancel_meeting(meeting=away.club_session.meeting, reason="教师生病", by=away.office.user)
    with pytest.raises(ValidationError, match="硬笔书法"):
        answer_ask(ask=ask, accept=True, by=ask.staff.user)
    assert Session.objects.get(pk=away.club_session.pk).staff == away.homeroom


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_cancelling_race_without_getting_stuck(away):
    report(away)
    ask = SubstitutionAsk.objects.get()
    meeting = away.club_session.meeting
    results = race(
        [
            lambda: answer_ask(ask=ask, accept=True, by=ask.staff.user),
            lambda: cancel_meeting(meeting=meeting, reason="教师生病", by=away.office.user),
        ]
    )
    assert isinstance(results[1], Meeting)
    meeting.refresh_from_db()
    accepted = isinstance(results[0], Substitution)
    assert (meeting.cancelled, meeting.instructor == ask.staff) == (True, accepted)


def paper(staff, kind, ends_on):
    Credential.objects.create(staff=staff, kind=kind, starts_on=TODAY, ends_on=ends_on)


def test_the_schools_own_people_with_lasting_papers_and_an_account_are_asked_first(away):
    outside = make_staff("A777", "外聘", kind="outside")
    for kind in ("qualification", "contract", "insurance", "record_check"):
        paper(outside, kind, TODAY + dt.timedelta(days=300))
    paper(away.free[0], "record_check", TODAY + dt.timedelta(days=5))
    Staff.objects.filter(pk=away.free[1].pk).update(user=None)
    substitution = report(away)
    assert SubstitutionAsk.objects.get().staff == away.free[2]
    assert names(substitution) == ["丁二", "丁一", "外聘", "丁三"]
    answer_ask(ask=SubstitutionAsk.objects.get(), accept=False, by=away.free[2].user)
    assert SubstitutionAsk.objects.get(answer="").staff == away.free[0]
    told = {one.staff.name: one.reasons[1:] for one in candidates(substitution)}
    assert told["丁一"] == ["证件 11月23日 周一 到期"]
    assert told["外聘"] == ["校外人员"]


def test_an_unknown_answer_is_none(away, as_user):
    report(away)
    ask = SubstitutionAsk.objects.get()
    page = as_user(ask.staff).post(reverse("safety:ask_answer", args=[ask.pk]), {"answer": "perhaps"})
    assert (page.status_code, page.context["open"]) == (200, True)
    assert "没有记为答复" in page.content.decode()
    ask.refresh_from_db()
    assert ask.answer == ""


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_second_answer_hears_what_the_first_was(away, as_user, answer):
    report(away)
    ask = SubstitutionAsk.objects.get()
    client, url = as_user(ask.staff), reverse("safety:ask_answer", args=[ask.pk])
    client.post(url, {"answer": answer})
    client.get(reverse("safety:my_day"))  # reads «thank you»
    page = client.post(url, {"answer": "no"}, follow=True)
    ask.refresh_from_db()
    assert [str(message) for message in page.context["messages"]] == [f"您已经答复过：{ask.get_answer_display()}。"]


def test_buttons_before_the_hour_are_shown_and_closed(away, as_user, monkeypatch):
    substitution = report(away)
    other_group(away, 50)
    client, url = as_user(away.office), reverse("safety:substitution_detail", args=[substitution.pk])
    page = client.get(url)
    assert page.context["may_decide"] is False
    assert page.text.count('disabled aria-describedby="join-since"') == len(page.context["others"])
    # Who is being asked has the button beside the question as well.
    assert page.text.count('name="how" value="telephone"') == len(page.context["candidates"]) + 1
    assert "11月18日 15:00 起" in page.text
    at(monkeypatch, 15)
    assert 'aria-describedby="direct-since"' not in client.get(url).content.decode()


def test_who_agreed_by_telephone_is_assigned_at_once(away, as_user):
    substitution = report(away)
    asked = SubstitutionAsk.objects.get()
    url = reverse("safety:substitution_detail", args=[substitution.pk])
    client = as_user(away.office)
    client.post(url, {"staff": away.free[2].pk})
    assert Session.objects.get(pk=away.club_session.pk).staff == away.homeroom
    client.post(url, {"staff": away.free[2].pk, "how": "telephone"})
    asked.refresh_from_db()
    assert (Session.objects.get(pk=away.club_session.pk).staff, asked.answer) == (away.free[2], "withdrawn")


@pytest.mark.parametrize(
    ("hour", "day", "until"),
    [(22, -1, (7, 30)), (5, 0, (7, 30)), (9, 0, (9, 30)), (14, 0, (14, 30))],
)
def test_nobody_has_to_answer_at_night(away, monkeypatch, hour, day, until):
    at(monkeypatch, hour, day=TODAY + dt.timedelta(days=day))
    report(away)
    by = timezone.localtime(SubstitutionAsk.objects.get().answer_by)
    assert (by.date(), (by.hour, by.minute)) == (TODAY, until)


def test_a_request_names_day_and_hour(away, as_user):
    report(away)
    ask = SubstitutionAsk.objects.select_related("staff").get()
    client = as_user(ask.staff)
    page = client.get(reverse("safety:ask_answer", args=[ask.pk])).text
    assert "11月18日" in page
    assert "16:40" in page
    (task,) = asks_waiting(ask.staff.user)
    assert "16:40" in task.title


def test_who_was_there_until_the_end_was_not_away(away, monkeypatch):
    at(monkeypatch, 18)
    with pytest.raises(ValidationError, match="硬笔书法"):
        report(away)


def test_only_sessions_with_room_are_offered(away, as_user, monkeypatch):
    substitution = report(away)
    at(monkeypatch, 15)
    Room.objects.update(capacity=0)
    target = other_group(away, 0)
    client, url = as_user(away.office), reverse("safety:substitution_detail", args=[substitution.pk])
    page = client.get(url)
    assert page.context["others"] == []
    assert "同一时间的其他课次都坐不下这些学生。" in page.content.decode()
    Room.objects.filter(name="阶梯教室").update(capacity=1)
    assert client.get(url).context["others"] == [(target, 1, 1)]


def test_a_club_without_children_is_no_partner(afternoon):
    session = session_of(afternoon.group, afternoon.second)
    assert others_of(session) == []
    take(afternoon.club, afternoon.child, afternoon.mother.user)
    assert [(one.title, together) for one, together, _holds in others_of(session)] == [("硬笔书法", 3)]
