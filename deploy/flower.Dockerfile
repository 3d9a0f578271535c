# Flower, which shows the workers and their tasks: docker compose --profile tools up -d
# It holds what talks to the queue, and no language model.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements/ requirements/
RUN python -m venv /opt/build \
 && python -m venv --without-pip /opt/flower \
 && /opt/build/bin/pip --python /opt/flower/bin/python install \
      --require-hashes --only-binary :all: -r requirements/flower.txt \
 && /opt/build/bin/pip install --require-hashes --only-binary :all: -r requirements/build.txt
COPY . .
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
 && /opt/build/bin/pip --python /opt/flower/bin/python install --no-deps --no-index /dist/*.whl

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 depesche \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin depesche
COPY --from=build /opt/flower /opt/flower
ENV PATH=/opt/flower/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp
USER 10001:10001
WORKDIR /tmp
ENTRYPOINT ["celery", "-A", "worker.service.main", "flower"]
CMD ["--address=0.0.0.0", "--port=5555"]
