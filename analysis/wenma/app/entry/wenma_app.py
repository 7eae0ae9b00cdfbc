"""``streamlit run`` on this file opens the app; `wenma app` does so."""

from wenma.app.main import main

if __name__ == "__main__":
    main()
