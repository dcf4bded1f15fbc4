from hypothesis import given
from hypothesis import strategies as st

from shop.states import MOVES, State, may_move


def test_every_state_stands_in_the_table_and_is_reached_from_the_first() -> None:
    assert set(MOVES) == set(State)
    reached = {State.PLACED}
    while more := {after for state in reached for after in MOVES[state]} - reached:
        reached |= more
    assert reached == set(State)


@given(st.sampled_from(State), st.sampled_from(State))
def test_only_the_moves_of_the_table_are_moves(before: State, after: State) -> None:
    allowed = {
        ("placed", "paid"),
        ("placed", "cancelled"),
        ("cancelled", "paid"),
        ("paid", "in_production"),
        ("paid", "delivered"),
        ("in_production", "shipped"),
        ("shipped", "delivered"),
    }
    assert may_move(before, after) is ((before.value, after.value) in allowed)


@given(st.lists(st.sampled_from(State), max_size=8))
def test_nothing_that_was_paid_ever_becomes_unpaid(path: list[State]) -> None:
    at, was_paid = State.PLACED, False
    for step in path:
        if may_move(at, step):
            at = step
            was_paid = was_paid or at == State.PAID
            assert not (was_paid and at in {State.PLACED, State.CANCELLED})
