"""What somebody said of the columns of a file, kept for the next file with the same headings."""

import hashlib
from collections.abc import Sequence

from school.importing.containers import Table
from school.importing.shapes import Header, Reading, Readings
from school.importing.workbook import header_named, headers
from school.models import ImportReading


def digest(header: Header) -> str:
    """The same for the same headings in whatever order."""
    return hashlib.sha256("|".join(sorted(header.headings)).encode()).hexdigest()


def remembered(tables: Sequence[Table]) -> dict[str, Reading]:
    """Tables whose headings somebody has named before, each with its reading."""
    digests = {(table.name, digest(header)) for table in tables for header in headers(table.rows) if header.headings}
    rows = ImportReading.objects.filter(headings__in={headings for _name, headings in digests})
    known = {one.headings: Reading.from_json(one.reading) for one in rows}
    return {name: known[headings] for name, headings in digests if headings in known}


def remember(tables: Sequence[Table], readings: Readings) -> None:
    """Keeps what was said of headings; what was given for all rows of a sheet holds for this file only."""
    for table in tables:
        reading = readings.get(table.name)
        header = header_named(table, reading) if reading else None
        if reading and header:
            ImportReading.objects.update_or_create(
                headings=digest(header), defaults={"reading": Reading(reading.sheet, reading.columns).as_json()}
            )
