"""The one table along which a request moves. Pure: it knows the states, not the database."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    RECEIVED = "received", _("to answer")
    ASKED = "asked", _("waiting for proof of who asks")
    DONE = "done", _("done")
    PARTLY = "partly", _("done in part")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by who asked")


MOVES: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.ASKED, State.DONE, State.PARTLY, State.REFUSED, State.WITHDRAWN}),
    # Nothing is handed out or erased before it is clear who asks.
    State.ASKED: frozenset({State.RECEIVED, State.REFUSED, State.WITHDRAWN}),
    State.DONE: frozenset(),
    State.PARTLY: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
OPEN_STATES = frozenset(state for state, after in MOVES.items() if after)
# How a request ends with a letter.
OUTCOMES = (State.DONE, State.PARTLY, State.REFUSED)


def may_move(before: State, after: State) -> bool:
    """Whether the table has the move from `before` to `after`."""
    return after in MOVES[before]
