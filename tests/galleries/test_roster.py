"""Many subjects at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from galleries.actions.roster import NumberTaken, RosterLine, add_subjects, change_subject
from galleries.models import Group, Subject

from .studio import NOW, Studio, code_row, open_studio

NAMES = st.text("abcAB12 ", min_size=0, max_size=4).map(str.strip)


@pytest.mark.postgres
@pytest.mark.clauses("P16")
def test_a_list_brings_its_groups_and_leaves_known_numbers_alone(studio: Studio) -> None:
    lines = [RosterLine("1", "5C"), RosterLine("10", "5C"), RosterLine("11", "3B"), RosterLine("12", "")]
    result = add_subjects(assignment_id=studio.assignment.pk, lines=lines, now=NOW)
    assert (result.subjects, result.groups, result.known) == (3, 1, ("1",))
    placed = set(Subject.objects.values_list("number", "group__name"))
    assert {("1", "3B"), ("10", "5C"), ("11", "3B"), ("12", None)} <= placed


class TwiceIsOnce(TestCase):
    @given(st.lists(st.builds(RosterLine, number=NAMES.filter(bool), group=NAMES), max_size=12))
    def test_sending_a_list_twice_adds_nothing_twice(self, lines: list[RosterLine]) -> None:
        assignment = open_studio().assignment
        add_subjects(assignment_id=assignment.pk, lines=lines, now=NOW)
        rows = sorted(Subject.objects.filter(assignment=assignment).values_list("number", "group__name"), key=str)
        groups = Group.objects.filter(assignment=assignment).count()
        again = add_subjects(assignment_id=assignment.pk, lines=lines, now=NOW)
        assert (again.subjects, again.groups) == (0, 0)
        after = sorted(Subject.objects.filter(assignment=assignment).values_list("number", "group__name"), key=str)
        assert (after, Group.objects.filter(assignment=assignment).count()) == (rows, groups)


def test_another_group_gives_the_code_the_end_of_that_groups_photos(studio: Studio) -> None:
    revision = studio.assignment.revision
    change_subject(subject_id=studio.anna.pk, number="77", group_id=studio.other_group.pk, now=NOW)
    studio.anna.refresh_from_db()
    studio.assignment.refresh_from_db()
    assert (studio.anna.number, studio.anna.group_id) == ("77", studio.other_group.pk)
    assert code_row(studio.anna).expires_at is not None
    assert studio.assignment.revision > revision, "cached galleries are stale at once"


def test_a_number_belongs_to_one_subject_of_an_assignment(studio: Studio) -> None:
    with pytest.raises(NumberTaken):
        change_subject(subject_id=studio.anna.pk, number=studio.bram.number, group_id=None, now=NOW)
    elsewhere = open_studio()
    change_subject(subject_id=elsewhere.anna.pk, number="1", group_id=None, now=NOW)
