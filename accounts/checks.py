"""Checks of this app: what a service message must not become."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.template.loader import render_to_string
from django.utils import translation

# What sells, in the languages of the site. A reminder that an account ends says nothing of the kind (P50).
SELLING = re.compile(
    r"\b(korting\w*|aanbieding\w*|actie\w*|voordeel\w*|bestel\w*|koop\w*|prijs|prijzen|gratis|nieuwste|cadeau\w*|webshop"
    r"|discount\w*|offer\w*|sale|deal\w*|order\w*|buy\w*|price\w*|free|newest|gift\w*|voucher\w*|shop)\b|€|%",
    re.IGNORECASE,
)
REMINDER = "accounts/idle"


@register
def check_reminder(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The reminder of an idle account holds no offer (P50)."""
    return [
        Error(
            f"The reminder of an account that ends says {word!r} ({language}): it may not advertise.",
            hint="Say in emails/accounts/idle only that the account ends, when, and what goes with it.",
            id="accounts.E001",
        )
        for language, word in selling_words()
    ]


def selling_words() -> Iterator[tuple[str, str]]:
    """(language, word) for each word that sells in the reminder, as a reader without files gets it."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for suffix in ("subject.txt", "txt", "html"):
                text = render_to_string(f"emails/{REMINDER}.{suffix}", {"studio_name": "", "site_url": "", "login": ""})
                body = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
                yield from ((language, found[0]) for found in SELLING.finditer(body))
