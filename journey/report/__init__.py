"""A leader's pack as a neutral tree of facts; every exporter renders it and computes nothing."""

from journey.report.build import build_packs
from journey.report.pack import Pack, PackRow

__all__ = ["Pack", "PackRow", "build_packs"]
