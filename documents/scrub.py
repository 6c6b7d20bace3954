"""Takes out of a PDF what its reader does not need: metadata, scripts, attachments. In a process of its own, see
documents.uploads.scrubbed_pdf.

Run as `python -m documents.scrub`: the PDF on standard input, the new one on standard output. Ends with 1 and a word
(`locked`, `pages`, `broken`) where it is refused. A small file can unpack to a very large one, so the process may use
MEMORY bytes and SECONDS of the processor, and dies beyond.
"""

import io
import resource
import sys
from collections.abc import Iterator

import pikepdf

MEMORY = 1_000_000_000
SECONDS = 20
MOST_PAGES = 30
# Keys of dictionaries anywhere in the file: metadata, and what runs when a page is opened.
NOT_KEPT = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/AA",
    "/JS",
    "/OpenAction",
    "/JavaScript",
    "/EmbeddedFiles",
    "/AF",
    "/EF",
    "/XFA",
)
JPEG_START = b"\xff\xd8"
SCAN = 0xDA
COMMENT = 0xFE
# APP1 to APP15 carry what the camera noted, but for the colour profile (APP2) and Adobe's colour transform (APP14).
NOTES = {COMMENT, *range(0xE1, 0xF0)} - {0xE2, 0xEE}


class NotTaken(Exception):
    """The word says why."""


def scrubbed(data: bytes) -> bytes:
    try:
        document = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise NotTaken("locked") from error
    with document:
        if document.is_encrypted:
            raise NotTaken("locked")
        if not 0 < len(document.pages) <= MOST_PAGES:
            raise NotTaken("pages")
        for one in document.objects:
            clean(one)
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def clean(one: pikepdf.Object) -> None:
    if not isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    for key in NOT_KEPT:
        if key in one:
            del one[key]
    for inner in one.values():
        if isinstance(inner, pikepdf.Dictionary) and not inner.is_indirect:
            clean(inner)
    if isinstance(one, pikepdf.Stream) and one.get("/Filter") in (pikepdf.Name.DCTDecode, [pikepdf.Name.DCTDecode]):
        one.write(b"".join(without_notes(one.read_raw_bytes())), filter=pikepdf.Name.DCTDecode)


def without_notes(jpeg: bytes) -> Iterator[bytes]:
    """The parts of a JPEG but for those that describe the picture; a JPEG that is not well formed is left as it is."""
    yield jpeg[:2]
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != SCAN:
        after = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in NOTES:
            yield jpeg[at:after]
        at = after
    yield jpeg[at:]


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        answer, code = scrubbed(sys.stdin.buffer.read()), 0
    except NotTaken as error:
        answer, code = str(error).encode(), 1
    except (pikepdf.PdfError, ValueError, MemoryError, RuntimeError):
        answer, code = b"broken", 1
    sys.stdout.buffer.write(answer)
    sys.exit(code)


if __name__ == "__main__":
    main()
