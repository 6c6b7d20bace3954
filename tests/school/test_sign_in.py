"""Signing in: how long it lasts, the second factor, and the end of a login."""

import datetime as dt
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enrollment.models import CareDuty
from families.models import CommitteeMember
from school.models import ActivationCode, Guardian, Guardianship, Post
from school.services import activate, end_staff, issue_codes
from tests.conftest import PASSWORD, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def sign_in(client, login):
    return client.post(reverse("account_login"), {"login": login, "password": PASSWORD, "remember": "on"})


@pytest.mark.parametrize(
    ("who", "hours"), [("mother", 24 * 150), ("homeroom", 24 * 150), ("office", 12), ("principal", 12)]
)
def test_a_familys_phone_stays_signed_in_and_an_office_does_not(client, cast, who, hours):
    person = getattr(cast, who)
    assert sign_in(client, person.user.username).status_code == 302
    assert client.session.get_expiry_age() == hours * 3600


@pytest.mark.parametrize(
    ("who", "asked"), [("office", True), ("academic", True), ("principal", True), ("mother", False)]
)
def test_roles_that_see_many_children_set_up_a_second_factor_first(client, cast, settings, who, asked):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(getattr(cast, who).user)
    answer = client.get(reverse("home"))
    assert (answer.url == reverse("mfa_activate_totp")) is asked


def with_factor(user):
    """The secret of the second factor that this user has now."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret):
    """The six digits that an authenticator app shows now. A code works once."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_code_from_the_office_does_not_skip_the_second_factor(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    secret = with_factor(cast.principal.user)
    code = issue_codes(staff=[cast.principal], by=cast.office.user)[cast.principal]
    answer = client.post(reverse("school:activate"), {"code": code, "password": "taken-over-quietly"})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    for address in ("home", "mfa_index", "mfa_deactivate_totp"):
        assert reverse("account_login") in client.get(reverse(address)).url
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.session.get_expiry_age() == 12 * 3600
    assert client.get(reverse("home"), follow=True).status_code == 200


