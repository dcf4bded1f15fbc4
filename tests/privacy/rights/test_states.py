"""The table of states of a request, looked at as a whole."""

from privacy.rights.states import MOVES, OPEN_STATES, OUTCOMES, State, may_move


def test_every_state_is_in_the_table_and_reached() -> None:
    assert set(MOVES) == set(State)
    reached = {after for afters in MOVES.values() for after in afters}
    assert reached == set(State), "received comes back after the question who asks"


def test_what_is_closed_stays_closed_and_everything_open_can_close() -> None:
    assert {State.RECEIVED, State.ASKED} == OPEN_STATES
    assert all(may_move(State.RECEIVED, outcome) for outcome in OUTCOMES)
    assert may_move(State.ASKED, State.REFUSED)
    assert not may_move(State.ASKED, State.DONE), "not before it is clear who asks"
