"""Commands with do and undo; every change of a workspace goes through one."""

from journey.edit.add import Add, AddPainPoint, AddStage, AddTouchpoint
from journey.edit.change import JudgeExperience, Rename, Set
from journey.edit.changes import Change, Changes
from journey.edit.command import Batch, Command, Summary
from journey.edit.move import MoveLane, MovePainPoint, MoveStage, MoveTouchpoint
from journey.edit.remove import Remove
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
    "JudgeExperience",
    "MoveLane",
    "MovePainPoint",
    "MoveStage",
    "MoveTouchpoint",
    "Remove",
    "Rename",
    "Set",
    "Summary",
]
