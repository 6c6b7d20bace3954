"""Prints HTML files to PDF beside them, in a process of its own: names on standard input, one a line.

Run as `python -m school.pressing STYLESHEET`. What it needs is in the files (`data:` pictures); it fetches nothing else,
and knows neither the settings nor the database. school.printing.render_many starts two.
"""

import logging
import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse


class DataOnly(URLFetcher):
    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith("data:"):
            raise ValueError(f"not data: {url}")
        return super().fetch(url, headers)


def main() -> None:
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    fonts = FontConfiguration()
    style = CSS(filename=sys.argv[1], font_config=fonts)
    for line in sys.stdin:
        source = Path(line.strip())
        document = HTML(string=source.read_text(), url_fetcher=DataOnly()).render(
            font_config=fonts, stylesheets=[style]
        )
        unfinished = source.with_suffix(".part")
        document.write_pdf(unfinished)
        unfinished.replace(source.with_suffix(".pdf"))
        source.unlink()


if __name__ == "__main__":
    main()
