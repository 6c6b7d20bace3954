import pytest
from django.test import Client, override_settings
from lxml import html

from school.models import SchoolSettings
from tests.conftest import PASSWORD, make_user

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def school(db):
    SchoolSettings.objects.update_or_create(pk=1, defaults={"name": "示范小学"})


def page_of(answer):
    return html.fromstring(answer.content.decode())


def text(node):
    return " ".join(node.text_content().split())


def inline(page):
    """What a strict content policy would refuse."""
    scripts = [node for node in page.xpath("//script") if not node.get("src")]
    handlers = [node for node in page.iter() if any(str(name).startswith("on") for name in node.attrib)]
    return scripts + handlers + page.xpath("//style") + page.xpath("//*[@style]")


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/refused/", "/limited/", "/nowhere/"])
def test_no_page_has_anything_inline(client, path):
    page = page_of(client.get(path))
    assert inline(page) == []
    assert page.get("lang") == "zh-hans"
    assert len(page.xpath("//h1")) == (0 if path == "/" else 1)


def test_the_policy_allows_no_inline_script_or_style(client):
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_sign_in_asks_for_one_name_and_a_password_and_offers_no_sign_up(client):
    page = page_of(client.get("/accounts/login/"))
    assert page.xpath("//main//input[not(@type='hidden')]/@name") == ["login", "password"]
    assert page.xpath("//main//a/@href") == ["/activate/"]


@pytest.mark.parametrize("name", ["T900", "t900", "19900000900", " 199 0000 0900 ", "+8619900000900"])
def test_a_phone_or_staff_number_signs_in(client, name):
    make_user("郑岚", "T900", phone="19900000900")
    answer = client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")


def test_a_wrong_password_says_where_to_get_help(client):
    make_user("郑岚", "T900")
    page = page_of(client.post("/accounts/login/", {"login": "T900", "password": "no"}))
    assert text(page.xpath("//main//div[@role='alert']")[0]) == (
        "手机号（或工号）或密码不对，请再试一次。忘记密码请找班主任或课后服务办公室。"
    )


def test_sign_in_keeps_the_page_one_came_for(client):
    page = page_of(client.get("/accounts/login/?next=/work/"))
    assert page.xpath("//main//input[@name='next']/@value") == ["/work/"]


def test_every_field_of_sign_in_has_its_label(client):
    page = page_of(client.get("/accounts/login/"))
    fields = set(page.xpath("//main//input[not(@type='hidden')]/@id"))
    assert fields == set(page.xpath("//main//label/@for"))


def test_the_frame_shows_the_person_their_roles_and_pages(cast, own_pages, as_user):
    own_pages("home", "Today page", "home", roles={"service_office"}, group="today", bottom=True)
    own_pages("work", "Lists page", "list", roles={"service_office"}, group="clubs")
    own_pages("work_lists", "Principal's page", "list", roles={"principal"}, group="clubs")
    page = page_of(as_user(cast.office).get("/work/"))
    side, bottom = page.xpath("//nav[@id='menu']")[0], page.xpath("//nav[@class='bottom-nav']")[0]
    assert [text(link) for link in side.xpath(".//a[@href][starts-with(@href, '/work') or @href='/']")] == [
        "Today page",
        "Lists page",
    ]
    assert [text(link) for link in bottom.xpath(".//a")] == ["Today page"]
    assert [text(link) for link in side.xpath(".//a[@aria-current='page']")] == ["Lists page"]
    assert text(side.xpath(".//p[@class='side-nav-name']/strong")[0]) == "郑岚"
    assert "课后服务办公室" in text(side.xpath(".//p[@class='side-nav-name']")[0])
    assert side.xpath(".//form[@action='/accounts/logout/']//button")


def test_nobody_signed_in_sees_the_frame_without_pages(client, own_pages):
    own_pages("home", "Today page", "home", roles={"guardian"}, group="today", bottom=True)
    page = page_of(client.get("/"))
    assert page.xpath("//nav") == []
    assert [text(link) for link in page.xpath("//header//a")] == ["示范小学"]


def test_the_language_switches_and_comes_back(client):
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/accounts/login/"})
    assert (answer.status_code, answer.url) == (302, "/accounts/login/")
    page = page_of(client.get("/accounts/login/"))
    assert page.get("lang") == "en"
    assert text(page.xpath("//h1")[0]) == "After-school service"


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/refused/", 403, "您的身份不能打开这一页"),
        ("/nowhere/", 404, "这里没有内容"),
        ("/limited/", 429, "尝试次数太多"),
    ],
)
def test_an_error_says_what_to_do(client, path, status, title):
    answer = client.get(path)
    page = page_of(answer)
    assert (answer.status_code, text(page.xpath("//h1")[0])) == (status, title)
    assert page.xpath("//main//a/@href") == ["/"]


def test_a_refusal_gives_its_own_reason_as_text(client):
    page = page_of(client.get("/refused/", {"why": "三(2)班由李老师负责<script>"}))
    assert text(page.xpath("//main//p")[0]) == "三(2)班由李老师负责<script>"


def test_a_broken_page_stands_alone(client):
    client.raise_request_exception = False
    answer = client.get("/broken/")
    page = page_of(answer)
    assert (answer.status_code, text(page.xpath("//h1")[0])) == (500, "系统出了点问题")
    assert inline(page) == []


def test_a_form_that_is_too_old_asks_to_be_sent_again():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/write/")
    assert (answer.status_code, text(page_of(answer).xpath("//h1")[0])) == (403, "请重新提交")


def test_the_account_pages_are_ours(client):
    user = make_user("郑岚", "T900")
    client.force_login(user)
    pages = ["/accounts/password/change/", "/accounts/logout/", "/accounts/2fa/", "/accounts/sessions/"]
    titles = [text(page_of(client.get(path)).xpath("//h1")[0]) for path in pages]
    assert titles == ["修改密码", "退出登录", "二次验证", "已登录的设备"]


def test_the_page_of_components_is_for_development_only(client):
    assert client.get("/styleguide/").status_code == 404
    with override_settings(DEBUG=True):
        page = page_of(client.get("/styleguide/"))
    assert inline(page) == []
    assert len(page.xpath("//figure[@class='chart']//svg[not(@class='icon')]")) == 3
