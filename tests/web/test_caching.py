"""What a page may take from memory: others' work of some seconds ago, never one's own of now."""

from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from web import caching


@pytest.fixture
def ask(settings, rf):
    """Sends a request through the middleware; gives what cached_between_changes() showed and the cookie that was set."""
    settings.BRIEF_CACHE_SECONDS = 10
    caching._values.clear()

    def send(value, method="GET", cookies=""):
        seen = []

        def view(request):
            seen.append(caching.cached_between_changes("thing", lambda: value))
            return HttpResponse()

        request = rf.generic(method, "/")
        request.COOKIES = {name: morsel.value for name, morsel in SimpleCookie(cookies).items()}
        answer = caching.OwnChangesMiddleware(view)(request)
        cookie = answer.cookies.get(caching.COOKIE)
        return seen[0], cookie and cookie["max-age"]

    yield send
    caching._values.clear()


def test_reading_may_be_some_seconds_behind(ask):
    assert ask("before") == ("before", None)
    assert ask("after") == ("before", None)


def test_who_sends_a_form_sees_what_is_so_now(ask, settings):
    signed_in = f"{settings.SESSION_COOKIE_NAME}=x"
    assert ask("before", cookies=signed_in) == ("before", None)
    assert ask("after", "POST", signed_in) == ("after", 10)
    assert ask("later", cookies=f"{signed_in}; {caching.COOKIE}=1") == ("later", None)
    assert ask("last", cookies=f"{signed_in}; {caching.COOKIE}=1") == ("last", None)
    assert ask("too late", cookies=signed_in) == ("last", None)


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("POST", 3)])
def test_a_page_asks_once_and_a_form_each_time(ask, rf, method, times):
    """Whoever has just sent something: a list of sixty rows does not ask sixty times."""
    made = []

    def view(request):
        for _ in range(3):
            caching.cached_between_changes("thing", lambda: made.append(1))
        return HttpResponse()

    request = rf.generic(method, "/")
    request.COOKIES = {caching.COOKIE: "1"}
    caching.OwnChangesMiddleware(view)(request)
    assert len(made) == times


def test_a_stranger_s_form_sets_no_cookie(ask):
    assert ask("before", "POST") == ("before", None)


def test_tasks_and_commands_are_never_behind(ask):
    ask("before")
    assert caching.cached_between_changes("thing", lambda: "after") == "after"


def test_what_a_page_writes_first_rests_on_what_is_so(ask):
    ask("before")

    def view(request):
        with caching.as_of_now():
            seen.append(caching.cached_between_changes("thing", lambda: "now"))
        seen.append(caching.cached_between_changes("thing", lambda: "later"))
        return HttpResponse()

    seen = []
    caching.OwnChangesMiddleware(view)(RequestFactory().get("/"))
    assert seen == ["now", "now"]


def test_nothing_is_kept_from_page_to_page_where_it_is_switched_off(ask, settings):
    settings.BRIEF_CACHE_SECONDS = 0
    assert ask("before") == ("before", None)
    assert ask("after") == ("after", None)
