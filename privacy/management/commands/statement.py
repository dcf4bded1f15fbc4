"""`manage.py statement`: whether the documents say what the software does; `--freeze` writes the version in the making
down, `--publish` seals it for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from privacy import archive
from privacy.documents import DOCUMENTS


class Command(BaseCommand):
    help = "Compares the frozen texts of statement, terms, agreement and consents with what they would say today."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--freeze", action="store_true", help="write down versions that are not published yet")
        parser.add_argument("--publish", action="store_true", help="seal the newest versions: they never change again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["freeze"]:
            self._freeze()
        if problems := list(archive.drift()):
            raise CommandError("\n".join([*problems, "Run manage.py statement --freeze, and read docs/documents.md."]))
        if options["publish"]:
            for name in archive.publish():
                self.stdout.write(f"published {name}")
        self.stdout.write("Every document says what the software does.")

    def _freeze(self) -> None:
        for document in DOCUMENTS.values():
            try:
                changed = archive.freeze(document)
            except archive.Sealed as published:
                hint = "it is published: give the document a new version in privacy/documents.py"
                raise CommandError(f"{published} reads differently today, and {hint}.") from published
            for path in changed:
                self.stdout.write(f"frozen {path.relative_to(archive.FOLDER)}")
