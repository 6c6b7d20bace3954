"""Open an office of one's own: the school's name and the account that sets everything up."""

import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from school.opening import open_office


class Command(BaseCommand):
    help = "Name the school of an empty office and make its first account; prints the account's password once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="name of the school; asked for when left out")
        parser.add_argument("--admin", help="what the first account signs in with; asked for when left out")

        parser.add_argument("--is-open", action="store_true", help="change nothing; exit code 0 when it has accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        translation.activate("zh-hans")
        if options["is_open"]:
            sys.exit(0 if get_user_model().objects.exists() else 1)
        name = options["name"] or self.ask("学校名称 (name of the school): ", "--name")
        login = options["admin"] or self.ask("首个账号的登录名 (first account signs in with): ", "--admin")
        try:
            password = open_office(name=name, login=login)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{name}\t{login}\t{password}")

    def ask(self, question: str, option: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"{option} is missing, and there is no terminal to ask at.")
        return input(question).strip()
