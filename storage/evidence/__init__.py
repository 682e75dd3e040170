"""Answers and what is counted of them: immutable batches, the histogram, comments.

Imported late: it brings SQLAlchemy along.
"""

from storage.evidence.batch import BatchWriter, delete_batch
from storage.evidence.layout import CommentText, Response
from storage.evidence.metrics import MetricRow, metric_rows, score_counts
from storage.evidence.store import Comment, EvidenceStore, HistogramRow, Rejected

__all__ = [
    "BatchWriter",
    "Comment",
    "CommentText",
    "EvidenceStore",
    "HistogramRow",
    "MetricRow",
    "Rejected",
    "Response",
    "delete_batch",
    "metric_rows",
    "score_counts",
]
