"""Gives the application's database role what it needs and no more (school.rights). Run by the owner of the tables, after each
migration and restore; running it again changes nothing.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from school.rights import grant_rights


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "role", nargs="?", default=settings.DATABASE_ROLE, help="the application's role (DATABASE_ROLE)"
        )

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if not role:
            raise CommandError("Name the application's database role.")
        grant_rights(role)
