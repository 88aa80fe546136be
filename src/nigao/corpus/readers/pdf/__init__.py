"""PDF files with a text layer: glyphs to lines, lines to paragraphs and tables."""
