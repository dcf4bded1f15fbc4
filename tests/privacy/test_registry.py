import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from privacy.declarations import plain
from privacy.registry import Registry, registry


def test_a_model_is_declared_once() -> None:
    known = Registry()
    known.declare("a.B", {"id": plain()})
    with pytest.raises(ImproperlyConfigured, match=r"a\.B is declared twice"):
        known.declare("a.B", {})


def test_a_rule_and_an_erasure_are_registered_once() -> None:
    known = Registry()
    rule = known.rule(registry.rules["RT32"])
    with pytest.raises(ImproperlyConfigured, match="RT32 is registered twice"):
        known.rule(rule)
    known.erasure(User, lambda ids, *, reason, rule, now: 0)
    with pytest.raises(ImproperlyConfigured, match=r"accounts\.User has two erasures"):
        known.erasure(User, lambda ids, *, reason, rule, now: 0)


def test_the_night_follows_the_order_of_the_policy() -> None:
    keys = [rule.key for rule in registry.sorted_rules()]
    assert keys == sorted(keys)
    assert registry.rules["RT23.access"].number == "RT23"
