"""Login codes as text: ten characters that are easy to type, the last one a check on the other nine (P25).

The alphabet leaves out 0, 1, I, L and O. Its size, 31, is prime, and each place has its own weight, so one wrong
character and any two characters that changed places always show. Knows neither database nor Django.
"""

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
# The place's weight; the last is 1, so that the check character follows from the rest by subtraction.
WEIGHTS = tuple(range(LENGTH, 0, -1))

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
# Longer than any way to write ten characters with spaces and dashes between them.
_LONGEST_INPUT = 60
# Signs people and phones type for a dash although Unicode does not call them one.
_LIKE_A_DASH = "_\u2212\u00ad"


def new_code() -> str:
    """A fresh code of nine random characters (44 bits) and its check character, without the dash."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The tenth character that belongs to nine others: the weighted sum of all ten is a multiple of 31."""
    total = sum(weight * _VALUES[character] for weight, character in zip(WEIGHTS, body, strict=False))
    return ALPHABET[-total % len(ALPHABET)]


def parse(typed: str) -> str | None:
    """The code in what somebody typed, or None when it cannot be one: a typo, told without asking the server.

    Case, spaces, dashes of every kind and full-width characters are forgiven.
    """
    if len(typed) > _LONGEST_INPUT:
        return None
    code = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if not _is_filler(c))
    if len(code) != LENGTH or any(character not in _VALUES for character in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def written(code: str) -> str:
    """The code as it stands on a card: XXXXX-XXXXX."""
    return f"{code[:5]}-{code[5:]}"


def entry_link(site_url: str, code: str) -> str:
    """What the QR on a card says. The code is in the fragment, which no browser sends and no server logs."""
    return f"{site_url}/#code={written(code)}"


def _is_filler(character: str) -> bool:
    return character.isspace() or character in _LIKE_A_DASH or unicodedata.category(character) in {"Pd", "Zs", "Cf"}
