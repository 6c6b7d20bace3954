import pytest

from school import navigation


@pytest.fixture
def own_pages(monkeypatch):
    """An empty navigation to register pages in; the apps' own comes back afterwards."""
    monkeypatch.setattr(navigation, "_items", {})
    return navigation.register
