"""Numbers in the shapes that letters hold; 9 stands for any digit, A for any letter."""

import random

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
NUMBERS: dict[str, tuple[str, ...]] = {
    "urn": ("99AA9999926", "99AA9999925", "99AA9999924", "99 AA 99999 25", "99AA99999/25",
            "99/AA/99999/24", "99aa9999925", "99AA9999926/1"),
    "crime": ("99/999999/25", "20/999999A/24", "CR/9999/25", "14999999999", "999 of 12/03/2025",
              "CAD 9999 of 14/2/25", "22AA/999999A/24", "OCC-999999-9", "log 999", "incident 9999"),
    "exhibit": ("AA/1", "AA/12", "AAA/02", "AA1", "AA/9A"),
    "court_ref": ("T20259999", "S20249999", "A20259999", "01AA9999924", "999999999999"),
    "asn": ("25/99AA/01/99999A", "2499AA0100000099999A", "24/0000/00/99999A"),
    "phone": ("01632 960 999", "01632 960999", "0121 496 0999", "020 7946 0999", "07700 900999",
              "07700900999", "+44 7700 900 999", "(01632) 960999", "0113 496 0999",
              "07999 999 999", "01999 999999", "0300 999 9999", "07999999999", "0044 7999 999999",
              "01632-960-999"),
    "reg": ("AA99 AAA", "AA99AAA", "A999 AAA", "AAA 999A"),
    "nino": ("AA 99 99 99 A", "AA999999A", "QQ 12 34 56 C"),
    "nhs": ("999 999 9999", "9999999999"),
    "passport": ("999999999", "9999999999"),
    "licence": ("AAAAA999999AA9AA", "AAAAA 999999 AA9AA"),
    "sort_code": ("99-99-99", "99 99 99"),
    "account": ("99999999",),
    "reference": ("VLU/9999/25", "AA/VRR/999", "COMP-99999", "VCL 9999/24", "AAA/99999", "9999999",
                  "MA-9999-25", "Ref9999"),
}  # fmt: skip


def digits_for(shape: str, chance: random.Random) -> str:
    """Return a shape with each 9 a digit and each A a letter."""
    of = {"9": "0123456789", "A": LETTERS}
    return "".join(chance.choice(of[each]) if each in of else each for each in shape)
