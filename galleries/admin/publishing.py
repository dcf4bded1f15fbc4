"""The page that puts an assignment online: what is missing, what it will do, and to how many."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.at_work import staff_of
from galleries.actions import make_available, publish_assignment
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
        return [*super().pages(), Page("<int:object_id>/publish/", "publish", self.publish_view)]

    def links(self, request: HttpRequest, row: Assignment) -> list[Link]:
        pages = [("publish", _("Publish"), request.user.has_perm(PUBLISH))]
        return [*super().links(request, row), *self.offered(row, pages)]

    def publish_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says what is missing and what publishing will do, and does it when asked."""
        assignment = self.opened(request, object_id, PUBLISH)
        now = timezone.now()
        if request.method == "POST":
            try:
                count = self._publish(request, assignment)
            except PublicationRefused as refusal:
                self.message_user(request, str(refusal.message), messages.ERROR)
            else:
                text = ngettext("%(count)d photo is online now.", "%(count)d photos are online now.", count)
                self.message_user(request, text % {"count": count}, messages.SUCCESS)
            return self.back_to(assignment)
        # Late photos follow a publication that had its checklist.
        items = checklist(assignment, now=now) if assignment.published_at is None else []
        facts: dict[str, Any] = {
            "photos": assignment.waiting,
            "codes": subjects_without_code(assignment.pk),
            "until": last_day(client_end(now, months=assignment.term_months)),
            "items": [(item, not item.permission or request.user.has_perm(item.permission)) for item in items],
            "missing": missing(items),
        }
        context = {**self.page_context(request, assignment, _("Publish")), **facts}
        return TemplateResponse(request, "admin/galleries/publish.html", context)

    def _publish(self, request: HttpRequest, assignment: Assignment) -> int:
        now = timezone.now()
        if assignment.published_at is None:
            return publish_assignment(assignment_id=assignment.pk, by=staff_of(request), now=now)
        late = Photo.objects.filter(assignment=assignment, available_from=None).values_list("pk", flat=True)
        return make_available(assignment_id=assignment.pk, photo_ids=list(late), now=now)
