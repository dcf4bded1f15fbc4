import pytest

from shop.actions import decide_demo_payment
from shop.models import DemoPayment, Payment
from tests.galleries.studio import NOW


@pytest.fixture
def row(db: None) -> DemoPayment:
    return DemoPayment.objects.create(
        reference="demo_1", amount_cents=100, description="JK", return_url="/", created_at=NOW
    )


def test_the_first_choice_stands(row: DemoPayment) -> None:
    for outcome in (Payment.Status.CANCELLED, Payment.Status.PAID):
        decide_demo_payment(reference="demo_1", outcome=outcome, now=NOW)
    row.refresh_from_db()
    assert row.status == "cancelled"


def test_open_is_no_outcome(row: DemoPayment) -> None:
    with pytest.raises(ValueError, match="paid, failed or cancelled"):
        decide_demo_payment(reference="demo_1", outcome=Payment.Status.OPEN, now=NOW)


def test_an_unknown_payment_is_not_decided(db: None) -> None:
    with pytest.raises(DemoPayment.DoesNotExist):
        decide_demo_payment(reference="demo_2", outcome=Payment.Status.PAID, now=NOW)
