"""Quality and speed, measured: public question sets, a set of our own, and the stock pipelines."""

import os

# As the command itself has it, before numpy is imported (bot/terminal/cli.py says why).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
