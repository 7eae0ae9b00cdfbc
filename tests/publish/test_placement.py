import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from wenma.publish.placement import Box, beside, packed_boxes, spread_boxes


def apart(boxes):
    return not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))


def test_boxes_that_share_an_edge_do_not_meet():
    assert not Box(0, 0, 2, 2).meets(Box(2, 0, 2, 2))
    assert Box(0, 0, 2, 2).meets(Box(1.9, 1.9, 2, 2))


@given(st.lists(st.floats(0, 300), min_size=1, max_size=15))
def test_places_on_a_line_are_moved_apart_in_their_order_and_stay_inside(places):
    moved = spread_boxes(places, 20, low=0, high=300)
    order = sorted(range(len(places)), key=lambda at: places[at])
    ranked = [moved[at] for at in order]
    assert all(after - before >= 20 - 1e-9 for before, after in itertools.pairwise(ranked))
    assert ranked[0] >= -1e-9 and ranked[-1] <= 300 + 1e-9


def test_places_far_enough_apart_stay_where_they_are():
    assert spread_boxes([200, 0, 100], 20, low=0, high=300) == [200, 0, 100]


def test_labels_beside_a_crowd_of_points_cover_no_label_and_no_point():
    draw = random.Random(7)
    points = [(draw.uniform(200, 400), draw.uniform(150, 250)) for _ in range(25)]
    sizes = [(draw.choice([26, 52, 91]), 17) for _ in points]
    boxes = beside(points, sizes, room=(600, 400), dot=8)
    assert apart(boxes)
    assert not any(box.meets(Box(x, y, 8, 8)) for box in boxes for x, y in points)
    assert all(box.x - box.wide / 2 >= 0 and box.x + box.wide / 2 <= 600 for box in boxes)
    assert [(box.wide, box.high) for box in boxes] == sizes


@given(st.lists(st.tuples(st.floats(5, 120), st.floats(5, 60)), min_size=1, max_size=40))
def test_packed_boxes_never_meet_and_the_first_is_in_the_middle(sizes):
    boxes = packed_boxes(sizes)
    assert apart(boxes)
    assert (boxes[0].x, boxes[0].y) == (0, 0)
    assert [(box.wide, box.high) for box in boxes] == sizes
