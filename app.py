"""Run with ``streamlit run app.py``, or ``streamlit run app.py -- FILE.db``."""

from wenma.app.main import draw_app

draw_app()
