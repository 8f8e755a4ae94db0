# The image holds the program and the weights of the embedding model: it starts without a network.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    HF_HUB_OFFLINE=1 \
    FOOTNOTE_ARTICLES=/articles \
    FOOTNOTE_HOME=/home/footnote/data

# Where pip's registry has torch with the libraries for graphics cards only, an index that has it for
# the processor alone makes the image several gigabytes smaller: --build-arg PIP_EXTRA_INDEX_URL=…
ARG PIP_EXTRA_INDEX_URL=""

WORKDIR /app
COPY constraints.txt pyproject.toml README.md ./
COPY corpus ./corpus
COPY index ./index
COPY bot ./bot
RUN pip install --constraint constraints.txt . \
    && useradd --create-home --uid 1000 footnote \
    && mkdir -p /articles /home/footnote/data \
    && cp corpus/articles/*.md /articles/ && cp corpus/aliases.txt / \
    && chown -R footnote:footnote /articles /home/footnote

USER footnote
VOLUME ["/articles", "/home/footnote/data"]
# The bot renews this file twice a minute as long as it is well.
HEALTHCHECK --interval=60s --timeout=10s --start-period=300s \
    CMD test -n "$(find /home/footnote/data/alive -mmin -2)"
CMD ["footnote", "bot"]
