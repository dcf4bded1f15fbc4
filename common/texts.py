"""What people type, as a database keeps it and a page shows it. Pure."""

import re

# Control characters but tab and line ends, and two code points that are no characters: PostgreSQL refuses the first of
# them, and no XML (a feed) may hold the others.
_UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff]")


def storable(text: str) -> str:
    """`text` without control characters and halves of characters."""
    return _UNPRINTABLE.sub("", text).encode(errors="ignore").decode()
