"""What Django says in words of its own is said in ours."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext, override

from common.borrowed import COUNTED, SENTENCES


def in_dutch() -> Iterator[tuple[str, str]]:
    """Each sentence and what becomes of it."""
    for sentence in SENTENCES:
        yield sentence, gettext(sentence)
    for counted in COUNTED:
        for number in (1, 2):
            values = {"min_length": number, "limit_value": number, "show_value": 9}
            yield "", counted % values


def test_dutch_says_je_and_leaves_nothing_in_english() -> None:
    with override("nl"):
        said = list(in_dutch())
    assert [new for old, new in said if new == old or re.search(r"\b(u|uw|your)\b", new, re.IGNORECASE)] == []
    assert len(said) == len(SENTENCES) + 4
