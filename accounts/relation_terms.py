"""How long relations and what belongs to them are kept, as data. Pure: rules, filters and pages read the same."""

from common.periods import Period

# RT14, A22: a relation, from its last order.
RELATION = Period(months=24)
# RT20, L19: the evidence that we may write, from the end of the relation.
EVIDENCE = Period(months=12)
# RT24: who got which campaign, from the moment it was written.
CAMPAIGN_MESSAGE = Period(days=14)
# RT33, A23: the suppression list is looked at every year; an objection goes when it is taken back.
REVIEW = Period(months=12)
OBJECTION = Period()
