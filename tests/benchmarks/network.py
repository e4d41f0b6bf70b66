"""An invented network of any age, written by the database itself: the same numbers give the same rows.

In each statement `i` runs over the numbers of the rows; :first and :last stand for the numbers to write.
"""

COUNCILS = 67

# Row number i decides everything about a row, so that a larger network begins with the rows of a smaller one.
# The golden ratio spreads numbers evenly without chance; squared, the largest council has one row in eight.
TOOLS = f"""
CREATE FUNCTION pg_temp.key(kind text, i bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT md5(kind || i)::uuid $$;
CREATE FUNCTION pg_temp.share(i bigint) RETURNS double precision LANGUAGE sql IMMUTABLE AS
  $$ SELECT (i * 0.6180339887498949) - floor(i * 0.6180339887498949) $$;
CREATE FUNCTION pg_temp.rank(i bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
  $$ SELECT floor({COUNCILS} * power(pg_temp.share(i), 2))::bigint $$;
CREATE FUNCTION pg_temp.one_of(words text[], i bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT words[1 + i % cardinality(words)] $$;
CREATE TEMP TABLE ranked (rank bigint PRIMARY KEY, id uuid NOT NULL, place text NOT NULL);
CREATE TEMP TABLE base AS SELECT coalesce(max(position), 0) AS position FROM kit_entry;
"""

# The network has seventeen councils and supported places; the rest is what it may grow to.
NEW_COUNCILS = f"""
INSERT INTO councils_council
SELECT (jsonb_populate_record(c, jsonb_build_object(
  'id', pg_temp.key('council', i), 'slug_en', 'city-' || i, 'slug_fr', 'ville-' || i,
  'name_en', 'Council of city ' || i, 'name_fr', 'Conseil de la ville ' || i,
  'stage', 'operating', 'merged_into_id', NULL, 'kind', 'council',
  'successor_en', '', 'successor_fr', '', 'is_published', true))).*
FROM councils_council c, generate_series(1, {COUNCILS} - (SELECT count(*) FROM councils_council)) i
WHERE slug_en = 'halifax';
INSERT INTO ranked SELECT row_number() OVER (ORDER BY slug_en <> 'toronto', slug_en) - 1, id, place_id
FROM councils_council;
"""

PEOPLE = """
INSERT INTO councils_user (id, password, email, name, language, phone, is_active, joined_at)
SELECT pg_temp.key('person', i), '!', 'person' || i || '@people.example',
  pg_temp.one_of('{Amina,Björn,Chloé,Dmitri,Élise,Fatou,Giulia,Hiro,Inès,José,Kwame,Léa,Mei,Noor,Olena,Paulo,Zoë}', i)
  || ' ' || pg_temp.one_of('{Abara,Benoît,Chen,Diallo,Évrard,Fernández,Gagné,Haddad,Ito,Jansen,Kaur,Lévesque,Müller,
  Nguyen,Okafor,Patel,Quesnel,Roy,Silva,Tremblay,Ünal,Vargas,Wójcik,Xu,Yılmaz,Zhang,Côté,Singh,Osei}', i / 17),
  CASE WHEN i % 4 = 0 THEN 'fr' ELSE 'en' END, '', true, now() - (i % 3650) * interval '1 day'
FROM generate_series(:first, :last) i
"""

# The first rows are the councils' staff, four of each shown in public; the others come for themselves and leave.
MEMBERSHIPS = f"""
INSERT INTO councils_membership
  (id, person_id, council_id, role, title_en, title_fr, starts_on, ends_on, is_founder, is_public)
SELECT pg_temp.key('membership', i), pg_temp.key('person', i), r.id,
  CASE WHEN i < {COUNCILS} THEN 'director' WHEN i < {4 * COUNCILS} THEN 'coordinator'
       ELSE pg_temp.one_of('{{mentee,mentor,mentee,mentor,mentee,connector,board,mentee,partner,employer}}', i) END,
  'Coordination', 'Coordination', current_date - (300 + i % 3350)::int,
  CASE WHEN i >= 1000 AND i % 6 > 0 THEN current_date - (i % 300)::int END, false, i < {4 * COUNCILS}
FROM generate_series(:first, :last) i
JOIN ranked r ON r.rank = CASE WHEN i < {4 * COUNCILS} THEN i % {COUNCILS} ELSE pg_temp.rank(i) END
"""

