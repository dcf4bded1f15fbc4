"""The cookie to which image addresses are bound (P80)."""

from django.utils.translation import gettext_lazy as _

from privacy.cookies import Cookie, register

from .proofs import VIEWER_COOKIE

register(
    Cookie(
        name=VIEWER_COOKIE,
        purpose=_(
            "Binds the addresses of your photos to this browser, so that a copied address shows nothing elsewhere."
        ),
        lifetime=_("as long as your visit: three weeks at most, or until you leave"),
        where=_("after you enter a code"),
    )
)
