"""Whom the engine tells of a changed document: customers who confirmed their address, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from privacy import readers

NOW = datetime(2027, 1, 1, tzinfo=UTC)

HOLDERS = readers.Audience.ACCOUNT_HOLDERS

pytestmark = pytest.mark.django_db


@pytest.mark.clauses("P94")
def test_customers_with_a_confirmed_address_are_told_in_their_language_and_nobody_else() -> None:
    customer = User.objects.create_user("one@example.org", confirmed_at=NOW, language="en")
    other = User.objects.create_user("two@example.org", confirmed_at=NOW, language="nl")
    User.objects.create_user("unconfirmed@example.org")
    User.objects.create_user("later@example.org", confirmed_at=NOW + timedelta(seconds=1))
    User.objects.create_user("left@example.org", confirmed_at=NOW, is_active=False)
    User.objects.create_user("staff@example.org", is_staff=True, confirmed_at=NOW)
    assert readers.readers(HOLDERS, after=0, limit=1, now=NOW) == [readers.Reader(customer, "one@example.org", "en")]
    assert [reader.key for reader in readers.readers(HOLDERS, after=customer.pk, limit=9, now=NOW)] == [other.pk]
