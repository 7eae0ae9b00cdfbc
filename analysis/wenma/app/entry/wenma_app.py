"""``streamlit run`` on this file opens the app; `wenma app` does so."""

from wenma.app.main import draw_app

if __name__ == "__main__":
    draw_app()
