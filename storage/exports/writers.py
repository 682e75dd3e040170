"""What makes the bytes of which format; heavy libraries are loaded by the first that needs them."""

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec

from journey.report.pack import Pack
from journey.report.report import DonePage, Overview
from storage.exports.brand import Brand
from storage.exports.csv import csv_text
from storage.exports.markdown import done_markdown, markdown_text, overview_markdown
from storage.exports.tickets import tickets_text

# Spreadsheet programs take a file with this mark for UTF-8.
_MARK = "\ufeff"


def has_slides() -> bool:
    """Whether packs can be written as slides here."""
    return find_spec("pptx") is not None


def _xlsx(pack: Pack, _brand: Brand) -> bytes:
    from storage.exports.xlsx import xlsx_bytes

    return xlsx_bytes(pack)


def _pdf(pack: Pack, brand: Brand) -> bytes:
    from storage.exports.pdf import pdf_bytes

    return pdf_bytes(pack, brand)


def _pptx(pack: Pack, brand: Brand) -> bytes:
    from storage.exports.pptx import pptx_bytes

    return pptx_bytes(pack, template=brand.pptx)


def _csv(pack: Pack, _brand: Brand) -> bytes:
    return (_MARK + csv_text(pack, safe=True)).encode()


def _raw_csv(pack: Pack, _brand: Brand) -> bytes:
    return csv_text(pack, safe=False).encode()


def _markdown(pack: Pack, _brand: Brand) -> bytes:
    return markdown_text(pack).encode()


def _tickets(pack: Pack, _brand: Brand) -> bytes:
    return (_MARK + tickets_text((pack,))).encode()


def _overview_pdf(overview: Overview, brand: Brand) -> bytes:
    from storage.exports.pdf import overview_pdf_bytes

    return overview_pdf_bytes(overview, brand)


def _overview_pptx(overview: Overview, brand: Brand) -> bytes:
    from storage.exports.pptx import overview_pptx_bytes

    return overview_pptx_bytes(overview, template=brand.pptx)


def _overview_markdown(overview: Overview, _brand: Brand) -> bytes:
    return overview_markdown(overview).encode()


def _done_pdf(page: DonePage, brand: Brand) -> bytes:
    from storage.exports.pdf import done_pdf_bytes

    return done_pdf_bytes(page, brand)


def _done_pptx(page: DonePage, brand: Brand) -> bytes:
    from storage.exports.pptx_done import done_pptx_bytes

    return done_pptx_bytes(page, template=brand.pptx)


def _done_xlsx(page: DonePage, _brand: Brand) -> bytes:
    from storage.exports.xlsx_done import done_xlsx_bytes

    return done_xlsx_bytes(page)


def _done_markdown(page: DonePage, _brand: Brand) -> bytes:
    return done_markdown(page).encode()


def _all_tickets(packs: Sequence[Pack], _brand: Brand) -> bytes:
    return (_MARK + tickets_text(packs)).encode()


PACKS: Mapping[str, Callable[[Pack, Brand], bytes]] = {
    "xlsx": _xlsx,
    "pdf": _pdf,
    "pptx": _pptx,
    "csv": _csv,
    "raw-csv": _raw_csv,
    "md": _markdown,
    "tickets": _tickets,
}
OVERVIEWS: Mapping[str, Callable[[Overview, Brand], bytes]] = {
    "pdf": _overview_pdf,
    "pptx": _overview_pptx,
    "md": _overview_markdown,
}
DONE_PAGES: Mapping[str, Callable[[DonePage, Brand], bytes]] = {
    "xlsx": _done_xlsx,
    "pdf": _done_pdf,
    "pptx": _done_pptx,
    "md": _done_markdown,
}
LISTS: Mapping[str, Callable[[Sequence[Pack], Brand], bytes]] = {"tickets": _all_tickets}
