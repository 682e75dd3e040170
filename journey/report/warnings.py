"""Words for what a ranking warns of: in a pack, on the command line, in the window."""

from collections.abc import Callable

Translate = Callable[[str], str]


def explain_warning(stable: str, tr: Translate = str) -> str:
    """Return a ranking's warning as a sentence; what follows a colon in it are facts."""
    word, _, facts = stable.partition(":")
    known = {
        "no_volumes": tr("The customers of a segment are not known, so the list is not in money."),
        "no_value": tr("The value of a customer is not known, so the list is not in money."),
        "no_graph": tr("A journey has no transitions; each visit is taken to stand for itself."),
        "structure_assumed": tr(
            "The transitions of a journey have no counts; every way is taken to be as likely."
        ),
        "no_loss_observed": tr("Nobody left, so what makes people leave is assumed."),
        "leaving_period_not_stated": tr(
            "The survey does not say over how many months people left; state them in the mapping."
        ),
        "leaving_period_not_per_visit": tr(
            "The survey asks after single visits but tells who left over months; leaving is read "
            "as of the visit, which overstates the harm for customers who come often."
        ),
        "outcome_from_overall_question": tr(
            "No outcome was asked; the overall question stands for it."
        ),
        "no_effort": tr(
            "No effort is known, so the list is ordered by value; say how many days fixes take."
        ),
        "calibrated_to_churn": tr(
            "Exits are not logged; the harm was scaled so that the yearly loss is the known churn."
        ),
        "churn_below_logged_exits": tr(
            "The known churn is lower than the exits that were logged; it was not used."
        ),
        "graphs_reused": tr(
            "The journey is large, so that a few draws of its transitions serve all others; "
            "intervals are a little rougher."
        ),
        "outcome_all_the_same": tr("All outcomes are the same, so nothing can be learnt of them."),
    }
    words = known.get(word, f"{word.replace('_', ' ').capitalize()}.")
    return f"{words} ({facts.strip()})" if facts.strip() else words
