# The image contains the program and the weights of its models: it starts without a network.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

# If the package index only has torch with GPU libraries, an index with the CPU build makes the
# image several gigabytes smaller: --build-arg PIP_EXTRA_INDEX_URL=…
ARG PIP_EXTRA_INDEX_URL=""

WORKDIR /app

# The dependencies have a layer of their own, which stays while only the code changes.
COPY constraints.txt pyproject.toml ./
RUN python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; print(*p['dependencies'], *p['optional-dependencies']['postgres'], sep='\n')" > requirements.txt \
    && pip install --constraint constraints.txt --requirement requirements.txt

# What a setting needs beyond that, such as s3fs for articles in an object store.
ARG EXTRA_PACKAGES=""
RUN if [ -n "$EXTRA_PACKAGES" ]; then pip install $EXTRA_PACKAGES; fi

# Who the bot runs as. To add articles, it has to be who owns the mounted folder.
ARG UID=1000
ARG GID=1000
RUN groupadd --non-unique --gid "$GID" footnote \
    && useradd --non-unique --create-home --uid "$UID" --gid "$GID" footnote

COPY README.md LICENSE NOTICE ./
COPY corpus ./corpus
COPY index ./index
COPY bot ./bot
COPY footnote ./footnote
RUN pip install --no-deps . \
    && mkdir -p /collection/articles /home/footnote/data /shared \
    && cp corpus/articles/*.md /collection/articles/ && cp corpus/aliases.txt /collection/ \
    && chown -R "$UID:$GID" /collection /home/footnote /shared

# Models that the settings name by their name on the model hub are kept with the state.
ENV FOOTNOTE_ARTICLES=/collection/articles \
    FOOTNOTE_HOME=/home/footnote/data \
    HF_HOME=/home/footnote/data/models

USER footnote
VOLUME ["/collection/articles", "/home/footnote/data"]
# The bot touches this file twice a minute while it is well.
HEALTHCHECK --interval=60s --timeout=10s --start-period=300s \
    CMD test -n "$(find /home/footnote/data/alive -mmin -2)"
CMD ["footnote", "bot"]
