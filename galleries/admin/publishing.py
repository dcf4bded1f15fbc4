"""The pages that put an assignment online, or note that it was handed over: what is missing, and what they do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.at_work import staff_of
from galleries.actions import hand_over, make_available, publish_assignment
from galleries.actions.publishing import PublicationRefused
from galleries.checklist import checklist, missing
from galleries.models import Assignment, Photo
from galleries.terms import client_end, last_day
from privacy.backoffice import Link, Page

from .assignment_pages import AssignmentPages
from .counts import subjects_without_code

PUBLISH = "galleries.publish_assignment"


class PublishPages(AssignmentPages):
    def pages(self) -> list[Page]:
        return [
            *super().pages(),
            Page("<int:object_id>/publish/", "publish", self.publish_view),
            Page("<int:object_id>/hand-over/", "hand_over", self.hand_over_view),
        ]

    def links(self, request: HttpRequest, row: Assignment) -> list[Link]:
        may = request.user.has_perm(PUBLISH)
        pages = [
            ("publish", _("Publish"), may),
            ("hand_over", _("Hand over"), may and Photo.objects.filter(assignment=row).waiting().exists()),
        ]
        return [*super().links(request, row), *self.offered(row, pages)]

    def publish_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says what is missing and what publishing will do, and does it when asked."""
        assignment = self.opened(request, object_id, PUBLISH)
        if request.method == "POST":
            try:
                count = self._publish(request, assignment)
            except PublicationRefused as refusal:
                self.message_user(request, str(refusal.message), messages.ERROR)
            else:
                text = ngettext("%(count)d photo is online now.", "%(count)d photos are online now.", count)
                self.message_user(request, text % {"count": count}, messages.SUCCESS)
            return self.back_to(assignment)
        # What was handed over may go online after all.
        photos = Photo.objects.filter(assignment=assignment, available_from=None).count()
        facts = {"photos": photos, "codes": subjects_without_code(assignment.pk)}
        return self._asking(request, assignment, "publish", _("Publish"), facts)

    def hand_over_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says until when photos are kept that the client received instead, and notes that they were (A36)."""
        assignment = self.opened(request, object_id, PUBLISH)
        if request.method == "POST":
            try:
                count = hand_over(assignment_id=assignment.pk, by=staff_of(request), now=timezone.now())
            except PublicationRefused as refusal:
                self.message_user(request, str(refusal.message), messages.ERROR)
            else:
                text = ngettext(
                    "%(count)d photo is noted as handed over.", "%(count)d photos are noted as handed over.", count
                )
                self.message_user(request, text % {"count": count}, messages.SUCCESS)
            return self.back_to(assignment)
        facts = {"photos": Photo.objects.filter(assignment=assignment).waiting().count()}
        return self._asking(request, assignment, "hand_over", _("Hand over to the client"), facts)

    def _asking(
        self, request: HttpRequest, assignment: Assignment, name: str, title: Any, facts: dict[str, Any]
    ) -> HttpResponse:
        """What is missing, or what the button does. Late photos follow a publication that had its checklist."""
        now = timezone.now()
        items = checklist(assignment, now=now) if assignment.published_at is None else []
        context = {
            **self.page_context(request, assignment, title),
            **facts,
            "until": last_day(client_end(now, months=assignment.term_months)),
            "items": [(item, not item.permission or request.user.has_perm(item.permission)) for item in items],
            "missing": missing(items),
        }
        return TemplateResponse(request, f"admin/galleries/{name}.html", context)

    def _publish(self, request: HttpRequest, assignment: Assignment) -> int:
        now = timezone.now()
        if assignment.published_at is None:
            return publish_assignment(assignment_id=assignment.pk, by=staff_of(request), now=now)
        late = Photo.objects.filter(assignment=assignment, available_from=None).values_list("pk", flat=True)
        return make_available(assignment_id=assignment.pk, photo_ids=list(late), now=now)
