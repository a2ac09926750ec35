"""What the tests of the composition share: how to find a part of a report."""

from synthesis.report.blocks import (
    Report,
)


def part(report: Report, key: str) -> tuple[object, ...]:
    return next(section.blocks for section in report.walk() if section.id == key)
