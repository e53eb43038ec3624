FROM python:3.13-slim AS packages
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-cache-dir --only-binary=:all: --require-hashes -r requirements.lock

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/spotter.db \
    LISTEN=0.0.0.0:8080
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin spotter \
    && install -d -o spotter -g spotter /data
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY bot/ bot/
COPY handlers/ handlers/
COPY training/ training/
COPY storage/ storage/
COPY simulator/ simulator/
USER spotter
VOLUME /data
EXPOSE 8080
# http.client and not urllib, which would ask a proxy if one is set.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "\
import http.client, os, sys; \
server = http.client.HTTPConnection('127.0.0.1', int(os.environ['LISTEN'].rpartition(':')[2]), timeout=4); \
server.request('GET', '/readyz'); \
sys.exit(server.getresponse().status != 200)"]
CMD ["python", "-m", "bot", "run"]
