"""What a proposed set of rules would have found in letters that have gone out."""

from django.db import models


class BackTest(models.Model):
    """A proposed set beside the rules in force, tried on the Area's letters of the past."""

    check_set = models.OneToOneField(
        "standards.CheckSet", on_delete=models.CASCADE, related_name="+"
    )
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    # The rules it was compared with.
    against = models.CharField(max_length=100)
    against_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # Letters whose record was too thin to check them.
    not_read = models.PositiveIntegerField(default=0)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "check_set", "area", "against", "against_digest", "asked_at", "finished_at",
             "not_read"}  # fmt: skip

    def __str__(self) -> str:
        return f"back-test of {self.check_set}"


class BackTestLetter(models.Model):
    """One letter in a back-test; findings are kept by rule, level and place, not by their words."""

    back_test = models.ForeignKey(BackTest, on_delete=models.CASCADE, related_name="letters")
    version = models.ForeignKey("letters.LetterVersion", on_delete=models.CASCADE, related_name="+")
    was_stopped = models.BooleanField()
    is_stopped = models.BooleanField()
    # Each is [rule, level, start, end].
    gained = models.JSONField(default=list)
    lost = models.JSONField(default=list)
    is_different = models.BooleanField()

    PERSONAL: set[str] = set()
    PLAIN = {"id", "back_test", "version", "was_stopped", "is_stopped", "gained", "lost",
             "is_different"}  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint("back_test", "version", name="letter_once_in_back_test")
        ]
        indexes = [models.Index(fields=["back_test", "is_different"], name="back_test_differences")]

    def __str__(self) -> str:
        return f"{self.version} in {self.back_test}"
