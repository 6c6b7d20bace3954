"""Inside Django, before the servers of an office start: tables, static files, and a school to look at.

One process for all three, since each start of Django takes a second: ``python first_steps.py [collectstatic]``.
"""

import os
import sys

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command


def main(*, static: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterschool.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if static:
        call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    # Somebody's own school is never mixed with the demonstration.
    if not get_user_model().objects.exists():
        print("Loading the demonstration school …", flush=True)
        call_command("demo", verbosity=0)


if __name__ == "__main__":
    try:
        main(static="collectstatic" in sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
