"""The slides of a pack through python-pptx alone: read back from ours, made again, compared."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pptx
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from journey.report import Pack
from storage.exports.brand import Brand
from storage.exports.writers import PACKS

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass(frozen=True)
class _Text:
    """Paragraphs: side, points above, and runs of (text, points, bold, colour of the theme)."""

    lines: tuple[tuple[Any, Any, tuple[tuple[str, Any, Any, Any], ...]], ...]


@dataclass(frozen=True)
class _Shape:
    """A shape: its kind, name, place, and what it holds."""

    kind: str
    name: str
    box: tuple[int, ...]
    holds: Any


def read(slides: Any) -> list[tuple[str, Any, list[_Shape]]]:
    """Return each slide as its title, the title's size, and its other shapes."""
    told = []
    for slide in slides:
        title = slide.shapes.title
        others = [shape for shape in slide.shapes if shape.shape_id != title.shape_id]
        size = title.text_frame.paragraphs[0].runs[0].font.size
        told.append((title.text_frame.text, size, [_shape(shape) for shape in others]))
    return told


def _shape(shape: Any) -> _Shape:
    box = (shape.left, shape.top, shape.width, shape.height)
    if shape.has_chart:
        return _Shape("chart", shape.name, box, _chart(shape.chart))
    if shape.has_table:
        return _Shape("table", shape.name, box, _cells(shape.table))
    if not shape.has_text_frame:
        return _Shape("line", "", box, (shape.line.width, shape.line.color.theme_color))
    return _Shape("text", shape.name, box, _text(shape.text_frame))


def _text(frame: Any) -> _Text:
    return _Text(
        tuple(
            (
                paragraph.alignment,
                paragraph.space_before,
                tuple(
                    (r.text, r.font.size, r.font.bold, _colour(r.font))
                    for r in paragraph.runs
                    if r.text
                ),
            )
            for paragraph in frame.paragraphs
        )
    )


def _colour(font: Any) -> Any:
    return font.color.theme_color if font.fill.type is not None else None


def _cells(table: Any) -> tuple[Any, ...]:
    lines = tuple(
        (
            row.height,
            tuple(
                (_text(c.text_frame), c.vertical_anchor, c.margin_left, c.margin_top,
                 c.fill.type is not None)
                for c in row.cells
            ),
        )
        for row in table.rows
    )  # fmt: skip
    return tuple(column.width for column in table.columns), lines


def _chart(chart: Any) -> tuple[Any, ...]:
    plot = chart.plots[0]
    labels = tuple(
        (label.find(f".//{_A}t").text, label.idx.val)
        for label in plot.series[1]._element.dLbls.dLbl_lst
    )
    scale = chart.value_axis
    return (
        tuple(plot.categories),
        tuple((series.name, tuple(series.values)) for series in plot.series),
        labels,
        (scale.minimum_scale, scale.maximum_scale, scale.major_unit),
        scale.tick_labels.number_format,
        chart.font.size,
        tuple(
            tuple(float(value.text) for value in end.iter(f"{_C}v"))
            for end in plot.series[0]._element.iter(f"{_C}plus", f"{_C}minus")
        ),
    )


def page_pptx(pack: Pack) -> Callable[[Path], object]:
    """Return what makes our slides through python-pptx.

    Raises:
        ValueError: read back, they are not the same.
    """
    ours = pptx.Presentation(io.BytesIO(PACKS["pptx"](pack, Brand())))
    told = read(ours.slides)

    def write(path: Any) -> None:
        deck = pptx.Presentation()
        deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
        for title, size, shapes in told:
            slide = deck.slides.add_slide(deck.slide_layouts[5])
            slide.shapes.title.text_frame.text = title
            slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = size
            for shape in shapes:
                _MAKE[shape.kind](slide, shape)
        deck.save(path)

    held = io.BytesIO()
    write(held)
    if read(pptx.Presentation(held).slides) != told:
        raise ValueError("the script makes other slides")
    return lambda path: write(str(path))


def _make_line(slide: Any, shape: _Shape) -> None:
    left, top, width, height = shape.box
    line = slide.shapes.add_connector(1, left, top, left + width, top + height)
    line.line.width, line.line.color.theme_color = shape.holds


def _make_text(slide: Any, shape: _Shape) -> None:
    box = slide.shapes.add_textbox(*shape.box)
    box.name = shape.name
    _fill(box.text_frame, shape.holds)
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _fill(frame: Any, text: _Text) -> None:
    frame.word_wrap = True
    for number, (side, before, runs) in enumerate(text.lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.alignment = side
        if before is not None:
            paragraph.space_before = before
        for told, size, bold, colour in runs:
            run = paragraph.add_run()
            run.text = told
            run.font.size = size
            if bold is not None:
                run.font.bold = bold
            if colour is not None:
                run.font.color.theme_color = colour


_LINE = (
    f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:lnB>'
)


def _make_table(slide: Any, shape: _Shape) -> None:
    widths, lines = shape.holds
    frame = slide.shapes.add_table(len(lines), len(widths), *shape.box)
    frame.name = shape.name
    table = frame.table
    for place, width in enumerate(widths):
        table.columns[place].width = width
    for number, (height, cells) in enumerate(lines):
        table.rows[number].height = height
        for place, (text, anchor, side, edge, tinted) in enumerate(cells):
            cell = table.cell(number, place)
            _fill(cell.text_frame, text)
            cell.margin_left = cell.margin_right = side
            cell.margin_top = cell.margin_bottom = edge
            cell.vertical_anchor = anchor
            if tinted:
                cell.fill.solid()
                cell.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
            cell._tc.get_or_add_tcPr().insert(0, parse_xml(_LINE))


def _make_chart(slide: Any, shape: _Shape) -> None:
    names, series, labels, scale, shown, size, ends = shape.holds
    data = CategoryChartData(number_format=shown)
    data.categories = names
    for name, values in series:
        data.add_series(name, values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *shape.box, data)
    frame.name = shape.name
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size = size
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = shown, False
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    plot.series[1].format.fill.background()
    for text, place in labels:
        label = plot.series[1].points[place].data_label
        label.text_frame.text = text
        label.text_frame.paragraphs[0].runs[0].font.size = size
        label.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.series[0]._element.insert_element_before(
        parse_xml(_error_bars(ends)), "c:cat", "c:val", "c:shape", "c:extLst"
    )


def _error_bars(ends: tuple[tuple[float, ...], ...]) -> str:
    told = "".join(
        f'<c:{name}><c:numLit><c:ptCount val="{len(values)}"/>'
        + "".join(f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>' for i, value in enumerate(values))
        + f"</c:numLit></c:{name}>"
        for name, values in zip(("plus", "minus"), ends, strict=True)
    )
    return (
        f'<c:errBars {nsdecls("c")}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{told}</c:errBars>'
    )


_MAKE: dict[str, Callable[[Any, _Shape], None]] = {
    "line": _make_line,
    "text": _make_text,
    "table": _make_table,
    "chart": _make_chart,
}
