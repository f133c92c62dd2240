"""Numbers that can be told from any other digits by a sum or by their shape."""

import re

NHS_LENGTH = 10
# His Majesty's Revenue and Customs, National Insurance Manual NIM39110: prefixes never given out.
NO_PREFIX = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


def digits_of(text: str) -> str:
    """Return the digits of a text."""
    return re.sub(r"\D", "", text)


def is_nhs_number(text: str) -> bool:
    """Say whether ten digits end in the check digit of an NHS number (modulus 11)."""
    digits = digits_of(text)
    if len(digits) != NHS_LENGTH:
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9]) and total % 11 != 1


def is_ni_number(text: str) -> bool:
    """Say whether letters and digits are a National Insurance number that can have been given."""
    plain = re.sub(r"[\s.-]", "", text).upper()
    return plain[:2] not in NO_PREFIX


def is_card_number(text: str) -> bool:
    """Say whether digits end in the check digit of a payment card (Luhn)."""
    digits = [int(each) for each in digits_of(text)]
    doubled = [sum(divmod(2 * each, 10)) for each in digits[-2::-2]]
    return sum(digits[-1::-2] + doubled) % 10 == 0


def is_iban(text: str) -> bool:
    """Say whether letters and digits are an account number of ISO 13616 (modulus 97)."""
    plain = re.sub(r"\s", "", text).upper()
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1
