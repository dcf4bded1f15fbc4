"""A photo that was masked or replaced reaches the orders nobody has begun to make, and no other."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from galleries.actions.asking import record_removal_request
from galleries.actions.deciding import delete_photo, mask_photo, replace_photo
from galleries.jpeg import strip_metadata
from galleries.masking import Box
from galleries.models import Photo, RemovalCase
from privacy.files import store
from privacy.models import Hold, LedgerEntry, OutgoingMail, StoredObject
from shop.actions.copies import outdated_copies, renew_copy
from shop.actions.moves import MoveRefused, move_order
from shop.actions.payments import record_transfer
from shop.actions.recipients import disclose
from shop.dossier import _stored as stored_of
from shop.emails import order_link
from shop.models import Order, OrderFile
from tests.accounts.staff import at_work
from tests.galleries.removals import OTHER
from tests.galleries.studio import NOW

from .counter import Counter, open_counter, placed_order

pytestmark = pytest.mark.postgres

LATER = NOW + timedelta(hours=1)
RunJobs = Callable[[], AbstractContextManager[None]]
BOX = Box(left=0, top=0, width=50, height=50)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter(db: None, clock: time_machine.Traveller) -> Counter:
    return open_counter()


@pytest.fixture
def order(counter: Counter) -> Order:
    """Paid, with the group photo on paper and as a file, and a portrait that nobody asked about."""
    group, portrait = counter.photos["group"], counter.photos["anna"]
    lines = ((group, counter.print_, 1), (group, counter.file, 1), (portrait, counter.print_, 1))
    return in_state(placed_order(counter, *lines, language="en"), "paid")


def in_state(order: Order, state: str) -> Order:
    Order.objects.filter(pk=order.pk).update(state=state)
    order.refresh_from_db()
    return order


def decide(counter: Counter, way: str = "mask") -> None:
    case: RemovalCase = record_removal_request(
        photo_id=counter.photos["group"].pk,
        channel="phone",
        reference="call of 22 October",
        note="",
        email="",
        language="nl",
        received_at=NOW,
        form_token=uuid4(),
        by=counter.studio.staff,
        now=NOW,
    )
    said = {"case_id": case.pk, "explanation": "", "by": counter.studio.staff, "now": LATER}
    if way == "mask":
        mask_photo(box=BOX, **said)  # type: ignore[arg-type]
    elif way == "replace":
        replace_photo(data=OTHER, **said)  # type: ignore[arg-type]
    else:
        delete_photo(**said)  # type: ignore[arg-type]


def renew_all(now: datetime = LATER) -> int:
    """How many copies were made anew."""
    return sum(renew_copy(file_id=pk, now=now) for pk in list(outdated_copies().values_list("pk", flat=True)))


def bytes_of(order: Order) -> list[bytes]:
    """What the order holds of each line, in their order."""
    files = OrderFile.objects.filter(line__order=order).order_by("line").select_related("stored")
    return [read(file.stored.name) for file in files]


def read(name: str) -> bytes:
    with store.open(name) as file:
        return file.read()  # type: ignore[no-any-return]


def photo_now(counter: Counter) -> bytes:
    photo = Photo.objects.select_related("original").get(pk=counter.photos["group"].pk)
    return strip_metadata(read(photo.original.name))


def test_an_export_holds_no_copy_that_is_made_anew(counter: Counter, order: Order) -> None:
    files = list(OrderFile.objects.filter(line__order=order).select_related("line__order", "stored").order_by("line"))
    assert [len(list(stored_of(file))) for file in files] == [1, 1, 1]
    decide(counter)
    assert [len(list(stored_of(file))) for file in files] == [0, 0, 1]
    renew_all()
    assert [len(list(stored_of(file))) for file in files] == [1, 1, 1]


@pytest.mark.clauses("P22", "P32")
@pytest.mark.parametrize("state", ["placed", "paid", "cancelled"])
@pytest.mark.parametrize("way", ["mask", "replace"])
def test_an_order_nobody_has_begun_is_made_with_the_changed_photo(
    counter: Counter, order: Order, run_jobs: RunJobs, way: str, state: str
) -> None:
    in_state(order, state)
    before = bytes_of(order)
    old = set(OrderFile.objects.filter(line__order=order).values_list("stored", flat=True))

    with time_machine.travel(LATER + timedelta(minutes=1), tick=False), run_jobs():
        decide(counter, way)

    changed = photo_now(counter)
    assert bytes_of(order) == [changed, changed, before[2]]
    assert StoredObject.objects.filter(pk__in=old).count() == 1, "the old copies are gone from the store"
    entries = LedgerEntry.objects.filter(event="replaced", kind="shop.orderfile")
    assert entries.count() == 2
    assert (renew_all(), entries.count()) == (0, 2), "a second run finds nothing to do"


@pytest.mark.parametrize("state", ["in_production", "shipped", "delivered", "at the lab"])
def test_what_is_being_made_keeps_its_own_copy(counter: Counter, order: Order, state: str) -> None:
    if state == "at the lab":
        disclose(order, recipient="print_lab", what="photos", now=NOW)
    else:
        in_state(order, state)
    before = bytes_of(order)
    decide(counter)

    assert renew_all() == 0
    assert bytes_of(order) == before
    assert "it has its own copy" in OutgoingMail.objects.get(kind="shop.photo_changed").text


def test_a_deleted_photo_leaves_the_order_its_copy(counter: Counter, order: Order) -> None:
    before = bytes_of(order)
    decide(counter, "delete")
    assert renew_all() == 0
    assert bytes_of(order) == before
    assert "it has its own copy" in OutgoingMail.objects.get(kind="shop.photo_changed").text


def test_the_buyer_reads_that_it_is_made_with_the_changed_photo(counter: Counter, order: Order) -> None:
    decide(counter)
    mail = OutgoingMail.objects.get(kind="shop.photo_changed")
    for said in (mail.text, mail.html):
        assert "we make it with the changed photo" in said
        assert "it has its own copy" not in said


def test_until_it_is_made_anew_nothing_is_printed_from_the_old_copy(counter: Counter, order: Order) -> None:
    desk: Browser = at_work(Role.FRONT_DESK)
    line = order.lines.filter(kind="print").earliest("pk")
    address = f"/beheer/shop/order/{order.pk}/print/{line.pk}/"
    decide(counter)

    assert desk.get(address).status_code == 302
    assert not order.disclosures.exists()
    with pytest.raises(MoveRefused):
        move_order(order_id=order.pk, after="in_production", by=counter.studio.staff, now=LATER)

    assert renew_all() == 2
    assert b"".join(desk.get(address).streaming_content) == photo_now(counter)  # type: ignore[attr-defined]
    assert move_order(order_id=order.pk, after="in_production", by=counter.studio.staff, now=LATER)


@pytest.fixture
def paid_between(counter: Counter, clock: time_machine.Traveller) -> Order:
    """Files only, paid after its photo was masked and before its copy was made anew: so delivered at once."""
    order = placed_order(counter, (counter.photos["group"], counter.file, 1), language="en")
    decide(counter)
    clock.move_to(LATER + timedelta(minutes=1))
    reference = order.payment_reference or ""
    order = record_transfer(
        reference=reference, amount_cents=order.total_cents, by=counter.studio.staff, now=LATER + timedelta(minutes=1)
    )
    assert order.state == "delivered"
    return order


def test_a_file_paid_before_it_was_made_anew_waits_for_its_new_copy(
    counter: Counter, paid_between: Order, clock: time_machine.Traveller
) -> None:
    buyer = Browser(headers={"accept-language": "en"})
    buyer.get(order_link(paid_between).removeprefix("http://testserver"))
    page = reverse("shop:order", args=[paid_between.public_id])
    file = OrderFile.objects.get(line__order=paid_between)
    address = reverse("shop:download", args=[paid_between.public_id, file.public_id])
    answer = buyer.get(address)
    assert (answer.status_code, answer["Location"]) == (302, page)
    waiting = buyer.get(page).content.decode()
    assert "being made anew" in waiting
    assert address not in waiting

    assert renew_all(LATER + timedelta(minutes=2)) == 1
    assert b"".join(buyer.get(address).streaming_content) == photo_now(counter)  # type: ignore[attr-defined]
    assert "being made anew" not in buyer.get(page).content.decode()
    assert renew_all(LATER + timedelta(minutes=3)) == 0


def test_so_does_the_same_file_in_an_account(counter: Counter, paid_between: Order) -> None:
    user = User.objects.create_user("buyer@example.org", "geheim", confirmed_at=NOW)
    OrderFile.objects.update(account=user)
    browser = Browser(headers={"accept-language": "en"})
    browser.force_login(user)
    address = reverse("shop:account_file", args=[OrderFile.objects.get().public_id])
    answer = browser.get(address)
    assert (answer.status_code, answer["Location"]) == (302, reverse("accounts:home"))
    assert "being made anew" in browser.get(reverse("accounts:home")).content.decode()

    assert renew_all(LATER + timedelta(minutes=2)) == 1
    assert b"".join(browser.get(address).streaming_content) == photo_now(counter)  # type: ignore[attr-defined]
    assert address in browser.get(reverse("accounts:home")).content.decode()


def test_what_a_hold_keeps_stays_and_is_not_printed(counter: Counter, order: Order) -> None:
    Hold.objects.create(
        kind="shop.order", object_id=order.pk, reason="claim 7", until=NOW + timedelta(days=9), created_at=NOW
    )
    before = bytes_of(order)
    decide(counter)

    assert renew_all() == 0
    assert bytes_of(order) == before
    with pytest.raises(MoveRefused):
        move_order(order_id=order.pk, after="in_production", by=counter.studio.staff, now=LATER)


def test_a_job_that_dies_leaves_nothing_and_the_next_one_finishes_it(
    counter: Counter, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(counter)
    with monkeypatch.context() as broken, suppress(OSError):
        broken.setattr("privacy.ledger.record", lambda *_args, **_said: (_ for _ in ()).throw(OSError))
        renew_all()
        raise AssertionError("it did not die")
    assert not StoredObject.objects.filter(attached_at=None, doomed_at=None).exists()

    assert renew_all() == 2
    assert bytes_of(order)[0] == photo_now(counter)
