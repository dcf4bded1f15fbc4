"""What staff fill in about assignments."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.euros import EuroField
from galleries.actions.clients import TermRefused, check_term
from galleries.actions.roster import RosterLine
from galleries.models import Assignment, Client, Group, Subject
from privacy.backoffice import without_restricted

# A school is a few hundred; this keeps a pasted spreadsheet from becoming a night's work.
MAX_ROSTER_LINES = 2000
LONGEST_NUMBER = Subject._meta.get_field("number").max_length or 0
LONGEST_GROUP = Group._meta.get_field("name").max_length or 0


class ClientChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Clients by name: their own text is a number, so that it says nothing where it is logged."""

    def label_from_instance(self, obj: Client) -> str:
        return obj.name


class GroupChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Group) -> str:
        return obj.name


def clean_term(months: int | None, reference: str, approved_by: User) -> None:
    """Refuse, as a form error, a term that the action would refuse (A4)."""
    if months is None:
        return
    try:
        check_term(months=months, reference=reference, approved_by=approved_by)
    except TermRefused as refusal:
        raise ValidationError(refusal.message) from refusal


class NewAssignmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """An assignment with its term: one month, or what was agreed in writing."""

    by: User

    client = ClientChoice(
        label=_("Client"),
        queryset=without_restricted(Client.objects.filter(person_erased_at=None), {}).order_by("name"),
    )

    class Meta:
        model = Assignment
        fields = ("client", "title", "term_months", "term_reference")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("What parents read above their photos. No names of children.")
        self.fields["term_months"].help_text = _("One month, unless another term was agreed in writing.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        clean_term(cleaned.get("term_months"), cleaned.get("term_reference", ""), self.by)
        return cleaned


class TermForm(forms.Form):
    """Another term for an assignment that is there already."""

    months = forms.IntegerField(label=_("Months online"), min_value=1, max_value=120)
    reference = forms.CharField(
        label=_("Written reference"),
        max_length=120,
        required=False,
        help_text=_("Where the other term was agreed: an e-mail or contract and its date."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        clean_term(cleaned.get("months"), cleaned.get("reference", ""), self.by)
        return cleaned


class RewardForm(forms.Form):
    """The extra reward for one assignment: an amount, and nobody's name (A29)."""

    amount = EuroField(label=_("Amount in euros"))


class RosterForm(forms.Form):
    """Subjects, pasted one a line: a number, and after a semicolon or a tab the name of the group."""

    lines = forms.CharField(
        label=_("Subjects"),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("One subject a line: number;group. The group may be left out. Numbers, no names of children."),
    )

    def clean_lines(self) -> list[RosterLine]:
        """The lines as data; the first that cannot be read is named by its place, not by what it says."""
        texts = [line for line in str(self.cleaned_data["lines"]).splitlines() if line.strip()]
        if len(texts) > MAX_ROSTER_LINES:
            raise ValidationError(_("Paste at most %(max)d lines at once."), params={"max": MAX_ROSTER_LINES})
        return [self._read(place, text) for place, text in enumerate(texts, start=1)]

    def _read(self, place: int, text: str) -> RosterLine:
        parts = [part.strip() for part in text.replace("\t", ";").split(";")]
        number, group = parts[0], parts[1] if len(parts) > 1 else ""
        if not number or len(parts) > 2:
            raise ValidationError(_("Line %(place)d does not read number;group."), params={"place": place})
        if len(number) > LONGEST_NUMBER or len(group) > LONGEST_GROUP:
            raise ValidationError(_("The number or group on line %(place)d is too long."), params={"place": place})
        return RosterLine(number=number, group=group)


class SubjectForm(forms.ModelForm):  # type: ignore[type-arg]
    """Correct the number or the group of one subject."""

    group = GroupChoice(label=_("Group"), queryset=Group.objects.none(), required=False)

    class Meta:
        model = Subject
        fields = ("number", "group")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "group" in self.fields:
            groups = Group.objects.filter(assignment=self.instance.assignment_id)
            self.fields["group"].queryset = groups  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip()
        others = Subject.objects.filter(assignment=self.instance.assignment_id, number=number)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another subject of this assignment has this number."), code="taken")
        return number
