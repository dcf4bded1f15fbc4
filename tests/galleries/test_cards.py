"""What stands on a code card."""

import re

from galleries.cards import make_card
from galleries.codes import new_code, written


def test_a_card_shows_the_code_as_it_is_typed() -> None:
    code = new_code()
    card = make_card(number="12", group="3B", code=code, site_url="https://example.org")
    assert (card.number, card.group, card.code) == ("12", "3B", written(code))


def test_two_codes_make_two_squares_and_one_code_the_same() -> None:
    first, second = (new_code() for _ in range(2))
    squares = [
        make_card(number="1", group="", code=c, site_url="https://example.org").qr for c in (first, second, first)
    ]
    assert squares[0] != squares[1]
    assert squares[0] == squares[2]


def test_the_square_is_markup_that_a_strict_policy_lets_through() -> None:
    qr = make_card(number="1", group="", code=new_code(), site_url="https://example.org").qr
    assert qr.startswith("<svg")
    assert not re.search(r"style|<script|on\w+=|href", qr)
