"""Pages for those who build the site: every component in every state, to look at and to test."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from common.money import format_cents


class SampleForm(forms.Form):
    """One field of each kind that the site uses."""

    name = forms.CharField(label=_("Name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send the confirmation of your order here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    note = forms.CharField(label=_("Note for the delivery"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    country = forms.ChoiceField(label=_("Country"), choices=[("NL", _("Netherlands")), ("BE", _("Belgium"))])
    pay = forms.ChoiceField(
        label=_("How do you want to pay?"),
        choices=[("demo", _("Pay online")), ("transfer", _("Bank transfer"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("I want the file at once and know that I cannot withdraw from it then."))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state. Reads nothing and changes nothing."""
    context = {
        "empty_form": SampleForm(prefix="fresh"),
        "wrong_form": SampleForm({"back-name": "", "back-email": "jan@", "back-country": "NL"}, prefix="back"),
        "tiles": _sample_tiles(),
        "page": Paginator(range(60), 20).page(2),
        "crumbs": [{"href": "#", "text": _("My photos")}],
        "tabs": [{"href": "#", "text": _("Prints"), "current": True}, {"href": "#", "text": _("Files")}],
        "steps": [
            {"text": _("Basket")},
            {"text": _("Your details"), "current": True},
            {"text": _("Payment")},
        ],
        "head": [_("Date"), _("What happened")],
        "rows": [["22-11-2026", _("Order placed")], ["23-11-2026", _("Order paid")]],
        "price": format_cents(1250),
    }
    return render(request, "demo/components.html", context)


def _sample_tiles() -> list[dict[str, object]]:
    """A dozen tiles of both shapes, drawn; the third one is in the basket."""
    return [
        {
            "src": f"img/sample-{'wide' if number % 4 == 0 else 'portrait'}.svg",
            "wide": number % 4 == 0,
            "width": 400 if number % 4 == 0 else 267,
            "height": 267 if number % 4 == 0 else 400,
            "number": number,
            "mark": _("In your basket") if number == 3 else "",
        }
        for number in range(1, 13)
    ]
