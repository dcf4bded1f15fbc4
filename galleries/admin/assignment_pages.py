"""What the own pages of an assignment share."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponseRedirect
from django.urls import reverse

from galleries.models import Assignment
from privacy.backoffice import BackofficeAdmin, Link


class AssignmentPages(BackofficeAdmin):
    """A group of pages about one assignment; `AssignmentAdmin` is made of several."""

    def offered(self, row: Assignment, pages: Iterable[tuple[str, Any, bool]]) -> list[Link]:
        """Links to the pages (name, label, whether it is offered) of this assignment."""
        return [
            Link(label, reverse(f"admin:galleries_assignment_{name}", args=[row.pk]))
            for name, label, is_offered in pages
            if is_offered
        ]

    def back_to(self, row: Assignment) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:galleries_assignment_change", args=[row.pk]))
