"""Finding, quoting and answering: from a question to an answer whose every claim is supported."""
