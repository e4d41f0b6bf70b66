"""Ten years of mentoring at seventeen councils, invented row by row from one of each: applications, pairs, answers."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from allies.kit.scope import across
from councils.models import Council, User
from councils.roles import Role
from councils.services.network_data import load_network
from mentoring.states import ApplicationState, IntakeState, PairState
from tests import factories
from tests.factories import mentoring as make

APPLICATIONS = 200_000
MENTORS = 40_000
INTAKES = 30
# Of twelve applications: where the first six stand; the other six were mentored.
STATES = "{eligible,booked,screened,ready,declined,withdrawn}"

_INTAKES = """
INSERT INTO mentoring_intake
SELECT (jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid(), 'programme_id', laid.programme_id,
  'opens_on', opens, 'closes_on', opens + 30, 'match_by', opens + 50, 'starts_on', opens + 60, 'ends_on', opens + 180,
  'name_en', 'Intake ' || n, 'name_fr', 'Cohorte ' || n, 'state',
  CASE WHEN n = %(intakes)s - 1 THEN 'open' WHEN n >= %(intakes)s - 4 THEN 'running' ELSE 'follow_up' END))).*
FROM (SELECT i AS n, programme_id, current_date - 122 * (%(intakes)s - 1 - i)::int - 20 AS opens
  FROM councils_laid, generate_series(0, %(intakes)s - 1) i) laid, mentoring_intake x WHERE x.id = %(intake)s
"""
_LAID = """
CREATE TEMP TABLE laid AS SELECT i, gen_random_uuid() AS id, gen_random_uuid() AS person, intake.id AS intake_id,
  intake.programme_id, intake.starts_on, intake.ends_on, council.council_id, council.n AS council_n,
  CASE WHEN i %% 12 >= 6 THEN 'completed' ELSE (%(states)s::text[])[1 + i %% 12] END AS state
FROM generate_series(0, %(applications)s - 1) i
JOIN councils_laid council ON council.n = CASE WHEN i %% 8 = 0 THEN 0 ELSE i %% (SELECT count(*) FROM councils_laid) END
JOIN LATERAL (SELECT x.*, row_number() OVER (ORDER BY x.opens_on) - 1 AS n FROM mentoring_intake x
  WHERE x.programme_id = council.programme_id) intake ON intake.n = i / 12 %% %(intakes)s;
CREATE INDEX ON laid (i);
"""
_PEOPLE = """
INSERT INTO councils_user (id, password, email, name, language, phone, is_active, joined_at)
SELECT laid.person, '!', 'mentee' || i || '@people.example',
  (ARRAY['Amina','Björn','Chloé','Dmitri','Élise','Fatou','Zoë'])[1 + i %% 7] || ' '
  || (ARRAY['Abara','Benoît','Chen','Diallo','Côté','Haddad','Roy','Silva','Wójcik','Zhang'])[1 + i / 7 %% 10] || i,
  CASE WHEN i %% 4 = 0 THEN 'fr' ELSE 'en' END, '', true, now() FROM laid
"""
_APPLICATIONS = """
INSERT INTO mentoring_application
SELECT (jsonb_populate_record(a, jsonb_build_object('id', laid.id, 'person_id', laid.person,
  'intake_id', laid.intake_id, 'state', laid.state, 'occupation_id', o.code,
  'saved_at', now() - i * interval '10 minutes',
  'closed_at', CASE WHEN laid.state IN ('completed', 'declined', 'withdrawn') THEN now() END,
  'proposed_at', CASE WHEN laid.state = 'completed' THEN now() END,
  'matched_at', CASE WHEN laid.state = 'completed' THEN now() END))).*
FROM laid
JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS n, count(*) OVER () AS of FROM councils_occupation) o
  ON o.n = i %% o.of,
  mentoring_application a WHERE a.id = %(application)s
"""
_MENTORS = """
CREATE TEMP TABLE guides AS SELECT i, gen_random_uuid() AS id, gen_random_uuid() AS person, council.council_id,
  row_number() OVER (PARTITION BY council.n ORDER BY i) - 1 AS n, count(*) OVER (PARTITION BY council.n) AS of
FROM generate_series(0, %(mentors)s - 1) i
JOIN councils_laid council
  ON council.n = CASE WHEN i %% 8 = 0 THEN 0 ELSE i %% (SELECT count(*) FROM councils_laid) END;
INSERT INTO councils_user (id, password, email, name, language, phone, is_active, joined_at)
SELECT person, '!', 'mentor' || i || '@people.example', 'Guide ' || i, 'en', '', true, now() FROM guides;
INSERT INTO mentoring_mentor
SELECT (jsonb_populate_record(m, jsonb_build_object('id', guides.id, 'person_id', guides.person, 'council_id',
  guides.council_id, 'active_load', 0))).* FROM guides, mentoring_mentor m WHERE m.id = %(mentor)s;
