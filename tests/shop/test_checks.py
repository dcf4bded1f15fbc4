from typing import Any

import pytest

from shop.checks import check_payment_providers


@pytest.mark.parametrize(
    ("providers", "ids"),
    [
        (["demo", "transfer"], []),
        (["transfer"], []),
        (["demo", "mollie"], ["shop.E001"]),
        ([], ["shop.E002"]),
    ],
)
def test_the_shop_opens_only_with_ways_to_pay_it_knows(settings: Any, providers: list[str], ids: list[str]) -> None:
    settings.PAYMENT_PROVIDERS = providers
    assert [problem.id for problem in check_payment_providers(None)] == ids
