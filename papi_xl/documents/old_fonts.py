"""What the texts of a .docx in old Vietnamese fonts say."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from papi_xl.documents.styles import Styles
from papi_xl.documents.tree import Element, shown, value
from papi_xl.legacy import Encoding, Run, as_meant, encoding_of_font
from papi_xl.raw import RawSheet

Coded = tuple[Encoding | None, Element]


def meant(body: Element, styles: Styles) -> Mapping[Element, str]:
    """Return what the elements `t` say that hold an old font's code; others are left out.

    A letter may be spread over several elements (VNI), so texts that follow each other in one code are one:
    the first element says it, the others nothing.
    """
    if not any(map(_is_old, [body, *styles.roots()])):
        return {}
    groups = [
        list(group)
        for paragraph in body.iter("p")
        for code, group in groupby(_texts(paragraph, styles), key=itemgetter(0))
        if code
    ]
    runs = [Run(group[0][0], "".join(element.text or "" for _, element in group)) for group in groups]
    sheet = RawSheet("", [[run.text] for run in runs], range(1, len(runs) + 1))
    read = as_meant(sheet, {(row, 1): [run] for row, run in enumerate(runs, start=1)})
    said: dict[Element, str] = {}
    for row, _ in read.legacy:
        elements = [element for _, element in groups[row - 1]]
        said |= {**dict.fromkeys(elements, ""), elements[0]: str(read.rows[row - 1][0])}
    return said


def _is_old(root: Element) -> bool:
    fonts = {name for one in root.iter("rFonts") for name in one.attrib.values()}
    return any(encoding_of_font(name) for name in fonts)


def _texts(paragraph: Element, styles: Styles) -> Iterator[Coded]:
    style = value(paragraph, "pPr/pStyle")
    for run in shown(paragraph):
        if run.tag == "r":
            font = styles.font(run.find("rPr"), value(run, "rPr/rStyle"), style)
            code = encoding_of_font(font)
            yield from ((code, part) for part in shown(run) if part.tag == "t")
