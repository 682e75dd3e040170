"""A native bar chart with 80 % error bars; its data stand in the workbook inside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import nsdecls
from pptx.parts.chart import ChartPart

from storage.exports.pptx_xml import (
    Box,
    add_graphic,
    attribute,
    points,
    safe,
    theme_fill,
    told,
)

_BOLD = {True: ' b="1"', False: ""}
_NAMES_AXIS, _VALUES_AXIS = -2068027336, -2113994440


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
        made: the day the workbook bears. language: as "pl-PL".
        name, words: of the chart, and the text for those who cannot see it.
    """

    size: float
    step: float
    number_format: str
    headings: tuple[str, ...]
    plot: tuple[float, float]
    made: date
    language: str
    name: str
    words: str


def add_chart(slide: Any, box: Box, bars: Sequence[Bar], look: Look) -> None:
    """Put the chart on a slide; a bar without a figure keeps its place and stays empty."""
    package = slide.part.package
    name = package.next_partname(ChartPart.partname_template)
    part = ChartPart.load(name, CT.DML_CHART, package, _chart(bars, look).encode())
    part.chart_workbook.update_from_xlsx_blob(_workbook(bars, look))
    relation = slide.part.relate_to(part, RT.CHART)
    content = f'<c:chart {nsdecls("c")} r:id="{relation}"/>'
    add_graphic(slide, box, (look.name, look.words), "chart", content)


def _chart(bars: Sequence[Bar], look: Look) -> str:
    size = f'<a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{points(look.size)}"/></a:pPr>'
    end = f'<a:endParaRPr lang="{look.language}"/></a:p>'
    return (
        f'<c:chartSpace {nsdecls("c", "a", "r")}><c:date1904 val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea>{_layout(*look.plot)}<c:barChart>'
        '<c:barDir val="bar"/><c:grouping val="clustered"/>'
        f"{_means(bars, look)}{_ends(bars, look)}"
        '<c:gapWidth val="60"/><c:overlap val="100"/>'
        f'<c:axId val="{_NAMES_AXIS}"/><c:axId val="{_VALUES_AXIS}"/></c:barChart>'
        f"{_axes(bars, look, size + end)}</c:plotArea>"
        '<c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:txPr>{size}{end}</c:txPr></c:chartSpace>"
    )


def _axes(bars: Sequence[Bar], look: Look, size: str) -> str:
    low, high = scale_of(bars, look.step)
    return (
        f'<c:catAx><c:axId val="{_NAMES_AXIS}"/><c:scaling><c:orientation val="maxMin"/>'
        '</c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_line(0.6)}</c:spPr><c:txPr>{size}</c:txPr>"
        f'<c:crossAx val="{_VALUES_AXIS}"/><c:crosses val="autoZero"/><c:auto val="1"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUES_AXIS}"/><c:scaling><c:max val="{float(high)!r}"/>'
        f'<c:min val="{float(low)!r}"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>'
        f"<c:majorGridlines><c:spPr>{_line(0.25)}</c:spPr></c:majorGridlines>"
        f'<c:numFmt formatCode="{attribute(look.number_format)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:txPr>{size}</c:txPr><c:crossAx val="{_NAMES_AXIS}"/><c:crosses val="autoZero"/>'
        f'<c:majorUnit val="{float(look.step)!r}"/></c:valAx>'
    )


def scale_of(bars: Sequence[Bar], step: float) -> tuple[float, float]:
    """Return the ends of the axis: whole steps that hold zero, every 80 % interval and a label."""
    ends = [end for bar in bars for end in (bar.mean, bar.low80, bar.high80) if end is not None]
    low = math.floor(min(0.0, *ends, 0.0) / step + 1e-9) * step
    high = max(0.0, *ends, 0.0)
    # A label takes about an eighth of the axis behind the longest bar.
    return low, max(1, math.ceil((high + (high - low) / 8) / step - 1e-9)) * step


def _line(share: float) -> str:
    return f'<a:ln w="6350">{theme_fill("tx2", share)}</a:ln>'


def _means(bars: Sequence[Bar], look: Look) -> str:
    """Return the series that is seen: bars, darker where asked for, with their 80 % lines."""
    darker = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/>'
        f"<c:spPr>{theme_fill('accent1', 0.75)}</c:spPr></c:dPt>"
        for place, bar in enumerate(bars)
        if bar.asked
    )
    return (
        f'<c:ser><c:idx val="0"/><c:order val="0"/>{_heading(look, 1)}'
        f"<c:spPr>{theme_fill('accent1', 0.35)}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{darker}{_error_bars(bars)}'
        f"{_categories(bars)}{_values('B', [bar.mean for bar in bars], look)}</c:ser>"
    )


def _ends(bars: Sequence[Bar], look: Look) -> str:
    """Return the series that is not seen: its labels stand behind the end of the error bar."""
    ends = [bar.mean if bar.high80 is None else bar.high80 for bar in bars]
    labels = "".join(
        f'<c:dLbl><c:idx val="{place}"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r>'
        f'<a:rPr lang="{look.language}" sz="{points(look.size)}"{_BOLD[bar.asked]}/>'
        f"<a:t>{told(bar.text)}</a:t></a:r></a:p></c:rich></c:tx>"
        f'<c:dLblPos val="outEnd"/>{_shown(1)}</c:dLbl>'
        for place, bar in enumerate(bars)
        if bar.mean is not None
    )
    return (
        f'<c:ser><c:idx val="1"/><c:order val="1"/>{_heading(look, 2)}'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:invertIfNegative val="0"/><c:dLbls>{labels}{_shown(0)}</c:dLbls>'
        f"{_categories(bars)}{_values('C', ends, look)}</c:ser>"
    )


def _shown(value: int) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _heading(look: Look, column: int) -> str:
    name = told(look.headings[column])
    return (
        f"<c:tx><c:strRef><c:f>Sheet1!${'ABC'[column]}$1</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _categories(bars: Sequence[Bar]) -> str:
    names = "".join(
        f'<c:pt idx="{place}"><c:v>{told(bar.name)}</c:v></c:pt>' for place, bar in enumerate(bars)
    )
    return (
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${len(bars) + 1}</c:f><c:strCache>"
        f'<c:ptCount val="{len(bars)}"/>{names}</c:strCache></c:strRef></c:cat>'
    )


def _values(column: str, values: Sequence[float | None], look: Look) -> str:
    return f"<c:val>{_numbers(column, values, look.number_format)}</c:val>"


def _numbers(column: str, values: Sequence[float | None], shown: str) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{float(value)!r}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>Sheet1!${column}$2:${column}${len(values) + 1}</c:f><c:numCache>"
        f'<c:formatCode>{told(shown)}</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
        "</c:numCache></c:numRef>"
    )


def _error_bars(bars: Sequence[Bar]) -> str:
    """Return 80 % error bars that refer to the workbook's last columns."""
    plus = _numbers("F", [bar.plus for bar in bars], "General")
    minus = _numbers("E", [bar.minus for bar in bars], "General")
    return (
        '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>"
        f'<c:spPr><a:ln w="15875">{theme_fill("tx1", 1)}</a:ln></c:spPr></c:errBars>'
    )


def _layout(top: float, height: float) -> str:
    """Fix the inner plot area, so that the bars stand beside the rows of the table."""
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="0.08"/><c:y val="{top:.5f}"/><c:w val="0.9"/>'
        f'<c:h val="{height:.5f}"/></c:manualLayout></c:layout>'
    )


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
