"""`python -m bot` is `mailuo`.

Nothing is imported until `main` is called: each worker process begins by running the script
`mailuo` once more, as Python starts processes, and has no use for the command line.
"""


def main() -> None:
    """Run the command that the arguments name."""
    from bot.cli import main as command

    command()


if __name__ == "__main__":
    main()
