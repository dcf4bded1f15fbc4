"""The 96 clauses of the privacy policy, in our own short words.

The ids are stable: declarations, rules, docstrings and tests name them. `manage.py clauses` reports which clause has
a carrier in the code and a test that names it, and fails on one that has not and is not planned.
"""

import re
from dataclasses import dataclass

CLAUSE_ID = re.compile(r"\bP(?:0[1-9]|[1-8]\d|9[0-6])\b")


@dataclass(frozen=True)
class Clause:
    """One promise of the policy; `planned` says what is still to come where the software does not carry it yet."""

    id: str
    title: str
    planned: str = ""


_ROWS = """\
P01 The statement shows since when it applies and when it last changed
P02 It covers the services and the websites
P03 It names categories, purposes and recipients
P04 Readers are pointed to it where data is asked
P05 The studio sits in Middelharnis and is reached by the contact form
P06 One named person is responsible for personal data
P07 An internal policy binds the studio and its staff
P08 Staff process only what a task needs
P09 Staff get specific instructions
P10 Staff know the basics of the GDPR
P11 An introduction meeting was held
P12 Staff read the internal policy and know their duties
P13 New staff get the policy of that day
P14 Awareness is evaluated continuously
P15 Photographs are made for private persons and companies
P16 Some photos are put online for parents or employees
P17 Photos stay online one month at the client's wish
P18 Another term needs an agreement with the client
P19 Quality is measured by features such as sharpness
P20 Only statistics that lead to nobody
P21 Quality work happens only inside the client's term
P22 Subjects may ask for removal directly
P23 After removal no copy is left
P24 Photos are ordered through the webshop only
P25 Subjects receive a login code
P26 With it they can keep photos longer
P27 Each time by 48 months
P28 Also by contacting the studio
P29 At the request of subject or representative
P30 With explicit consent
P31 Consent can be withdrawn at any time
P32 Subjects delete photos themselves at any moment
P33 For this the studio is a processor
P34 A processing agreement comes with the terms
P35 Compliance information is available
P36 A code holder orders the photos that concern them
P37 An order makes a contract
P38 An order processes photos, name and address, phone, e-mail
P39 The purpose is delivery
P40 The data is mandatory for the contract
P41 Otherwise a legitimate interest carries it
P42 Most order data stays seven years
P43 Salutation and phone go after six months
P44 A customer account is possible
P45 The account rests on consent
P46 Withdrawal deletes the data unless a law keeps it
P47 Deleting the account is withdrawing consent
P48 An account unused for five years is deleted
P49 A reminder comes a month before
P50 The reminder sells nothing
P51 Digital files may hang on an account
P52 What was typed after a code stays three weeks at most
P53 So that an order can be finished later
P54 Most assignment data stays seven years
P55 Anything else not longer than necessary
P56 Assignment communication goes four years after completion
P57 The client's contact is registered
P58 That link goes three years after completion at the latest
P59 The basis is law or interest, consent only where said
P60 The books are kept seven years by law
P61 The tax office has more information
P62 Customers are kept in the relation system
P63 To inform them about similar products
P64 On the ground of the telecommunications law
P65 Refusing is possible when ordering
P66 Every message offers to unsubscribe
P67 The contact form processes data to answer
P68 Information is sent on request
P69 That data is mandatory to answer
P70 Reviews come by website and messenger
P71 A name with a review is optional
P72 Consent for a review can be withdrawn
P73 Reviews are shown until then
P74 Complaints come through several channels
P75 Every complaint is handled
P76 The complainant gets an answer
P77 Complaints go after handling, within a year at most
P78 Or at once on request
P79 Terms are stated as far as possible
P80 Cookies are explained on the cookie page
P81 The websites are served over TLS
P82 Processors host, print and deliver
P83 They act under the studio's responsibility
P84 No disclosure to others unless a law demands it
P85 Right of access
P86 Right of rectification
P87 Right of erasure
P88 Right of restriction
P89 Right of portability
P90 Right to object
P91 The authority explains and takes complaints
P92 As flexible as the law allows
P93 Rights are used through the contact options
P94 The statement may change
P95 The page describes how the GDPR is implemented
P96 Everything is done to show compliance
"""


# Clauses that wait for what keeps their evidence; the way there is written beside each. This list only shrinks: who
# carries one takes it off (`tests/privacy/test_clauses.py` holds the list as it was at first).
_PLANNED = {
    "P07": "versions of the internal policy, and who acknowledged which",
    "P09": "the instruction of each screen of the back office, in the internal policy",
    "P10": "the record of who was trained when",
    "P11": "the log of meetings and who was there",
    "P12": "reading and acknowledging the internal policy",
    "P13": "new staff acknowledge before their first screen",
    "P14": "the yearly review and its findings",
}

CLAUSES: tuple[Clause, ...] = tuple(Clause(row[:3], row[4:], _PLANNED.get(row[:3], "")) for row in _ROWS.splitlines())
