"""Postgres and Redis from Python wheels, for a demonstration, for tests and for work on one machine.

`python -m allies.embedded COMMAND` runs a command with `DATABASE_URL` and `REDIS_URL` set. Whoever comes first starts
the services, whoever comes later shares them, whoever leaves last stops them:

    command (holds a shared lock)  ─┐
    command (holds a shared lock)  ─┼─ keeper ── postgres
                                    │     └───── redis-server
              (nobody holds it)     └─ the keeper stops both and ends

The kernel lets go of a lock when its holder dies, however it dies, so nothing has to be counted or cleaned up.
"""
