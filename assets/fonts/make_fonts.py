#!/usr/bin/env python3
"""Makes the two faces in this folder from Pretendard (SIL Open Font License 1.1).

    npm pack pretendard && tar xf pretendard-*.tgz
    pip install fonttools
    python3 make_fonts.py package/dist/public/static

What changes, and why the result carries another name (the licence reserves "Pretendard"):
- tabular figures are the default figures, so that columns of numbers align;
- alternates and the features that reach them are dropped; kerning, marks and every Hangul syllable stay.
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Linchpin Sans"
FACES = {"Regular": 400, "SemiBold": 600}
KEEP = [
    (0x20, 0x52F),  # Latin, IPA, Greek, Cyrillic
    (0x1100, 0x11FF), (0x3000, 0x303F), (0x3130, 0x318F), (0xAC00, 0xD7A3),  # Hangul and its punctuation
    (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F),
    (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x25A0, 0x25FF),
    (0x2600, 0x26FF), (0x2700, 0x27BF), (0x3040, 0x30FF), (0xFF00, 0xFFEF),
]


def tabular(font: TTFont) -> dict[str, str]:
    """The map from a glyph to its tabular form, as the font's own `tnum` feature has it."""
    table = font["GSUB"].table
    mapping: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for sub in table.LookupList.Lookup[index].SubTable:
                    mapping.update(getattr(sub, "ExtSubTable", sub).mapping)
    return mapping


def make(source: Path, style: str, out: Path) -> None:
    font = TTFont(source)
    forms = tabular(font)
    for table in font["cmap"].tables:
        for code, glyph in list(table.cmap.items()):
            # The space and the punctuation keep their width: only figures and their signs align.
            if glyph in forms and (chr(code).isdigit() or chr(code) in "+-=−$€£¥₩%"):
                table.cmap[code] = forms[glyph]
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    worker = subset.Subsetter(options)
    worker.populate(unicodes=[c for a, b in KEEP for c in range(a, b + 1)])
    worker.subset(font)
    names = font["name"]
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    for record in list(names.names):
        text = {1: f"{FAMILY} {style}", 2: "Regular", 3: postscript, 4: f"{FAMILY} {style}", 6: postscript, 16: FAMILY, 17: style}.get(record.nameID)
        if text is not None:
            names.setName(text, record.nameID, record.platformID, record.platEncID, record.langID)
        elif record.nameID not in (0, 5, 13, 14):
            names.removeNames(nameID=record.nameID)
    cff = font["CFF "].cff
    cff.fontNames[0] = postscript
    cff[0].FullName = f"{FAMILY} {style}"
    cff[0].FamilyName = FAMILY
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(out / f"{postscript}.otf")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for style in FACES:
        make(folder / f"Pretendard-{style}.otf", style, Path(__file__).parent)
