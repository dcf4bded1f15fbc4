"""The versions of what a customer agrees to. A changed text moves its version: orders freeze these strings (P37)."""

from datetime import date

TERMS_VERSION = "2026-11"
STATEMENT_VERSION = "2026-11"
# The words somebody agrees to when photos are kept longer (P30). Each consent stores the version it was given to.
KEEP_LONGER_VERSION = "2026-11"
# The words of the other agreements, each moved when its text is: an account (P45), a review (P72), what is said about
# mail on similar products when an order is placed (P64, L19), and the processing agreement of a client (P34).
ACCOUNT_VERSION = "2026-11"
REVIEW_VERSION = "2026-11"
MARKETING_VERSION = "2026-11"
PROCESSING_AGREEMENT_VERSION = "2026-11"
# P01: since when the statement applies, and when it last changed.
STATEMENT_SINCE = date(2019, 6, 23)
STATEMENT_CHANGED = date(2026, 11, 22)
