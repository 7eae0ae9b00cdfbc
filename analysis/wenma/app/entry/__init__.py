"""The file Streamlit is started on, alone in its folder.

Streamlit puts the folder of that file at the head of the import path: beside the pages,
`view`, `filters` and every other file there could be imported in the place of a package.
"""