CONSENTS = f"""
INSERT INTO councils_consent (id, person_id, purpose, wording, language, given_at)
SELECT pg_temp.key('consent', i), pg_temp.key('person', i), 'public_contact', '1', 'en', now()
FROM generate_series(:first, :last) i WHERE i < {4 * COUNCILS}
"""

INVITATIONS = """
INSERT INTO councils_invitation (id, council_id, email, role, language, title_en, title_fr, token_digest, created_at,
  expires_at, accepted_at, accepted_by_id, invited_by_id)
SELECT pg_temp.key('invitation', i), r.id, 'guest' || i || '@people.example', 'partner', 'en', '', '', md5('' || i),
  now() - (i % 3650) * interval '1 day', now() - (i % 3650 - 14) * interval '1 day',
  CASE WHEN i % 20 > 0 THEN now() END, CASE WHEN i % 20 > 0 THEN pg_temp.key('person', 1) END, pg_temp.key('person', 0)
FROM generate_series(:first, :last) i JOIN ranked r ON r.rank = pg_temp.rank(i)
"""

ORGANISATIONS = """
INSERT INTO councils_organisation (id, council_id, name_en, name_fr, "group", sector_id, website, contact_name,
  contact_email, is_member, is_public, joined_on, left_on, note)
SELECT pg_temp.key('organisation', i), r.id,
  pg_temp.one_of('{Northern,Éclair,Maple,Harbour,Prairie,Fundy,Laurentian}', i) || ' '
  || pg_temp.one_of('{Bank,College,Settlement Services,Foods,Engineering,Credit Union}', i / 7) || ' ' || i,
  'Organisme ' || i, pg_temp.one_of('{employer,employer,community,employer,post_secondary,employer,assessment,labour,
  employer,immigrant_network,regulator,employer,municipal,provincial,federal}', i),
  pg_temp.one_of((SELECT array_agg(code ORDER BY code) FROM councils_sector), i), 'https://example.org/' || i, '', '',
  i % 3 = 0, i % 5 = 0, current_date - (300 + i % 3350)::int,
  CASE WHEN i % 4 = 3 THEN current_date - (i % 300)::int END, ''
FROM generate_series(:first, :last) i JOIN ranked r ON r.rank = pg_temp.rank(i)
"""

STORIES = """
INSERT INTO councils_story (id, council_id, title_en, title_fr, body_en, body_fr, photo_alt_en, photo_alt_fr, subject,
  consent_given_on, consent_recorded_by_id, consent_covers_photo, state, told_by_id, published_at, changed_at)
SELECT pg_temp.key('story', i), r.id, 'A first day at work ' || i, 'Un premier jour au travail ' || i,
  repeat('She had led a team of engineers for nine years before she came. ', 10),
  repeat('Elle avait dirigé une équipe pendant neuf ans avant de venir. ', 10), '', '', 'Amina', current_date,
  pg_temp.key('person', 0), false, CASE i % 10 WHEN 8 THEN 'draft' WHEN 9 THEN 'submitted' ELSE 'published' END,
  pg_temp.key('person', 0), CASE WHEN i % 10 < 8 THEN now() - (i % 3650) * interval '1 day' END,
  now() - (i % 3650) * interval '1 day'
FROM generate_series(:first, :last) i JOIN ranked r ON r.rank = pg_temp.rank(i)
"""

EVENTS = """
INSERT INTO councils_event (id, council_id, kind, title_en, title_fr, summary_en, summary_fr, place_id, starts_on,
  precision, website, is_published, changed_at)
SELECT pg_temp.key('event', i), r.id, pg_temp.one_of('{exchange,workshop,webinar,ceremony,roundtable}', i),
  'Meet employers ' || i, 'Rencontre d’employeurs ' || i, 'An evening with twelve employers of the region.',
  'Une soirée avec douze employeurs de la région.', r.place, current_date + 60 - (i % 3650)::int, 'day', '',
  i % 10 > 0, now() - (i % 3650) * interval '1 day'
FROM generate_series(:first, :last) i JOIN ranked r ON r.rank = pg_temp.rank(i)
"""

