"""The decision of a pack in words, as `journey.report.decision` gives it to every format."""

from journey.report.decision import DecisionWords, decision_words

__all__ = ["DecisionWords", "decision_words"]
