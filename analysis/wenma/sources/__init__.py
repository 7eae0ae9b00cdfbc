"""Files become Documents.

A reader for each kind of file stands here (`from_pdf`, `from_docx`, …) and hands on lines
(`lines`); `reading` calls it within `limits`, `document` joins, cleans and outlines what came, and
`quality` reports what needs a look. What they are made of lies in rooms of its own:

=========  =================================================================
listings   what somebody names becomes entries: folders, archives, manifests
encodings  bytes become text
word       Word files, and older office files turned into them
pdf        pages of a PDF: columns, tables, notes, pictures
html       web pages: the document in them, and what they say of it
outlines   headings, their depth, the roles of sections
places     names of places, regions
guesses    what a document does not state
web        documents fetched from a catalogue's addresses
=========  =================================================================
"""
