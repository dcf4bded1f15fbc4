"""The documents people read or agree to, and their versions. A changed text moves its version: orders freeze the number
(P37), consents store it (P30). What each version says lies in `privacy/texts` (`archive.py`).

A new version is a line here, newest first, and `manage.py statement --freeze`.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from .declarations import Label

TERMS_VERSION = "2026-11.2"
STATEMENT_VERSION = "2026-11.2"
PROCESSING_AGREEMENT_VERSION = "2026-11"
# The words somebody agrees to when photos are kept longer (P30). Each consent stores the version it was given to.
KEEP_LONGER_VERSION = "2026-11"
# The words of the other agreements, each moved when its text is: an account (P45), a review (P72), and what is said
# about mail on similar products when an order is placed (P64, L19).
ACCOUNT_VERSION = "2026-11"
REVIEW_VERSION = "2026-11"
MARKETING_VERSION = "2026-11"
# P01: since when there is a statement; each version says since when it is the one in force.
STATEMENT_SINCE = date(2019, 6, 23)

_FIRST = date(2026, 11, 22)
_FIRST_RELEASE = _("The first version on this website.")


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version: since when it is in force, when its text was last changed, and what is new in it.

    `is_material` says that people with an account are told (P94).
    """

    number: str
    effective: date
    changed: date
    news: Label
    is_material: bool = False


@dataclass(frozen=True, kw_only=True)
class Document:
    """A text with its versions, newest first. `page` is the name of the address that shows the version in force; the
    words of a consent stand at the form where it is asked, and have none."""

    key: str
    title: Label
    versions: tuple[Version, ...]
    page: str = ""

    @property
    def current(self) -> Version:
        return self.versions[0]

    def version(self, number: str) -> Version | None:
        """The version of this number, if there is one."""
        return next((version for version in self.versions if version.number == number), None)


def _first(number: str) -> tuple[Version, ...]:
    return (Version(number=number, effective=_FIRST, changed=_FIRST, news=_FIRST_RELEASE),)


STATEMENT = Document(
    key="statement",
    title=_("Privacy statement"),
    page="privacy:statement",
    versions=(
        Version(
            number=STATEMENT_VERSION,
            effective=_FIRST,
            changed=_FIRST,
            news=_(
                "Written anew. Every use now names its ground, and every interest of ours is weighed. It also covers "
                "accounts, reviews, complaints, mail on similar products and privacy requests."
            ),
            is_material=True,
        ),
        *_first("2026-11"),
    ),
)
TERMS = Document(
    key="terms",
    title=_("Terms"),
    page="privacy:terms",
    versions=(
        Version(
            number=TERMS_VERSION,
            effective=_FIRST,
            changed=_FIRST,
            news=_("Written anew, with what you may expect about delivery, complaints and photos for a client."),
        ),
        *_first("2026-11"),
    ),
)
PROCESSING_AGREEMENT = Document(
    key="processing_agreement",
    title=_("Processing agreement"),
    page="privacy:processing_agreement",
    versions=_first(PROCESSING_AGREEMENT_VERSION),
)
KEEP_LONGER = Document(
    key="keep_longer", title=_("Consent to keep photos longer"), versions=_first(KEEP_LONGER_VERSION)
)
ACCOUNT = Document(key="account", title=_("Consent to an account"), versions=_first(ACCOUNT_VERSION))
REVIEW = Document(key="review", title=_("Consent to show a review"), versions=_first(REVIEW_VERSION))
MARKETING = Document(
    key="marketing", title=_("What an order says about mail on similar products"), versions=_first(MARKETING_VERSION)
)

WRITTEN = (STATEMENT, TERMS, PROCESSING_AGREEMENT)
WORDINGS = (KEEP_LONGER, ACCOUNT, REVIEW, MARKETING)
DOCUMENTS: dict[str, Document] = {document.key: document for document in (*WRITTEN, *WORDINGS)}