PROGRAMMES = f"""
INSERT INTO councils_localprogramme (id, council_id, kind, name_en, name_fr, summary_en, summary_fr, started_on,
  started_precision, ended_on, is_pilot, website, is_published)
SELECT pg_temp.key('programme', i), r.id, pg_temp.one_of('{{mentoring,connector,internship,bridging,language}}', i),
  'Programme ' || i, 'Programme ' || i, 'Runs twice a year.', 'A lieu deux fois par an.', current_date - 3650, 'year',
  CASE WHEN i >= {6 * COUNCILS} THEN current_date - 100 END, false, '', true
FROM generate_series(:first, :last) i JOIN ranked r ON r.rank = i % {COUNCILS}
"""

BODIES = f"""
INSERT INTO councils_body (id, council_id, kind, name_en, name_fr, purpose_en, purpose_fr, cadence, is_published)
SELECT pg_temp.key('body', i), r.id, pg_temp.one_of('{{board,steering,champions,advisory}}', i), 'Body ' || i,
  'Instance ' || i, 'Steers the council.', 'Oriente le conseil.', 'monthly', true
FROM generate_series(:first, :last) i JOIN ranked r ON r.rank = i % {COUNCILS}
"""

SEATS = """
INSERT INTO councils_seat (id, body_id, name, email, organisation_id, part, starts_on)
SELECT pg_temp.key('seat', i), pg_temp.key('body', i / 15), 'Holder ' || i, '', NULL, 'member', current_date - 3650
FROM generate_series(:first, :last) i
"""

# One body of each council meets first, every month for ten years; then the next one.
MEETINGS = f"""
INSERT INTO councils_meeting (id, body_id, starts_at, ends_at, place_en, place_fr, online_url, agenda_en, agenda_fr,
  minutes_en, minutes_fr, sequence, changed_at)
SELECT pg_temp.key('meeting', i), pg_temp.key('body', i % {COUNCILS} + {COUNCILS} * (i / {COUNCILS * 120})), at,
  at + interval '2 hours', 'City hall', 'Hôtel de ville', '', 'Welcome', 'Accueil',
  repeat('The members agreed. ', 50), repeat('Les membres en conviennent. ', 50), 0, at
FROM generate_series(:first, :last) i,
     LATERAL (SELECT date_trunc('day', now()) + (60 - (i / {COUNCILS}) % 120 * 30) * interval '1 day' AS at) moment
"""

ATTENDANCES = f"""
INSERT INTO councils_attendance (id, meeting_id, seat_id, answer)
SELECT pg_temp.key('attendance', i), pg_temp.key('meeting', i / 12),
  pg_temp.key('seat', (i / 12 % {COUNCILS} + {COUNCILS} * (i / 12 / {COUNCILS * 120})) * 15 + i % 12),
  pg_temp.one_of('{{present,present,regrets,present,absent}}', i)
FROM generate_series(:first, :last) i
"""

REFLECTIONS = f"""
INSERT INTO councils_reflection (id, council_id, year, biggest_success_en, biggest_success_fr, biggest_challenge_en,
  biggest_challenge_fr, what_works_en, what_works_fr, value_en, value_fr, recommendations_en, recommendations_fr,
  start_again_en, start_again_fr, favourite_story_en, favourite_story_fr, state, submitted_at, changed_at)
SELECT pg_temp.key('reflection', i), r.id, extract(year FROM current_date) - i / {COUNCILS}, en, fr, en, fr, en, fr, en,
  fr, en, fr, en, fr, en, fr, 'published', now(), now()
FROM generate_series(:first, :last) i JOIN ranked r ON r.rank = i % {COUNCILS},
  (SELECT repeat('Employers came back for more. ', 8) AS en, repeat('Les employeurs sont revenus. ', 8) AS fr) words
"""

