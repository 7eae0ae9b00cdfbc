"""Small PDFs written byte by byte, with text, lines and pictures where a test wants them."""

import zlib
from collections.abc import Sequence

Shown = tuple[float, float, float, str]
"""Where a piece of text begins, across and up, the size of its letters, and the text."""

_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    "/DescendantFonts[4 0 R]>>",
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1[500] 17[500 500 500"
    " 500 500 500 500 500 500 500]]/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/ItalicAngle 0"
    "/Ascent 752/Descent -271/CapHeight 737/StemV 58/FontBBox[-25 -254 1000 880]>>>>",
)


def text_at(*shown: Shown) -> str:
    """Operators that show pieces of text in the order given."""
    return "".join(
        f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
        for x, y, size, text in shown
    )


def lines_at(*ends: tuple[float, float, float, float]) -> str:
    """Operators that draw straight lines from one point to another."""
    return "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in ends)


SCAN = "q 595 0 0 842 0 0 cm /I Do Q\n"
"""A picture that fills the page."""


def written(objects: Sequence[str | bytes], *, more: str = "") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    data, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        body = body.encode() if isinstance(body, str) else body
        data += f"{number} 0 obj".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"trailer<</Size {size}/Root 1 0 R{more}>>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode()


def stream(body: bytes, words: str = "") -> bytes:
    """A stream with its dictionary."""
    return f"<<{words}/Length {len(body)}>>stream\n".encode() + body + b"\nendstream"


def small_pdf(*pages: str, box: str = "0 0 595 842") -> bytes:
    """A file with these pages, each a string of operators."""
    picture = zlib.compress(bytes(range(0, 200, 2)) * 100)
    objects: list[str | bytes] = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}"
        f"/Kids[{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}]>>",
        *_FONT,
        stream(
            picture,
            "/Type/XObject/Subtype/Image/Width 100/Height 100/BitsPerComponent 8"
            "/ColorSpace/DeviceGray/Filter/FlateDecode",
        ),
    ]
    for page in pages:
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents {len(objects) + 2} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</I 5 0 R>>>>>>"
        )
        objects.append(stream(page.encode()))
    return written(objects)
