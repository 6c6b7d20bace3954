"""Static files before and after they are collected."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings

from afterschool.storage import StaticStorage


@pytest.fixture
def storage(tmp_path):
    with override_settings(STATIC_ROOT=str(tmp_path)):
        yield StaticStorage(location=str(tmp_path), base_url="/static/")


def test_before_collectstatic_a_file_keeps_its_plain_name(storage):
    assert storage.url("css/app.css") == "/static/css/app.css"


def test_a_collected_file_is_named_by_its_content(storage, tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "app.css").write_text("p {}")
    assert storage.hashed_name("css/app.css") != "css/app.css"


def test_collectstatic_still_refuses_a_stylesheet_that_names_a_file_nobody_has(storage, tmp_path):
    (tmp_path / "app.css").write_text("p { background: url(gone.png) }")
    results = list(storage.post_process({"app.css": (storage, "app.css")}))
    assert any(isinstance(result[2], ValueError) for result in results)


@pytest.mark.parametrize("name", ["note.pdf", "papers/2026/note.pdf"])
def test_what_is_stored_is_for_its_owner_alone(name, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    path = Path(default_storage.path(default_storage.save(name, ContentFile(b"%PDF"))))
    stored = [path, *path.parents]
    inside = stored[: stored.index(tmp_path)]
    assert {oct(one.stat().st_mode & 0o777) for one in inside} == {"0o600", "0o700"}
