"""A native bar chart with 80 % error bars; its data stand in the workbook inside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from storage.exports.pptx_deck import Box, describe, safe, theme_fill


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the rank that names it, its pain point, its figure as it is and as it reads."""

    name: str
    title: str
    mean: float | None
    low80: float | None
    high80: float | None
    text: str
    asked: bool

    @property
    def minus(self) -> float:
        """How far the interval reaches below the mean."""
        return 0.0 if self.mean is None or self.low80 is None else self.mean - self.low80

    @property
    def plus(self) -> float:
        """How far it reaches above."""
        return 0.0 if self.mean is None or self.high80 is None else self.high80 - self.mean


@dataclass(frozen=True, slots=True)
class Look:
    """What all bars of a chart share.

    Attributes:
        step: between two ticks, in the unit of the figures.
        number_format: of the axis and the workbook.
        headings: of the workbook's columns: rank, mean, upper end, lower end, minus, plus, title.
        plot: top and height of the bars within the chart, shares 0 … 1, so that each bar stands
            beside its row.
        made: the day the workbook bears.
        name, words: of the chart, and the text for those who cannot see it.
    """

    size: float
    step: float
    number_format: str
    headings: tuple[str, ...]
    plot: tuple[float, float]
    made: date
    name: str
    words: str


def add_chart(slide: Any, box: Box, bars: Sequence[Bar], look: Look) -> None:
    """Put the chart on a slide; a bar without a figure keeps its place and stays empty."""
    data = CategoryChartData(number_format=look.number_format)
    data.categories = [safe(bar.name) for bar in bars]
    data.add_series(look.headings[1], [bar.mean for bar in bars])
    # The second series is not seen: its labels stand behind the end of the error bar.
    ends = [bar.mean if bar.high80 is None else bar.high80 for bar in bars]
    data.add_series(look.headings[2], ends)
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, box.left, box.top, box.width, box.height, data
    )
    describe(frame, look.name, look.words)
    chart = frame.chart
    chart.has_legend = False
    chart.has_title = False
    chart.font.size = Pt(look.size)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    _scale(chart, bars, look)
    _bars(plot.series[0], bars)
    plot.series[0]._element.insert_element_before(
        parse_xml(_error_bars(bars)), "c:cat", "c:val", "c:shape", "c:extLst"
    )
    _labels(plot.series[1], bars, look.size)
    _place(chart, *look.plot)
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(bars, look))


def _scale(chart: Any, bars: Sequence[Bar], look: Look) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = scale_of(bars, look.step)
    values.major_unit = look.step
    values.has_major_gridlines = True
    _draw(values.major_gridlines.format.line, "tx2", 0.25)
    values.format.line.fill.background()
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.number_format = look.number_format
    values.tick_labels.number_format_is_linked = False
    values.tick_labels.font.size = Pt(look.size)
    names.reverse_order = True
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_labels.font.size = Pt(look.size)
    _draw(names.format.line, "tx2", 0.6)


def scale_of(bars: Sequence[Bar], step: float) -> tuple[float, float]:
    """Return the ends of the axis: whole steps that hold zero, every 80 % interval and a label."""
    ends = [end for bar in bars for end in (bar.mean, bar.low80, bar.high80) if end is not None]
    low = math.floor(min(0.0, *ends, 0.0) / step + 1e-9) * step
    high = max(0.0, *ends, 0.0)
    # A label takes about an eighth of the axis behind the longest bar.
    return low, max(1, math.ceil((high + (high - low) / 8) / step - 1e-9)) * step


def _draw(line: Any, role: str, share: float) -> None:
    line.width = Pt(0.5)
    drawn = line._get_or_add_ln()
    for old in drawn.findall(qn("a:solidFill")):
        drawn.remove(old)
    drawn.insert(0, parse_xml(theme_fill(role, share)))


def _bars(series: Any, bars: Sequence[Bar]) -> None:
    series.invert_if_negative = False
    _fill(series.format, 0.35)
    for place, bar in enumerate(bars):
        if bar.asked:
            _fill(series.points[place].format, 0.75)


def _fill(form: Any, share: float) -> None:
    form.fill.solid()
    facts = form.fill._xPr
    facts.remove(facts.find(qn("a:solidFill")))
    facts.insert(0, parse_xml(theme_fill("accent1", share)))


def _error_bars(bars: Sequence[Bar]) -> str:
    """Return 80 % error bars that refer to the workbook's last columns."""
    ends = (("plus", "F", [b.plus for b in bars]), ("minus", "E", [b.minus for b in bars]))
    told = "".join(
        f"<c:{name}><c:numRef><c:f>Sheet1!${column}$2:${column}${len(bars) + 1}</c:f>"
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(bars)}"/>'
        + "".join(f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>' for i, value in enumerate(values))
        + f"</c:numCache></c:numRef></c:{name}>"
        for name, column, values in ends
    )
    return (
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/>{told}<c:spPr><a:ln w="15875"><a:solidFill>'
        '<a:schemeClr val="tx1"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )


def _labels(series: Any, bars: Sequence[Bar], size: float) -> None:
    series.invert_if_negative = False
    series.format.fill.background()
    series.format.line.fill.background()
    for place, bar in enumerate(bars):
        if bar.mean is None:
            continue
        label = series.points[place].data_label
        frame = label.text_frame
        frame.text = safe(bar.text)
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(size), bar.asked or None
        label.position = XL_LABEL_POSITION.OUTSIDE_END


def _place(chart: Any, top: float, height: float) -> None:
    """Fix the inner plot area, so that the bars stand beside the rows of the table."""
    area = chart._chartSpace.chart.plotArea
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    layout = (
        f"<c:layout {nsdecls('c')}><c:manualLayout>"
        '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="0.08"/><c:y val="{top:.5f}"/><c:w val="0.9"/><c:h val="{height:.5f}"/>'
        "</c:manualLayout></c:layout>"
    )
    area.insert(0, parse_xml(layout))


def _workbook(bars: Sequence[Bar], look: Look) -> bytes:
    """Return the chart's data as a workbook in which every text is a text."""
    import xlsxwriter

    held = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(held, options)
    made = look.made
    workbook.set_properties({"created": datetime(made.year, made.month, made.day, tzinfo=UTC)})
    sheet = workbook.add_worksheet("Sheet1")
    shown = workbook.add_format({"num_format": look.number_format})
    for column, heading in enumerate(look.headings):
        sheet.write_string(0, column, heading)
    for row, bar in enumerate(bars, start=1):
        sheet.write_string(row, 0, bar.name)
        figures = (bar.mean, bar.high80, bar.low80, bar.minus, bar.plus)
        for column, value in enumerate(figures, start=1):
            if value is not None and bar.mean is not None:
                sheet.write_number(row, column, value, shown)
        sheet.write_string(row, 6, safe(bar.title))
    workbook.close()
    return held.getvalue()
