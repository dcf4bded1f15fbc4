# One image for the web server, the worker and beat. Wheels with hashes only: no compiler, no system package.
FROM python:3.13-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /site
COPY requirements/runtime.lock requirements/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: --requirement requirements/runtime.lock

COPY . .
RUN python -m jkreeft.ops.catalogues locale/*/LC_MESSAGES/*.po && \
    useradd --system --uid 10001 jkreeft && install -d -o jkreeft -m 0700 /data

USER jkreeft
ENV JKREEFT_VAR=/data
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "python:jkreeft.gunicorn", "--bind", "0.0.0.0:8000"]
