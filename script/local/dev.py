"""Django's own server with debug pages, on the database that script/start keeps."""

import argparse
import os
import signal
import subprocess
from collections.abc import Sequence

from local.embedded import servers
from local.manage import command_line
from local.office import ROOT, plain_refusals, say, var_folder, with_clock
from local.start import accounts_told, only_start, refuse_busy_port, take_first_steps


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="script/dev", description="The office while you change it.")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(arguments)
    with plain_refusals():
        var = var_folder()
        address = f"http://127.0.0.1:{chosen.port}/"
        refuse_busy_port("127.0.0.1", chosen.port)
        with only_start(var, address), servers(var) as urls:
            environment = os.environ | urls | {"PYTHONPATH": str(ROOT / "script")}
            take_first_steps(var, environment, empty=False, static=False)
            environment = with_clock(environment, var) | {"DJANGO_SETTINGS_MODULE": "afterschool.development"}
            say(accounts_told(var))
            say(f"\nDevelopment server on {address}; SQL goes to {var / 'log' / 'sql.log'}. Ctrl-C stops it.")
            command = command_line("runserver", "--skip-checks", f"127.0.0.1:{chosen.port}")
            process = subprocess.Popen(command, cwd=ROOT, env=environment)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # it hears Ctrl-C itself
            signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
            code = process.wait()
    raise SystemExit(max(code, 0))
