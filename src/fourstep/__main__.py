"""`python -m fourstep`."""

import sys

from fourstep.cli import main

sys.exit(main())
