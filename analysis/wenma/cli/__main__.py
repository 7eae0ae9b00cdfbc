"""``python -m wenma.cli`` where the ``wenma`` script is not on the path."""

import sys

from wenma.cli.main import main

sys.exit(main())
