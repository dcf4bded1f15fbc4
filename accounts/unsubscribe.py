"""The link that ends advertising: it proves itself, names nobody, and works for as long as messages lie about (P66)."""

import re
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from common import links

from .models import Relation

_PURPOSE = "accounts.unsubscribe"
_DIGEST = re.compile(r"[0-9]+\$[0-9a-f]{64}", re.ASCII)
_LASTS = timedelta(days=366 * 20)


def unsubscribe_url(relation: Relation) -> str:
    """The address of the page, and of the one click of RFC 8058. It carries a keyed digest, as the list does."""
    return settings.SITE_URL + reverse("relations:unsubscribe", args=[links.sign(_PURPOSE, relation.mailbox_digest)])


def read_link(token: str) -> str | None:
    """The digest in a link, None when it is not ours or not whole."""
    value = links.read(_PURPOSE, token, max_age=_LASTS)
    return value if value and _DIGEST.fullmatch(value) else None
