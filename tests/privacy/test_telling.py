"""Account holders hear of a version that matters, each once, whatever dies on the way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from accounts.readers import account_holders
from privacy import archive, mail, readers
from privacy.actions import telling
from privacy.actions.exceptions import lift_restriction, restrict
from privacy.actions.telling import due, tell_next
from privacy.documents import STATEMENT, TERMS, Document
from privacy.models import LedgerEntry, OutgoingMail, VersionTold
from privacy.readers import Reader
from privacy.tasks import tell_of_versions

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
PEOPLE = [Reader(User(pk=key), f"person{key}@example.org", "nl" if key % 2 else "en") for key in range(1, 251)]

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def people(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(*, after: int, limit: int, now: datetime) -> Sequence[Reader]:
        return [person for person in PEOPLE if person.key > after][:limit]

    monkeypatch.setattr(readers, "_found", [find])


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "is_published", lambda document, version: True)


def told() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True))


@pytest.mark.clauses("P94")
def test_everybody_with_an_account_hears_of_it_once(published: None) -> None:
    tell_of_versions()
    assert sorted(told()) == sorted(person.email for person in PEOPLE)
    assert LedgerEntry.objects.get(event="version_told").count == len(PEOPLE)
    assert due(now=NOW) == []
    tell_of_versions()
    assert len(told()) == len(PEOPLE)


def test_a_job_that_died_goes_on_where_it_was(published: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tell_next(document=STATEMENT, now=NOW)
    write, written = telling._write, []

    def dies(reader: Reader, document: Document, *, now: datetime) -> None:
        write(reader, document, now=now)
        written.append(reader)
        if len(written) == 50:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(telling, "_write", dies)
        with pytest.raises(KeyboardInterrupt):
            tell_next(document=STATEMENT, now=NOW)
    assert len(told()) == 100, "half a batch leaves nothing"
    tell_of_versions()
    assert len(set(told())) == len(told()) == len(PEOPLE)


def test_a_version_that_is_not_out_yet_or_changes_little_is_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "is_published", lambda document, version: document is not STATEMENT)
    assert due(now=NOW) == [], "the statement is not published, and the terms say that nothing of weight changed"
    assert not TERMS.current.is_material


def test_nobody_hears_of_a_version_before_it_applies(published: None, monkeypatch: pytest.MonkeyPatch) -> None:
    later = replace(STATEMENT.current, effective=date(2026, 12, 2))
    document = replace(STATEMENT, versions=(later, *STATEMENT.versions[1:]))
    monkeypatch.setattr(telling, "WRITTEN", (document,))
    assert due(now=NOW) == []
    assert due(now=datetime(2026, 12, 1, 23, tzinfo=UTC)) == [document], "from midnight where we are"


def test_the_mail_says_what_is_new_and_sells_nothing(published: None) -> None:
    tell_next(document=STATEMENT, now=NOW)
    dutch, english = (OutgoingMail.objects.get(to=f"person{key}@example.org") for key in (1, 2))
    assert "Privacyverklaring" in dutch.subject
    assert "Privacy statement" in english.subject
    assert "/documenten/statement/vergelijken/" in english.text
    assert "It is not advertising" in english.text
    assert "Written anew" in english.html


def test_without_accounts_nobody_is_told(published: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_found", [])
    tell_of_versions()
    assert told() == []
    assert VersionTold.objects.get().told == 0


@pytest.mark.clauses("P88", "P94")
def test_a_restricted_account_hears_of_it_once_the_restriction_is_lifted(
    published: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = User.objects.create_user("one@example.org", confirmed_at=NOW)
    monkeypatch.setattr(readers, "_found", [account_holders])
    restriction = restrict(kind="accounts.user", object_id=account.pk, reason="asked", now=NOW)
    tell_next(document=STATEMENT, now=NOW)
    (waiting,) = OutgoingMail.objects.all()
    assert not mail.send(mail_id=waiting.pk, now=NOW)
    lift_restriction(restriction_id=restriction.pk, now=NOW)
    assert mail.send(mail_id=waiting.pk, now=NOW)
