import re

from hypothesis import assume, given
from hypothesis import strategies as st

from galleries.codes import ALPHABET
from shop.references import (
    in_groups,
    is_payment_reference,
    order_number,
    payment_reference,
    with_check_digits,
)


def test_order_numbers_are_easy_to_type_and_do_not_repeat() -> None:
    numbers = {order_number() for _ in range(2000)}
    assert len(numbers) == 2000
    assert all(re.fullmatch(f"JK-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", number) for number in numbers)


def test_a_payment_reference_has_the_check_digits_a_bank_expects() -> None:
    # Worked out by hand: 2345678923 + RF00 = 2345678923271500, which is 79 modulo 97, so 98 - 79.
    assert with_check_digits("2345678923") == f"RF{98 - 2345678923271500 % 97:02d}2345678923"
    assert not is_payment_reference("RF18539007547034")
    assert all(is_payment_reference(payment_reference()) for _ in range(200))


@given(st.text(ALPHABET, min_size=10, max_size=10), st.integers(0, 9), st.sampled_from(ALPHABET))
def test_one_letter_typed_for_another_is_noticed(body: str, place: int, letter: str) -> None:
    # The standard sees a letter for a letter and a digit for a digit; a digit for a letter slips through now and then.
    assume(letter.isdigit() == body[place].isdigit())
    reference = with_check_digits(body)
    wrong = reference[: 4 + place] + letter + reference[5 + place :]
    assert is_payment_reference(reference)
    assert is_payment_reference(wrong) is (wrong == reference)


@given(st.text(ALPHABET, min_size=10, max_size=10), st.integers(0, 8))
def test_two_neighbours_that_changed_places_are_noticed(body: str, place: int) -> None:
    assume(body[place].isdigit() == body[place + 1].isdigit())
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    wrong = with_check_digits(body)[:4] + swapped
    assert is_payment_reference(wrong) is (swapped == body)


def test_a_reference_is_written_in_groups_of_four() -> None:
    assert in_groups("RF12ABCDEFGH34") == "RF12 ABCD EFGH 34"
