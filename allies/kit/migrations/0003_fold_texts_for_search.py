"""Give the database a function that folds accents and capitals, and that an index may use."""

from django.db import migrations

# The schema is named because an index is kept up to date with an empty search path.
FOLD = """
CREATE FUNCTION kit_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(public.unaccent('public.unaccent', value))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0002_seal_the_audit_trail"), ("councils", "0001_initial")]

    operations = [migrations.RunSQL(FOLD, "DROP FUNCTION kit_fold(text);")]
