"""The last form of an account."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.fields import typed

from ..registry import EndingChoice


class DeleteForm(forms.Form):
    """Every question an app asks, with nothing chosen, and one tick that says it is meant (A30)."""

    def __init__(self, data: QueryDict | None = None, *, choices: Sequence[EndingChoice]) -> None:
        super().__init__(typed(data))
        self.asked = [choice.name for choice in choices]
        for choice in choices:
            self.fields[choice.name] = forms.ChoiceField(
                label=str(choice.question),
                choices=choice.options,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
            )
        self.fields["is_meant"] = forms.BooleanField(
            label=_("I want to delete my account for good."),
            error_messages={"required": _("Tick this box to delete your account.")},
        )

    def chosen(self) -> dict[str, str]:
        """The answer to each question, by its name."""
        return {name: str(self.cleaned_data[name]) for name in self.asked}
