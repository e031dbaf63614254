"""`python -m dalian_report` is `dreport`."""

import sys

from dalian_report.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
