"""Fills one Area's register of recordings from its letters, quickly: plain SQL, for measuring."""

from django.db import connection, transaction

from forthright.accounts.models import Area
from forthright.hard_media.models import MediaItem

# Every third case has a hearing 30 days after it was decided, one defendant, a firm and a
# recording with its file. Nine in ten were shared with the court and the firm, some late; half were
# opened. Of every fiftieth the file came to its end once it was viewed, and nobody viewed that.
EVERY = 3
OF_CASES = "FROM schemes_duty d WHERE d.area_id = {area} AND (d.id / 14) % {every} = 0"
# A day so many days after the letter was decided, by each database.
LATER = {
    "sqlite": "date(d.decided_at, '+{days} days')",
    "postgresql": "(d.decided_at + interval '{days} days')::date",
}
STATEMENTS = [
    """INSERT INTO hard_media_hearing (id, area_id, unit_id, case_id, court, "on", added_at,
        closed_as, closed_reason)
    SELECT d.case_id, d.area_id, d.unit_id, d.case_id, '', {day30}, d.decided_at, '', ''
    {of_cases}""",
    """INSERT INTO cases_defendant (id, case_id, reference, key, title, given_names, family_name)
    SELECT d.case_id, d.case_id, '', 'a', '', 'Dean', 'Marsden' {of_cases}""",
    """INSERT INTO hard_media_representation (id, area_id, defendant_id, firm, contact, email,
        is_unrepresented, starts_on, recorded_at, odd, odd_because, mistake_because)
    SELECT d.case_id, d.area_id, d.case_id, 'Hale LLP', '', '', {no}, {day1}, d.decided_at, '[]',
        '', ''
    {of_cases}""",
    """INSERT INTO hard_media_mediaitem (id, area_id, unit_id, case_id, exhibit, kind, title, shows,
        named_words, named_in, source, link, declared_hash, state, classification, is_sensitive,
        received_at, is_readable, added_at)
    SELECT d.case_id, d.area_id, d.unit_id, d.case_id, 'DM/1', 'CCTV', '', '', '', 'MG12',
        'DEMS', '', '', CASE WHEN d.case_id % 10 = 0 THEN 'CLASSIFIED' ELSE 'SHARED' END,
        'RELIED_ON', {no}, d.decided_at, d.case_id % 20 > 0, d.decided_at {of_cases}""",
    """INSERT INTO hard_media_sentfile (area_id, unit_id, item_id, incoming, file_name, name_bytes,
        length, state, head, sha256, blake3, scanned, refusal, harm, came_from, begun_at, kept_at,
        viewed_at)
    SELECT d.area_id, d.unit_id, d.case_id, 'bench' || d.case_id, 'cctv.mp4', '', 1, 'KEPT', '',
        'bench' || d.case_id, '', '', '', '', '', d.decided_at, d.decided_at,
        CASE WHEN d.case_id % 50 > 0 THEN d.decided_at END {of_cases}""",
    """INSERT INTO hard_media_mediastep (item_id, event, before, after, reason, at, link,
        declared_hash)
    SELECT d.case_id, 'CLASSIFY', 'VIEWED', 'CLASSIFIED', '', d.decided_at, '', '' {of_cases}""",
    """INSERT INTO hard_media_sharerecord (area_id, item_id, party, way, shared_on, recorded_at,
        opened_on, opened_known, revoked_reason, counsel)
    SELECT d.area_id, d.case_id, 'COURT', 'EGRESS', {day10}, d.decided_at,
        CASE WHEN d.case_id % 2 = 0 THEN {day20} END,
        CASE WHEN d.case_id % 2 = 0 THEN 'TOLD' ELSE '' END, '', ''
    {of_cases} AND d.case_id % 10 > 0""",
    """INSERT INTO hard_media_sharerecord (area_id, item_id, party, representation_id, way,
        shared_on, recorded_at, opened_on, opened_known, revoked_reason, counsel)
    SELECT d.area_id, d.case_id, 'DEFENCE', d.case_id, 'EGRESS',
        CASE WHEN d.case_id % 7 = 0 THEN {day30} ELSE {day10} END, d.decided_at,
        CASE WHEN d.case_id % 2 = 0 THEN {day30} END,
        CASE WHEN d.case_id % 2 = 0 THEN 'TOLD' ELSE '' END, '', ''
    {of_cases} AND d.case_id % 10 > 0""",
]


@transaction.atomic
def fill(area: Area) -> int:
    """Register a recording for every third case of an Area; return how many there are."""
    later = LATER[connection.vendor]
    words = {f"day{days}": later.format(days=days) for days in (1, 10, 20, 30)}
    no = "false" if connection.vendor == "postgresql" else "0"
    of_cases = OF_CASES.format(area=area.pk, every=EVERY)
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement.format(of_cases=of_cases, no=no, **words))
        cursor.execute("ANALYZE")
    return MediaItem.objects.filter(area=area).count()
