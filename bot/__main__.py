"""`python -m bot` is `mailuo`."""

from bot.cli import main

main()
