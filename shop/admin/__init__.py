"""The back office of the shop. No screen makes or deletes an order (P24); every write is an action."""

from . import archive, books, corrections, orders, products, repayments, work

__all__ = ["archive", "books", "corrections", "orders", "products", "repayments", "work"]
