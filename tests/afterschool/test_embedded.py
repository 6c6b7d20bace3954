"""The keeper's dealings with what an earlier run left behind. No server is started here, but one is imitated."""

import os
import socket
import subprocess
import sys
import threading
import time

import pytest

from local import embedded, keeper, office, prepare, start
from local.office import Refused


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "postgres" / "data"
    folder.mkdir(parents=True)
    return folder


def test_lock_file_of_a_dead_process_is_dropped(data):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (data / "postmaster.pid").write_text(f"{gone.pid}\n{data}\n")

    keeper.end_leftover(data)

    assert not (data / "postmaster.pid").exists()


def test_lock_file_that_names_somebody_elses_process_is_dropped_and_the_process_lives(data):
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (data / "postmaster.pid").write_text(f"{other.pid}\n{data}\n")

    keeper.end_leftover(data)

    assert not (data / "postmaster.pid").exists()
    assert other.poll() is None
    other.kill()
    other.wait()


def test_server_left_over_on_this_data_is_ended(data):
    program = "import time; time.sleep(60)"
    left = subprocess.Popen(["postgres", "-c", program, "-D", str(data)], executable=sys.executable)
    time.sleep(0.3)
    (data / "postmaster.pid").write_text(f"{left.pid}\n{data}\n")
    (data / "postmaster.pid").chmod(0o644)

    threading.Thread(target=left.wait, daemon=True).start()  # as init would, for an orphan
    keeper.end_leftover(data)

    assert left.wait(5) != 0
    assert not (data / "postmaster.pid").exists()


def test_unreadable_lock_file_is_dropped(data):
    (data / "postmaster.pid").write_text("half a li")

    keeper.end_leftover(data)

    assert list(data.iterdir()) == []


def test_office_is_known_by_its_folder(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()

    assert embedded._office_id(first) == embedded._office_id(first)
    assert embedded._office_id(first) != embedded._office_id(second)
    (second / "office-id").write_text((first / "office-id").read_text())
    assert embedded._office_id(first) != embedded._office_id(second), "a copy is another office"


def test_busy_port_is_refused_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port} is in use .* --port {port + 1}"):
            start.refuse_busy_port("127.0.0.1", port)


def test_busy_port_is_noticed_even_where_its_owner_shares_it():
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Refused, match="in use"):
            start.refuse_busy_port("127.0.0.1", taken.getsockname()[1])


def test_full_disk_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "ROOM_NEEDED", 10**18)

    with pytest.raises(Refused, match="The disk is full"):
        office.check_room(tmp_path / "not" / "yet" / "there")


def test_env_file_is_private_and_never_overwritten(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare, "ENV_FILE", tmp_path / ".env")
    monkeypatch.delenv("SECRET_KEY", raising=False)

    prepare.write_env_file()
    first = (tmp_path / ".env").read_text()
    prepare.write_env_file()

    assert (tmp_path / ".env").read_text() == first
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    assert "DEBUG=0" in first.splitlines()


def test_settings_come_from_the_environment_before_the_file(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("# note\nDATABASE_URL='postgres://file/db'\nexport REDIS_URL=redis://file\n")
    monkeypatch.setattr(office, "ENV_FILE", tmp_path / ".env")
    monkeypatch.setenv("REDIS_URL", "redis://environment")
    monkeypatch.delenv("DATABASE_URL", raising=False)

    assert office.setting("DATABASE_URL") == "postgres://file/db"
    assert office.setting("REDIS_URL") == "redis://environment"
    assert office.setting("SOMETHING_ELSE") == ""


def test_fallen_part_is_started_again_until_it_falls_too_often(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://x")
    monkeypatch.setenv("REDIS_URL", "redis://x")
    command = [sys.executable, "-c", "raise SystemExit('no table')"]
    part = start.Part("worker", command, tmp_path / "worker.log")
    crew = start.Office([part], dict(os.environ), tmp_path)
    part.start(crew.environment)

    with pytest.raises(Refused, match=r"The worker process ends again and again \(no table\)"):
        for _ in range(start.FALLS + 1):
            part.process.wait()
            crew.look_after()

    assert capsys.readouterr().err.count("starting it again") == start.FALLS


def test_missing_library_is_one_sentence_with_the_command_that_helps(monkeypatch):
    monkeypatch.setattr(prepare, "PRINTING", ("libnobody-has-this.so.0",))
    monkeypatch.setattr(prepare, "may_install", lambda: False)

    with pytest.raises(
        Refused, match=r"Pango.* is missing: as root run «apt-get install libpango-1.0-0 .*», then start"
    ):
        prepare.install_printing()


def test_new_folder_of_an_office_is_its_owners_alone(tmp_path):
    embedded.make_folder(tmp_path / "office")

    assert (tmp_path / "office").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "office" / "log").is_dir()
