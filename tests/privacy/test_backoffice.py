"""What every screen of the back office shares, tried on orders and their neighbours."""

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client as Browser

from accounts.roles import Role
from privacy.backoffice import BackofficeAdmin, kind_of
from privacy.models import AccessLogEntry, Restriction
from shop.models import ArchivedOrder, Order
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW
from tests.journeys.world import World, build_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        made = build_world()
        AccessLogEntry.objects.all().delete()
        yield made


@pytest.fixture
def desk(world: World) -> Browser:
    return at_work(Role.FRONT_DESK)


def restrict(kind: str, pk: int) -> None:
    Restriction.objects.create(kind=kind, object_id=pk, reason="asked", created_at=NOW)


def test_every_screen_of_ours_has_the_common_base() -> None:
    strangers = [model for model, screen in admin.site._registry.items() if not isinstance(screen, BackofficeAdmin)]
    assert strangers == []


def test_a_proxy_is_of_the_kind_of_its_model() -> None:
    assert kind_of(ArchivedOrder) == kind_of(Order) == "shop.order"


@pytest.mark.clauses("P08")
@pytest.mark.parametrize("page", ["change", "history"])
def test_opening_a_record_is_logged_once_with_who_and_which(page: str, desk: Browser, world: World) -> None:
    desk.get(f"/beheer/shop/order/{world.order.pk}/{page}/")
    entry = AccessLogEntry.objects.get()
    assert (entry.kind, entry.object_id, entry.action) == ("shop.order", world.order.pk, "open")
    assert entry.user is not None
    assert entry.user.email == "front_desk@example.org"


def test_a_refused_look_is_no_look(world: World) -> None:
    at_work(Role.PHOTOGRAPHER).get(f"/beheer/shop/order/{world.order.pk}/change/")
    assert not AccessLogEntry.objects.exists()


def test_superusers_are_logged_too(world: World) -> None:
    at_work(is_superuser=True).get(f"/beheer/shop/order/{world.order.pk}/change/")
    assert AccessLogEntry.objects.filter(kind="shop.order").count() == 1


def test_a_record_without_a_person_leaves_no_line(world: World) -> None:
    at_work(Role.ADMINISTRATION).get(f"/beheer/shop/product/{world.rows['shop_product']}/change/")
    assert not AccessLogEntry.objects.exists()


@pytest.mark.postgres
@pytest.mark.parametrize("is_superuser", [False, True])
def test_a_restricted_row_is_on_no_list_page_or_history(is_superuser: bool, world: World) -> None:
    browser = at_work(Role.FRONT_DESK, is_superuser=is_superuser)
    restrict("shop.order", world.order.pk)
    row = f"/beheer/shop/order/{world.order.pk}/"
    assert row not in browser.get("/beheer/shop/order/").content.decode()
    assert row not in browser.get(f"/beheer/shop/order/?q={world.order.number}").content.decode()
    assert row not in browser.post("/beheer/shop/order/find/", {"q": "ndl-name"}).content.decode()
    for page in ("change", "history"):
        assert browser.get(f"{row}{page}/").status_code == 302
    assert browser.get(f"{row}move/in_production/").status_code == 404
    assert not AccessLogEntry.objects.filter(action="open").exists()


def test_a_restriction_reaches_what_belongs_to_the_row(desk: Browser, world: World) -> None:
    restrict("galleries.subject", world.studio.anna.pk)
    photo = world.photos["anna"].pk
    assert desk.get(f"/beheer/galleries/photo/{photo}/thumbnail/").status_code == 404
    assert desk.get(f"/beheer/galleries/logincode/{world.code.pk}/card/").status_code == 404
    assert desk.get(f"/beheer/galleries/photo/{world.photos['bram'].pk}/change/").status_code == 200
    group = world.photos["group"].pk
    assert desk.get(f"/beheer/galleries/photo/{group}/change/").status_code == 200, "a group photo has no subject"


def test_a_lifted_restriction_hides_nothing(desk: Browser, world: World) -> None:
    restrict("shop.order", world.order.pk)
    Restriction.objects.update(lifted_at=NOW)
    assert world.order.number in desk.get("/beheer/shop/order/").content.decode()


def test_only_the_privacy_owner_still_finds_a_restricted_assignment(world: World) -> None:
    restrict("galleries.assignment", world.studio.assignment.pk)
    page = "/beheer/galleries/assignment/"
    assert "School day" in at_work(Role.PRIVACY_OWNER).get(page).content.decode()
    assert "School day" not in at_work(Role.FRONT_DESK).get(page).content.decode()
    assert "School day" not in at_work(is_superuser=True).get(page).content.decode()


def test_history_keeps_fields_and_a_number_and_no_content(desk: Browser, world: World) -> None:
    client = world.studio.assignment.client
    form = {"kind": "school", "name": "ndl-secret", "email": "ndl-secret@example.org"}
    desk.post(f"/beheer/galleries/client/{client.pk}/change/", form)
    line = LogEntry.objects.get()
    assert line.object_repr == f"client {client.pk}"
    assert "ndl-secret" not in line.change_message + line.object_repr
    assert "fields" in line.change_message


@pytest.mark.parametrize("query", ["client__email__startswith=s", "title__contains=S", "client__name=x", "revision=0"])
def test_a_filter_that_is_not_on_the_screen_is_refused(query: str, desk: Browser) -> None:
    assert desk.get(f"/beheer/galleries/assignment/?{query}").status_code == 400


@pytest.mark.parametrize("query", ["state__exact=paid", "payment_method=transfer", "placed_at__year=2026"])
def test_a_filter_on_the_screen_works(query: str, desk: Browser, world: World) -> None:
    assert world.order.number in desk.get(f"/beheer/shop/order/?{query}").content.decode()


def test_nothing_is_deleted_by_hand(world: World) -> None:
    boss = at_work(Role.ADMINISTRATION, Role.PRIVACY_OWNER, is_superuser=True)
    for screen in admin.site._registry.values():
        page = boss.get(f"/beheer/{screen.opts.app_label}/{screen.opts.model_name}/")
        assert page.status_code == 200
        assert "delete_selected" not in page.content.decode()
