"""A case, the people in it who must be told, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower


class Case(models.Model):
    """One case as the Area's system knows it; no evidence is held here."""

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    urn = models.CharField("URN", max_length=11)
    urn_suffix = models.CharField(max_length=8, blank=True)
    lead_offence = models.CharField(max_length=200, blank=True)
    is_domestic_abuse = models.BooleanField(default=False)
    is_rasso = models.BooleanField("rape or serious sexual offence", default=False)
    is_hate_crime = models.BooleanField(default=False)
    involves_child = models.BooleanField(default=False)
    involves_death = models.BooleanField(default=False)

    # A URN leads to a person, so it is personal.
    PERSONAL = {"urn", "urn_suffix", "lead_offence"}
    PLAIN = {"id", "area", "unit", "is_domestic_abuse", "is_rasso", "is_hate_crime",
             "involves_child", "involves_death"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "urn", "urn_suffix", name="case_urn_once_in_area")
        ]

    def __str__(self) -> str:
        return f"{self.urn}{self.urn_suffix}"


class Defendant(models.Model):
    """A person or body charged or suspected in a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="defendants")
    reference = models.CharField(max_length=40, blank=True)
    # What makes this one and not another in its case: the file's own reference, or made from the
    # names and dates when the file has none. The same file read twice finds the same key.
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=20, blank=True)
    given_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100)
    born_on = models.DateField(null=True, blank=True)
    # When it came into the record; None where nobody kept that, so it has been there all along.
    added_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = {"reference", "key", "title", "given_names", "family_name", "born_on"}
    PLAIN = {"id", "case", "added_at"}

    class Meta:
        constraints = [models.UniqueConstraint("case", "key", name="defendant_once_in_case")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.given_names, self.family_name) if part)


class PersonToTell(models.Model):
    """A victim, or somebody who must be told in a victim's place."""

    class Relation(models.TextChoices):
        VICTIM = "VICTIM", "Victim"
        PARENT = "PARENT", "Parent or guardian"
        BEREAVED = "BEREAVED", "Bereaved relative"
        SPOKESPERSON = "SPOKESPERSON", "Spokesperson"
        BUSINESS = "BUSINESS", "Business contact"

    class Entitlement(models.TextChoices):
        ENHANCED = "ENHANCED", "Enhanced"
        STANDARD = "STANDARD", "Standard"
        UNKNOWN = "UNKNOWN", "Not known, so treated as enhanced"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="people_to_tell")
    reference = models.CharField(max_length=40, blank=True)
    # What makes this one and not another in its case: the file's own reference, or made from the
    # names and dates when the file has none. The same file read twice finds the same key.
    key = models.CharField(max_length=200)
    relation = models.CharField(max_length=20, choices=Relation.choices, default=Relation.VICTIM)
    title = models.CharField(max_length=20, blank=True)
    given_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    entitlement = models.CharField(
        max_length=20, choices=Entitlement.choices, default=Entitlement.UNKNOWN
    )
    entitlement_because = models.CharField(max_length=200, blank=True)
    is_child = models.BooleanField(default=False)
    has_opted_out = models.BooleanField(default=False)
    safe_contact_note = models.TextField(blank=True)
    language = models.CharField(max_length=40, default="English")

    PERSONAL = {"reference", "key", "title", "given_names", "family_name", "preferred_name",
                "email", "phone", "address", "entitlement_because",
                "safe_contact_note"}  # fmt: skip
    PLAIN = {"id", "case", "relation", "entitlement", "is_child", "has_opted_out",
             "language"}  # fmt: skip

    class Meta:
        verbose_name_plural = "people to tell"
        constraints = [models.UniqueConstraint("case", "key", name="person_once_in_case")]
        # Half of a search is by surname, in any mixture of capitals.
        indexes = [models.Index(Lower("family_name"), name="person_by_surname")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.given_names, self.family_name) if part)


class Decision(models.Model):
    """What a prosecutor decided about a case, and when."""

    class Kind(models.TextChoices):
        NO_FURTHER_ACTION = "NO_FURTHER_ACTION", "No further action"
        DISCONTINUED = "DISCONTINUED", "Discontinued"
        NO_EVIDENCE_OFFERED = "NO_EVIDENCE_OFFERED", "No evidence offered"
        LEFT_ON_FILE = "LEFT_ON_FILE", "Left to lie on file"
        ALTERED_DECREASED = "ALTERED_DECREASED", "Charge altered: decreased"
        ALTERED_INCREASED = "ALTERED_INCREASED", "Charge altered: increased"
        CHARGED = "CHARGED", "Charged"

    # The index below begins with this link, so it needs none of its own.
    area = models.ForeignKey(
        "accounts.Area", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    defendant = models.ForeignKey(
        Defendant, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    reference = models.CharField(max_length=40, blank=True)
    # What makes this one and not another in its case: the file's own reference, or made from the
    # names and dates when the file has none. The same file read twice finds the same key.
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by_name = models.CharField(max_length=120, blank=True)
    is_after_withdrawal = models.BooleanField("the victim had withdrawn", default=False)
    was_made_in_court = models.BooleanField(default=False)
    # That a letter is owed for it, or somebody said that nobody is told: kept so that the few
    # others are found among a million. Whoever relies on it asks for the letters too: where it
    # says "no" in error a list is only slower, so nothing may leave "yes" where both have gone.
    who_is_told_is_known = models.BooleanField(default=False)

    PERSONAL = {"reference", "key", "made_by_name"}
    PLAIN = {"id", "area", "case", "defendant", "kind", "made_at", "made_by",
             "is_after_withdrawal", "was_made_in_court", "who_is_told_is_known"}  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint("case", "key", name="decision_once_in_case")]
        indexes = [
            # With its kind: which of a week have nobody to tell is answered by the index alone.
            models.Index(fields=["area", "made_at", "kind"], name="decision_by_day"),
            models.Index(
                fields=["area", "kind", "made_at"],
                name="decision_with_nobody_to_tell",
                condition=models.Q(who_is_told_is_known=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.made_at:%d %B %Y}"
