"""Vega-Lite to SVG in a process of its own: specification as JSON on standard input, SVG on standard output.

Run as `python -m documents.chart_press FONT_FOLDER…`. The drawing engine keeps about 65 MB in every process that has used it
and hangs in one that forks afterwards; drawings are cached, so a short-lived process costs less than three grown ones.
"""

import sys

import vl_convert


def main() -> None:
    for folder in sys.argv[1:]:
        vl_convert.register_font_directory(folder)
    sys.stdout.write(vl_convert.vegalite_to_svg(sys.stdin.read()))


if __name__ == "__main__":
    main()
