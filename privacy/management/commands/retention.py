"""`manage.py retention plan|run|verify`: what the night would do, do it, and prove that it was done."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from privacy import report
from privacy.models import SweepRun
from privacy.sweep import run_sweep


class Command(BaseCommand):
    help = "What the retention rules would do (plan), do it (run), and what they left (verify)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["plan", "run", "verify"])
        parser.add_argument("--json", action="store_true", help="answer in JSON")
        parser.add_argument(
            "--at", type=_moment, help="another clock, in ISO 8601; run takes a later one only in a demo"
        )
        parser.add_argument("--if-overdue", action="store_true", help="run only when the last night is overdue")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        at: datetime = options["at"] or now
        as_json: bool = options["json"]
        if options["what"] == "plan":
            self._plan(at, as_json)
        elif options["what"] == "verify":
            self._verify(at, as_json)
        elif options["if_overdue"] and not report.is_overdue(now=at):
            self.stdout.write(json.dumps({"status": "not overdue"}) if as_json else "The last night is not overdue.")
        elif at > now and settings.ENVIRONMENT not in {"demo", "test"}:
            raise CommandError("A later clock is for a demo or a test: nobody deletes early by hand.")
        else:
            self._run(at, as_json)

    def _plan(self, at: datetime, as_json: bool) -> None:
        lines = report.plan(now=at)
        if as_json:
            self._json({"at": at.isoformat(), "rules": [report.as_json(line) for line in lines]})
            return
        rows = [
            [line.rule, line.kind, str(line.due), str(line.kept), str(line.tomorrow), "pauses" if line.pauses else ""]
            for line in lines
        ]
        self._table(["rule", "of", "due", "kept", "tomorrow", ""], rows)
        self.stdout.write(f"{sum(line.due for line in lines)} rows due at {timezone.localtime(at):%Y-%m-%d %H:%M}.")

    def _run(self, at: datetime, as_json: bool) -> None:
        run = run_sweep(now=at)
        if run is None:
            raise CommandError("Another process is sweeping; nothing was done.")
        lines = report.run_lines(run)
        if as_json:
            self._json({"at": at.isoformat(), "status": run.status, "rules": lines})
        else:
            names = ["rule", "outcome", "erased", "residue", "forecast", "error"]
            self._table(names, [["?" if line[name] is None else str(line[name]) for name in names] for line in lines])
            self.stdout.write(f"The night is {run.status}: {sum(line['erased'] for line in lines)} rows.")
        if run.status != SweepRun.Status.GREEN:
            raise CommandError("The night needs attention.")

    def _verify(self, at: datetime, as_json: bool) -> None:
        found = report.verify(now=at)
        if as_json:
            self._json({"at": at.isoformat(), "sound": found.is_sound, **report.as_json(found)})
        else:
            left = [[line.rule, "?" if line.residue is None else str(line.residue)] for line in found.rules]
            self._table(["rule", "residue"], left)
            chain = found.ledger
            self.stdout.write(f"Deletion outbox: {found.outbox} files.")
            self.stdout.write(
                f"Ledger: {chain.sealed} sealed, {chain.unsealed} to be sealed, {len(chain.broken)} broken, "
                f"{len(chain.missing_heads)} heads without their seal, {chain.unreadable_heads} unreadable heads."
            )
        if not found.is_sound:
            raise CommandError("Something is left, could not be counted, or does not fit.")

    def _json(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, indent=2))

    def _table(self, heads: list[str], rows: Sequence[list[str]]) -> None:
        widths = [max(len(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
        for row in [heads, *rows]:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _moment(text: str) -> datetime:
    """An ISO moment; without a zone it is on the clock of the Netherlands."""
    moment = parse_datetime(text)
    if moment is None:
        raise ValueError
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
