"""Compile translations without gettext: each .po named on the command line becomes the .mo beside it."""

import sys
from pathlib import Path

import polib


def compile_catalogue(source: Path) -> Path:
    """Write `source` as .mo in one step, so that a reader never sees half a file. Fuzzy entries stay out."""
    target = source.with_suffix(".mo")
    fresh = target.with_suffix(".new")
    polib.pofile(str(source)).save_as_mofile(str(fresh))
    fresh.replace(target)
    return target


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_catalogue(Path(name))
