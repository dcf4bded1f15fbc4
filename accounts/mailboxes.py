"""Addresses as the suppression list knows them: keyed digests of one spelling, by which nobody can be found (A23).

An objection is about all direct marketing (A25), so a postal address has its digest too. Digests of an older key are
found for as long as that key is in the ring.
"""

import unicodedata
from contextlib import suppress
from dataclasses import dataclass

from common.keys import digest, digest_candidates
from common.texts import storable

_MAIL = "accounts.suppressed-mailbox"
_POST = "accounts.suppressed-post"


@dataclass(frozen=True, kw_only=True)
class PostalAddress:
    """Where post goes."""

    street: str
    postcode: str
    city: str
    country: str = "NL"

    @property
    def spelling(self) -> str:
        """One spelling of the house, whoever typed it; "" when street or postcode is missing. The town follows."""
        street, postcode = _letters(self.street), _letters(self.postcode)
        return f"{self.country.upper()} {postcode} {street}" if street and postcode else ""


def mailbox(email: str) -> str:
    """One spelling of an e-mail address: lower case, its domain as the network writes it."""
    local, at, domain = unicodedata.normalize("NFC", storable(email)).strip().lower().rpartition("@")
    # What no network knows stays as it was typed.
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return f"{local}{at}{domain}"


def mailbox_digest(email: str) -> str:
    """The digest of an e-mail address by today's key."""
    return digest(_MAIL, mailbox(email))


def mailbox_digests(email: str) -> list[str]:
    """The digests of an e-mail address by every key there is."""
    return digest_candidates(_MAIL, mailbox(email))


def post_digests(address: PostalAddress) -> list[str]:
    """The digests of a postal address, today's key first; none when it is no whole address."""
    return digest_candidates(_POST, address.spelling) if address.spelling else []


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
