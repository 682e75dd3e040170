"""What is known of single services: columns they add, and scores they write in their own way."""

import re
from typing import Final

from storage.imports.profile import ColumnProfile
from storage.imports.proposal_parts import Proposal
from storage.imports.signatures import Column

_QUALTRICS_NOISE: Final = frozenset(
    {"status", "progress", "finished", "distributionchannel", "userlanguage", "ipaddress"}
    | {"locationlatitude", "locationlongitude", "locationaccuracy", "responseset", "name"}
    | {"recipientlastname", "recipientfirstname", "recipientemail", "duration (in seconds)"}
)
# How long a page was open, in which order things were shown, how likely a robot it was.
_QUALTRICS_ADDED: Final = re.compile(
    r".*_DO(?:_\w+)?|.*_(?:First Click|Last Click|Page Submit|Click Count)"
    r"|Q_(?:Recaptcha|RelevantID|Duplicate|Total|Ballot|Bot)\w*|.* - (?:Topics|Sentiment)\b.*"
)
# What Zendesk counts of a ticket, which nobody answered.
_ZENDESK_COUNTS: Final = re.compile(
    r"summation column|(?:group|assignee) stations|reopens|replies|priority|resolution time"
    r"|.* time (?:in )?\(?(?:min|minutes|hrs?|hours|sec|seconds|days)\b.*"
)
_POINTS: Final = re.compile(r"\d+(?:[.,]\d+)? / \d+")
_LAST_MARKED: Final = 2
# Each of their exports is about one question, whatever its column is called.
SERVICES: Final = frozenset({"delighted", "asknicely", "medallia", "zendesk", "hubspot", "thanx"})
# Columns that hold people or bookkeeping, whatever the service.
_NOISE: Final = {
    "surveymonkey": frozenset(
        {"collectorid", "collector id", "ip address", "email address", "first name", "last name"}
        | {"lastname", "custom data", "custom data 1"}
    ),
    "asknicely": frozenset({"person id", "contact id", "data", "answer label", "dashboard"}),
    "medallia": frozenset({"request delivery status"}),
    "hubspot": frozenset(
        {"sentiment", "feedback sentiment", "hs sentiment", "response group", "response sentiment"}
    ),
    "typeform": frozenset({"response type", "network id", "tags", "stage date (utc)"}),
    "delighted": frozenset({"permalink", "notes", "tags", "person"}),
    "microsoft_forms": frozenset(
        {"total points", "quiz feedback", "grade posted time", "language"}
    ),
}
# HubSpot keeps satisfaction as 0, 1 and 2: 2 is the top. As ends and middle of five its share of
# happy answers is top-two-box.
_HUBSPOT_CSAT: Final = (("0", 1), ("1", 3), ("2", 5))
_HUBSPOT_VALUES: Final = frozenset(
    {"value", "hs_value", "rating", "response_value", "score", "survey_response"}
)


def is_vendor_noise(vendor: str, column: Column, profile: ColumnProfile) -> bool:
    """Tell columns that a vendor's service adds beside the answers."""
    name = column.name.lower()
    if vendor == "google_forms" and column.index <= _LAST_MARKED:
        # The points of a quiz, whatever the language: "7 / 10".
        return bool(profile.values) and all(map(_POINTS.fullmatch, profile.values))
    if vendor in {"qualtrics", "qualtrics_legacy"}:
        # The group is recomputed from the score; Text iQ's columns are a model's guess.
        return name.endswith(("_nps_group", " - topics", " - sentiment")) or (
            name in _QUALTRICS_NOISE or _QUALTRICS_ADDED.fullmatch(column.name) is not None
        )
    if vendor == "limesurvey":
        return name.startswith(("question time", "group time")) or name in {"seed", "last page"}
    if vendor == "zendesk":
        return _ZENDESK_COUNTS.fullmatch(re.sub(r"[._]", " ", name)) is not None
    if vendor == "microsoft_forms":
        return column.index in {3, 4} or name in _NOISE["microsoft_forms"]
    return name.replace("_", " ") in _NOISE.get(vendor, frozenset())


def vendor_question(vendor: str, column: Column, profile: ColumnProfile) -> Proposal | None:
    """Return a question that only its service explains."""
    numbers = profile.whole_numbers
    name = column.name.lower().replace(" ", "_")
    if vendor == "hubspot" and name in _HUBSPOT_VALUES and numbers <= {0, 1, 2}:
        return Proposal("question", "csat", (1, 5), scores=_HUBSPOT_CSAT) if numbers else None
    if vendor in {"medallia", "thanx"} and name in {"star_rating", "stars"}:
        return Proposal("question", "csat", (1, 5)) if numbers else None
    if vendor == "asknicely" and name == "answer":
        # Every record names its own metric; the scale is that metric's.
        return Proposal("question", "nps", (0, 10), tuple(profile.missing)) if numbers else None
    if vendor == "delighted" and name == "score":
        return Proposal("question", "nps", (0, 10), tuple(profile.missing)) if numbers else None
    return None
