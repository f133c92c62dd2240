"""People, the Area and unit they belong to, and the role they hold."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

if TYPE_CHECKING:
    from forthright.accounts.covering import Covering


class Area(models.Model):
    """One prosecution Area; nobody sees into another."""

    name = models.CharField(max_length=80, unique=True)
    is_demo = models.BooleanField(default=False)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "name", "is_demo"}

    def __str__(self) -> str:
        return self.name

    @property
    def own_units(self) -> "models.QuerySet[Unit]":
        """Return the prosecution's units, without those of the police."""
        return self.units.exclude(kind=Unit.Kind.POLICE)

    @property
    def case_units(self) -> "models.QuerySet[Unit]":
        """Return the units that work on cases; the Victim Liaison Unit writes for all of them."""
        return self.own_units.exclude(kind=Unit.Kind.VLU)


class Unit(models.Model):
    """A part of an Area that holds cases, the Victim Liaison Unit, or a unit of the police."""

    class Kind(models.TextChoices):
        MAGISTRATES = "MAGISTRATES", "Magistrates"
        CROWN_COURT = "CROWN_COURT", "Crown Court"
        RASSO = "RASSO", "RASSO"
        CCU = "CCU", "CCU"
        FRAUD = "FRAUD", "Fraud"
        VLU = "VLU", "VLU"
        POLICE = "POLICE", "Police"

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    PERSONAL: set[str] = set()
    PLAIN = {"id", "area", "name", "kind"}

    class Meta:
        constraints = [models.UniqueConstraint("area", "name", name="unit_name_once_in_area")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person is here for; permissions.py says what each may do."""

    PROSECUTOR = "PROSECUTOR", "Prosecutor"
    VICTIM_LIAISON_OFFICER = "VICTIM_LIAISON_OFFICER", "Victim liaison officer"
    LEGAL_SPOC = "LEGAL_SPOC", "Legal SPOC"
    LINE_MANAGER = "LINE_MANAGER", "Line manager"
    LEGAL_MANAGER = "LEGAL_MANAGER", "Legal manager"
    SENIOR_MANAGER = "SENIOR_MANAGER", "Senior manager"
    CHIEF_CROWN_PROSECUTOR = "CHIEF_CROWN_PROSECUTOR", "Chief Crown Prosecutor"
    PANEL_MEMBER = "PANEL_MEMBER", "Panel member"
    POLICE_PARTNER = "POLICE_PARTNER", "Police partner"
    AREA_LEAD = "AREA_LEAD", "Area lead"
    RESEARCHER = "RESEARCHER", "Researcher"
    INSPECTOR = "INSPECTOR", "Inspector"
    ADMINISTRATOR = "ADMINISTRATOR", "Administrator"

    @property
    def words(self) -> str:
        """Say the role within a sentence: "line manager", "legal SPOC"."""
        is_title = self is Role.CHIEF_CROWN_PROSECUTOR
        return self.label if is_title else self.label[:1].lower() + self.label[1:]


class People(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Return a new account; without a password it can only use single sign-on."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=30, choices=Role.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="people")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="people", null=True, blank=True
    )
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Whom they stand in for at this moment; looked up anew with each request, kept nowhere here.
    covering: "tuple[Covering, ...]" = ()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = People()

    PERSONAL = {"email", "full_name", "job_title", "password"}
    PLAIN = {"id", "last_login", "role", "area", "unit", "is_active", "is_demo", "joined_at"}

    class Meta:
        ordering = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def role_words(self) -> str:
        """Say this person's role within a sentence."""
        return Role(self.role).words

    def get_full_name(self) -> str:
        """Return the name as written on a letter."""
        return self.full_name
