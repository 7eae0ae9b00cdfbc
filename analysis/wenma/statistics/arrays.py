"""The two kinds of array that statistics take and give."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""Numbers; nan where one is not defined."""
Integers = NDArray[np.int64]
"""Counts and positions."""
