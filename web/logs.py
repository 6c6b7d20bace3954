"""The line of a log: one event, one line, whatever somebody has typed into an address or a form."""

import logging

# What would begin a line of its own, or change what a terminal shows.
CONTROL = {number: f"\\x{number:02x}" for number in (*range(32), 127, 0x85, 0x2028, 0x2029)}


class LineFormatter(logging.Formatter):
    """The message with control characters written out; a traceback keeps its lines, each begins further in."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = record.message.translate(CONTROL)
        return super().formatMessage(record)

    def formatException(self, exc_info: object) -> str:
        """A message inside a traceback may hold what was typed: no line of it looks like one of ours."""
        return "\n".join(f"    {line}" for line in super().formatException(exc_info).splitlines())  # type: ignore[arg-type]
