"""Pages of placed characters → text and tables: what PDF and OFD have in common."""
