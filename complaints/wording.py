"""Reply templates: which placeholders they may hold, and what stands in their place. Pure: no database, no Django."""

import re
from collections.abc import Mapping

# What a template may name, and no more: nothing here is looked up about the person who wrote.
PLACEHOLDERS = ("greeting", "date", "studio", "phone", "email", "statement")
_BRACED = re.compile(r"\{([^{}]*)\}")


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces in `text` and is none of ours; a brace that opens or closes nothing counts too."""
    odd = [f"{{{name}}}" for name in _BRACED.findall(text) if name not in PLACEHOLDERS]
    return odd + [brace for brace in "{}" if brace in _BRACED.sub("", text)]


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """`text` with each placeholder replaced, once: what a value says is never read as a placeholder."""
    return _BRACED.sub(lambda match: values.get(match[1], match[0]), text)
