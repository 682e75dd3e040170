"""A leader's pack as a neutral tree of facts; every exporter renders it and computes nothing."""

from journey.report.around import Around
from journey.report.build import build_packs, build_report
from journey.report.pack import Pack, PackRow
from journey.report.report import Report

__all__ = ["Around", "Pack", "PackRow", "Report", "build_packs", "build_report"]
