"""The back office of the shop. No screen makes or deletes an order (P24); every write is an action."""

from . import archive, books, orders, products, work

__all__ = ["archive", "books", "orders", "products", "work"]