CREATE INDEX ON guides (council_id, n);
"""
_PAIRS = """
INSERT INTO mentoring_pair
SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'programme_id', laid.programme_id,
  'application_id', laid.id, 'mentor_id', g.id, 'mentee_person_id', laid.person, 'mentor_person_id', g.person,
  'state', 'completed', 'started_on', laid.starts_on, 'planned_end_on', laid.ends_on, 'ended_on', laid.ends_on,
  'proposal_id', NULL))).*
FROM laid JOIN guides g ON g.council_id = laid.council_id AND g.n = laid.i / 12 %% g.of, mentoring_pair p
WHERE p.id = %(pair)s AND laid.state = 'completed'
"""
_ANSWERS = """
INSERT INTO mentoring_followup
SELECT (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'pair_id', p.id, 'wave', w.wave,
  'due_on', p.ended_on + w.days, 'opens_on', p.ended_on + w.days, 'closes_on', p.ended_on + w.days + 45)
  || CASE WHEN (n + w.days) %% 10 < 6 THEN jsonb_build_object('state', 'answered', 'asked', 1, 'way', 'link',
    'answered_on', p.ended_on + w.days + 9, 'earnings', '40-60', 'contacts', n %% 12)
    || CASE WHEN n %% 4 = 0 THEN jsonb_build_object('work', 'looking')
       ELSE jsonb_build_object('work', 'employed', 'hours', 20 + n %% 20, 'in_field', n %% 3 > 0) END
    ELSE jsonb_build_object('state', 'scheduled') END)).*
FROM (SELECT id, ended_on, row_number() OVER (ORDER BY id) AS n FROM mentoring_pair) p,
  (VALUES ('start', -120), ('m3', 90), ('m6', 180), ('m12', 365)) w (wave, days), mentoring_followup f
WHERE f.id = %(follow_up)s AND p.id <> f.pair_id
"""


@dataclass(frozen=True, slots=True)
class Mentored:
    """Who asks for the pages, and what the pages of one thing are about."""

    coordinator: User
    national: User
    administrator: User
    applicant: User
    intake: Any
    application: Any
    mentor: Any


def fill() -> Mentored:
    """Invent the ten years; Toronto has one row in eight, and its share of the others."""
    load_network()
    with across():
        councils = list(Council.objects.filter(is_published=True, merged_into=None).order_by("slug_en"))
        councils.sort(key=lambda council: council.slug_en != "toronto")
        programmes = [make.ProgrammeFactory(council=council, is_published=True) for council in councils]
        for programme in programmes:
            make.EligibilityRulesFactory(programme=programme)
        one = _one(programmes[0])
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE councils_laid (n int, council_id uuid, programme_id uuid)")
            rows = [(n, programme.council_id, programme.pk) for n, programme in enumerate(programmes)]
            cursor.executemany("INSERT INTO councils_laid VALUES (%s, %s, %s)", rows)
            cursor.execute(_INTAKES, {"intake": one["intake"].pk, "intakes": INTAKES})
            facts = {"states": STATES, "applications": APPLICATIONS, "mentors": MENTORS, "intakes": INTAKES}
            facts |= {name: row.pk for name, row in one.items()}
            for statement in (_LAID, _PEOPLE, _APPLICATIONS, _MENTORS, _PAIRS, _ANSWERS):
                cursor.execute(statement, facts)
            cursor.execute("VACUUM ANALYZE")
        return Mentored(
            *(_staff(role, councils[0]) for role in (Role.COORDINATOR, Role.NATIONAL_STAFF, Role.ADMINISTRATOR)),
            one["application"].person,
            one["intake"],
            one["application"],
            one["mentor"],
        )


def _one(programme: Any) -> dict[str, Any]:
    """One of each, of which the others are copies with a difference."""
    intake = make.IntakeFactory(programme=programme, state=IntakeState.OPEN)
    application = make.ApplicationFactory(intake=intake, ready=True, state=ApplicationState.READY)
    mentor = make.MentorFactory(council=programme.council, available=True)
    mentored = make.ApplicationFactory(intake=intake, ready=True, state=ApplicationState.COMPLETED)
    pair = make.PairFactory(application=mentored, mentor=mentor, active=True, state=PairState.ACTIVE)
    follow_up = make.FollowUpFactory(pair=pair)
    return {"intake": intake, "application": application, "mentor": mentor, "pair": pair, "follow_up": follow_up}


def _staff(role: str, council: Council) -> User:
    where = council if role == Role.COORDINATOR else None
    return factories.MembershipFactory(role=role, council=where).person
