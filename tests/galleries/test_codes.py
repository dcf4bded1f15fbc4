from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galleries.codes import ALPHABET, LENGTH, check_character, entry_link, new_code, parse, written

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
codes = bodies.map(lambda body: body + check_character(body))


def test_the_alphabet_has_a_prime_number_of_characters_nobody_confuses() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set("01ILO") & set(ALPHABET)


@pytest.mark.clauses("P25")
def test_a_new_code_is_accepted_and_differs_each_time() -> None:
    made = {new_code() for _ in range(200)}

    assert len(made) == 200
    assert all(parse(code) == code for code in made)


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_shows(code: str, place: int, character: str) -> None:
    typed = code[:place] + character + code[place + 1 :]

    assert (parse(typed) is None) == (typed != code)


@given(codes)
def test_any_two_characters_that_changed_places_show(code: str) -> None:
    for one, other in combinations(range(LENGTH), 2):
        swapped = list(code)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        assert (parse("".join(swapped)) is None) == (code[one] != code[other])


@given(codes, st.sampled_from(["-", " ", "–", "—", "−", "‐", "‑", "_", "\u00a0", "\u200b", "\t", " - ", "\u00ad", ""]))
def test_case_spaces_and_dashes_of_every_kind_are_forgiven(code: str, gap: str) -> None:
    assert parse(f" {code[:5].lower()}{gap}{code[5:]}\n") == code


@given(codes)
def test_full_width_characters_are_forgiven(code: str) -> None:
    assert parse("".join(chr(ord(character) + 0xFEE0) for character in code)) == code


@given(st.text(max_size=200))
def test_no_input_breaks_the_parser_and_what_it_accepts_is_a_code(typed: str) -> None:
    code = parse(typed)

    assert code is None or (len(code) == LENGTH and parse(written(code)) == code)


@pytest.mark.parametrize("typed", ["", "-", "ABCDE", "A" * 11, "A" * 100_000, "ÀBCDE-FGHJK", "00000-00000"])
def test_what_cannot_be_a_code_is_a_typo(typed: str) -> None:
    assert parse(typed) is None


def test_the_link_of_a_card_carries_the_code_only_in_its_fragment() -> None:
    assert entry_link("https://example.org", "ABCDEFGHJK") == "https://example.org/#code=ABCDE-FGHJK"
