"""The legitimate interests we rest some uses on, each with the weighing that art. 6(1)(f) GDPR asks for (P41).

One entry per purpose. A declaration with that basis and a purpose that has no entry fails the system checks, so that no
field rests on an interest nobody weighed.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .declarations import Basis, Label, Personal, Purpose
from .registry import Registry


@dataclass(frozen=True, kw_only=True)
class Interest:
    """Whose interest it is, and why it outweighs what it does to the people concerned."""

    purpose: Purpose
    interest: Label
    weighing: Label


def _weighed(purpose: Purpose, interest: Label, weighing: Label) -> tuple[Purpose, Interest]:
    return purpose, Interest(purpose=purpose, interest=interest, weighing=weighing)


INTERESTS: dict[Purpose, Interest] = dict(
    [
        _weighed(
            Purpose.SHOW_PHOTOS,
            _("Clients want the photos they ordered to be seen by those who are on them, and by nobody else."),
            _("Only who holds a code sees them, and they go within weeks. You can delete your portraits yourself."),
        ),
        _weighed(
            Purpose.ASSIGNMENT,
            _("We want to carry out an assignment well and know who agreed what with whom."),
            _("It is about work, not about private life, and only staff who do that work see it."),
        ),
        _weighed(
            Purpose.ORDER_LATER,
            _("You and we both want that an order you began is still there when you come back."),
            _("It is only what you chose and typed yourself, in your own browser, and it goes after three weeks."),
        ),
        _weighed(
            Purpose.DELIVERY,
            _("We want to know who here worked on which order, so that we can answer your questions about it."),
            _("It concerns a step in the work of a colleague. It goes after six months and judges nobody."),
        ),
        _weighed(
            Purpose.BOOKS,
            _("We want to give back money that reaches us for an order that has lapsed."),
            _("Only a reference and an amount stay, without your name, and for two months."),
        ),
        _weighed(
            Purpose.KEEP_LONGER,
            _("You and we want to be able to show what you asked us to keep."),
            _("We keep no more than that you asked, when, and in which words."),
        ),
        _weighed(
            Purpose.SECURITY,
            _("We want to keep the photos of children out of wrong hands, and to see who here opened what."),
            _("We log as little as that needs, without what was in it, and delete the log after a fixed time."),
        ),
        _weighed(
            Purpose.INFORM,
            _("You want to know how your order or your photos stand, and we want to tell you."),
            _("These messages sell nothing, and we delete our copy after two weeks."),
        ),
        _weighed(
            Purpose.ANSWER,
            _("Who writes to us wants an answer, and we want to be able to give one or to put something right."),
            _("We use only what you wrote yourself, for that answer alone, and delete it soon after."),
        ),
        _weighed(
            Purpose.STAFFING,
            _("We want only people who work here to enter our systems, each with a name of their own."),
            _("It is no more than an account needs. It goes a year after somebody left."),
        ),
        _weighed(
            Purpose.ACCOUNT,
            _("You and we do not want files to be lost because you had not logged in for a long time."),
            _("It is one message in five years, without advertising. Log in once and you do not get it."),
        ),
        _weighed(
            Purpose.MARKETING,
            _("We want to stay in touch with customers and tell them about photo products like the one they bought."),
            _("You can refuse when you order and in every message. We measure nothing, and stop by ourselves in time."),
        ),
        _weighed(
            Purpose.REVIEWS,
            _("Visitors want to know whether a review is from somebody who really bought something."),
            _("We check that once, show no more than that it was checked, and you choose whether your name is there."),
        ),
        _weighed(
            Purpose.RIGHTS,
            _("Who uses a privacy right wants it done in time, and we want to be able to show that we did."),
            _("We keep what that takes and no more. It goes a year after the request was dealt with."),
        ),
        _weighed(
            Purpose.QUALITY,
            _("We want our photos to be sharp and calm, and to reward good work."),
            _("We keep only averages over at least twenty people. Nobody can be found in them."),
        ),
        _weighed(
            Purpose.ACCOUNTABILITY,
            _("The law wants us to be able to show what we did with data, and so do we."),
            _("We keep facts and numbers rather than persons wherever that is enough."),
        ),
    ]
)


def rests_on_interest(known: Registry) -> set[Purpose]:
    """The purposes for which a declaration rests on a legitimate interest."""
    return {
        said.purpose
        for fields in known.declarations.values()
        for said in fields.values()
        if isinstance(said, Personal) and said.basis == Basis.LEGITIMATE_INTEREST
    }


def weighed(known: Registry) -> list[Interest]:
    """The interests that are in use, in the order of the purposes."""
    used = rests_on_interest(known)
    return [INTERESTS[purpose] for purpose in Purpose if purpose in used and purpose in INTERESTS]
