"""The `footnote` program: its modules are imported, and then it runs."""

import gc

_NEW_OBJECTS, _TIMES_OF_NEW, _TIMES_OF_OLDER = 10_000, 20, 20


def main() -> None:
    """As Python looks for garbage, it takes a sixth of a short command's time while it imports, and
    finds none. So it looks less often, and never at what is there from the start."""
    gc.set_threshold(_NEW_OBJECTS, _TIMES_OF_NEW, _TIMES_OF_OLDER)
    from footnote.bot.terminal.cli import main as run

    gc.freeze()
    run()


if __name__ == "__main__":
    main()
