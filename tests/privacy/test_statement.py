import pytest
from django.utils import translation

from common.periods import Period
from privacy.declarations import Personal
from privacy.documents import STATEMENT
from privacy.drafting import draft
from privacy.registry import registry
from privacy.statement import Terms, period_text, retention_rows, use_rows


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(months=1), "1 month"),
        (Period(months=6), "6 months"),
        (Period(months=12), "1 year"),
        (Period(months=84), "7 years"),
        (Period(days=21), "21 days"),
        (Period(hours=24), "24 hours"),
        (Period(), "until its own term ends"),
    ],
)
def test_a_period_is_told_in_words(period, words):
    with translation.override("en"):
        assert period_text(period) == words


@pytest.mark.clauses("P79")
def test_every_rule_stands_in_the_retention_table_once_and_none_is_blank():
    rows = retention_rows(registry)
    assert [row.key for row in rows] == sorted(key for key, rule in registry.rules.items() if not rule.only_demo)
    assert all(str(row.title) and row.period and row.number.startswith("RT") for row in rows)


@pytest.mark.clauses("P79")
def test_the_statement_of_a_real_studio_knows_no_demo():
    for language in ("nl", "en"):
        text = draft(STATEMENT, language)
        assert 'data-rule="RT06"' in text
        assert "demo" not in text.lower()


@pytest.mark.clauses("P03")
def test_every_use_declared_stands_in_the_table_of_uses_and_none_besides():
    declared = {
        (str(d.whose.label), str(d.category.label), str(d.purpose.label))
        for fields in registry.declarations.values()
        for d in fields.values()
        if isinstance(d, Personal)
    }
    told = {(str(row.whose), str(kind), str(row.purpose)) for row in use_rows(registry) for kind in row.categories}
    assert told == declared


def test_uses_stand_together_by_purpose():
    purposes = [row.purpose for row in use_rows(registry)]
    assert len({purpose for n, purpose in enumerate(purposes) if purposes[n - 1] != purpose}) == len(set(purposes))


def test_a_sentence_asks_for_a_period_by_the_number_of_its_rule():
    terms = Terms(registry)
    with translation.override("en"):
        assert terms["RT07"] == "6 months"
        assert terms["RT15_closed"] == "14 days"
        assert terms["RT15"] == terms["RT15_closed"], "a number alone is its first rule"
    assert len(terms) == len(registry.rules)
    with pytest.raises(KeyError):
        terms["RT99"]


@pytest.mark.django_db
@pytest.mark.clauses("P01", "P95")
def test_the_statement_shows_since_when_it_applies_and_when_it_changed(client):
    page = client.get("/privacy/", headers={"Accept-Language": "en"}).content.decode()
    assert "since 23 June 2019" in page
    assert "in force since 22 November 2026, last changed on 22 November 2026" in page
