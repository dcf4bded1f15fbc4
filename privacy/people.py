"""Who somebody proved to be. Everything a person may see about themselves starts from one of these."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Person:
    """What was proved, and no more: the login codes they hold, the account they are in with, the address whose mail
    they read. Who proves two of these is still shown what belongs to each of them, never what belongs to neither."""

    code_ids: frozenset[int] = frozenset()
    user_id: int | None = None
    # Lower case; "" when no mailed link or confirmed account proved it.
    email: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether nothing was proved at all."""
        return not self.code_ids and self.user_id is None and not self.email
