# syntax=docker/dockerfile:1

# Everything is installed and built here; only the results travel on.
FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH

COPY requirements/production.txt /tmp/production.txt
RUN pip install --require-hashes --requirement /tmp/production.txt

WORKDIR /srv/allies
COPY manage.py ./
COPY allies allies
COPY councils councils
COPY mentoring mentoring
COPY locale locale
COPY static static
COPY templates templates
# The addresses are never used: neither command talks to a server.
RUN ALLIES_ENV=demo DATABASE_URL=postgres://nowhere/none REDIS_URL=redis://nowhere STATIC_ROOT=/srv/static \
    sh -c "python manage.py compile_translations && python manage.py collectstatic --noinput --verbosity 0" \
    && python -m compileall -q /opt/venv/lib allies councils


FROM python:3.11-slim-bookworm

RUN groupadd --system --gid 10001 allies \
    && useradd --system --uid 10001 --gid allies --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin allies \
    && install -d -o allies -g allies /srv/media /srv/run

COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/allies /srv/allies

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ALLIES_ENV=production \
    HOST=0.0.0.0 \
    PORT=8000 \
    MEDIA_ROOT=/srv/media \
    STATIC_ROOT=/srv/static \
    BEAT_SCHEDULE=/srv/run/celerybeat-schedule

WORKDIR /srv/allies
USER allies
VOLUME ["/srv/media"]
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["python", "-m", "allies.probe"]
CMD ["gunicorn", "-c", "python:allies.gunicorn", "allies.wsgi"]
