"""What a visitor fills in, and what staff answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Topic

LONGEST_TEXT = 5000


class ContactForm(forms.Form):
    """The least an answer needs: an address to answer to and the message; a name if you like (P67)."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Topic.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what your message is about."),
            "invalid_choice": _("Choose what your message is about."),
        },
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send our answer and a copy of your message to this address."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("Fill in an e-mail address such as name@example.com."),
        },
    )
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Do not send us your login code: whoever has the code sees the photos."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Fill in your message.")},
    )
    # No person sees this field; a program fills in whatever it finds.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(None if data is None else {name: storable(value) for name, value in data.items()}, **kwargs)


class AnswerForm(forms.Form):
    """The answer, as the sender will read it."""

    text = forms.CharField(label=_("Your answer"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 12}))


class TopicForm(forms.Form):
    """What a message is really about."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)


def storable(text: str) -> str:
    """`text` without what no database keeps and no page can show: NUL and half characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()
