"""Make the bundled fonts: merge a family's script subsets into one TrueType file a style.

Takes unpacked web-font folders, as font projects publish them (``files/literata-latin-400-normal.woff2`` …),
and needs the extra ``fonts`` of the project. Run it as::

    python -m tools.fonts FOLDER_OF_LITERATA FOLDER_OF_INTER
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools import merge, ttLib

SUBSETS = ("latin", "latin-ext", "greek", "cyrillic", "vietnamese")
STYLES = {
    "Literata": ((400, "normal"), (400, "italic"), (600, "normal"), (700, "normal"), (700, "italic")),
    "Inter": ((400, "normal"), (500, "normal"), (600, "normal"), (700, "normal")),
}
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
TARGET = Path(__file__).parent.parent / "resources" / "fonts"


def style_name(weight: int, slope: str) -> str:
    """Return the name of a style ("Bold Italic"); plain italic is "Italic"."""
    words = [] if (weight, slope) == (400, "italic") else [WEIGHTS[weight]]
    return " ".join(words + (["Italic"] if slope == "italic" else []))


def merged(files: list[Path]) -> ttLib.TTFont:
    """Return one font with the glyphs of all `files`, the first of which decides the metrics."""
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for file in files:
            font = ttLib.TTFont(file)
            font.flavor = None
            for table in ("STAT", "meta", "DSIG", "gasp", "prep", "fpgm", "cvt "):
                if table in font:
                    del font[table]
            plain.append(str(Path(folder) / f"{file.stem}.ttf"))
            font.save(plain[-1])
        return merge.Merger().merge(plain)


def rename(font: ttLib.TTFont, family: str, weight: int, slope: str) -> None:
    """Name the style so that every platform puts it into one family."""
    style = style_name(weight, slope)
    linked = weight in (400, 700)
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
            names.removeNames(nameID=record.nameID)
    wanted = {
        1: family if linked else f"{family} {style}",
        2: style if linked else "Regular",
        3: f"{family} {style}; merged subsets",
        4: f"{family} {style}",
        6: f"{family}-{style.replace(' ', '')}",
        16: family,
        17: style,
    }
    for number, value in wanted.items():
        names.setName(value, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    bold, italic = weight == 700, slope == "italic"
    font["OS/2"].fsSelection = (
        (italic and 1) | (bold and 1 << 5) | (not bold and not italic and 1 << 6) | 1 << 7
    )
    font["head"].macStyle = (bold and 1) | (italic and 2)


def main(folders: list[str]) -> int:
    """Write every style of both families into the resources."""
    if len(folders) != len(STYLES):
        print(__doc__, file=sys.stderr)
        return 2
    for (family, styles), folder in zip(STYLES.items(), folders, strict=True):
        for weight, slope in styles:
            stem = Path(folder) / "files" / family.lower()
            files = [Path(f"{stem}-{subset}-{weight}-{slope}.woff2") for subset in SUBSETS]
            font = merged([file for file in files if file.exists()])
            rename(font, family, weight, slope)
            target = TARGET / f"{family}-{style_name(weight, slope).replace(' ', '')}.ttf"
            font.save(target)
            print(f"{target.name} {target.stat().st_size:,} bytes")
        (TARGET / f"OFL-{family}.txt").write_bytes((Path(folder) / "LICENSE").read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
