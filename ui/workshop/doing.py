"""What a workshop does to the document: each act is one step of undo."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from journey.edit import Batch, Command, Remove, Summary
from journey.edit.ballots import AddVoter, AskQuestion, GiveDot, RemoveVoter, SetDots, TakeDot
from journey.model.ids import JourneyId, Kind, PainPointId, Ref, StageId
from journey.model.text import NAME_LENGTH, clean_name
from journey.model.votes import find_voter
from ui.clipboard import without_bullet
from ui.map.edits import Made
from ui.map.shifting import shifted
from ui.workshop.acts import Spot, capture, classify, dropped, keep, renamed
from ui.workshop.clips import Clips
from ui.workshop.lift import Drop
from ui.workshop.menus import CardMenu
from ui.workshop.sorts import KIND_OF, OF_KIND, Sort, word
from ui.workshop.wording import tr

if TYPE_CHECKING:
    from ui.workshop.screen import WorkshopScreen

_REMOVABLE = frozenset({Kind.PAIN_POINT, Kind.STRENGTH, Kind.IMPROVEMENT})


class Doing(QObject):
    """Runs commands for a workshop and says what came of them."""

    def __init__(self, screen: "WorkshopScreen") -> None:
        super().__init__(screen)
        self._screen = screen
        self.captured: set[str] = set()
        self.clips, self.menu = Clips(screen), CardMenu(screen)
        screen.wall.may_drag = not screen.document.read_only
        screen.wall.dropped.connect(self.drop)
        screen.wall.tabbed.connect(screen.next_touchpoint)
        screen.wall.menu_wanted.connect(self.menu.open)

    # -- capture ------------------------------------------------------------------------------

    def capture(self, text: str) -> bool:
        """Keep words as what the line says; False where they have no place, and are kept there."""
        screen = self._screen
        sort, spot = screen.sort, screen.spot()
        if sort is Sort.PAIN and spot.touchpoint is None:
            screen.say(tr("Add a touchpoint first: type # and its name."), "warning")
            return False
        made = capture(screen.workspace, spot, sort, text)
        if made is None:
            screen.say(_no_place(sort), "warning")
            return False
        if not self._run(made.command):
            return False
        self._made(made, sort)
        if len(" ".join(text.split())) > NAME_LENGTH and sort in KIND_OF:
            screen.say(tr("Kept whole: the card shows its beginning, its note holds all of it."))
        return True

    def capture_all(self, lines: list[str]) -> bool:
        """Keep several lines as one step."""
        screen = self._screen
        made: list[Made] = []
        for line in map(without_bullet, lines):
            one = capture(screen.workspace, screen.spot(), screen.sort, line)
            if one is not None:
                made.append(one)
        if not made or (screen.sort is Sort.PAIN and screen.spot().touchpoint is None):
            return self.capture(lines[0] if lines else "")
        summary = Summary("add", KIND_OF[screen.sort], count=len(made))
        if not self._run(Batch([one.command for one in made], summary)):
            return False
        for one in made:
            self._made(one, screen.sort)
        screen.say(tr("{0} lines kept.").format(len(made)))
        return True

    def _made(self, made: Made, sort: Sort) -> None:
        screen = self._screen
        self.captured.add(made.ref.id)
        screen.say("")
        screen.show_made(made.ref)
        if sort in {Sort.TOUCHPOINT, Sort.STAGE}:
            screen.set_sort(Sort.PAIN)

    def keep(self, text: str) -> str:
        """Keep what was never entered, whatever it takes; return what it is called, "" for none."""
        screen = self._screen
        spot = screen.spot()
        made = keep(screen.workspace, spot, screen.sort, text)
        if made is None or not self._run(made.command):
            return ""
        self.captured.add(made.ref.id)
        return word(OF_KIND[made.ref.kind])

    # -- cards --------------------------------------------------------------------------------

    def classify(self, field: str, value: int) -> None:
        """Set a class of the chosen pain point."""
        pain = self._pain(tr("Classes are for pain points."))
        if pain is not None:
            command = classify(self._screen.workspace, pain, field, value)
            if command is not None:
                self._run(command)

    def vote(self, back: bool = False) -> None:
        """Give the chosen pain point a dot of whoever votes, or take one back."""
        pain = self._pain(tr("Votes are for pain points."))
        if pain is None:
            return
        voter = self._screen.votes.voter
        made = TakeDot if back else GiveDot
        self._run(made(PainPointId(pain.id), voter))

    def rename(self, ref: Ref, text: str) -> None:
        """Give a card other words."""
        command = renamed(self._screen.workspace, ref, text)
        if command is not None:
            self._run(command)

    def remove(self) -> None:
        """Take the chosen card away."""
        current = self._screen.wall.current
        if current is not None and self.may_remove() and self._run(Remove(current)):
            self._screen.say(tr("Taken away. Ctrl Z brings it back."))

    def may_remove(self) -> bool:
        """Whether the chosen card can be taken away here; says why not."""
        current = self._screen.wall.current
        removable = current is not None and current.kind in _REMOVABLE
        if not removable:
            self._screen.say(tr("Touchpoints are deleted on the map, where all they hold is seen."))
        return removable

    def drop(self, ref: Ref, to: Drop) -> None:
        """Move a card to where it was dragged."""
        command = dropped(self._screen.workspace, self._screen.wall.columns, ref, to)
        if command is None:
            if ref.kind is Kind.IMPROVEMENT:
                self._screen.say(_no_place(Sort.IMPROVEMENT), "warning")
        elif self._run(command):
            self._screen.wall.go_to(ref)

    def shift(self, across: int, down: int) -> None:
        """Move the chosen card one place."""
        screen, current = self._screen, self._screen.wall.current
        if current is not None:
            command = shifted(screen.workspace, screen.journey, (current,), (across, down))
            if command is not None and self._run(command):
                screen.show_made(current)

    def _pain(self, otherwise: str) -> Ref | None:
        current = self._screen.wall.current
        if current is not None and current.kind is Kind.PAIN_POINT:
            return current
        self._screen.say(otherwise, "warning")
        return None

    # -- the plan -----------------------------------------------------------------------------

    def typed_person(self, text: str) -> None:
        """Add a person, take one off, or set the dots of each, by what was typed."""
        screen = self._screen
        if text.strip().isdecimal():
            self._run(SetDots(screen.journey, int(text[:6])))
            return
        if find_voter(screen.workspace, screen.journey, text) is not None:
            self.remove_person(text)
        elif self._run(AddVoter(screen.journey, text)):
            screen.votes.choose(clean_name(text))
            screen.say(tr("{0} may vote.").format(clean_name(text)))

    def remove_person(self, name: str) -> None:
        """Take a person off, with the dots given."""
        screen = self._screen
        voter = find_voter(screen.workspace, screen.journey, name)
        if voter is not None and self._run(RemoveVoter(screen.journey, name)):
            text = tr("{0} is off the list, with {1} dots. Ctrl Z brings both back.")
            screen.say(text.format(voter.name, voter.given))

    def ask(self, text: str) -> None:
        """Ask the present stage's question in other words; an empty one gives back the usual."""
        screen = self._screen
        stage = screen.phase.id if screen.phase else ""
        if stage:
            self._run(AskQuestion(screen.journey, StageId(stage), text))

    def _run(self, command: Command) -> bool:
        return self._screen.document.run(command, self._screen)


def _no_place(sort: Sort) -> str:
    """Say why words of a sort cannot stand here."""
    if sort is Sort.IMPROVEMENT:
        return tr("An improvement answers a pain point; this touchpoint has none yet.")
    if sort is Sort.STRENGTH:
        return tr("Add a touchpoint first: type # and its name.")
    if sort is Sort.TOUCHPOINT:
        return tr("A touchpoint needs a stage.")
    return tr("There is nothing to keep in this line.")


def spot_of(journey: JourneyId, stage: str, touchpoint: str | None, current: Ref | None) -> Spot:
    """Return where words go."""
    from journey.model.ids import TouchpointId

    pain = current.id if current is not None and current.kind is Kind.PAIN_POINT else None
    return Spot(
        journey,
        StageId(stage) if stage else None,
        TouchpointId(touchpoint) if touchpoint else None,
        PainPointId(pain) if pain else None,
    )
