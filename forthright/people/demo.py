"""What to try as each of the made-up people."""

from forthright.accounts.models import Role

WHAT_TO_TRY: dict[str, str] = {
    Role.PROSECUTOR: "See which letters your decisions set in motion, and answer the feedback.",
    Role.VICTIM_LIAISON_OFFICER: "Work through the letters due today, then answer the feedback.",
    Role.LEGAL_SPOC: "Follow your unit's letters, and say why one is not required.",
    Role.LINE_MANAGER: "Mark this week's sample, and give feedback to whoever drafted the letter.",
    Role.LEGAL_MANAGER: "Plan and draw a sample, and decide a disputed mark.",
    Role.SENIOR_MANAGER: "Read this week's assurance report and open the records behind a figure.",
    Role.CHIEF_CROWN_PROSECUTOR: "Read whether the Area is on time, and how sure one can be.",
    Role.PANEL_MEMBER: "See the overview that an outside reader gets.",
    Role.POLICE_PARTNER: "See the overview that a police partner gets.",
    Role.AREA_LEAD: "Read the weekly reports and the standard for a good letter.",
    Role.RESEARCHER: "Read the standard that letters are marked against.",
    Role.INSPECTOR: "Look at everything, follow any figure to its records, and change nothing.",
    Role.ADMINISTRATOR: "Add a person, import an extract, or change a time limit.",
}
