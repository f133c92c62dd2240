"""A good letter with 23 faults put into it, each known by its rule and its words."""

from dataclasses import dataclass

from tests.rules.letter_checks.letters import good_letter


@dataclass(frozen=True)
class Seed:
    """One fault: the rule that has to find it, the good words, and the bad ones put there."""

    rule: str
    good: str
    bad: str
    marked: str


SEEDS = (
    Seed("A1", "Crown Prosecution Service\nMercia", "Crown Prosecution Service\n[AREA NAME]",
         "[AREA NAME]"),
    Seed("A3a", "20MR0412326", "20MR0412226", "20MR0412226"),
    Seed("A2a", "Dear Ms Osei,", "Dear Mr Osei,", "Dear Mr Osei,"),
    Seed("A3c", "on 14 January 2026", "on 14 January 2025", "14 January 2025"),
    Seed("D2a", "I know that you waited a long time for this, and that this may be hard to read.",
         "I know how you feel.", "know how you feel"),
    Seed("A2e", "a court would not be able to be sure that Mr Hollis threw it",
         "a court would not be able to be sure that Mr Ashdown threw it", "Mr Ashdown"),
    Seed("F3b", "The two witnesses saw the fight but could not say who threw the glass.",
         "One of the two witnesses, Leanne, was drunk.",
         "One of the two witnesses, Leanne, was drunk."),
    Seed("B3a", "We may only take a case to court when a court is more likely than not to find the "
         "person guilty. After 30 March there was not enough.",
         "There was no longer a realistic prospect of conviction. I was sorry to see that.",
         "realistic prospect of conviction"),
    Seed("D3d", "This does not mean that I doubt what you told the police.",
         "You claimed that he threw it on purpose.", "You claimed"),
    Seed("A3f", "The charge of assault causing injury has ended.",
         "The charge of burglary has ended.", "burglary"),
    Seed("A3h", "You do not need to come to court on 20 April 2026.",
         "You do not need to come to Hereford Crown Court on 20 April 2026.",
         "Hereford Crown Court"),
    Seed("A2b", "Mr Hollis no longer has to keep to bail conditions.",
         "Mrs Hollis no longer has to keep to bail conditions.", "Mrs Hollis"),
    Seed("F2a", "If he contacts you or you feel unsafe, ring",
         "The case is currently under investigation. If he contacts you, ring",
         "currently under investigation"),
    Seed("C1c", "This is called the Victims’ Right to Review.",
         "This is called the Victim’s Right to Review.", "Victim’s Right to Review"),
    Seed("D6", "You do not have to give reasons.",
         "The offender is not told that you asked.", "The offender"),
    Seed("C1d", "on or before Thursday 23 April 2026", "on or before Thursday 30 April 2026",
         "Thursday 30 April 2026"),
    Seed("C3c", "You can ring them on 01632 960 200.", "You can ring them on 01632 960 202.",
         "01632 960 202"),
    Seed("F4a", "I will ring you by Wednesday 15 April 2026 to answer your questions.",
         "I will be in touch with you to answer your questions.", "I will be in touch"),
    Seed("A5c", "ring me on 01632 960 101, Monday", "ring me on 01632 960 999, Monday",
         "01632 960 999"),
    Seed("E5a", "What happened to you matters.", "You will recieve a leaflet.", "recieve"),
    Seed("D3b", "Please do report anything else that happens to the police.",
         "You should have left sooner.", "You should have left"),
    Seed("A4", "Priya Nair\nVictim", "Gwen Parry\nVictim", "Gwen Parry"),
    Seed("E4f", "If you are unhappy with how we treated you, you can complain",
         "Should you wish to complain, please do not hesitate to do so",
         "please do not hesitate to"),
)  # fmt: skip


def seeded_letter() -> str:
    """Return the letter with every fault in it."""
    text = good_letter("discontinued")
    for seed in SEEDS:
        assert text.count(seed.good) == 1, seed
        text = text.replace(seed.good, seed.bad)
    return text


def place_of(seed: Seed, text: str) -> tuple[int, int]:
    """Return where a fault stands in the letter with every fault."""
    start = text.index(seed.marked)
    return start, start + len(seed.marked)
