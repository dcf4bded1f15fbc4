"""`manage.py clauses`: which clauses of the policy have a carrier and a test; `--check` fails when one has not."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from privacy.clause_report import Coverage, overtaken, report, uncovered


class Command(BaseCommand):
    help = "Reports which clauses of the privacy policy are carried by code and named by a test."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail on a clause that is neither carried nor planned")

    def handle(self, *args: Any, **options: Any) -> None:
        coverage = report(settings.BASE_DIR)
        for entry in coverage:
            self.stdout.write(_line(entry))
        covered = sum(entry.is_covered for entry in coverage)
        planned = sum(bool(entry.clause.planned) for entry in coverage)
        self.stdout.write(f"{covered} covered, {planned} planned, {len(uncovered(coverage))} open")
        if options["check"]:
            _check(coverage)


def _line(entry: Coverage) -> str:
    if entry.is_covered:
        state = f"{len(entry.carriers)} carriers, {len(entry.tests)} tests"
    elif entry.clause.planned:
        state = f"planned: {entry.clause.planned}"
    else:
        state = f"OPEN ({len(entry.carriers)} carriers, {len(entry.tests)} tests)"
    return f"{entry.clause.id}  {entry.clause.title:<70}  {state}"


def _check(coverage: list[Coverage]) -> None:
    if missing := uncovered(coverage):
        raise CommandError(f"Neither carried and tested, nor planned: {', '.join(missing)}.")
    if done := overtaken(coverage):
        raise CommandError(f"Carried already, so no longer planned (privacy/clauses.py): {', '.join(done)}.")
