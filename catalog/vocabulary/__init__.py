"""Words of the catalog and of its readers: names, formats, licenses, dates and prose brought to one form."""
