"""Numbers that say nothing: random, unguessable, easy to type. Pure."""

import secrets
import string

from galleries.codes import ALPHABET

_DIGIT_OF = {letter: str(index) for index, letter in enumerate(string.digits + string.ascii_uppercase)}


def order_number() -> str:
    """A fresh order number, JK-XXXX-XXXX: one of 850 thousand million, so nobody guesses a neighbour's."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"JK-{letters[:4]}-{letters[4:]}"


def payment_reference() -> str:
    """A fresh reference for a bank transfer in the form banks check for typos (ISO 11649): RF, two check digits, ten
    random characters (A39)."""
    return with_check_digits("".join(secrets.choice(ALPHABET) for _ in range(10)))


def with_check_digits(body: str) -> str:
    """The reference made of `body`, ten capitals and digits."""
    check = 98 - int("".join(_DIGIT_OF[letter] for letter in body + "RF00")) % 97
    return f"RF{check:02d}{body}"


def is_payment_reference(text: str) -> bool:
    """Whether the check digits of a reference are right; `text` without spaces, in capitals."""
    if len(text) != 14 or not text.startswith("RF") or any(letter not in _DIGIT_OF for letter in text):
        return False
    return int("".join(_DIGIT_OF[letter] for letter in text[4:] + text[:4])) % 97 == 1


def in_groups(number: str) -> str:
    """A payment reference or account number in groups of four, as people read it aloud."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
