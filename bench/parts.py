"""What is measured, in the order of the report. A new subject is a module with a `PART`, and its name here."""

from bench import browser, building, lighthouse, rules, scaling, serving, standing, weight
from bench.report import Part

PARTS: tuple[Part, ...] = (
    building.PART,
    scaling.PART,
    serving.PART,
    weight.PART,
    browser.PART,
    rules.PART,
    lighthouse.PART,
    standing.PART,
)