FACTS = f"""
INSERT INTO councils_fact (id, key, council_id, label_en, label_fr, definition_en, definition_fr, on_home, position,
  is_published)
SELECT pg_temp.key('fact', i), 'fact-' || i, r.id, 'People mentored ' || i, 'Personnes mentorées ' || i,
  'Counted once a year.', 'Comptées une fois par an.', i < 4, 100, true
FROM generate_series(:first, :last) i JOIN ranked r ON r.rank = i % {COUNCILS}
"""

VALUES = """
INSERT INTO councils_factvalue (id, fact_id, source_id, locator, text_en, text_fr, number, as_of, precision, note_en,
  note_fr, is_shown)
SELECT pg_temp.key('value', i), pg_temp.key('fact', i / 10), s.id, 'p. ' || i, '' || (100 + i % 7), '' || (100 + i % 7),
  100 + i % 7, current_date - (365 * (i % 10))::int, 'year', '', '', i % 10 = 0
FROM generate_series(:first, :last) i
JOIN (SELECT id, row_number() OVER (ORDER BY key) - 1 AS n, count(*) OVER () AS of FROM councils_source) s
  ON s.n = i % s.of
"""

# One subject in both languages, for every city, month by month for ten years, by about a hundred groups of people.
LABOUR_TABLES = """
INSERT INTO councils_labourtable (id, product, title_en, title_fr, imported_at, rows, sha256)
SELECT pg_temp.key('labour', i), '14-10-000' || i / 2 || '/' || pg_temp.one_of('{en,fr}', i), 'Employment ' || i / 2,
  'Emploi ' || i / 2, now(), 0, md5('' || i) FROM generate_series(:first, :last) i
"""

LABOUR_FIGURES = """
INSERT INTO councils_labourfigure (table_id, place_id, geography, period, categories, unit, value, status)
SELECT pg_temp.key('labour', i % 2), p.code, p.name_en, date_trunc('month', current_date)::date
  - (i / 2 / p.of % 120 * interval '1 month'), ARRAY['Employment rate', 'Group ' || i / 2 / p.of / 120],
  'Percentage', 50 + i % 40, ''
FROM generate_series(:first, :last) i
JOIN (SELECT code, name_en, row_number() OVER (ORDER BY code <> 'toronto', code) - 1 AS n, count(*) OVER () AS of
      FROM councils_place) p ON p.n = i / 2 % p.of
"""

# The acts of ten years, one about every five minutes, most of them about people; each record is written, changed and
# published in a few. Sealing them is not what is measured.
ENTRIES = """
INSERT INTO kit_entry (id, position, at, actor_id, action, target_type, target_id, tenant_id, fields, reason,
  request_id)
SELECT pg_temp.key('entry', i), base.position + 1 + i, now() - (1000000 - i) * interval '5 minutes',
  pg_temp.key('person', i % 1000),
  CASE WHEN i % 997 = 0 THEN 'councils.stage_changed' ELSE 'councils.' || kind || '_changed' END,
  'councils.' || CASE WHEN i % 997 = 0 THEN 'council' ELSE kind END,
  CASE WHEN i % 997 = 0 THEN r.id ELSE pg_temp.key(kind, n) END::text, r.id,
  CASE WHEN i / 24 % 50 = 1 THEN '{body_en}' WHEN i / 24 % 5 = 1 THEN '{body_en,body_fr,title_en,title_fr}'
  ELSE '{}' END::varchar[], '', md5('request' || i / 2)
FROM generate_series(:first, :last) i,
  LATERAL (SELECT CASE WHEN i % 24 < 9 THEN 'user' WHEN i % 24 < 18 THEN 'membership' ELSE pg_temp.one_of(
    '{organisation,meeting,organisation,meeting,event,story}', i) END AS kind) target,
  LATERAL (SELECT i / 24 % CASE kind WHEN 'story' THEN 8040 WHEN 'event' THEN 16080 WHEN 'meeting' THEN 80400
    WHEN 'organisation' THEN 100000 ELSE 1000000 END AS n) number,
  ranked r, base WHERE r.rank = pg_temp.rank(n)
"""
