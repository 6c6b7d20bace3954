"""What every answer says about itself, and the addresses that programs ask for."""

import importlib
import os
import subprocess
import sys

import gunicorn
import pytest
from django.test import Client
from django.urls import reverse

from afterschool import urls
from school.models import SchoolSettings
from web.headers import PERMISSIONS

pytestmark = pytest.mark.django_db
EVERYWHERE = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/accounts/login/", 200),
        ("/board/", 200),
        ("/", 302),
        ("/nowhere/", 404),
        ("/accounts/login/?page=%00", 400),
        ("/static/img/nothing.svg", 404),
        ("/healthz", 503),
    ],
)
def test_every_answer_says_what_it_may_do(cast, path, status):
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == status
    assert {name: answer.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "Server" not in answer


def test_a_collected_file_says_so_as_well(client, settings, tmp_path):
    from whitenoise.middleware import WhiteNoiseMiddleware

    from web.headers import HeadersMiddleware

    (tmp_path / "a.css").write_text("a {}")
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH = str(tmp_path), True
    files = WhiteNoiseMiddleware(lambda request: pytest.fail("no file"))
    request = Client().get("/").wsgi_request
    request.path_info = "/static/a.css"
    assert HeadersMiddleware(files)(request)["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_web_server_names_no_version(settings):
    assert gunicorn.SERVER == "gunicorn"
    assert "server_tokens       off;" in (settings.BASE_DIR / "deploy/nginx.conf").read_text()


def test_search_engines_read_the_board_and_nothing_else(client):
    answer = client.get("/robots.txt")
    assert answer.content.decode().splitlines() == ["User-agent: *", "Allow: /board/", "Disallow: /"]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_the_sites_picture_has_the_address_that_browsers_guess(client):
    assert client.get("/favicon.ico").url.startswith("/static/img/mark")


def test_who_finds_a_weakness_reads_whom_to_tell(client, cast):
    SchoolSettings.objects.update(office_phone="010 5550 0100")
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert lines["Contact"] == "tel:01055500100"
    assert lines["Expires"] == "2027-05-17T01:00:00Z"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    SchoolSettings.objects.update(office_phone="")
    assert client.get("/.well-known/security.txt").status_code == 404


def test_a_code_never_stands_in_the_part_of_an_address_that_servers_see(cast, as_user, monkeypatch):
    drawn = []
    monkeypatch.setattr("school.views.accounts.qr_svg", lambda text: drawn.append(text) or "")
    monkeypatch.setattr("enrollment.papers.qr_on_paper", lambda text, alt: drawn.append(text) or "")
    page = as_user(cast.office).post(reverse("school:code_issue", args=["guardian", cast.mother.pk]))
    code = page.context["code"].replace(" ", "")
    assert drawn == [f"http://testserver/activate/#code={code}"]
    assert Client().get(f"/activate/?code={code}").context["form"]["code"].value() is None


@pytest.mark.parametrize(
    ("https", "said", "there"), [("1", None, False), ("1", "1", True), ("0", None, True), ("0", "0", False)]
)
def test_the_administration_is_closed_in_production_unless_it_is_asked_for(https, said, there):
    environment = {name: value for name, value in os.environ.items() if name != "ADMIN_PAGES"} | {"HTTPS": https}
    if said is not None:
        environment["ADMIN_PAGES"] = said
    ask = "from django.conf import settings; print(settings.ADMIN_PAGES)"
    done = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(there)


def test_without_the_administration_its_addresses_lead_nowhere(settings):
    assert len(importlib.import_module("afterschool.urls").administration()) == 1
    settings.ADMIN_PAGES = False
    assert urls.administration() == []
