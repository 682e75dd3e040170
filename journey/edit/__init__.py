"""Commands with do and undo; every change of a workspace goes through one."""

from journey.edit.add import Add, AddPainPoint, AddStage, AddTouchpoint
from journey.edit.change import JudgeExperience, Rename, Set
from journey.edit.changes import Change, Changes
from journey.edit.command import Batch, Command, Summary
from journey.edit.copying import Fragment, fragment_of, left_behind
from journey.edit.lock import LockJourney
from journey.edit.move import MoveLane, MovePainPoint, MoveStage, MoveTouchpoint
from journey.edit.paste import Paste, Place
from journey.edit.remove import Remove
from journey.edit.replace import ReplaceText, occurrences
from journey.edit.share import SetTouchpoint, ShareTouchpoint, renaming, twins
from journey.edit.survey import AddSurvey

__all__ = [
    "Add",
    "AddPainPoint",
    "AddStage",
    "AddSurvey",
    "AddTouchpoint",
    "Batch",
    "Change",
    "Changes",
    "Command",
    "Fragment",
    "JudgeExperience",
    "LockJourney",
    "MoveLane",
    "MovePainPoint",
    "MoveStage",
    "MoveTouchpoint",
    "Paste",
    "Place",
    "Remove",
    "Rename",
    "ReplaceText",
    "Set",
    "SetTouchpoint",
    "ShareTouchpoint",
    "Summary",
    "fragment_of",
    "left_behind",
    "occurrences",
    "renaming",
    "twins",
]
