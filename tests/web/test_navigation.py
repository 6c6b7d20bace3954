from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from school import navigation

pytestmark = pytest.mark.urls("tests.web.urls")


def person(*codes):
    return SimpleNamespace(is_authenticated=True, role_codes=frozenset(codes))


def names(items):
    return [item.url_name for item in items]


def test_items_are_those_of_the_persons_roles(own_pages):
    own_pages("home", "Children", "users", roles={"guardian"}, group="today")
    own_pages("work", "Office", "inbox", roles={"service_office"}, group="homework")
    assert names(navigation.items_for(person("guardian"))) == ["home"]
    assert names(navigation.items_for(person("service_office"))) == ["work"]
    assert names(navigation.items_for(person("gate"))) == []


def test_a_teacher_who_is_a_parent_sees_both_merged_and_each_once(own_pages):
    own_pages("work", "Roll call", "checklist", roles={"teacher", "homeroom_teacher"}, order=20, group="homework")
    own_pages("home", "Today", "home", roles={"guardian", "teacher"}, group="today")
    assert names(navigation.items_for(person("guardian", "teacher", "homeroom_teacher"))) == ["home", "work"]


def test_items_stand_in_the_order_of_groups_then_order(own_pages):
    own_pages("styleguide", "Settings", "settings", roles={"principal"}, group="settings", order=1)
    own_pages("work_lists", "Lists", "list", roles={"principal"}, order=30, group="homework")
    own_pages("work", "Work", "list", roles={"principal"}, order=20, group="homework")
    own_pages("home", "Today", "home", roles={"principal"}, group="today", order=90)
    assert names(navigation.items_for(person("principal"))) == ["home", "work", "work_lists", "styleguide"]


def test_nobody_signed_in_sees_no_items(own_pages):
    own_pages("home", "Today", "home", roles={"guardian"}, group="homework")
    assert navigation.items_for(AnonymousUser()) == []


def test_the_phones_bar_holds_five(own_pages):
    for number in range(7):
        own_pages(f"page-{number}", "x", "x", roles={"teacher"}, order=number, bottom=number != 1, group="homework")
    items = navigation.items_for(person("teacher"))
    assert names(navigation.bottom_items(items)) == ["page-0", "page-2", "page-3", "page-4", "page-5"]


def test_the_longest_address_is_the_active_one(own_pages):
    own_pages("home", "Today", "home", roles={"teacher"}, group="homework")
    own_pages("work", "Work", "list", roles={"teacher"}, group="homework")
    own_pages("work_lists", "Lists", "list", roles={"teacher"}, group="homework")
    items = navigation.items_for(person("teacher"))
    assert [
        navigation.active_item(items, path).url_name for path in ("/", "/work/", "/work/7/edit/", "/work/lists/3/")
    ] == [
        "home",
        "work",
        "work",
        "work_lists",
    ]
    assert navigation.active_item(items, "/elsewhere/") is None


def test_an_unknown_group_is_refused_when_registered(own_pages):
    with pytest.raises(ValueError, match="unknown navigation group 'other'"):
        own_pages("home", "Today", "home", roles={"teacher"}, group="other")
