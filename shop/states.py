"""The one table along which an order moves. Pure: it knows the states, not the database."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    PLACED = "placed", _("waiting for payment")
    PAID = "paid", _("paid")
    IN_PRODUCTION = "in_production", _("being made")
    SHIPPED = "shipped", _("on its way")
    DELIVERED = "delivered", _("delivered")
    CANCELLED = "cancelled", _("cancelled")


MOVES: dict[State, frozenset[State]] = {
    State.PLACED: frozenset({State.PAID, State.CANCELLED}),
    State.PAID: frozenset({State.IN_PRODUCTION, State.DELIVERED}),
    State.IN_PRODUCTION: frozenset({State.SHIPPED}),
    State.SHIPPED: frozenset({State.DELIVERED}),
    State.DELIVERED: frozenset(),
    # Money that arrives after all brings the order back: keeping it without a contract would be worse.
    State.CANCELLED: frozenset({State.PAID}),
}


def may_move(before: State, after: State) -> bool:
    """Whether the table has the move from `before` to `after`."""
    return after in MOVES[before]
