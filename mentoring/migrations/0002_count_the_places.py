"""Let the database count the places that a mentor has given, whoever writes: the portal, an administrator or SQL."""

from django.db import migrations

COUNT = """
CREATE FUNCTION mentoring_count_places() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held CONSTANT text[] := ARRAY['reserved', 'active', 'on_hold'];
  before integer := 0;
  after integer := 0;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.state = ANY (held) THEN before := 1; END IF;
  IF TG_OP <> 'DELETE' AND NEW.state = ANY (held) THEN after := 1; END IF;
  IF TG_OP = 'UPDATE' AND NEW.mentor_id = OLD.mentor_id THEN
    IF after <> before THEN
      UPDATE mentoring_mentor SET active_load = active_load + after - before WHERE id = NEW.mentor_id;
    END IF;
    RETURN NULL;
  END IF;
  IF before = 1 THEN UPDATE mentoring_mentor SET active_load = active_load - 1 WHERE id = OLD.mentor_id; END IF;
  IF after = 1 THEN UPDATE mentoring_mentor SET active_load = active_load + 1 WHERE id = NEW.mentor_id; END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER places_are_counted AFTER INSERT OR DELETE OR UPDATE OF state, mentor_id ON mentoring_pair
  FOR EACH ROW EXECUTE FUNCTION mentoring_count_places();
"""

UNCOUNT = """
DROP TRIGGER places_are_counted ON mentoring_pair;
DROP FUNCTION mentoring_count_places();
"""


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0001_initial")]

    operations = [migrations.RunSQL(COUNT, UNCOUNT)]
