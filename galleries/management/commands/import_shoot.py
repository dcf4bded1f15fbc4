"""`manage.py import_shoot ASSIGNMENT FOLDER`: a folder of camera JPEGs becomes the photos of an assignment.

Exit status: 0 when every file is a photo now (or was before), 3 when the import finished and something was refused,
1 when it could not start, 130 when it was interrupted; after the last two the same command finishes the work.
"""

import json
import os
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from galleries.actions.importing import ImportRunning, Manifest, Outcome, import_shoot
from galleries.intake import REASONS
from galleries.models import Assignment

SOME_REFUSED = 3
INTERRUPTED = 130


class Command(BaseCommand):
    help = "Import a folder of camera JPEGs: a sub-folder per subject number, and groep-NAME for photos of a group."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("assignment", help="the assignment: its number, or its public id")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--json", action="store_true", help="the manifest in JSON; progress goes to stderr")
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="rendering processes")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        if options["jobs"] < 1:
            raise CommandError("--jobs must be at least 1.")
        progress = _Progress(self, quiet=options["verbosity"] == 0, to_stderr=options["json"])
        try:
            manifest = import_shoot(
                assignment_id=_assignment(options["assignment"]),
                folder=folder,
                jobs=options["jobs"],
                clock=timezone.now,
                report=progress.show,
            )
        except ImportRunning as error:
            raise CommandError(error.message) from error
        except KeyboardInterrupt as error:
            message = "Interrupted. Run the same command again to finish."
            raise CommandError(message, returncode=INTERRUPTED) from error
        progress.end()
        self.stdout.write(json.dumps(_as_json(manifest), indent=2) if options["json"] else _as_text(manifest))
        if manifest.refused:
            raise CommandError(f"Refused: {len(manifest.refused)} of {manifest.found}.", returncode=SOME_REFUSED)


class _Progress:
    """A line that moves on a terminal, plain lines elsewhere."""

    def __init__(self, command: Command, *, quiet: bool, to_stderr: bool) -> None:
        self.out = command.stderr if to_stderr else command.stdout
        self.quiet = quiet
        self.moves = self.out.isatty()

    def show(self, done: int, total: int, label: str, outcome: Outcome) -> None:
        if self.quiet:
            return
        if self.moves:
            self.out.write(f"\r{done}/{total}", ending="")
            self.out.flush()
        else:
            self.out.write(f"{done}/{total} {label}: {outcome}", style_func=str)

    def end(self) -> None:
        if self.moves and not self.quiet:
            self.out.write("")


def _assignment(named: str) -> int:
    try:
        wanted = {"pk": int(named)} if named.isdigit() else {"public_id": uuid.UUID(named)}
        return Assignment.objects.only("pk").get(**wanted).pk
    except (ValueError, OverflowError, Assignment.DoesNotExist) as error:
        raise CommandError("There is no such assignment.") from error


def _as_text(manifest: Manifest) -> str:
    lines = [
        f"found:      {manifest.found}",
        f"imported:   {len(manifest.imported)}",
        f"duplicates: {len(manifest.duplicates)}",
        f"refused:    {len(manifest.refused)}",
    ]
    lines += [f"  {label}: {REASONS[reason]}" for label, reason in manifest.refused]
    if manifest.deleted:
        lines.append(f"deleted before, and not brought back: {len(manifest.deleted)}")
        lines += [f"  {label}" for label in manifest.deleted]
    if manifest.ignored:
        lines.append(f"ignored (hidden files): {len(manifest.ignored)}")
    return "\n".join(lines)


def _as_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "found": manifest.found,
        "imported": manifest.imported,
        "duplicates": manifest.duplicates,
        "refused": [
            {"file": label, "reason": reason.value, "text": REASONS[reason]} for label, reason in manifest.refused
        ],
        "deleted": manifest.deleted,
        "ignored": manifest.ignored,
    }
