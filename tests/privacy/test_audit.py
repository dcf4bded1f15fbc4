from datetime import datetime

import pytest

from accounts.models import User
from privacy.audit import log_access, security_event
from privacy.models import AccessLogEntry, SecurityEvent

pytestmark = pytest.mark.django_db


@pytest.mark.clauses("P08")
def test_a_look_is_logged_by_key(now: datetime) -> None:
    user = User.objects.create(email="a@b.nl")
    log_access(user=user, kind="shop.order", object_id=7, action="view", now=now)
    entry = AccessLogEntry.objects.get()
    assert (entry.user, entry.kind, entry.object_id, entry.action, entry.at) == (user, "shop.order", 7, "view", now)
    assert "7" not in str(entry).replace(str(entry.pk), "")


def test_a_security_event_is_a_kind_and_a_count(now: datetime) -> None:
    security_event("code.refused", now=now, count=12)
    assert list(SecurityEvent.objects.values_list("event", "count", "at")) == [("code.refused", 12, now)]
