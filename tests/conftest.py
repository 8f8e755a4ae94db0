"""What the tests of all rooms have in common."""

import os

# Read once, when huggingface_hub is first imported: no test asks the model hub.
os.environ["HF_HUB_OFFLINE"] = "1"
# As the command line sets it: durations as python-telegram-bot will have them, without a warning.
os.environ["PTB_TIMEDELTA"] = "true"
