"""The end of an account, at the wish of its owner: the consent is withdrawn, and what no law keeps is gone at once
(P45-P47, A30, A31, A37)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from privacy import erasure

from ..emails import mail_deleted
from ..models import User
from ..registry import Ending, account_deleting
from .customers import SELF_SERVICE


def ending_of(user: User, *, now: datetime) -> Ending:
    """What the end of this account means, for all apps together."""
    parts = [part.describe(user=user, now=now) for part in account_deleting]
    return Ending(
        goes=tuple(text for part in parts for text in part.goes),
        stays=tuple(text for part in parts for text in part.stays),
        files=tuple(link for part in parts for link in part.files),
        choices=tuple(choice for part in parts for choice in part.choices),
    )


@transaction.atomic
def delete_account(*, user_id: int, chosen: Mapping[str, str], now: datetime) -> None:
    """Withdraw the consent to an account and erase it at once, with all that hangs on it (P46, P47): `erase_users`, as
    for who asks us to.

    `chosen` answers each question of `ending_of` by its name. A receipt goes to the address. Orders under way go on as
    those of a guest (A37). Raises `privacy.erasure.Held` when a hold or a restriction keeps a part: then nothing went.
    """
    user = User.objects.select_for_update().get(pk=user_id, is_staff=False)
    kept = ending_of(user, now=now).stays
    for part in account_deleting:
        part.decide(user=user, chosen=chosen, now=now)
    mail_deleted(user, kept=kept, now=now)
    erasure.erase(User, [user_id], reason=SELF_SERVICE, now=now)
