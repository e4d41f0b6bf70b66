"""Let the database number and seal each audit entry, and refuse to change or remove one."""

from django.db import migrations

# The text that is sealed gives each value with its length in bytes; allies/kit/audit/chain.py writes the same text.
# The lock makes sealing take turns; it is held until the transaction ends, so that numbers have no gaps.
SEAL = """
CREATE FUNCTION kit_net(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN value IS NULL THEN '-' ELSE octet_length(convert_to(value, 'UTF8'))::text || ':' || value END
$$;

CREATE FUNCTION kit_entry_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('kit_entry'));
  SELECT position, hash INTO before FROM kit_entry ORDER BY position DESC LIMIT 1;
  NEW.position := coalesce(before.position, 0) + 1;
  NEW.previous_hash := coalesce(before.hash, '');
  NEW.at := clock_timestamp();
  NEW.hash := encode(sha256(convert_to(
    kit_net(NEW.previous_hash) || kit_net(NEW.position::text) || kit_net(NEW.id::text)
    || kit_net(to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || kit_net(NEW.actor_id::text) || kit_net(NEW.action) || kit_net(NEW.target_type) || kit_net(NEW.target_id)
    || kit_net(NEW.tenant_id::text) || kit_net(cardinality(NEW.fields)::text)
    || coalesce((SELECT string_agg(kit_net(name), '' ORDER BY place)
                 FROM unnest(NEW.fields) WITH ORDINALITY AS list(name, place)), '')
    || kit_net(NEW.reason) || kit_net(NEW.request_id), 'UTF8')), 'hex');
  RETURN NEW;
END
$$;

CREATE FUNCTION kit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail only grows: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER entry_is_sealed BEFORE INSERT ON kit_entry FOR EACH ROW EXECUTE FUNCTION kit_entry_seal();
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE OR DELETE ON kit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION kit_entry_refuse();
CREATE TRIGGER entry_is_never_truncated BEFORE TRUNCATE ON kit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION kit_entry_refuse();
"""

UNSEAL = """
DROP TRIGGER entry_is_never_truncated ON kit_entry;
DROP TRIGGER entry_is_never_changed ON kit_entry;
DROP TRIGGER entry_is_sealed ON kit_entry;
DROP FUNCTION kit_entry_refuse();
DROP FUNCTION kit_entry_seal();
DROP FUNCTION kit_net(text);
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]

    operations = [migrations.RunSQL(SEAL, UNSEAL)]
