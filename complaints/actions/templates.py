"""The templates staff begin an answer with (P68)."""

from dataclasses import asdict, dataclass

from django.db import transaction

from ..models import ReplyTemplate
from ..wording import unknown_placeholders


class UnknownPlaceholder(Exception):
    """A text names something in braces that no answer can fill in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFacts:
    """Everything staff say about a template; its texts hold no placeholder but those of `complaints.wording`."""

    title: str
    text_nl: str
    text_en: str
    is_active: bool


@transaction.atomic
def create_template(*, facts: TemplateFacts) -> ReplyTemplate:
    """Offer a template for answers. Raises UnknownPlaceholder."""
    _check(facts)
    return ReplyTemplate.objects.create(**asdict(facts))


@transaction.atomic
def change_template(*, template_id: int, facts: TemplateFacts) -> None:
    """Change what an answer begins with from now on; what was sent stays as it was. Raises UnknownPlaceholder."""
    _check(facts)
    ReplyTemplate.objects.filter(pk=template_id).update(**asdict(facts))


def _check(facts: TemplateFacts) -> None:
    if unknown_placeholders(facts.text_nl + facts.text_en):
        raise UnknownPlaceholder
