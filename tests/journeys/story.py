"""What the acts of the story share: an assignment that staff made in the back office, and the steps of a parent."""

import io
from collections.abc import Callable

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from galleries.models import (
    Acceptance,
    Assignment,
    AssignmentMessage,
    Client,
    Contact,
    Subject,
)
from privacy.models import SweepRun
from shop.models import Order, Product

from .people import Parent, Staff, Visitor, Worker, moment

Browsers = Callable[[], Visitor]
TICKS = ("file_consent", "file_waiver")
BUTTON = "Bestelling met betalingsverplichting"


def make_assignment(desk: Staff) -> int:
    """A client, an assignment with the standard term, and three subjects in a class, through the back office."""
    desk.fill_in(
        reverse("admin:galleries_client_add"),
        having="email",
        kind="private",
        name="Needleclient",
        email="needleclient@example.com",
    )
    client = Client.objects.get()
    desk.fill_in(
        reverse("admin:galleries_assignment_add"), having="title", client=str(client.pk), title="Needletitle of a class"
    )
    assignment = Assignment.objects.get()
    roster = reverse("admin:galleries_assignment_roster", args=[assignment.pk])
    lines = "\n".join(f"{number};needleclass" for number in ("NR-4711", "NR-4712", "NR-4713"))
    desk.fill_in(roster, having="lines", lines=lines)
    assert Subject.objects.filter(group__name="needleclass").count() == 3
    agree_with_client(desk, assignment.pk)
    return assignment.pk


def agree_with_client(desk: Staff, assignment_id: int) -> None:
    """A contact person of the client, who wrote something and accepts the terms."""
    desk.fill_in(
        reverse("admin:galleries_assignment_contact", args=[assignment_id]),
        having="phone",
        name="Needlecontact Needlesurname",
        email="needlecontact@example.com",
        phone="0187 919293",
    )
    contact = str(Contact.objects.get().pk)
    papers = {
        "accept": {"having": "means", "contact": contact, "means": "email"},
        "message": {
            "having": "direction",
            "contact": contact,
            "direction": "in",
            "text": "Bel 0187-919293, Needlecontact",
        },
    }
    for name, said in papers.items():
        page = desk.fill_in(reverse(f"admin:galleries_assignment_{name}", args=[assignment_id]), **said)
        assert page.status == 200
    assert Acceptance.objects.get().contact == AssignmentMessage.objects.get().contact == Contact.objects.get()


def enter(browser: Visitor, code: str) -> Parent:
    parent = Parent(browser)
    assert parent.enter(code).status == 200
    return parent


def order_by_transfer(parent: Parent, product: Product) -> Order:
    parent.put_in_basket(parent.photo_pages()[0], product)
    page = parent.check_out(method="transfer")
    assert page.status == 200, page.text
    return Order.objects.latest("pk")


def night_at(worker: Worker, text: str) -> SweepRun:
    """Go to a moment and let the night happen; it must be green and leave nothing."""
    worker.clock.move_to(moment(text))
    worker.night()
    run = SweepRun.objects.latest("pk")
    assert run.clock == timezone.now()
    assert run.status == SweepRun.Status.GREEN
    call_command("retention", "verify", stdout=io.StringIO())
    return run
