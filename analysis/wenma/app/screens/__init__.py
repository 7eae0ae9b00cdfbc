"""The browser's pages, one file a page (Streamlit runs a folder named pages by itself)."""
