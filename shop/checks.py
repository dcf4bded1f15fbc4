"""What must hold before the shop may open."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .providers import ONLINE, TRANSFER


@register
def check_payment_providers(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Every name in PAYMENT_PROVIDERS is one we know, and there is at least one: otherwise nobody could pay."""
    known = {*ONLINE, TRANSFER}
    unknown = [name for name in settings.PAYMENT_PROVIDERS if name not in known]
    hint = f"Known are: {', '.join(sorted(known))}."
    problems: list[CheckMessage] = [
        Error(f"PAYMENT_PROVIDERS names {name}, which the shop does not know.", hint=hint, id="shop.E001")
        for name in unknown
    ]
    if not settings.PAYMENT_PROVIDERS:
        problems.append(Error("PAYMENT_PROVIDERS is empty: nobody could pay.", hint=hint, id="shop.E002"))
    return problems
