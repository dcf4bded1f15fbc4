"""`manage.py clauses`: which clauses of the policy have a carrier and a test; `--check` fails when one was lost."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from privacy.clause_report import Coverage, lost, report, unlisted, write_baseline


class Command(BaseCommand):
    help = "Reports which clauses of the privacy policy are carried by code and named by a test."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when a covered clause lost its cover")
        parser.add_argument("--update", action="store_true", help="put newly covered clauses on the list")

    def handle(self, *args: Any, **options: Any) -> None:
        coverage = report(settings.BASE_DIR)
        for entry in coverage:
            self.stdout.write(_line(entry))
        covered = sum(entry.is_covered for entry in coverage)
        people = sum(bool(entry.clause.people_only) for entry in coverage)
        self.stdout.write(f"{covered} covered, {len(coverage) - covered - people} open, {people} for people only")
        if options["update"]:
            write_baseline(settings.BASE_DIR, coverage)
        if options["check"]:
            _check(coverage)


def _line(entry: Coverage) -> str:
    if entry.clause.people_only:
        state = f"people: {entry.clause.people_only}"
    elif entry.is_covered:
        state = f"{len(entry.carriers)} carriers, {len(entry.tests)} tests"
    else:
        state = "open" + (f" ({len(entry.carriers)} carriers, no test)" if entry.carriers else "")
    return f"{entry.clause.id}  {entry.clause.title:<70}  {state}"


def _check(coverage: list[Coverage]) -> None:
    if gone := lost(settings.BASE_DIR, coverage):
        raise CommandError(f"Covered once and no longer: {', '.join(gone)}.")
    if fresh := unlisted(settings.BASE_DIR, coverage):
        raise CommandError(f"Covered and not on the list yet: {', '.join(fresh)}. Run: manage.py clauses --update")
