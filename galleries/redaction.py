"""Taking a person out of a text that stays (A17). Pure: no database, no clock.

Removed are the whole name, each part of it that could not be a word like any other, the e-mail address, and the phone
number however it is spaced and whichever way it begins. Better a word too many than a name left.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GAP = "[…]"
# Parts of Dutch and neighbouring surnames and forms of address that say nothing by themselves.
_LITTLE_WORDS = (
    "aan af bij de del della den der des dhr di die dit dr drs du een el en het heer in ing la le les mej meneer mevr "
    "mevrouw mr mrs ms op over prof 's 't te ten ter the tot uit und van vande vanden vander von voor zu zum zur"
)
_NOT_A_NAME = frozenset(_LITTLE_WORDS.split())
_SHORTEST_PART = 2
# Shorter numbers stand in every text.
_SHORTEST_PHONE = 6
_BETWEEN_DIGITS = r"[\s./()-]*"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to take out: any of these may be empty."""

    name: str
    email: str
    phone: str


def redact(text: str, person: Person) -> str:
    """`text` with a gap wherever it named this person."""
    for pattern in _patterns(person):
        text = pattern.sub(GAP, text)
    return text


def _patterns(person: Person) -> Iterator[re.Pattern[str]]:
    """Longest first, so that no half of an address or a name is left behind a gap."""
    if person.email:
        yield re.compile(re.escape(person.email), re.IGNORECASE)
    digits = re.sub(r"\D", "", person.phone)
    if len(digits) >= _SHORTEST_PHONE:
        yield _phone(digits)
    parts = person.name.split()
    if len(parts) > 1:
        yield _word(r"\s+".join(re.escape(part) for part in parts))
    # Parts stand by themselves: “jansen” goes out of “p.jansen@”, and stays in “jansenweg”.
    for part in sorted({*parts, *re.split(r"[\s.'’-]+", person.name)}, key=len, reverse=True):
        if len(part) >= _SHORTEST_PART and part.lower() not in _NOT_A_NAME and any(map(str.isalpha, part)):
            yield _word(re.escape(part))


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])", re.IGNORECASE)


def _phone(digits: str) -> re.Pattern[str]:
    """The number as typed, and as one from abroad or at home would type it: 06 12… and +31 6 12… are the same."""
    local = re.sub(r"^(0031|31|0)", "", digits)
    number = _BETWEEN_DIGITS.join(local)
    before = rf"(?:(?:\+|00)?31{_BETWEEN_DIGITS}(?:0{_BETWEEN_DIGITS})?|0{_BETWEEN_DIGITS})?"
    return re.compile(rf"(?<!\d){before}{number}(?!\d)")
