"""Exporting the packs: whose, in which formats, where to, with the page to look at before."""

from ui.export.flow import ExportFlow

__all__ = ["ExportFlow"]
