"""The form of ours that collects data (P40, P71)."""

from django.utils.translation import gettext_lazy as _

from privacy.notices import Collects, register

register(
    Collects(
        key="reviews.write",
        model="reviews.Review",
        fields=dict.fromkeys(("stars", "text", "name", "email"), ""),
        without=_(
            "You are free to write a review or not, and to leave out your name. Without your address we cannot mail "
            "you the link to withdraw it."
        ),
    )
)
