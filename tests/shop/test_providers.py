from typing import Any

import pytest
from django.utils import translation

from shop.models import DemoPayment
from shop.providers import DemoProvider, UnknownPayment, online_provider, payment_methods
from tests.galleries.studio import NOW


@pytest.mark.parametrize(
    ("used", "offered"), [(["demo", "transfer"], ["demo", "transfer"]), (["transfer"], ["transfer"]), ([], [])]
)
def test_only_the_ways_to_pay_of_the_studio_are_offered(settings: Any, used: list[str], offered: list[str]) -> None:
    settings.PAYMENT_PROVIDERS = used
    assert [name for name, _label in payment_methods()] == offered


def test_a_transfer_is_no_online_provider(settings: Any) -> None:
    assert online_provider("transfer") is None
    assert online_provider("demo") is not None
    settings.PAYMENT_PROVIDERS = ["transfer"]
    assert online_provider("demo") is None


def test_the_demo_says_that_no_money_moves() -> None:
    with translation.override("en"):
        assert "no real money" in str(DemoProvider().label)


def test_the_demo_provider_keeps_its_own_books(db: None) -> None:
    provider = DemoProvider()
    reference = provider.create(amount_cents=995, description="JK-2345-6789", return_url="/terug/", now=NOW)
    assert provider.pay_url(reference) == f"/demo/betalen/{reference}/"
    reading = provider.read(reference)
    assert (reading.status, reading.amount_cents) == ("open", 995)
    assert DemoPayment.objects.get().created_at == NOW
    with pytest.raises(UnknownPayment):
        provider.read("demo_elsewhere")
