"""A small decision for browser tests: three ways of getting there, with gates, notes, and a question that is not always asked."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.widget import Widget, open_widget

DISTANCE, LOAD = "How far is it?", "What do you carry?"
RAIN, STORM = "Will it rain?", "Will there be a storm too?"
NEAR, SOME, FAR = "Around the corner", "A few miles", "Most of a day"
NOTHING, BAG, BOXES = "Nothing", "One bag", "Heavy boxes"
DRY, WET = "It stays dry", "It will rain"

TRIP = """\
title: How should we get there?
subject: trip
reviewed: 2026-11-20
sections:
  - id: way
    title: The way
    items:
      - id: distance
        text: How far is it?
        options:
          - {id: near, text: Around the corner, points: {walk: 3, ride: 1, drive: -2}}
          - {id: some, text: A few miles, points: {ride: 3, drive: 1}}
          - {id: far, text: Most of a day, points: {walk: -3, drive: 3}}
      - id: load
        text: What do you carry?
        weight: 2
        options:
          - {id: nothing, text: Nothing, points: {walk: 2, ride: 1}}
          - {id: bag, text: One bag, points: {ride: 1, drive: 1}}
          - {id: boxes, text: Heavy boxes, points: {walk: -2, ride: -2, drive: 3}}
  - id: sky
    label: Part 2
    title: The sky
    items:
      - id: rain
        text: Will it rain?
        na: true
        options:
          - {id: dry, text: It stays dry, points: {walk: 1, ride: 2}}
          - {id: wet, text: It will rain, points: {ride: -1, drive: 2}}
      - id: storm
        text: Will there be a storm too?
        when: rain == "wet"
        options:
          - {id: calm, text: Just rain, points: {walk: 1, ride: 1}}
          - {id: storm, text: A storm, points: {walk: -2, ride: -3, drive: 2}}
outcomes:
  - {id: walk, title: Walk, text: "Take *good* shoes.", see: https://example.org/shoes}
  - {id: ride, title: Ride a bicycle, text: Pump the tyres.}
  - {id: drive, title: Take the car}
gates:
  - {remove: ride, when: load == "boxes", text: "No *bicycle* carries that."}
  - {remove: walk, when: distance == "far" or (rain == "wet" and storm == "storm"), text: Nobody would walk that.}
notes:
  - {when: rain == "wet", text: "Take a [coat](https://example.org/coat).", see: https://example.org/rain}
  - {when: outcome == "drive" and distance != "far", text: Is there a place to park?}
decide: {lead: 10, least: 55, ties: [ride]}
"""

WALK_IT: Mapping[str, str] = {DISTANCE: NEAR, LOAD: NOTHING, RAIN: DRY}
"""Fits: walk 100, ride 83, drive 0."""
CLOSE: Mapping[str, str] = {DISTANCE: NEAR, LOAD: BAG, RAIN: WET}
"""Walk 67, ride 58, drive 31: a lead of nine, where ten are asked for."""
UNCLEAR: Mapping[str, str] = {DISTANCE: NEAR, LOAD: BOXES, RAIN: DRY}
"""Walk 47, drive 46; no bicycle carries boxes."""
DRIVE_IT: Mapping[str, str] = {DISTANCE: NEAR, LOAD: BOXES, RAIN: WET}
"""Drive 62, walk 40; both notes hold."""

TREE: Mapping[str, str] = {
    "checklists/trip.yml": TRIP,
    "checklists/tour.yml": TRIP,
    "docs/index.md": "# Home\n\n[Trip](trip.md)\n",
    "docs/trip.md": "::: checklist trip level=1\n",
    "docs/questions.md": "# Questions\n\n::: checklist tour section=way\n\n::: checklist tour section=sky\n",
    "docs/result.md": "# Result\n\n::: score tour\n",
}


def open_trip(page: Page, url: str) -> Widget:
    """The page with the whole checklist."""
    return open_widget(page, url + "trip/", "trip")
