"""Sentences by which a list says that there is nothing to list, however an officer writes them.

They are told by a closed set of words: what goes on to name anything, or an exception, is no denial
but may be an item, and stays one.
"""

import re

OF_A_LIST = (
    r"(?:sensitive|non-?sensitive|relevant|unused|further|other|additional|such|known|"
    r"undisclosed|pii|and|or)"
)
THINGS = r"(?:material|materials|items?|entries|documents?|information)"
# What may follow a denial without naming anything.
FOLLOWS = (
    r"(?:in|on|to|of|at|by|for|with|within|during|under|from|has|have|had|is|are|am|was|were|be|"
    r"been|being|do|does|did|not|any|exists?|existed|held|hold|known|identified|generated|created|"
    r"produced|gathered|obtained|retained|recorded|list(?:ed)?|scheduled?|declared?|disclosed?|"
    r"reveal(?:ed)?|report(?:ed)?|add|added|come|came|arisen|arising|light|applicable|required|this|that|"
    r"these|the|my|our|case|time|point|stage|date|present|currently|presently|file|"
    r"investigation|investigations|enquiry|enquiries|inquiry|inquiries|matter|offences?|"
    r"prosecution|proceedings|course|relation|respect|connection|relating|relevant|possession|"
    r"knowledge|police|force|officers?|disclosure|investigating|i|we|me|us|and|or|so|far|as)"
)
WHO = (
    r"(?:i|we|(?:the )?police|(?:the )?force|(?:the )?officers?|(?:the )?oic|"
    r"(?:the )?(?:disclosure|investigating) officer)"
)
SAYS = (
    r"(?:(?:i|we) (?:can |hereby )?(?:confirm|certify|declare|state|believe)(?: that)? |"
    r"(?:it is|this is to) (?:confirmed|certified|confirm|certify)(?: that)? )"
)
# "there is no", "I have no", "I am not aware of any", "the police do not hold any".
LACKS = (
    rf"(?:(?:there (?:is|are|was|were|has been|have been) |{WHO} (?:currently )?"
    r"(?:have|has|had|hold|holds|held|found|identified|(?:have|has) (?:found|identified)|know of|"
    r"knows of|(?:am|is|are) aware of) )?(?:no|nil|not any)|"
    rf"(?:{WHO} )?(?:(?:am|is|are) )?not aware (?:of|that there is) any|"
    rf"{WHO} (?:do|does|did|have|has)(?: not|n[’']t) (?:have|hold|held|know of|found|identified) "
    r"any|there (?:is|are|was|were)(?: not|n[’']t) any)"
)
NIL = (
    r"(?:nil(?: (?:returns?|items?|entr(?:y|ies)|schedules?))?|none|n/?a|not applicable|nothing|"
    r"[-–—])"
)
DENIAL = re.compile(
    rf"(?:{SAYS})?(?:{NIL}|{LACKS} (?:{OF_A_LIST} )*{THINGS})(?: {FOLLOWS})*", re.IGNORECASE
)
# What it is about, before a mark ("MG6D: nil") or without one ("MG6D nil").
FORM = r"(?:mg ?0?6 ?\(?[cde]\)?|sdc)"
ABOUT = re.compile(rf"{FORM}|schedules?|(?:{OF_A_LIST} )*{THINGS}", re.IGNORECASE)
OF_FORM = re.compile(rf"^{FORM} ", re.IGNORECASE)
GOES_ON = re.compile(rf"{FOLLOWS}(?: {FOLLOWS})*", re.IGNORECASE)
# Where one part of a sentence ends: not within "n/a", "non-sensitive" or "MG6(D)".
ENDS = re.compile(r"(?:^| )[-–—/]+(?= |$)|[;:,.]+(?= |$)|(?<=[ ;:,.])\(|\)(?=[ ;:,.]|$)")
# Longer words say more than that.
LONGEST = 240


def denies(words: str) -> bool:
    """Say whether words are nothing but a denial that there is anything to list."""
    plain = " ".join(words.split())
    if len(plain) > LONGEST or not plain:
        return False
    if DENIAL.fullmatch(plain):
        return True
    parts = [part for each in ENDS.split(plain) if (part := each.strip())]
    denied = [bool(DENIAL.fullmatch(OF_FORM.sub("", part))) for part in parts]
    return any(denied) and all(
        is_denied or (GOES_ON if place else ABOUT).fullmatch(part)
        for place, (part, is_denied) in enumerate(zip(parts, denied, strict=True))
    )
