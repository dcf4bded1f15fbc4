"""What the end of an account means for the photos: saved codes go, the photos stay with the card, and about portraits
kept longer the customer chooses (A30)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.registry import Ending, EndingChoice

from .account import saved_codes
from .actions.extending import stop_keeping
from .models import Extension

PHOTOS = "photos"
KEEP, STOP = "keep", "stop"


class CodesOfAccount:
    """The saved codes of an account that ends."""

    def describe(self, *, user: User, now: datetime) -> Ending:
        """The codes go; the photos behind them are nobody's account."""
        codes = len(saved_codes(user, now=now))
        if not codes:
            return Ending()
        text = ngettext("%(count)d saved code", "%(count)d saved codes", codes) % {"count": codes}
        stays = (_("The photos behind your saved codes: the cards open them until their own time has ended."),)
        return Ending(goes=(text,), stays=stays, choices=(_question(),) if _kept_longer(user, now=now) else ())

    def decide(self, *, user: User, chosen: Mapping[str, str], now: datetime) -> None:
        """Withdraw the consents by which portraits are kept longer, where the customer chose so (A9)."""
        if chosen.get(PHOTOS) != STOP:
            return
        for code_id in _kept_longer(user, now=now):
            stop_keeping(code_id=code_id, email="", language=user.language, now=now)

    def carry_out(self, *, users: Sequence[User], reason: str, now: datetime) -> None:
        """Saved codes go with the account by themselves."""


def _question() -> EndingChoice:
    return EndingChoice(
        name=PHOTOS,
        question=_("You asked us to keep portraits 48 months longer. What do we do with them?"),
        options=(
            (KEEP, _("Keep them: the card opens them, and withdraws it too")),
            (STOP, _("Do not keep them longer: what is past the agreed time is deleted now")),
        ),
    )


def _kept_longer(user: User, *, now: datetime) -> list[int]:
    """The saved codes whose holder keeps portraits on consent."""
    codes = [entry.code_id for entry in saved_codes(user, now=now)]
    standing = Extension.objects.standing().filter(code__in=codes).order_by("code_id")
    return list(standing.values_list("code_id", flat=True).distinct())


codes_of_account = CodesOfAccount()
