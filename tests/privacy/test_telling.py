"""Account holders hear of a version that matters, each once, whatever dies on the way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from accounts.readers import account_holders
from common.periods import local_date
from privacy import archive, mail, readers
from privacy.actions import telling
from privacy.actions.exceptions import lift_restriction, restrict
from privacy.actions.recipients import save_recipient
from privacy.actions.telling import due, tell_next, tell_next_of_processor
from privacy.documents import STATEMENT, TERMS, Document
from privacy.models import LedgerEntry, OutgoingMail, ProcessorTold, VersionTold
from privacy.readers import Audience, Reader
from privacy.tasks import tell_of_processors, tell_of_versions

from .agreements import facts

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
SOON = date(2026, 12, 15)
PEOPLE = [Reader(User(pk=key), f"person{key}@example.org", "nl" if key % 2 else "en") for key in range(1, 251)]

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def people(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(*, after: int, limit: int, now: datetime) -> Sequence[Reader]:
        return [person for person in PEOPLE if person.key > after][:limit]

    monkeypatch.setattr(readers, "_found", dict.fromkeys(Audience, find))


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
    monkeypatch.setattr(readers, "_found", {})
    tell_of_versions()
    assert told() == []
    assert VersionTold.objects.get().told == 0


@pytest.mark.clauses("P88", "P94")
def test_a_restricted_account_hears_of_it_once_the_restriction_is_lifted(
    published: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = User.objects.create_user("one@example.org", confirmed_at=NOW)
    monkeypatch.setattr(readers, "_found", {Audience.ACCOUNT_HOLDERS: account_holders})
    restriction = restrict(kind="accounts.user", object_id=account.pk, reason="asked", now=NOW)
    tell_next(document=STATEMENT, now=NOW)
    (waiting,) = OutgoingMail.objects.all()
    assert not mail.send(mail_id=waiting.pk, now=NOW)
    lift_restriction(restriction_id=restriction.pk, now=NOW)
    assert mail.send(mail_id=waiting.pk, now=NOW)


@pytest.mark.clauses("P34", "P82")
def test_every_client_hears_once_of_a_processor_that_is_added() -> None:
    recipient = save_recipient(facts=facts(day=SOON), now=NOW)
    tell_of_processors()
    tell_of_processors()
    assert sorted(told()) == sorted(person.email for person in PEOPLE)
    assert LedgerEntry.objects.get(event="processor_told").count == len(PEOPLE)
    mail = OutgoingMail.objects.first()
    assert mail is not None
    assert recipient.name in mail.subject
    dutch = ("15 december 2026", "doet iets", "bezwaar maken")
    english = ("15 December 2026", "does something", "may object")
    assert all(words in text for words in dutch + english for text in (mail.text, mail.html))


def test_a_telling_of_a_processor_that_died_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    save_recipient(facts=facts(day=SOON), now=NOW)
    assert tell_next_of_processor(now=NOW)
    write, written = telling._write_of_processor, []

    def dies(reader: Reader, row: ProcessorTold, *, now: datetime) -> None:
        write(reader, row, now=now)
        written.append(reader)
        if len(written) == 50:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(telling, "_write_of_processor", dies)
        with pytest.raises(KeyboardInterrupt):
            tell_of_processors()
    assert len(told()) == 100, "half a batch leaves nothing"
    tell_of_processors()
    assert len(set(told())) == len(told()) == len(PEOPLE)


@pytest.mark.parametrize(
    ("changed", "hears"),
    [
        ({}, False),
        ({"agreement_reference": "VO-2", "valid_until": SOON}, False),
        ({"ends_on": SOON}, False),
        ({"country": "Duitsland"}, True),
        ({"task_en": "does something else"}, True),
        ({"begins_on": SOON + timedelta(days=1)}, True),
        ({"country": "Duitsland", "capacity": "controller"}, False),
        ({"country": "Duitsland", "ends_on": local_date(NOW)}, False),
    ],
)
def test_clients_hear_of_a_change_when_it_is_about_what_they_agreed_to(changed: dict[str, object], hears: bool) -> None:
    recipient = save_recipient(facts=facts(day=local_date(NOW), ends_on=None), now=NOW)
    tell_of_processors()
    before = len(told())
    save_recipient(
        facts=replace(facts(day=local_date(NOW)), **changed), recipient_id=recipient.pk, now=NOW + timedelta(hours=1)
    )
    tell_of_processors()
    assert (len(told()) > before) is hears
    if hears:
        assert "Gewijzigde verwerker" in OutgoingMail.objects.latest("pk").subject


def test_what_nobody_heard_yet_is_told_once_as_it_stands_by_then() -> None:
    recipient = save_recipient(facts=facts(day=SOON), now=NOW)
    save_recipient(facts=facts(day=SOON, country="Duitsland"), recipient_id=recipient.pk, now=NOW)
    tell_of_processors()
    assert len(told()) == len(PEOPLE)
    assert "Duitsland" in OutgoingMail.objects.latest("pk").text


@pytest.mark.parametrize("is_new", [True, False])
def test_the_longest_name_of_a_company_fits_the_subject(is_new: bool) -> None:
    recipient = save_recipient(facts=facts(day=SOON, name="x" * 120), now=NOW)
    ProcessorTold.objects.update(is_new=is_new)
    tell_next_of_processor(now=NOW)
    subject = OutgoingMail.objects.latest("pk").subject
    assert recipient.name in subject
    assert len(subject) <= 200


def test_who_works_for_us_again_is_told_as_added() -> None:
    over = facts(day=local_date(NOW) - timedelta(days=9), ends_on=local_date(NOW))
    recipient = save_recipient(facts=over, now=NOW)
    assert not ProcessorTold.objects.exists()
    save_recipient(facts=replace(over, ends_on=None), recipient_id=recipient.pk, now=NOW)
    assert ProcessorTold.objects.get().is_new


def test_an_objection_has_a_day_only_where_it_is_still_to_come() -> None:
    save_recipient(facts=facts(day=local_date(NOW)), now=NOW)
    tell_next_of_processor(now=NOW)
    said = OutgoingMail.objects.latest("pk").text
    assert "You may object: answer this mail and tell us why." in said
