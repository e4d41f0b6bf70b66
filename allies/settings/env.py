"""Read the environment strictly: a bad or missing value stops the start with a sentence."""

from environs import FileAwareEnv, validate

env = FileAwareEnv()

PLACE: str = env.str(
    "ALLIES_ENV",
    "development",
    validate=validate.OneOf(["production", "demo", "test", "development"]),
)
PRODUCTION = PLACE == "production"
DEMO: bool = env.bool("ALLIES_DEMO", False)

if PRODUCTION and DEMO:
    raise SystemExit("ALLIES_DEMO=1 opens accounts with a public password: it cannot run with ALLIES_ENV=production.")


def secret(name: str) -> str:
    """Give a secret; outside production a fixed value serves, in production a missing or weak one stops the start."""
    if not PRODUCTION:
        return str(env.str(name, "not-a-secret-" + name.lower() + "-for-work-on-one-machine-only"))
    value = str(env.str(name))
    if len(value) < 50 or value.startswith("not-a-secret") or len(set(value)) < 10:
        raise SystemExit(f"{name} is too weak: use at least 50 random characters.")
    return value
