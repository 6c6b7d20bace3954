from django.contrib.staticfiles import finders

from afterschool.npm import PACKAGES, NpmFinder


def test_every_listed_browser_file_is_there():
    wanted = [f"{prefix}/{name}" for prefix, (_, names) in PACKAGES.items() for name in names]

    assert [name for name in wanted if finders.find(name) is None] == []


def test_other_files_of_the_packages_are_not_served():
    assert finders.find("tabler/css/tabler.css") is None


def test_finder_lists_what_it_finds():
    listed = {f"{storage.prefix}/{name}" for name, storage in NpmFinder().list([])}

    assert "htmx/htmx.min.js" in listed
    assert all(finders.find(name) for name in listed)
