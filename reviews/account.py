"""What reviews add to a customer's account: where each stands, and what becomes of them when the account goes (A26)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.registry import Ending, EndingChoice
from common.requests import VisitorRequest
from privacy.people import Person

from .actions import forget_writer, withdraw_review
from .dossier import reviews_of
from .emails import own_path
from .models import Review

CHOICE = "reviews"


def review_panel(request: VisitorRequest, *, user: User, now: datetime) -> str:
    """The reviews of an account, each with the way to take it away (P72)."""
    rows = [(review, own_path(review)) for review in _reviews(user, now)]
    return render_to_string("reviews/_account_panel.html", {"rows": rows}, request=request) if rows else ""


class ReviewsOfAccount:
    """The part of reviews in the deletion of an account: nothing is chosen for the customer."""

    def describe(self, *, user: User, now: datetime) -> Ending:
        """Ask what becomes of the reviews, when there are any."""
        count = _reviews(user, now).count()
        if not count:
            return Ending()
        question = ngettext(
            "What should become of your review?", "What should become of your %(count)d reviews?", count
        )
        options = (
            ("stay", _("It stays on the website as it is")),
            ("name", _("Only my name goes: it stays, anonymous")),
            ("review", _("It goes too, at once and for good")),
        )
        return Ending(choices=(EndingChoice(name=CHOICE, question=question % {"count": count}, options=options),))

    def decide(self, *, user: User, chosen: Mapping[str, str], now: datetime) -> None:
        """Do what the customer chose; to stay needs nothing."""
        if chosen.get(CHOICE) not in {"name", "review"}:
            return
        ids = list(_reviews(user, now).values_list("pk", flat=True))
        if chosen[CHOICE] == "name":
            forget_writer(review_ids=ids, now=now)
            return
        for pk in ids:
            withdraw_review(review_id=pk, now=now)

    def carry_out(self, *, users: Sequence[User], reason: str, now: datetime) -> None:
        """Where nobody was asked the reviews stay: they rest on a consent of their own (P73)."""


def _reviews(user: User, now: datetime) -> "QuerySet[Review]":
    return reviews_of(Person(user_id=user.pk, email=user.email.lower()), now)


reviews_of_account = ReviewsOfAccount()
