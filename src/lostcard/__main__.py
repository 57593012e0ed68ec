"""`python -m lostcard`."""

from lostcard.cli import main

if __name__ == "__main__":
    main()
