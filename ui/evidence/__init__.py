"""The Evidence screen: what came in, what it says of each touchpoint, and what people wrote."""

from ui.evidence.screen import EvidenceScreen

__all__ = ["EvidenceScreen"]
