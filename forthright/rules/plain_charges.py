"""How the two charges of an altered one are said to a reader: a child reads plain words only."""

from collections.abc import Mapping

from forthright.rules.case_file import CaseFile


def charges_for_reader(case: CaseFile) -> tuple[str, str]:
    """Return the charge before and the charge now as the reader is told them.

    The bare name of an offence is never for a child: where no plain words are recorded, a child
    is told nothing, and whoever puts the letter together is asked for them.
    """
    decision = case.decision
    if decision is None:
        return "", ""
    if case.recipient.is_child:
        return decision.from_charge_in_plain_words, decision.to_charge_in_plain_words
    return decision.from_charge, decision.to_charge


def plain_words_of(case: CaseFile) -> Mapping[str, str]:
    """Return each name of an offence in a case that has plain words, with those words."""
    pairs = [(case.offence, case.offence_in_plain_words)]
    if decision := case.decision:
        pairs += [
            (decision.from_charge, decision.from_charge_in_plain_words),
            (decision.to_charge, decision.to_charge_in_plain_words),
        ]
    return {name: plain for name, plain in pairs if name and plain}


def only_repeats(plain: str, name: str) -> bool:
    """Say whether plain words are only the name of the charge again, which helps no child."""
    return _bare(plain) == _bare(name)


def _bare(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").strip(" .").removeprefix("the ").split())
