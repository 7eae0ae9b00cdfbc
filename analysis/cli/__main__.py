"""``python -m analysis.cli`` where the ``wenma`` script is not on the path."""

import sys

from analysis.cli.main import main

sys.exit(main())
