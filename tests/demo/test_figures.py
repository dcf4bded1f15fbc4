from jkreeft.demo.figures import STYLES, grown_up, player, pupil


def test_every_pupil_looks_different() -> None:
    pupils = [pupil(position) for position in range(20)]
    assert len(set(pupils)) == 20


def test_neighbours_in_a_class_differ_in_hair_and_in_clothes() -> None:
    for position in range(19):
        one, other = pupil(position), pupil(position + 1)
        assert one.style != other.style
        assert (one.garment, one.cloth) != (other.garment, other.cloth)


def test_a_class_shows_many_skins_and_styles() -> None:
    first_class = [pupil(position) for position in range(8)]
    assert len({figure.skin for figure in first_class}) >= 5
    assert len({figure.style for figure in first_class}) >= 6


def test_players_share_a_shirt_and_have_their_own_number() -> None:
    team = [player(position) for position in range(6)]
    assert len({figure.cloth for figure in team}) == 1
    assert len({figure.shirt_number for figure in team}) == 6
    assert len(set(team)) == 6


def test_a_figure_is_the_same_on_every_run() -> None:
    assert pupil(3) == pupil(3)
    assert pupil(11).style == "scarf"
    assert "scarf" not in STYLES, "a scarf has its own colour, so it is given by hand"
    assert grown_up(1).beard
