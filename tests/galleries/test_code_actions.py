from datetime import timedelta

import pytest

from common.keys import decrypt
from galleries.actions import issue_code, reprint, revoke_code
from galleries.actions.codes import replace_code
from galleries.codes import parse
from galleries.models import LoginCode, Photo
from privacy.models import AccessLogEntry

from .studio import NOW, Studio, code_row


@pytest.mark.clauses("P25")
def test_a_code_is_stored_as_digest_and_ciphertext_only(studio: Studio) -> None:
    code = issue_code(subject_id=studio.anna.pk, now=NOW)
    row = LoginCode.objects.latest("pk")

    assert parse(code) == code
    assert decrypt(row.encrypted) == code
    assert not any(code in str(value) for value in LoginCode.objects.filter(pk=row.pk).values_list()[0])


def test_two_codes_are_never_the_same_row(studio: Studio) -> None:
    digests = set(LoginCode.objects.values_list("digest", flat=True))

    assert len(digests) == LoginCode.objects.count() == 3


def test_a_new_code_ends_with_the_last_photo_it_opens(studio: Studio) -> None:
    last = NOW + timedelta(days=90)
    Photo.objects.filter(group=studio.group).update(expires_at=last)

    issue_code(subject_id=studio.anna.pk, now=NOW)
    issue_code(subject_id=studio.chris.pk, now=NOW)

    assert code_row(studio.anna).expires_at == last
    assert code_row(studio.chris).expires_at == Photo.objects.get(subject=studio.chris).expires_at


def test_a_code_is_revoked_once_and_each_try_is_in_the_access_log(studio: Studio) -> None:
    pk = code_row(studio.anna).pk

    assert revoke_code(code_id=pk, by=studio.staff, now=NOW)
    assert not revoke_code(code_id=pk, by=studio.staff, now=NOW + timedelta(hours=1))

    assert LoginCode.objects.get(pk=pk).revoked_at == NOW
    assert AccessLogEntry.objects.filter(action="revoke", object_id=pk, user=studio.staff).count() == 2


def test_a_replaced_code_is_closed_and_its_subject_has_another(studio: Studio) -> None:
    old = code_row(studio.anna)

    code = replace_code(code_id=old.pk, by=studio.staff, now=NOW)

    assert code is not None
    assert LoginCode.objects.get(pk=old.pk).revoked_at == NOW
    assert code_row(studio.anna).pk != old.pk
    assert replace_code(code_id=old.pk, by=studio.staff, now=NOW) is None


def test_reading_a_code_is_in_the_access_log(studio: Studio) -> None:
    row = code_row(studio.anna)

    code = reprint(code_id=row.pk, by=studio.staff, now=NOW)

    assert parse(code) == code
    entry = AccessLogEntry.objects.get(action="reprint")
    assert (entry.user, entry.kind, entry.object_id) == (studio.staff, "galleries.logincode", row.pk)
