"""Every short word that code writes into a log has a label in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from accounts.roles import Role
from privacy.breaker import RELEASED
from privacy.logged import Log, named, words
from privacy.models import AccessLogEntry, LedgerEntry, OutgoingMail, SecurityEvent
from tests.accounts.staff import at_work, hire
from tests.galleries.studio import NOW

APPS = ("jkreeft", "complaints", "reviews", "shop", "galleries", "accounts", "privacy")
EVENTS = {"ledger.record": 0, "_note": 0, "_record": 0}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in our apps, by the name it is called by."""
    for app in APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield ast.unparse(node.func), node


def written_out(node: ast.expr | None) -> set[str]:
    """The words of an argument: one, or either of two; none where it is put together."""
    if isinstance(node, ast.IfExp):
        return written_out(node.body) | written_out(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)


def test_every_word_that_code_writes_has_a_label() -> None:
    found: dict[Log, set[str]] = {log: set() for log in Log}
    found[Log.EVENT].add(RELEASED)
    for name, call in calls():
        last = name.rpartition(".")[2]
        if name in EVENTS and call.args:
            found[Log.EVENT] |= written_out(call.args[0])
        if last == "security_event":
            found[Log.SECURITY] |= written_out(call.args[0])
        if last == "log_access" or name == "AccessLogEntry.objects.create":
            found[Log.ACTION] |= written_out(keyword(call, "action"))
        if name.startswith("erasure.erase") or name == "ledger.record":
            found[Log.REASON] |= written_out(keyword(call, "reason"))
    emails = Path(settings.BASE_DIR) / "templates/emails"
    found[Log.MAIL] = {
        f"{path.parent.name}.{path.name.removesuffix('.subject.txt')}" for path in emails.rglob("*.subject.txt")
    }
    for log, written in found.items():
        assert len(written) > 2, log
        assert written - {word for word, _label in words(log)} == set(), log


def test_reasons_that_are_no_words_of_the_call_have_a_label_too() -> None:
    """The end of a night, and what a consent is for."""
    named_reasons = dict(words(Log.REASON))
    assert {"green", "red", "account", "galleries.keep_longer", "reviews.review"} <= set(named_reasons)


@pytest.mark.parametrize("log", Log)
def test_labels_differ_from_their_words_and_between_languages(log: Log) -> None:
    with translation.override("nl"):
        dutch = dict(words(log))
    with translation.override("en"):
        english = dict(words(log))
    same = {word for word in dutch if dutch[word] == english[word]}
    assert same <= {"print_lab"}, "words that both languages share"


def test_a_word_that_nobody_writes_any_more_stands_as_it_was() -> None:
    assert named(Log.EVENT, "something_old") == "something_old"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "label", "chosen", "other"),
    [
        ("ledgerentry", "toestemming gegeven", "event=consent_given", "event=erased"),
        ("accesslogentry", "opnieuw afgedrukt", "action=reprint", "action=find"),
        ("accesslogentry", "opnieuw afgedrukt", "kind=shop.order", "kind=galleries.photo"),
        ("securityevent", "veel mislukte inlogpogingen", "event=login_burst", "event=codes.attack"),
    ],
)
def test_the_logs_speak_the_language_of_who_reads_them(table: str, label: str, chosen: str, other: str) -> None:
    owner = at_work(Role.PRIVACY_OWNER)
    LedgerEntry.objects.create(at=NOW, event="consent_given", kind="privacy.consent", count=1)
    AccessLogEntry.objects.create(at=NOW, user=hire(), kind="shop.order", object_id=1, action="reprint")
    SecurityEvent.objects.create(at=NOW, event="login_burst")
    page = f"/beheer/privacy/{table}/"
    shown = owner.get(page)
    assert label in shown.content.decode()
    assert f">{label}<" in owner.get(f"{page}{shown.context['cl'].result_list[0].pk}/change/").content.decode()
    assert len(owner.get(f"{page}?{chosen}").context["cl"].result_list) == 1
    assert len(owner.get(f"{page}?{other}").context["cl"].result_list) == 0


@pytest.mark.django_db
def test_the_list_of_messages_says_what_each_was() -> None:
    OutgoingMail.objects.create(kind="shop.paid", to="a@example.org", created_at=NOW, kept_from=NOW)
    desk, page = at_work(Role.FRONT_DESK), "/beheer/privacy/outgoingmail/"
    assert "bestelling betaald" in desk.get(page).content.decode()
    assert "shop.paid<" not in desk.get(page).content.decode()
    assert len(desk.get(f"{page}?kind=shop.placed").context["cl"].result_list) == 0
