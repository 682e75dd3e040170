"""The made-up bank: its map, its pain points with what is true of them, its projects and KPIs."""

from datetime import date
from typing import NamedTuple


class Touch(NamedTuple):
    """A touchpoint: what the workshop said of it and how customers really score it."""

    id: str
    stage: str
    name: str
    channel: str
    department: str
    owner: str
    judged: int
    base: float  # mean score 0–10 of customers without a pain point there
    use: float  # share of customers who use it
    action: str
    thought: str


class Pain(NamedTuple):
    """A pain point: the workshop's classes, and what is true in the simulated bank."""

    id: str
    touchpoint: str
    title: str
    severity: int | None
    frequency: int | None
    votes: int | None
    share: float  # of the users, 2026Q3; 0: nobody was asked
    drop: float  # points of score
    risk: float  # log-odds of leaving within a year
    share_next: float | None = None  # 2026Q4 where it moved


STAGES = ("Awareness", "Consideration", "Purchase", "Post-purchase", "Advocacy")
LEADERS = (
    ("signe", "Signe Aas", "Marketing"),
    ("jonas", "Jonas Vik", "Digital onboarding"),
    ("amina", "Amina Noor", "Cards and payments"),
    ("petter", "Petter Dahl", "Customer service"),
)
SEGMENTS = (
    ("students", "Students", 9000, 900, 0.42, 0.4),
    ("salaried", "Salaried", 7500, 2600, 0.38, 0.0),
    ("self-employed", "Self-employed", 2100, 5200, 0.20, -0.15),
)
T = Touch
# fmt: off
ACCOUNT = (
    T("ad", "Awareness", "Campus ad", "Social", "Marketing", "signe", 14, 7.9, 0.45,
      "Taps the ad between lectures", "A bonus for me?"),
    T("compare", "Awareness", "Comparison site", "Web", "Marketing", "signe", 10, 7.8, 0.5,
      "Sorts banks by fees", "Which one is free?"),
    T("page", "Consideration", "Account page", "Web", "Marketing", "signe", 26, 8.4, 0.9,
      "Looks for fees and card types", "Fine, but what does it cost?"),
    T("chat", "Consideration", "Chat question", "Chat", "Customer service", "petter", 14, 8.2,
      0.35, "Asks if a payslip is needed", "Do I start over now?"),
    T("branch", "Consideration", "Branch talk", "Branch", "Customer service", "petter", 45,
      8.9, 0.15, "Drops in at lunch", "Nice, somebody who knows"),
    T("form", "Purchase", "Online application", "Web", "Digital onboarding", "jonas", 12, 8.3,
      1.0, "Fills in thirty fields in two sittings", "It forgot my employer again"),
    T("idcheck", "Purchase", "ID check", "App", "Digital onboarding", "jonas", 42, 8.4, 0.95,
      "Photographs the passport", "Rejected. Why?"),
    T("sign", "Purchase", "Agreement signing", "App", "Digital onboarding", "jonas", 35, 8.6,
      0.93, "Signs with the ID app", "Quick. I hope I read it all"),
    T("card", "Post-purchase", "Card delivery", "Post", "Cards and payments", "amina", 2, 8.6,
      0.9, "Waits and checks the mailbox", "Is it lost?"),
    T("login", "Post-purchase", "First app login", "App", "Digital onboarding", "jonas", 38,
      8.7, 0.92, "Types the code from the letter", "Looks good once I am in"),
    T("payday", "Post-purchase", "Salary set-up", "App", "Cards and payments", "amina", 25,
      8.4, 0.55, "Copies the account number to the employer", "Did they get it?"),
    T("call", "Post-purchase", "Support call", "Phone", "Customer service", "petter", -12,
      8.1, 0.3, "Calls about the missing PIN", "I have told you this already"),
    T("mail", "Advocacy", "First-month message", "Email", "Marketing", "signe", 20, 8.1, 0.6,
      "Opens the message, replies once", "Good that they ask"),
    T("refer", "Advocacy", "Refer a friend", "App", "Marketing", "signe", 30, 8.2, 0.2,
      "Sends the link to a friend", "Where is my bonus?"),
)
MORTGAGE = (
    T("quote", "Consideration", "Rate quote", "Web", "Marketing", "signe", 10, 3.9, 1.0,
      "Compares the rate with the present bank", "Is this the real rate?"),
    T("adviser", "Consideration", "Adviser meeting", "Branch", "Customer service", "petter",
      40, 4.4, 0.8, "Brings a folder of papers", "She listens"),
    T("valuation", "Purchase", "Home valuation", "Partner", "Digital onboarding", "jonas",
      -10, 3.8, 0.9, "Waits for the valuer's date", "Nobody tells me when"),
    T("payout", "Post-purchase", "Payout of the loan", "Email", "Cards and payments", "amina",
      20, 4.2, 0.85, "Follows the money between two banks", "Who pays the old one?"),
)
# fmt: on
P = Pain
# fmt: off
PAINS = (
    P("bonus", "ad", "Ad promises a bonus few can get", 2, 3, 3, 0.12, 0.9, 0.10),
    P("outdated", "compare", "Outdated fee on the comparison site", 2, 2, 1, 0.10, 1.0, 0.12),
    P("fees", "page", "Fees hidden far down the page", 3, 3, 5, 0.16, 1.3, 0.22),
    P("jargon", "page", "Card types explained in bank words", 2, 3, 2, 0.11, 0.7, 0.02),
    P("handover", "chat", "Chat hands over without the history", 3, 3, 4, 0.18, 1.8, 0.30),
    P("hours", "branch", "Branch closes before people finish work", 2, 4, 2, 0.0, 0, 0),
    P("loses", "form", "Form loses entries on going back", 4, 4, 9, 0.21, 1.9, 0.42),
    P("nostep", "form", "No sign of which step comes next", 3, 3, 3, 0.13, 0.8, 0.10),
    P("tax", "form", "Tax question nobody understands", None, None, None, 0.0, 0, 0),
    P("photo", "idcheck", "ID photo rejected without a reason", 4, 3, 8, 0.17, 2.8, 0.72),
    P("chip", "idcheck", "Passport chip not read on older phones", 3, 2, 3, 0.07, 1.6, 0.35),
    P("phone-layout", "sign", "Agreement hard to read on a phone", 2, 4, 4, 0.15, 1.0, 0.10),
    P("notice", "card", "Card arrives with no notice of when", 4, 4, 7, 0.22, 2.0, 0.38, 0.09),
    P("pin", "card", "PIN letter comes days after the card", 3, 4, 6, 0.18, 1.4, 0.28),
    P("code", "login", "First login needs a code from a letter", 3, 3, 4, 0.14, 1.5, 0.20),
    P("english", "login", "First screens only in one language", 3, 2, 1, 0.0, 0, 0),
    P("confirm", "payday", "No word whether the employer got it", 3, 3, 3, 0.15, 1.2, 0.24),
    P("repeat", "call", "Asked to repeat details on the phone", 4, 4, 8, 0.34, 2.1, 0.48),
    P("after-five", "call", "Nobody to reach after 17:00", 3, 3, 5, 0.24, 1.7, 0.45),
    P("generic", "mail", "First-month message is about something else", 2, 4, 1, 0.20, 0.8, 0.05),
    P("link", "refer", "Refer link opens the wrong page", 3, 2, 2, 0.12, 1.7, 0.15),
    P("teaser", "quote", "Quoted rate is not the final rate", 4, 3, 6, 0.24, 1.1, 0),
    P("papers", "adviser", "Same papers asked for twice", 3, 3, 4, 0.20, 0.8, 0),
    P("valuer", "valuation", "Valuer gives no date", 4, 4, 5, 0.33, 1.2, 0, 0.31),
    P("oldbank", "payout", "Nobody says who pays the old bank", 3, 3, 3, 0.18, 0.9, 0),
)
IMPROVEMENTS = (
    ("terms", "Say who gets the bonus in the ad", ["bonus"], 8, 0, "proposed", None),
    ("fee-table", "Fee table at the top of the page", ["fees", "jargon"], 18, 6000, "planned",
      "2027-02-26"),
    ("transcript", "Hand the transcript to the agent", ["handover"], 16, 0, "proposed", None),
    ("autosave", "Save the form as it is typed", ["loses", "nostep"], 34, 18000, "planned",
      "2027-03-31"),
    ("reason", "Say why the photo failed and retry in place", ["photo"], 30, 22000, "started",
      "2027-01-29"),
    ("older-phones", "Check by video where the chip fails", ["chip"], 40, 30000, "proposed", None),
    ("layout", "Agreement laid out for phones", ["phone-layout"], 12, 0, "planned", "2027-02-12"),
    ("delivery-text", "Text message with the delivery day", ["notice"], 25, 9000, "done",
      "2026-09-18"),
    ("pin-app", "Show the PIN in the app", ["pin"], 28, 14000, "started", "2027-02-05"),
    ("id-login", "First login with the ID app", ["code"], 18, 5000, "proposed", None),
    ("employer", "Send the employer a confirmation", ["confirm"], 14, 2000, "proposed", None),
    ("caller", "Pass the caller's details to the agent", ["repeat"], 20, 8000, "proposed", None),
    ("callback", "Call-back slots in the evening", ["after-five"], 30, 12000, "proposed", None),
    ("fix-link", "Repair the refer link", ["link"], 5, 0, "proposed", None),
    ("final-rate", "Show the final rate with its conditions", ["teaser"], 22, 4000,
      "proposed", None),
    ("slots", "Let customers pick the valuer's slot", ["valuer"], 26, 15000, "planned",
      "2027-03-12"),
)
# Planned for the third quarter, finished in the fourth.
DONE = {
    "delivery-text": {
        "done_on": "2026-10-09",
        "quarter": "2026Q4",
        "rolled_from": ["2026Q3"],
    },
}
KPIS = (
    ("bounce", "Bounce rate", "page", "signe", "%", "lower", 45, (61, 58)),
    ("finished", "Applications finished", "form", "jonas", "%", "higher", 75, (59, 61)),
    ("first-try", "Passed at first try", "idcheck", "jonas", "%", "higher", 90, (73, 72)),
    ("same-day", "Signed the same day", "sign", "jonas", "%", "higher", 85, (86, 88)),
    ("card-days", "Days to card", "card", "amina", "days", "lower", 4, (6.8, 6.4)),
    ("active", "Active on day 1", "login", "jonas", "%", "higher", 85, (79, 81)),
    ("fcr", "First-contact resolution", "call", "petter", "%", "higher", 75, (55, 58)),
    ("reply", "Chat replies under 2 hours", "chat", "petter", "%", "higher", 90, (84, 87)),
    ("referrals", "Customers who refer", "refer", "signe", "%", "higher", 8, (4.1, 4.4)),
    ("churn", "Customers lost in 12 months", None, None, "%", "lower", 9, (11.9, 11.2)),
)
# fmt: on
QUARTERS = (("2026Q3", date(2026, 7, 1), 1480), ("2026Q4", date(2026, 10, 1), 1560))
