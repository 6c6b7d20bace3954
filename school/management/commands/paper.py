"""manage paper NAME: prints a paper with the first rows that the office has for it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from documents.papers import PAPERS, Paper
from school.services.printing import filled, print_now


class Command(BaseCommand):
    help = "Print a paper of the office as PDF; without a name list them all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="as listed, or all")
        parser.add_argument("--to", type=Path, default=Path(), help="the folder to print into (here)")
        parser.add_argument("--site", default="https://school.example/", help="the address that QR codes open")

    def handle(self, *args: Any, name: str | None, to: Path, site: str, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if name is None:
                for paper in PAPERS.values():
                    self.stdout.write(f"{paper.name:20} {paper.title}")
                return
            if name != "all" and name not in PAPERS:
                raise CommandError(f"There is no paper {name}. Without a name all are listed.")
            to.mkdir(parents=True, exist_ok=True)
            for paper in PAPERS.values() if name == "all" else [PAPERS[name]]:
                self.print(paper, to, site)

    def print(self, paper: Paper, to: Path, site: str) -> None:
        arguments = paper.sample(site)
        if arguments is None:
            self.stdout.write(f"{paper.name}: the office has nothing to print on it yet.")
            return
        printed = print_now(filled(paper, *arguments))
        file = to / f"{paper.name}.pdf"
        file.write_bytes(printed.pdf)
        self.stdout.write(f"{file} ({printed.pages} pages)")
