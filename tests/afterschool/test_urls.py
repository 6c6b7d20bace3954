import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/password/reset/",
        "/accounts/password/reset/key/1-abc/",
        "/accounts/password/set/",
    ],
)
@pytest.mark.django_db
def test_nobody_signs_up_or_resets_by_mail(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"username": "x", "password1": "y"}).status_code == 404


@pytest.mark.django_db
def test_admin_sends_to_the_sign_in_that_asks_the_second_factor(client):
    answer = client.get("/admin/login/")

    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2Flogin%2F"


@pytest.mark.django_db
def test_sign_in_page_is_open_and_keeps_to_its_content_policy(client):
    answer = client.get(reverse("account_login"))

    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert b"style=" not in answer.content
