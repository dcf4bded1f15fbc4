from collections import Counter

import pytest

from accounts.roles import Role
from galleries.models.quality import FEWEST_SUBJECTS
from jkreeft.demo.studio import CLUB, COLLEAGUES, OFFICE, OWNER, PURCHASES, SCHOOL, SHOOTS, WARES, Purchase
from shop.states import State

SITTERS = [sitter for plan in SHOOTS for sitter in plan.sitters]


def test_the_studio_has_some_twenty_subjects_in_two_published_assignments() -> None:
    assert len(SCHOOL.sitters) == FEWEST_SUBJECTS, "so that its quality can be measured"
    assert len(SCHOOL.parties) == 3
    assert len(CLUB.sitters) == 6
    assert [plan for plan in SHOOTS if plan.published_ago is None] == [OFFICE]


def test_every_subject_has_a_number_and_a_face_of_its_own() -> None:
    assert len({sitter.number for sitter in SITTERS}) == len(SITTERS)
    assert len({sitter.figure for sitter in SITTERS}) == len(SITTERS)


def test_one_family_has_two_children_and_so_two_codes() -> None:
    families = Counter(sitter.family for sitter in SCHOOL.sitters)
    assert families["Duin"] == 2
    assert len(families) == 19


def test_orders_stand_in_every_state_from_waiting_to_delivered() -> None:
    assert [purchase.state for purchase in PURCHASES] == [
        State.PLACED,
        State.PAID,
        State.IN_PRODUCTION,
        State.SHIPPED,
        State.DELIVERED,
    ]


@pytest.mark.parametrize("purchase", PURCHASES, ids=lambda purchase: purchase.number)
def test_an_order_is_placed_while_its_photos_were_online(purchase: Purchase) -> None:
    plan = next(plan for plan in SHOOTS if purchase.number in {sitter.number for sitter in plan.sitters})
    assert plan.published_ago is not None
    assert purchase.placed_ago < plan.published_ago


def test_nobody_in_the_studio_can_be_reached() -> None:
    addresses = [purchase.buyer.email for purchase in PURCHASES]
    addresses += [plan.email for plan in SHOOTS] + [colleague.email for colleague in (*COLLEAGUES, OWNER)]
    assert all(address.endswith((".example", "@example.com")) for address in addresses)


def test_every_role_has_somebody() -> None:
    assert {colleague.role for colleague in COLLEAGUES} == set(Role)
    assert OWNER.role is None


def test_every_line_of_an_order_names_a_product_and_a_photo_that_exist() -> None:
    keys = {ware.key for ware in WARES}
    for purchase in PURCHASES:
        sitter = next(sitter for sitter in SITTERS if sitter.number == purchase.number)
        party = next(party for plan in SHOOTS for party in plan.parties if sitter in party.sitters)
        for place, key, quantity in purchase.lines:
            assert key in keys
            assert place < sitter.portraits + party.group_photos
            assert 1 <= quantity <= 99
