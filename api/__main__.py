"""`python -m api COMMAND`: what `./ketu COMMAND` becomes once the environment is there."""

import sys

from api.cli import main

sys.exit(main(sys.argv[1:]))
