"""How gunicorn serves the portal: `gunicorn -c python:allies.gunicorn allies.wsgi`."""

import multiprocessing
import os
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(2 * multiprocessing.cpu_count() + 1, 8))
threads = int(os.environ.get("WEB_THREADS") or 4)
worker_class = "gthread"
# Loaded once and shared: workers start at once and take less memory.
preload_app = True

timeout = 60
graceful_timeout = 20
# Longer than a load balancer keeps a connection, so that it is never the portal that hangs up first.
keepalive = 75
max_requests = 5000
max_requests_jitter = 500

# A heartbeat file on a slow disk would make gunicorn kill healthy workers.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
# The portal writes its own line for each request, with the request's id.
accesslog = None
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
