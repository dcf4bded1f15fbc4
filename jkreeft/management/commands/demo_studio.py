import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from jkreeft.demo.filling import fill, is_complete
from jkreeft.demo.showing import Entries, codes, customers, staff


class Command(BaseCommand):
    """Fills the demo studio, and tells its codes and logins. Refuses wherever real people could be."""

    help = "Fill the demo studio with drawn photos, orders and staff (--fill), or tell its codes and logins (--show)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--fill", action="store_true", help="make what is not there yet")
        what.add_argument("--show", action="store_true", help="tell the login codes and the staff logins")
        parser.add_argument("--json", action="store_true", help="tell them as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ENVIRONMENT not in {"demo", "test"}:
            raise CommandError("The demo studio exists in a demo or test environment only (JKREEFT_ENVIRONMENT).")
        # The studio's orders and prints are Dutch, whoever runs this.
        with translation.override(settings.LANGUAGE_CODE):
            if options["fill"]:
                fill(now=timezone.now(), say=self.stdout.write)
            else:
                self._show(as_json=options["json"])

    def _show(self, *, as_json: bool) -> None:
        if not is_complete():
            raise CommandError("The demo studio is not complete; run: manage.py demo_studio --fill")
        found, logins, accounts = codes(now=timezone.now()), staff(), customers()
        if as_json:
            self.stdout.write(json.dumps({"codes": found, "staff": logins, "customers": accounts}, ensure_ascii=False))
            return
        self._table(("family", "code", "note"), found)
        self.stdout.write("")
        self._table(("role", "email", "password"), [*logins, *accounts])

    def _table(self, head: tuple[str, ...], entries: Entries) -> None:
        widths = [max(len(key), *(len(entry[key]) for entry in entries), 0) for key in head]
        for cells in (head, *([entry[key] for key in head] for entry in entries)):
            line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            self.stdout.write(line.rstrip())
