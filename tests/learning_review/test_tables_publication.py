"""The gate before publication: everything that stands in its way is named, and nothing else opens it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.learning_review.tables import tables

READY = {
    "decision": "publish", "considered_on": date(2026, 11, 3), "area_traces": 0, "people_hidden": "yes", "area_hidden": "yes",
    "data_protection": "yes", "holds": [], "family": "told", "sensitive_day": "no", "accessible": "yes",
}  # fmt: skip


def obstacles(**changed):
    """What the gate names when all is ready but for this."""
    return tables()["publication_obstacles"].decide("publication_obstacles", READY | changed)[0]


def test_what_is_ready_may_be_published():
    assert obstacles() is None


@pytest.mark.parametrize("decision", ["publish", "later_date", "later_event"])
def test_csog_may_have_said_now_or_later(decision):
    assert obstacles(decision=decision) is None


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"decision": "defer"}, "CSOG has not decided"),
        ({"decision": "not"}, "CSOG has not decided"),
        ({"decision": None}, "CSOG has not decided"),
        ({"considered_on": None}, "CSOG has not considered"),
        ({"area_traces": 1}, "this cannot be passed over"),
        ({"people_hidden": "no"}, "somebody could be recognised"),
        ({"people_hidden": None}, "somebody could be recognised"),
        ({"area_hidden": "no"}, "could tell the council area"),
        ({"data_protection": "no"}, "data protection principles"),
        ({"data_protection": None}, "data protection principles"),
        ({"holds": ["publication"]}, "still holds publication back"),
        ({"family": "no"}, "The family has not been told"),
        ({"sensitive_day": "yes"}, "a day that hurts"),
        ({"accessible": "no"}, "Not everybody can read it"),
    ],
)
def test_a_single_thing_in_the_way_is_named_and_stops_it(known, said):
    [obstacle] = obstacles(**known)

    assert said in obstacle


def test_of_several_things_in_the_way_none_is_left_out():
    assert len(obstacles(**dict.fromkeys(READY))) >= 7
