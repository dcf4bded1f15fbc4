"""What a visitor writes, and what staff record and decide."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import email_field, typed
from common.periods import local_date
from shop.models import Order

from .models import Review
from .sources import Source

LONGEST_TEXT = 3000
STARS = [(stars.value, f"{'★' * stars.value}{'☆' * (5 - stars.value)} {stars.label}") for stars in Review.Stars]


def stars_label(stars: int) -> Any:
    """The stars in words, for who cannot see them."""
    return Review.Stars(stars).label


class ReviewForm(forms.Form):
    """A review from the site. Nothing is chosen or ticked beforehand. A changed sentence of the consent moves
    `privacy.documents.REVIEW_VERSION`."""

    source = forms.ChoiceField(
        label=_("What is your review about?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what your review is about."),
            "invalid_choice": _("Choose what your review is about."),
        },
    )
    stars = forms.TypedChoiceField(
        label=_("How many stars do you give?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number of stars."), "invalid_choice": _("Choose a number of stars.")},
    )
    text = forms.CharField(
        label=_("Your review"),
        help_text=_("Do not name children or other people: everybody can read it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Fill in your review.")},
    )
    name = forms.CharField(
        label=_("Name with your review"),
        help_text=_("We show it. Leave it empty and your review is anonymous."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    email = email_field(_("We show it to nobody. We mail you the link with which you take your review away."))
    consent = forms.BooleanField(
        label=_(
            "I agree that JKreeft.com shows this review, with my name if I filled it in, to everybody on its website"
            " and in its feed, until I withdraw this."
        ),
        help_text=_(
            "You can withdraw this at any moment with the link we mail you. What was done before stays lawful."
        ),
        error_messages={"required": _("Tick that you agree: without it we may not show your review.")},
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, sources: Sequence[Source], **more: Any) -> None:
        super().__init__(typed(data), **more)
        self.sources = {source.key: source for source in sources if source.review is None}
        self.fields["source"].choices = [(source.key, source.label) for source in self.sources.values()]  # type: ignore[attr-defined]
        self.fields["stars"].choices = [(str(value), label) for value, label in STARS]  # type: ignore[attr-defined]
        if len(self.sources) == 1:
            self.fields["source"].widget = forms.HiddenInput()
            self.fields["source"].initial = next(iter(self.sources))

    def clean_source(self) -> Source:
        return self.sources[self.cleaned_data["source"]]


class RecordForm(forms.Form):
    """A review somebody wrote to us on a messenger, and that they agreed to it being shown (P70, P72, A27)."""

    channel = forms.ChoiceField(
        label=_("Came by"), choices=[choice for choice in Review.Channel.choices if choice[0] != Review.Channel.SITE]
    )
    stars = forms.TypedChoiceField(label=_("Stars"), coerce=int, choices=[("", "–"), *STARS])
    text = forms.CharField(
        label=_("Review"),
        help_text=_("Word for word, as it was written."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    name = forms.CharField(
        label=_("Name to show"),
        help_text=_("Only when they asked for it. Empty is anonymous."),
        required=False,
        max_length=80,
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("For the link to withdraw it. Without one, send them the link that stands on the review's page."),
        required=False,
        max_length=254,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    order = forms.CharField(
        label=_("Order number"),
        help_text=_("Only when you checked that they placed it: the review then shows as verified."),
        required=False,
        max_length=20,
    )
    consent_source = forms.CharField(
        label=_("Where the consent stands"),
        help_text=_("Such as: our Messenger inbox, conversation of 3 November. No picture of the conversation."),
        max_length=120,
    )
    consent_words = forms.CharField(
        label=_("Words of the consent"),
        help_text=_("What you asked, and what they answered."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consented_on = forms.DateField(
        label=_("Agreed on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    # Which form this is: sent twice, it is one review.
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, data: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(typed(data), **more)

    def clean_consented_on(self) -> date:
        day: date = self.cleaned_data["consented_on"]
        if day > local_date(timezone.now()):
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day

    def clean_order(self) -> int | None:
        number = self.cleaned_data["order"]
        if not number:
            return None
        paid = Order.objects.within_term(timezone.now()).filter(paid_at__isnull=False)
        found = paid.filter(number__iexact=number).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no paid order with this number."), code="unknown")
        return found


class RefusalForm(forms.Form):
    """Why a review is not shown: one of the reasons the site states, and no other."""

    reason = forms.ChoiceField(label=_("Why"), choices=[("", "–"), *Review.Refusal.choices])


class AnswerForm(forms.Form):
    """What we say below a review, for everybody to read."""

    text = forms.CharField(
        label=_("Our answer"),
        help_text=_("Everybody reads it. Name no order, no child and no address. Empty takes the answer away."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
