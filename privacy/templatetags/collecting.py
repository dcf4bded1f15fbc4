"""`{% load collecting %}{% form_notice "shop.checkout" %}` beside a form that collects data (P04, P40)."""

from typing import Any

from django import template

from privacy.notices import notice
from privacy.registry import registry

register = template.Library()


@register.inclusion_tag("privacy/_form_notice.html")
def form_notice(key: str) -> dict[str, Any]:
    """What the form called `key` does with what is filled in, folded away under one line."""
    return {"notice": notice(key, registry)}
