"""What a phone asks for beside the pages: name and picture, a page for no network, what a shared link shows."""

import json

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from lxml import html

from school.models import SchoolSettings

pytestmark = pytest.mark.django_db


def shared(client, url):
    page = html.fromstring(client.get(url).content.decode())
    return {one.get("property"): one.get("content") for one in page.xpath("//meta[starts-with(@property, 'og:')]")}


def test_the_manifest_names_the_school_and_pictures_that_are_there(cast, client):
    answer = client.get(reverse("school:manifest"))
    facts = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (facts["name"], facts["short_name"], facts["start_url"]) == ("示范小学 · 课后服务", "课后服务", "/")
    assert {one["purpose"] for one in facts["icons"]} == {"any", "maskable"}
    assert all(finders.find(one["src"].removeprefix("/static/")) for one in facts["icons"])


def test_a_shared_link_shows_the_school_and_neither_class_nor_child(cast, client):
    SchoolSettings.objects.update(name="示范小学")
    for url, title in (
        (reverse("account_login"), "课后服务 · 示范小学"),
        (reverse("board:board"), "作业公示 · 示范小学"),
        (reverse("board:board_class", args=[cast.class_1.pk]), "作业公示 · 示范小学"),
    ):
        found = shared(client, url)
        assert found["og:title"] == title
        assert found["og:image"].startswith("http://testserver/static/img/icon-512")


def test_a_page_for_who_is_signed_in_shows_nothing_to_share(cast, as_user):
    assert shared(as_user(cast.mother), "/safety/family/") == {}


def test_the_worker_keeps_the_page_without_network_alone(cast, client):
    worker = client.get(reverse("school:service_worker"))
    assert worker["Content-Type"].startswith("text/javascript") and worker["Cache-Control"] == "no-cache"
    page = client.get(reverse("school:offline"))
    assert "没有网络" in page.content.decode() and "sessionid" not in page.cookies