def test_a_session_that_began_before_the_factor_was_set_up_shows_it_first(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(cast.office.user)
    secret = with_factor(cast.office.user)
    answer = client.get(reverse("school:student_list"))
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    back = client.post(answer.url, {"code": code_of(secret)})
    assert back.url == reverse("school:student_list")
    assert client.get(back.url).status_code == 200


def test_a_teacher_who_becomes_the_office_has_an_offices_session(client, cast):
    sign_in(client, cast.teacher.user.username)
    assert client.session.get_expiry_age() == 24 * 150 * 3600
    Post.objects.create(staff=cast.teacher, role="service_office", starts_on=TODAY)
    client.get(reverse("home"))
    assert client.session.get_expiry_age() == 12 * 3600


def test_the_factor_is_switched_off_by_the_factor_and_not_by_a_password(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    with_factor(cast.office.user)
    client.force_login(cast.office.user)
    asked = client.post(reverse("mfa_deactivate_totp"))
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    by_password = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert by_password.url.startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=cast.office.user, type="totp").exists()


def test_before_others_could_be_taken_over_it_is_asked_again(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    secret = with_factor(cast.office.user)
    sign_in(client, cast.office.number)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    post = {"role": "principal", "starts_on": TODAY.isoformat()}
    asked = client.post(reverse("school:post_add", args=[cast.teacher.pk]), post)
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    assert not cast.teacher.posts.exists()
    # What was sent is carried out after the code.
    client.post(asked.url, {"code": code_of(secret)})
    assert cast.teacher.posts.get().role == "principal"


def test_a_homeroom_teachers_code_opens_no_login_that_holds_more_than_a_guardians(client, cast):
    """A guardian in the parents' committee gets a new password from the office only."""
    CommitteeMember.objects.create(guardian=cast.mother, school_class=cast.class_1, starts_on=TODAY)
    url = reverse("school:code_issue", args=["guardian", cast.mother.pk])
    client.force_login(cast.homeroom.user)
    assert client.post(url).status_code == 404
    letter = issue_codes(guardians=[cast.mother], by=cast.homeroom.user)[cast.mother]
    assert activate(code=letter, password="taken-over-quietly") is None
    client.force_login(cast.office.user)
    assert client.post(url).status_code == 200
    fresh = issue_codes(guardians=[cast.mother], by=cast.office.user)[cast.mother]
    assert activate(code=fresh, password="another-word-entirely") == cast.mother.user


def guesses(client, login, times=8):
    return [client.post(reverse("account_login"), {"login": login, "password": f"guess-{n}"}) for n in range(times)]


@pytest.mark.parametrize(
    "spelling",
    ["t001", " T001", "Ｔ００１", "1 9910000001", "+86 199-1000-0001", "１９９１０００００００１", "19910000001"],
)
def test_fresh_spellings_of_a_login_are_counted_for_one_account(client, cast, spelling):
    guesses(client, cast.homeroom.number)
    assert sign_in(client, spelling).status_code == 200
    assert "_auth_user_id" not in client.session


def test_another_host_is_no_fresh_count(client, cast, settings):
    settings.ALLOWED_HOSTS = ["*"]
    guesses(client, cast.homeroom.number)
    answer = client.post(
        reverse("account_login"), {"login": cast.homeroom.number, "password": PASSWORD}, headers={"host": "other.test"}
    )
    assert answer.status_code == 200


def test_strangers_do_not_lock_out_a_device_that_signed_in_before(cast):
    own, strange = Client(), Client()
    sign_in(own, cast.principal.number)
    own.post(reverse("account_logout"))
    guesses(strange, cast.principal.number, times=20)
    assert sign_in(strange, cast.principal.number).status_code == 200
    assert sign_in(own, cast.principal.number).status_code == 302
    # Its own count is bounded as well, and the cookie is worth nothing for others.
    own.post(reverse("account_logout"))
    guesses(own, cast.principal.number)
    assert sign_in(own, cast.principal.number).status_code == 200
    guesses(own, cast.homeroom.number)
    assert sign_in(own, cast.homeroom.number).status_code == 200


def test_a_cookie_made_up_is_no_known_device(client, cast):
    client.cookies["device"] = f"abc.{cast.principal.user.pk}"
    guesses(client, cast.principal.number)
    client.cookies["device"] = f"xyz.{cast.principal.user.pk}"
    assert sign_in(client, cast.principal.number).status_code == 200


def test_a_whole_school_behind_one_address_activates_on_one_evening(client, cast):
    adults = [Guardian.objects.create(name=f"家长{n}", phone=f"1990001{n:04}") for n in range(70)]
    codes = issue_codes(guardians=adults, by=cast.office.user)
    answers = [client.post(reverse("school:activate"), {"code": c, "password": PASSWORD}) for c in codes.values()]
    assert {answer.status_code for answer in answers} == {302}


def test_wrong_codes_are_bounded(client, cast):
    client.logout()
    answers = [
        client.post(reverse("school:activate"), {"code": f"WRONG{n:05}", "password": PASSWORD}) for n in range(61)
    ]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429]


def test_a_code_is_long_random_and_old_after_sixty_days(cast, monkeypatch):
    codes = {ActivationCode.new_code() for _n in range(1000)}
    assert len(codes) == 1000
    assert {len(code) for code in codes} == {10}
    assert len(ActivationCode.ALPHABET) ** ActivationCode.LENGTH > 2**49
    code = issue_codes(guardians=[cast.mother], by=cast.office.user)[cast.mother]
    ActivationCode.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(ValidationError, match="过期"):
        activate(code=code, password=PASSWORD)
    assert ActivationCode.lifetime() == dt.timedelta(days=60)


def test_a_recovery_code_signs_in_once(client, cast):
    with_factor(cast.office.user)
    recovery = RecoveryCodes.activate(cast.office.user).get_unused_codes()[0]
    for status in (302, 200):
        client.post(reverse("account_logout"))
        sign_in(client, cast.office.number)
        assert client.post(reverse("mfa_authenticate"), {"code": recovery}).status_code == status


def test_the_office_forgets_a_lost_factor_of_a_colleague_and_never_its_own(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    with_factor(cast.principal.user)
    secret = with_factor(cast.office.user)
    sign_in(client, cast.office.number)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    url = reverse("school:factor_forget", args=[cast.principal.pk])
    assert url in client.get(reverse("school:staff_detail", args=[cast.principal.pk])).content.decode()
    asked = client.post(url)
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    client.post(asked.url, {"code": code_of(secret)})
    assert not Authenticator.objects.filter(user=cast.principal.user).exists()
    client.post(reverse("school:factor_forget", args=[cast.office.pk]))
    assert Authenticator.objects.filter(user=cast.office.user, type="totp").exists()


@pytest.mark.parametrize(
    ("password", "well"),
    [
        ("19900000101", False),
        ("00000101ab", False),
        ("shenyue2026", False),
        ("shenyue1", False),
        ("hanxiaoyu1", False),
        ("20170512x", False),
        ("G0101", False),
        ("maple-leaf-42", True),
    ],
)
def test_what_others_know_of_the_family_is_no_password(client, cast, password, well):
    cast.child.birth_date = dt.date(2017, 5, 12)
    cast.child.save()
    code = issue_codes(guardians=[cast.mother], by=cast.office.user)[cast.mother]
    answer = client.post(reverse("school:activate"), {"code": code, "password": password})
    assert (answer.status_code == 302) is well
    if not well:
        assert set(answer.context["form"].errors) == {"password"}
        assert ActivationCode.objects.get().used_at is None


def test_a_failure_is_logged_without_what_was_typed(client, cast, caplog):
    client.post(reverse("account_login"), {"login": "my-secret-password", "password": "x"})
    client.post(reverse("account_login"), {"login": cast.mother.phone, "password": "wrong-word"})
    told = [record.getMessage() for record in caplog.records if record.name == "school.auth"]
    assert told == [
        "Sign-in failed: user - from 127.0.0.1",
        f"Sign-in failed: user {cast.mother.user_id} from 127.0.0.1",
    ]


def test_who_comes_goes_and_is_refused_is_logged(client, cast, caplog):
    caplog.set_level("INFO")
    sign_in(client, cast.mother.phone)
    client.get(reverse("school:student_list"))
    client.post(reverse("account_logout"))
    told = [record.getMessage() for record in caplog.records if record.name.startswith("school.")]
    user = cast.mother.user_id
    assert told == [
        f"Signed in: user {user} from 127.0.0.1 by password",
        f"Refused (403): user {user}, /students/",
        f"Signed out: user {user}",
    ]


def test_every_cookie_of_production_is_bound_to_the_host(client, cast, settings):
    settings.COOKIE_PREFIX, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-", "__Host-s", "__Host-c"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    answer = client.post(reverse("account_login"), {"login": cast.mother.phone, "password": PASSWORD}, secure=True)
    answer = client.get(answer.url, secure=True)
    for cookie in client.cookies.values():
        assert cookie.key.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert cookie["samesite"] == "Lax"
    assert len(client.cookies) >= 2


def test_a_last_day_ends_the_login_after_the_duties_are_handed_over(client, afternoon):
    with pytest.raises(ValidationError, match="请先交接"):
        end_staff(staff=afternoon.teacher, last_day=TODAY - dt.timedelta(days=1))
    CareDuty.objects.filter(staff=afternoon.teacher).delete()
    end_staff(staff=afternoon.teacher, last_day=TODAY - dt.timedelta(days=1))
    afternoon.teacher_parent.delete()
    assert sign_in(client, "T002").status_code == 200


def test_a_teacher_who_is_a_parent_keeps_the_familys_pages(client, afternoon):
    CareDuty.objects.filter(staff=afternoon.teacher).delete()
    end_staff(staff=afternoon.teacher, last_day=TODAY - dt.timedelta(days=1))
    assert sign_in(client, afternoon.teacher.phone).status_code == 302
    assert client.get(reverse("safety:family_today")).status_code == 200
    assert client.get(reverse("safety:my_day")).status_code == 403


def new_family(cast):
    """Two siblings of two classes and their aunt, who has never signed in."""
    aunt = Guardian.objects.create(name="韩梅", phone="19900000170")
    for student in (cast.child, cast.sibling):
        Guardianship.objects.create(student=student, guardian=aunt, relation="姑姑", order=4)
    return aunt


def test_the_letters_of_a_siblings_class_leave_the_first_code_valid(client, cast, offer):
    aunt = new_family(cast)
    first = issue_codes(guardians=[aunt], by=cast.office.user)[aunt]
    client.force_login(cast.office.user)
    client.post(reverse("enrollment:class_letters", args=[cast.first_grade.pk]))
    assert ActivationCode.objects.filter(guardian=aunt).count() == 2
    assert activate(code=first, password=PASSWORD).name == "韩梅"


def test_one_used_code_ends_the_other_ones_of_that_adult_only(cast):
    aunt, other = new_family(cast), Guardian.objects.create(name="杨树", phone="19900000171")
    first, second = (issue_codes(guardians=[aunt, other], by=cast.office.user) for _n in range(2))
    activate(code=second[aunt], password=PASSWORD)
    with pytest.raises(ValidationError, match="已用过"):
        activate(code=first[aunt], password="another-word-entirely")
    assert activate(code=first[other], password=PASSWORD).name == "杨树"


def test_a_letters_code_adds_the_children_to_a_colleagues_login_and_leaves_its_password(client, cast):
    parent = Guardian.objects.create(name="蒋原", phone=cast.principal.phone)
    Guardianship.objects.create(student=cast.child, guardian=parent, relation="舅舅", order=4)
    code = issue_codes(guardians=[parent], by=cast.homeroom.user)[parent]
    answer = client.post(reverse("school:activate"), {"code": code, "password": "taken-over-quietly"})
    assert (answer.status_code, answer.url) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session
    cast.principal.user.refresh_from_db()
    parent.refresh_from_db()
    assert cast.principal.user.check_password(PASSWORD)
    assert parent.user == cast.principal.user


def test_a_colleagues_password_is_not_reset_as_a_parents(client, cast):
    url = reverse("school:code_issue", args=["guardian", cast.teacher_parent.pk])
    client.force_login(cast.office.user)
    assert client.post(url).status_code == 404
    page = client.get(reverse("school:student_detail", args=[cast.teachers_child.pk]))
    assert url not in page.content.decode()
    cast.teacher.left_on = TODAY - dt.timedelta(days=1)
    cast.teacher.save()
    assert client.post(url).status_code == 200
